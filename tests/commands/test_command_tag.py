"""`tag`: dates in any text on standard input, as JSON that tools can rely on."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.commands.conftest import Cli

KEYS = ["start", "end", "text", "type", "value", "edtf", "earliest", "latest", "anchor", "rule"]
QUIET = [HealthCheck.function_scoped_fixture]


def tagged(cli: Cli, text: str | bytes, *options: str) -> list[dict[str, Any]]:
    raw = text if isinstance(text, bytes) else text.encode()
    lines = cli.run("tag", *options, stdin=raw).stdout.split("\n")[:-1]
    assert len(lines) == 1
    return list(json.loads(lines[0])["timexes"])


def documents(cli: Cli, *given: dict[str, Any]) -> list[dict[str, Any]]:
    raw = "".join(json.dumps(document) + "\n" for document in given).encode()
    return [json.loads(line) for line in cli.run("tag", "--jsonl", stdin=raw).stdout.split("\n")[:-1]]


def test_a_date_is_told_with_place_value_and_rule(cli: Cli) -> None:
    found = tagged(cli, "☂ He arrived on 17 June 2025.", "--language", "en", "--reference", "2025-07-01")
    assert [list(timex) for timex in found] == [KEYS]
    assert {key: found[0][key] for key in KEYS[:-1]} == {
        "start": 16, "end": 28, "text": "17 June 2025", "type": "DATE", "value": "2025-06-17", "edtf": "2025-06-17",
        "earliest": "2025-06-17", "latest": "2025-06-17", "anchor": "explicit",
    }  # fmt: skip


def test_what_is_no_place_on_the_calendar_has_no_edtf(cli: Cli) -> None:
    found = tagged(cli, "The talks lasted three days.", "-l", "en", "-r", "2025-07-01")
    assert [(t["type"], t["value"], t["edtf"], t["earliest"], t["latest"]) for t in found] == [
        ("DURATION", "P3D", None, None, None)
    ]


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("Ia tiba dua pekan lalu.", "id", "2025-06-17"),
        ("He left yesterday.", "en", "2025-06-30"),
        ("Он приехал вчера.", "ru", "2025-06-30"),
    ],
)
def test_a_relative_date_counts_from_the_reference(cli: Cli, text: str, language: str, value: str) -> None:
    found = tagged(cli, text, "-l", language, "-r", "2025-07-01")[0]
    assert found["earliest"] <= value <= found["latest"]


@pytest.mark.parametrize(("prefer", "value"), [("past", "2025-06-30"), ("future", "2025-07-07")])
def test_a_bare_weekday_points_where_it_is_told(cli: Cli, prefer: str, value: str) -> None:
    found = tagged(cli, "The talks are on Monday.", "-l", "en", "-r", "2025-07-02", "--prefer", prefer)
    assert [timex["value"] for timex in found] == [value]


def test_without_a_language_it_is_detected(cli: Cli) -> None:
    text = "Министр иностранных дел России прибыл в Пхеньян 17 июня 2025 года, сообщили журналистам."
    assert "2025-06-17" in [timex["value"] for timex in tagged(cli, text)]


def test_each_document_has_a_line_with_its_id(cli: Cli) -> None:
    given = [
        {"id": "a", "lang": "en", "dct": "2025-07-01", "text": "He left yesterday."},
        {"id": 7, "lang": "ru", "dct": "2025-07-01T10:00:00+03:00", "text": "Он приехал вчера."},
        {"id": None, "lang": "en", "dct": None, "text": "On 17 June 2025."},
        {"lang": "xx", "text": "nothing"},
    ]
    found = documents(cli, *given)
    assert [list(line) for line in found] == [["id", "timexes"]] * 4
    assert [line["id"] for line in found] == ["a", 7, None, None]
    assert [[t["value"] for t in line["timexes"]] for line in found] == [["2025-06-30"]] * 2 + [["2025-06-17"], []]
    assert all(
        document["text"][t["start"] : t["end"]] == t["text"]
        for document, line in zip(given, found, strict=True)
        for t in line["timexes"]
    )  # type: ignore[index]


def test_no_documents_give_no_lines(cli: Cli) -> None:
    assert cli.run("tag", "--jsonl", stdin=b"\n  \n").stdout == ""


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (b'{"text": "fine"}\n{not json}\n', "line 2: is no JSON object"),
        (b"[1]\n", 'line 1: has no "text"'),
        (b'{"text": 3}\n', 'line 1: has no "text"'),
        (b'\n{"text": "caf\xff"}\n', "line 2: is not UTF-8"),
        (b"[" * 100_000, "line 1: is no JSON object"),
    ],
)
def test_a_bad_document_is_named_by_its_line(cli: Cli, lines: bytes, words: str) -> None:
    assert words in cli.error("tag", "--jsonl", stdin=lines)


def test_text_that_is_no_utf8_is_told_in_a_line(cli: Cli) -> None:
    assert "standard input: is not UTF-8" in cli.error("tag", "-l", "en", stdin=b"caf\xe9 on Monday")


@pytest.mark.parametrize("reference", ["yesterday", "2025-13-01", "2025"])
def test_a_reference_that_is_no_day_is_wrong_usage(cli: Cli, reference: str) -> None:
    assert reference in cli.error("tag", "-l", "en", "-r", reference, stdin=b"on Monday", code=2)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r", "\u2028"])
def test_offsets_count_every_character_of_every_line_end(cli: Cli, ending: str) -> None:
    text = f"First.{ending}Second.{ending}On 17 June 2025."
    found = tagged(cli, text, "-l", "en", "-r", "2025-07-01")[-1]
    assert text[found["start"] : found["end"]] == found["text"]


def test_half_a_character_of_a_document_comes_back_as_it_was(cli: Cli) -> None:
    raw = rb'{"id": "\ud83d", "lang": "en", "text": "On 17 June 2025. \ude00"}'
    line = json.loads(cli.run("tag", "--jsonl", stdin=raw).stdout)
    assert line["id"] == "\ud83d"
    assert [timex["value"] for timex in line["timexes"]] == ["2025-06-17"]


@pytest.mark.parametrize("reference", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_break_nothing(cli: Cli, reference: str) -> None:
    text = "two years ago, in two years, last Monday, next summer, in 30 weeks, last century, tomorrow, yesterday"
    for timex in tagged(cli, text, "-l", "en", "-r", reference):
        assert text[timex["start"] : timex["end"]] == timex["text"]


@settings(max_examples=20, deadline=None, suppress_health_check=QUIET)
@given(raw=st.binary(max_size=60), jsonl=st.booleans())
def test_any_bytes_are_tagged_or_refused_in_one_line(cli: Cli, raw: bytes, jsonl: bool) -> None:
    options = ["--jsonl"] if jsonl else ["-l", "en", "-r", "2025-07-01"]
    try:
        raw.decode()
        fine = not (jsonl and raw.strip())
    except UnicodeDecodeError:
        fine = False
    if fine:
        assert cli.run("tag", *options, stdin=raw).stderr == ""
    else:
        assert cli.error("tag", *options, stdin=raw).startswith("Error: ")


@settings(max_examples=20, deadline=None, suppress_health_check=QUIET)
@given(text=st.text(max_size=40), date=st.sampled_from(["17 June 2025", "yesterday", "last summer"]))
def test_offsets_are_exact_whatever_stands_before_a_date(cli: Cli, text: str, date: str) -> None:
    whole = f"{text}\n{date}."
    line = documents(cli, {"id": text, "lang": "en", "dct": "2025-07-01", "text": whole})[0]
    assert line["id"] == text
    assert all(whole[t["start"] : t["end"]] == t["text"] for t in line["timexes"])
    assert date in [t["text"] for t in line["timexes"]]


def test_phrases_that_count_from_an_event_are_given_when_asked_for(cli: Cli) -> None:
    raw = b"It was agreed last summer, after the visit of the minister."
    (line,) = cli.run("tag", "-l", "en", "-r", "2025-11-12", "--relations", stdin=raw).stdout.splitlines()
    assert json.loads(line)["relations"] == [
        {
            "start": 27,
            "end": 58,
            "text": "after the visit of the minister",
            "bound": "after",
            "event": "the visit of the minister",
        }
    ]
