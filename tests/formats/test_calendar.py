"""The calendar: the line rules of RFC 5545, days that end the day after, vague dates that say so."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formats.feed_samples import CHANNEL, EVERY_KIND, HOSTILE, at, dated, numbered, titled, words
from tests.web.sample import PLACES, events
from tracker import edtf
from tracker.formats import ics
from tracker.types import Event, Revision, Status

NAME = re.compile(rb"[A-Z][A-Z0-9-]*(?:;[A-Z-]+=(?:[^\";:,\x00-\x1f]+|\"[^\"\x00-\x1f]*\"))*:")


def written(stored: list[Event]) -> bytes:
    return ics.calendar(CHANNEL, stored, words=words)


def lines(body: bytes) -> list[str]:
    """Unfold a calendar and check the rules of its lines: CR LF, 75 octets, a name, no control characters."""
    assert body.endswith(b"\r\n")
    raw = body[:-2].split(b"\r\n")
    assert not [line for line in raw if len(line) > 75 or b"\n" in line or b"\r" in line]
    for line in raw:
        line.decode()  # a fold never cuts a character
    whole = body[:-2].replace(b"\r\n ", b"").split(b"\r\n")
    assert [line for line in whole if not NAME.match(line)] == []
    assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", body)
    return [line.decode() for line in whole]


def entries(body: bytes) -> list[dict[str, str]]:
    """Read a calendar: each entry's properties by name, parameters kept in the name."""
    found: list[dict[str, str]] = []
    depth: list[str] = []
    for line in lines(body):
        name, _, value = line.partition(":")
        if name == "BEGIN":
            depth.append(value)
            found += [{}] if value == "VEVENT" else []
        elif name == "END":
            assert depth.pop() == value
        elif depth[-1] == "VEVENT":
            assert name not in found[-1], "a property stands twice"
            found[-1][name] = value
    assert depth == []
    return found


def entry(told: Event) -> dict[str, str]:
    [found] = entries(written([told]))
    return found


def test_the_calendar_is_well_formed_and_says_what_it_is() -> None:
    body = written(events())
    head = lines(body)[: lines(body).index("BEGIN:VEVENT")]
    assert head[:4] == ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Kronik//Timeline//EN", "CALSCALE:GREGORIAN"]
    assert "X-WR-CALNAME:Ports & bridges" in head
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H" in head
    assert not any(line.startswith(("METHOD", "BEGIN:VALARM")) for line in lines(body))


def test_every_entry_has_what_the_specification_requires_and_a_name_of_its_own() -> None:
    found = entries(written(events()))
    assert len({one["UID"] for one in found}) == len(found) == sum(ics.fits(e, vague=True) for e in events())
    for one in found:
        assert {"UID", "DTSTAMP", "DTSTART;VALUE=DATE", "DTEND;VALUE=DATE", "STATUS", "TRANSP", "URL"} <= set(one)
        assert one["DTSTART;VALUE=DATE"] < one["DTEND;VALUE=DATE"]
        assert re.fullmatch(r"\d{8}T\d{6}Z", one["DTSTAMP"])
        assert one["DTSTAMP"] == one["LAST-MODIFIED"]


@pytest.mark.parametrize(
    ("value", "first", "end"),
    [
        ("2025-06-17", "20250617", "20250618"), ("2025-12-31", "20251231", "20260101"),
        ("2025-07-01/2025-07-03", "20250701", "20250704"), ("2025-02", "20250201", "20250301"),
        ("2024-24", "20241201", "20250301"), ("0999-01-02", "09990102", "09990103"),
    ],
)  # fmt: skip
def test_a_day_ends_the_day_after_its_last(value: str, first: str, end: str) -> None:
    found = entry(dated(value))
    assert (found["DTSTART;VALUE=DATE"], found["DTEND;VALUE=DATE"]) == (first, end)


def test_the_last_day_of_all_has_no_end() -> None:
    assert "DTEND;VALUE=DATE" not in entry(dated(date.max.isoformat()))


