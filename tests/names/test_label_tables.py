"""Label tables become aliases: two forms, bounded, harmless, and nobody twice."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.errors import SettingsError
from tracker.names import NameBook
from tracker.names.labels import Labels, read_labels, to_toml

LANGUAGES = ("en", "ko", "zh", "ar", "ru")
WIKIDATA = (
    "item\tlang\titemLabel\nQ1\ten\tOluf Brandt-Nielsen\nQ1\tko\t올루프 브란트닐센\nQ1\tsv\tOluf B-N\nQ2\ten\tAlone\n"
)
JRC = "17\tP\tu\tOluf+Brandt-Nielsen\n17\tP\tar\tأولوف+برانت\n18\tO\ten\tHarbour+Union\n18\tO\tru\tСоюз+портов\n"


def read(text: str, kind: str = "person") -> dict[str, Labels]:
    return dict(read_labels(text.splitlines(), kind=kind, languages=LANGUAGES, subject="table.tsv"))


def written(text: str, *known: str) -> list[dict[str, object]]:
    return tomllib.loads("".join(to_toml(read(text), known=known))).get("actor", [])


def test_a_table_with_headings_gives_one_actor_an_id() -> None:
    assert read(WIKIDATA)["Q1"].names == {"en": ["Oluf Brandt-Nielsen"], "ko": ["올루프 브란트닐센"]}


def test_a_table_of_jrc_names_tells_kinds_and_writes_blanks_as_plus() -> None:
    found = read(JRC)
    assert (found["17"].kind, found["18"].kind) == ("person", "organisation")
    assert found["17"].names == {"en": ["Oluf Brandt-Nielsen"], "ar": ["أولوف برانت"]}


def test_a_plus_is_a_letter_of_a_name_where_a_table_writes_blanks_as_blanks() -> None:
    table = "id\tlanguage\tlabel\nQ1\ten\tPort+ Radio\nQ1\tru\tРадио Порт+\n"
    assert read(table)["Q1"].names == {"en": ["Port+ Radio"], "ru": ["Радио Порт+"]}


def test_who_is_known_already_or_has_one_name_is_left_out() -> None:
    assert [actor["names"]["en"] for actor in written(WIKIDATA)] == [["Oluf Brandt-Nielsen"]]
    assert written(WIKIDATA, "oluf brandt-nielsen") == []


def test_what_is_written_is_found_in_every_script(tmp_path: Path) -> None:
    own = tmp_path / "aliases.toml"
    own.write_text("".join(to_toml(read(WIKIDATA), known=())), encoding="utf-8")
    book = NameBook.load(own)
    english, korean = book.find("Oluf Brandt-Nielsen", "en"), book.find("올루프 브란트닐센", "ko")
    assert english is not None
    assert english == korean


@pytest.mark.parametrize(
    ("text", "words"),
    [("a\tb\n", "line 1: is neither"), ("1\tX\ten\tName\n", "line 1: is neither"), (WIKIDATA + "Q3\ten\n", "line 6: has 2 columns")],
)  # fmt: skip
def test_a_table_that_is_none_is_refused_with_its_line(text: str, words: str) -> None:
    with pytest.raises(SettingsError, match=words):
        read(text)


def test_endless_names_of_one_actor_are_bounded() -> None:
    rows = "".join(f"Q1\ten\tName{n} Brandt\n" for n in range(500))
    assert len(read("id\tlanguage\tlabel\n" + rows)["Q1"].names["en"]) == 40


@given(st.lists(st.tuples(st.sampled_from("12"), st.sampled_from(LANGUAGES), st.text(max_size=30)), max_size=8))
def test_whatever_names_hold_what_is_written_can_be_read(rows: list[tuple[str, str, str]]) -> None:
    lines = [
        "id\tlanguage\tlabel",
        *("\t".join((id_, language, " ".join(name.split()))) for id_, language, name in rows),
    ]
    found = read_labels(lines, kind="person", languages=LANGUAGES, subject="t")
    tomllib.loads("".join(to_toml(found, known=())))
