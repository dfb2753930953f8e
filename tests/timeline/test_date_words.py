"""Dates in words: every precision under a heading and alone, in several interface languages, and never a made-up day."""

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker import edtf
from tracker.timeline import day_words, in_words, month_words, plain_speech, range_words
from tracker.types import Status

ENGLISH = plain_speech()
SPEECHES = {code: plain_speech(code) for code in ("en", "ar", "de", "fa", "fr", "id", "ja", "ko", "ru", "zh")}


@pytest.mark.parametrize(
    ("text", "short", "note", "full"),
    [
        ("2025-06-17", "17 June", "Tuesday", "17 June 2025"),
        ("2025-06", "June", "day not known", "June 2025"),
        ("2025", "2025", "month not known", "2025"),
        ("2025-21", "spring", "Mar\u2009–\u2009May 2025", "spring 2025"),
        ("2025-22", "summer", "Jun\u2009–\u2009Aug 2025", "summer 2025"),
        ("2025-23", "autumn", "Sept\u2009–\u2009Nov 2025", "autumn 2025"),
        ("2025-24", "winter", "Dec 2025\u2009–\u2009Feb 2026", "winter 2025–26"),
        ("2025-34", "2nd quarter", "Apr\u2009–\u2009Jun 2025", "2nd quarter 2025"),
        ("2025-40", "first half", "Jan\u2009–\u2009Jun 2025", "first half of 2025"),
        ("2025-41", "second half", "Jul\u2009–\u2009Dec 2025", "second half of 2025"),
        ("202X", "the 2020s", "year not known", "the 2020s"),
        ("20XX", "2000–2099", "year not known", "2000–2099"),
        ("2025-07-01/2025-07-03", "1–3 July", "3 days", "1–3 July 2025"),
        ("2025-06-30/2025-07-03", "30 June – 3 July", "4 days", "30 June – 3 July 2025"),
        ("2025-12-30/2026-01-02", "30 December 2025 – 2 January 2026", "4 days", "30 December 2025 – 2 January 2026"),
        ("2025-06/2025-08", "June–August 2025", "", "June–August 2025"),
        ("2024/2025", "2024–2025", "", "2024–2025"),
        ("[2025-06-01..2025-06-10]", "early June", "1–10 June 2025", "early June 2025 (1–10 June 2025)"),
        ("[2025-06-11..2025-06-20]", "mid-June", "11–20 June 2025", "mid-June 2025 (11–20 June 2025)"),
        ("[2025-06-21..2025-06-30]", "late June", "21–30 June 2025", "late June 2025 (21–30 June 2025)"),
        ("[2025-06-16..2025-06-22]", "week of 16 June", "16–22 June 2025", "the week of 16–22 June 2025"),
        ("[2025-06-03..2025-06-07]", "3–7 June", "day not known", "3–7 June 2025, day not known"),
        ("[2025-07-11,2025-07-12]", "11–12 July", "2 dates given", "11–12 July 2025"),
        ("[2025-07-11,2025-07-15]", "11 July or 15 July", "2 dates given", "11 July 2025 or 15 July 2025"),
        ("[2025-06,2025-07-12]", "June or 12 July", "2 dates given", "June 2025 or 12 July 2025"),
        ("../2025-06-11", "before 12 June", "exact day unknown", "before 12 June 2025"),
        ("2025-06-12/..", "12 June or later", "exact day unknown", "12 June 2025 or later"),
        ("2025-09/..", "September or later", "exact day unknown", "September 2025 or later"),
        ("2025-06~", "about June", "not known exactly", "about June 2025"),
        ("2025-06-17?", "perhaps 17 June", "not known exactly", "perhaps 17 June 2025"),
        ("1937%", "perhaps about 1937", "not known exactly", "perhaps about 1937"),
    ],
)  # fmt: skip
def test_a_date_of_each_precision_is_said_as_far_as_it_is_known(text: str, short: str, note: str, full: str) -> None:
    words = in_words(edtf.parse(text), ENGLISH, year=2025)
    assert (thin(words.short), thin(words.note), thin(words.full)) == (thin(short), thin(note), thin(full))


def thin(text: str) -> str:
    """CLDR sets thin blanks round a dash in some patterns and none in others: both are right."""
    return re.sub(r"\s*–\s*", "–", text)


def test_four_dates_far_apart_are_said_by_their_ends() -> None:
    value = edtf.parse("[2025-01-01,2025-03-01,2025-05-01,2025-07-01]")
    assert thin(in_words(value, ENGLISH, year=2025).short) == "between 1 January–1 July"