@pytest.mark.parametrize(
    ("value", "plain", "vague"),
    [
        ("2025-06-17", True, True), ("2025-06-17~", True, True), ("2025-07-01/2025-07-14", True, True),
        ("2025-07-01/2025-07-15", False, True), ("2025-06/2025-07", False, True), ("2025-06", False, True),
        ("2025-22", False, True), ("[2025-06-21..2025-06-30]", False, True), ("[2025-07-11,2025-07-12]", False, True),
        ("2025-09/..", False, False), ("../2025-06-11", False, False), (None, False, False),
    ],
)  # fmt: skip
def test_days_and_short_spans_fit_and_what_is_vague_only_if_wanted(value: str | None, plain: bool, vague: bool) -> None:
    told = dated(value)
    assert (ics.fits(told), ics.fits(told, vague=True)) == (plain, vague)
    assert len(entries(written([told]))) == vague


def test_a_vague_date_is_said_in_the_title_and_a_known_day_is_not() -> None:
    assert entry(dated("2025-06"))["SUMMARY;LANGUAGE=en"] == "Some time in 2025-06 — It rained."
    assert entry(dated("2025-06-17~"))["SUMMARY;LANGUAGE=en"] == "On 2025-06-17~ — It rained."
    assert entry(dated("2025-06-17"))["SUMMARY;LANGUAGE=en"] == "It rained."


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (Status.OCCURRED, "CONFIRMED"), (Status.ONGOING, "CONFIRMED"), (Status.PLANNED, "TENTATIVE"),
        (Status.ALLEGED, "TENTATIVE"), (Status.CANCELLED, "CANCELLED"), (Status.DENIED, "CANCELLED"),
    ],
)  # fmt: skip
def test_the_status_is_one_a_calendar_knows(status: Status, expected: str) -> None:
    told = dated("2025-06-17")
    assert entry(replace(told, facts=replace(told.facts, status=status)))["STATUS"] == expected


def test_each_redating_raises_the_sequence() -> None:
    when = datetime(2025, 6, 18, tzinfo=UTC)
    kinds = ("created", "redated", "retitled", "redated")
    revisions = tuple(Revision(n, kind, "", "", "", when) for n, kind in enumerate(kinds))
    assert entry(replace(dated("2025-06-17"), revisions=revisions))["SEQUENCE"] == "2"


def test_places_are_named_and_the_first_is_placed() -> None:
    found = entry(at(numbered(1), PLACES["Tumen"], PLACES["Pyongyang"]))
    assert found["LOCATION"] == "Tumen River\\, Pyongyang"
    assert found["GEO"] == "39.033850;125.754320"


def test_an_entry_s_name_holds_neither_title_nor_date() -> None:
    assert entry(numbered(1))["UID"] == "event-1@kronik.example"
    assert entry(numbered(1))["X-EDTF"] == "2025-06-17"


def test_the_same_events_give_the_same_bytes() -> None:
    assert written(EVERY_KIND) == written(EVERY_KIND)


@pytest.mark.parametrize("text", HOSTILE)
def test_foreign_text_never_ends_its_line(text: str) -> None:
    found = entries(written([at(titled(text, outlet=text), replace(PLACES["Kursk"], name=text))]))
    assert len(found) == 1


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(exclude_categories=()), max_size=200))
def test_any_text_keeps_the_rules_of_lines(text: str) -> None:
    assert len(entries(written([at(titled(text, outlet=text), replace(PLACES["Kursk"], name=text))]))) == 1


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\r\n"), max_size=300))
def test_folding_loses_nothing(text: str) -> None:
    folded = ics.folded(text)
    assert folded.replace(b"\r\n ", b"").decode() == text
    assert max(len(line) for line in folded.split(b"\r\n")) <= 75


@settings(deadline=None)
@given(st.dates())
def test_any_day_is_written_with_eight_digits(day: date) -> None:
    found = entry(dated(edtf.day(day).text))
    assert found["DTSTART;VALUE=DATE"] == f"{day.year:04d}{day.month:02d}{day.day:02d}"
