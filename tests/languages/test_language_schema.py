"""Language data that breaks its schema is refused, naming language, table and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from tracker.errors import LanguageDataError
from tracker.languages import Languages, check
from tracker.languages.mentions_schema import read_mentions
from tracker.languages.times_schema import fold, read_times

PLAIN: dict[str, object] = {"name": "Testish", "order": "dmy", "boundaries": "both"}


@pytest.mark.parametrize(
    ("tables", "words"),
    [
        ({"monthz": {}}, "unknown table monthz"),
        ({"months": {"13": ["x"]}}, "months.13"),
        ({"months": {"1": "jan"}}, "months.1"),
        ({"months": {"1": [" jan"]}}, "months.1"),
        ({"units": {"fortnight": ["x"]}}, "units.fortnight"),
        ({"relative": {"day": ["x"]}}, "relative.day"),
        ({"marks": {"colour": ["x"]}}, "marks.colour"),
        ({"never": ["(a)"]}, "without a name"),
        ({"never": ["(?P<a"]}, "no expression"),
        ({"order": "dym"}, "order"),
        ({"boundaries": "right"}, "boundaries"),
        ({"boundaries": "none", "cues": {"future": ["*erà"]}}, "cues.future"),
        ({"name": 3}, "name"),
        ({"reckoning": "543"}, "reckoning"),
        ({"holidays": {"someday": ["x"]}}, "holidays.someday"),
    ],
)
def test_times_that_break_the_schema_are_named(tables: dict[str, object], words: str) -> None:
    with pytest.raises(LanguageDataError, match="xx") as error:
        read_times(PLAIN | tables, {}, "xx")
    assert words in str(error.value)


@pytest.mark.parametrize(
    ("tables", "words"),
    [
        ({"kinds": {}}, "unknown table kinds"),
        ({"types": {"party": ["x"]}}, "types.party"),
        ({"types": {"visit": "x"}}, "types.visit"),
        ({"stemmer": "klingon"}, "klingon"),
        ({"multipliers": {"many": ["x"]}}, "multipliers.many"),
        ({"status": []}, "status is no table"),
    ],
)
def test_mentions_that_break_the_schema_are_named(tables: dict[str, object], words: str) -> None:
    with pytest.raises(LanguageDataError, match="xx") as error:
        read_mentions(tables, None, "xx")
    assert words in str(error.value)


def test_a_word_may_have_two_meanings() -> None:
    data = read_times(PLAIN | {"units": {"week": ["minggu"]}, "weekdays": {"7": ["minggu"]}}, {}, "xx")
    assert dict(data.lexicon["minggu"]) == {"UNIT": "week", "WDAY": 7}


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("MAI", "mai"),
        ("１７日", "17日"),
        ("٢٠٢٥", "2025"),
        ("९ मई", "9 मई"),
        ("9–11", "9-11"),
        ("d’avril", "d'avril"),
        ("İ", "i"),
    ],
)
def test_folding_unifies_digits_dashes_and_case_and_keeps_the_length(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert len(fold(text)) == len(text)


def test_a_broken_file_names_the_language(tmp_path: Path) -> None:
    (tmp_path / "xx").mkdir()
    (tmp_path / "xx" / "times.toml").write_text("name = ", encoding="utf-8")
    with pytest.raises(LanguageDataError, match=r"xx: times\.toml cannot be read"):
        Languages(tmp_path).times("xx")


def test_a_language_there_is_none_of_is_named_with_those_there_are() -> None:
    with pytest.raises(LanguageDataError, match=r"qq: .*en, "):
        check.run(Languages(), "qq", lambda *_: ())


def test_a_path_is_no_language(tmp_path: Path) -> None:
    assert Languages(tmp_path).times("../secret") is None