def test_the_year_is_said_where_the_heading_names_another() -> None:
    assert in_words(edtf.parse("2025-06-17"), ENGLISH, year=2024).short == "17 June 2025"
    assert in_words(edtf.parse("2025-22"), ENGLISH).short == "summer 2025"


def test_no_date_is_said_as_no_date() -> None:
    words = in_words(None, ENGLISH)
    assert (words.short, words.full) == ("no date", "No date yet")


@pytest.mark.parametrize(
    ("status", "words"),
    [(Status.ONGOING, "since September 2025"), (Status.PLANNED, "from September 2025 on"), (Status.OCCURRED, "September 2025 or later")],
)  # fmt: skip
def test_an_open_end_is_said_after_the_status(status: Status, words: str) -> None:
    assert in_words(edtf.parse("2025-09/.."), ENGLISH, status=status).full == words


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("en", "17 June 2025"), ("de", "17. Juni 2025"), ("fr", "17 juin 2025"), ("id", "17 Juni 2025"),
        ("ja", "2025年6月17日"), ("ko", "2025년 6월 17일"), ("ru", "17 июня 2025 г."), ("zh", "2025年6月17日"),
    ],
)  # fmt: skip
def test_a_day_is_written_as_its_language_writes_days(code: str, words: str) -> None:
    assert re.sub(r"\s", " ", in_words(edtf.parse("2025-06-17"), SPEECHES[code]).full) == words


def test_a_whole_month_and_a_single_day_are_no_spans() -> None:
    assert thin(range_words(date(2025, 6, 1), date(2025, 6, 30), ENGLISH)) == "1–30 June 2025"
    assert range_words(date(2025, 6, 1), date(2025, 6, 1), ENGLISH) == "1 June 2025"
    assert thin(range_words(date(2024, 11, 1), date(2025, 2, 28), ENGLISH)) == "November 2024–February 2025"


def test_months_and_days_leave_out_the_year_of_the_heading() -> None:
    assert month_words(date(2025, 6, 1), ENGLISH, year=2025) == "June"
    assert month_words(date(2025, 6, 1), ENGLISH) == "June 2025"
    assert day_words(date(2025, 6, 1), ENGLISH, year=2025) == "1 June"


DAYS = st.dates().map(edtf.day)
MONTHS = st.builds(edtf.month, st.integers(1, 9999), st.integers(1, 12), qualifier=st.sampled_from(["", "~", "?", "%"]))
YEARS = st.builds(edtf.year, st.integers(1, 9999), qualifier=st.sampled_from(["", "~", "?", "%"]))
UNITS = st.one_of(
    st.builds(edtf.season, st.integers(1, 9998), st.integers(21, 24)),
    st.builds(edtf.quarter, st.integers(1, 9999), st.integers(1, 4)),
    st.builds(edtf.half, st.integers(1, 9999), st.integers(1, 2)),
    st.builds(edtf.decade, st.integers(10, 9999)),
    st.builds(edtf.century, st.integers(100, 9999)),
)
PAIRS = st.lists(st.dates(), min_size=2, max_size=2, unique=True).map(sorted)
INTERVALS = st.one_of(
    PAIRS.map(lambda days: edtf.span(*days)),
    PAIRS.map(lambda days: edtf.window(*days)),
    st.lists(st.dates(), min_size=1, max_size=6).map(lambda days: edtf.one_of(*days)),
    st.one_of(DAYS, MONTHS, YEARS).map(edtf.since),
    st.one_of(DAYS, MONTHS, YEARS).map(edtf.until),
)
VALUES = st.one_of(DAYS, MONTHS, YEARS, UNITS, INTERVALS)


@settings(max_examples=200, deadline=None)
@given(VALUES, st.sampled_from(sorted(SPEECHES)), st.integers(1, 9999) | st.none(), st.sampled_from(Status))
def test_every_date_has_words_in_every_language(value: edtf.Edtf, code: str, year: int | None, status: Status) -> None:
    words = in_words(value, SPEECHES[code], year=year, status=status)
    assert words.short.strip()
    assert words.full.strip()
    assert "{" not in words.short + words.note + words.full


@settings(max_examples=80, deadline=None)
@given(st.one_of(MONTHS, UNITS).filter(lambda value: value.text >= "1000"))
def test_the_words_of_a_coarse_date_never_name_a_day(value: edtf.Edtf) -> None:
    words = in_words(value, ENGLISH)
    assert not re.search(r"\b\d{1,2}\b(?!nd|st|rd|th)", re.sub(r"\d{4}–\d{2}\b", "", f"{words.short} {words.full}"))
