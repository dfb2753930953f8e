"""The date reader holds its promises on any text, and reads what no single language decides."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.languages import shipped
from tracker.languages.times_schema import read_times
from tracker.times import TagOptions, tag
from tracker.types import Anchor, TimeMention

LANGUAGES = shipped()
DAY = date(2025, 5, 14)  # a Wednesday
WORDS = {iso: sorted(data.lexicon) for iso in LANGUAGES.codes() if (data := LANGUAGES.times(iso))}
PIECES = [
    " ",
    ", ",
    ". ",
    "-",
    "/",
    "(",
    ")",
    "\n",
    "17",
    "2025",
    "3",
    "31",
    "12:30",
    "1/2/2025",
    "9-11",
    "0",
    "99999",
    "2025-02-30",
    "'",
    ".",
]


def read(text: str, iso: str = "en", dct: date | datetime | None = DAY, **options: str) -> tuple[TimeMention, ...]:
    data = LANGUAGES.times(iso)
    assert data is not None
    return tag(text, data=data, dct=dct, options=TagOptions(**options))  # type: ignore[arg-type]


def values(text: str, iso: str = "en", dct: date | datetime | None = DAY, **options: str) -> list[str]:
    return [mention.edtf.text if mention.edtf else "" for mention in read(text, iso, dct, **options)]


def texts_of(iso: str) -> st.SearchStrategy[str]:
    return st.lists(st.one_of(st.sampled_from(WORDS[iso]), st.sampled_from(PIECES)), max_size=14).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(st.data(), st.sampled_from(sorted(WORDS)), st.dates(date(1700, 1, 1), date(2200, 12, 31)))
def test_any_row_of_time_words_is_read_without_harm(data: st.DataObject, iso: str, dct: date) -> None:
    text = data.draw(texts_of(iso))
    found = read(text, iso, dct)
    assert all(text[m.start : m.end] == m.text for m in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    for mention in found:
        if mention.edtf and mention.edtf.earliest and mention.edtf.latest:
            assert mention.edtf.earliest <= mention.edtf.latest


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200), st.sampled_from(sorted(WORDS)))
def test_any_text_at_all_is_read_without_harm(text: str, iso: str) -> None:
    assert all(text[m.start : m.end] == m.text for m in read(text, iso))


@settings(max_examples=60, deadline=None)
@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_an_iso_date_is_itself_in_every_language(day: date) -> None:
    for iso in WORDS:
        assert values(f"({day.isoformat()})", iso) == [day.isoformat()], iso


@settings(max_examples=60, deadline=None)
@given(st.dates(date(1950, 1, 1), date(2080, 12, 31)), st.dates(date(1990, 1, 1), date(2060, 1, 1)))
def test_a_full_date_does_not_depend_on_when_it_was_written(day: date, dct: date) -> None:
    assert values(f"on {day.day} {day:%B} {day.year}", dct=dct) == [day.isoformat()]


@settings(max_examples=60, deadline=None)
@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)))
def test_relative_days_move_with_the_day_of_writing(dct: date) -> None:
    assert values("It rained yesterday.", dct=dct) == [(dct - timedelta(days=1)).isoformat()]
    assert values("Kemarin hujan.", "id", dct) == [(dct - timedelta(days=1)).isoformat()]


@settings(max_examples=60, deadline=None)
@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)), st.sampled_from(["past", "future"]))
def test_a_preference_decides_where_a_bare_weekday_points(dct: date, prefer: str) -> None:
    (found,) = values("It happens Monday.", dct=dct, prefer=prefer)
    day = date.fromisoformat(found)
    assert day.isoweekday() == 1
    assert day <= dct if prefer == "past" else day >= dct
    assert abs((day - dct).days) < 8


def test_the_day_of_writing_is_the_outlets_own_day() -> None:
    late = datetime(2025, 5, 14, 23, 30, tzinfo=timezone(timedelta(hours=9)))
    assert values("today", dct=late) == ["2025-05-14"]
    assert values("today", dct=late.astimezone(UTC)) == ["2025-05-14"]
    assert values("today", dct=datetime(2025, 5, 15, 0, 30, tzinfo=timezone(timedelta(hours=9)))) == ["2025-05-15"]


@pytest.mark.parametrize("text", ["yesterday", "last summer", "on Monday", "in June", "two weeks ago"])
def test_without_a_day_of_writing_nothing_relative_is_placed(text: str) -> None:
    assert values(f"It happened {text}.", dct=None) == [""]


def test_without_a_day_of_writing_a_full_date_is_placed() -> None:
    assert values("It happened on 17 June 2025.", dct=None) == ["2025-06-17"]


def test_a_weekday_that_contradicts_its_date_leaves_a_doubt() -> None:
    assert values("on Monday, 17 June 2025") == ["2025-06-17?"]
    assert values("on Tuesday, 17 June 2025") == ["2025-06-17"]


def test_that_day_means_the_day_spoken_of_before() -> None:
    found = read("The treaty was signed on 19 June 2024. That day it rained; the next day it did not.")
    assert [m.edtf.text for m in found if m.edtf] == ["2024-06-19", "2024-06-19", "2024-06-20"]
    assert found[1].anchor is Anchor.PREVIOUS


@pytest.mark.parametrize(("hemisphere", "value"), [("north", "2024-22"), ("south", "[2024-12..2025-02]")])
def test_last_summer_depends_on_the_hemisphere(hemisphere: str, value: str) -> None:
    assert values("It was built last summer.", dct=date(2025, 5, 14), hemisphere=hemisphere) == [value]


def test_a_bound_is_told_from_a_date() -> None:
    (since,) = read("The road has been closed since 3 May 2025.")
    assert since.edtf is not None
    assert since.edtf.text == "2025-05-03/.."


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("in early June 2025", "[2025-06-01..2025-06-10]"),
        ("in mid-June 2025", "[2025-06-11..2025-06-20]"),
        ("in late February 2024", "[2024-02-21..2024-02-29]"),
        ("in the third quarter of 2025", "2025-35"),
        ("in the 1990s", "199X"),
        ("in 2019", "2019"),
        ("last week", "[2025-05-05..2025-05-11]"),
    ],
)
def test_a_vague_phrase_has_the_bounds_it_says(text: str, value: str) -> None:
    assert values(f"It happened {text}.") == [value]


def test_years_of_another_era_are_reckoned_from_it() -> None:
    data = read_times(
        {"name": "Testish", "order": "dmy", "boundaries": "both", "reckoning": -543, "months": {"5": ["may"]}}, {}, "xx"
    )
    found = tag("13/5/2568, 13/5/68, 13 May 2568, 13 May 68, 13/5/2025", data=data, dct=None)
    assert [mention.timex_value for mention in found] == ["2025-05-13"] * 5


def test_what_stands_far_from_any_word_of_time_changes_nothing() -> None:
    far = "and the harbour master spoke at length about ropes and anchors of all kinds "
    assert values(f"{far}on 17 June 2025 {far}") == ["2025-06-17"]
    assert values(f"He met them on Monday {far}") == values("He met them on Monday")


def test_words_between_two_dates_keep_them_apart() -> None:
    text = "It opened on 3 May and the old tall grey harbour master left in September 2024."
    assert values(text) == ["2025-05-03", "2024-09"]
