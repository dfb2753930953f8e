"""EDTF values: bounds, precision, refusals, round trips, and agreement with an independent library."""

import pickle
from dataclasses import FrozenInstanceError
from datetime import date

import edtf as oracle
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker import edtf
from tracker.edtf import Precision
from tracker.errors import EdtfError

DAYS = st.dates(min_value=date(1000, 1, 1), max_value=date(2999, 12, 31))


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision"),
    [
        ("2025-06-17", date(2025, 6, 17), date(2025, 6, 17), Precision.DAY),
        ("2025-06-17~", date(2025, 6, 17), date(2025, 6, 17), Precision.DAY),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), Precision.MONTH),
        ("2025-22", date(2025, 6, 1), date(2025, 8, 31), Precision.SEASON),
        ("2024-24", date(2024, 12, 1), date(2025, 2, 28), Precision.SEASON),
        ("2025-35", date(2025, 7, 1), date(2025, 9, 30), Precision.QUARTER),
        ("2025-41", date(2025, 7, 1), date(2025, 12, 31), Precision.HALF),
        ("2025", date(2025, 1, 1), date(2025, 12, 31), Precision.YEAR),
        ("202X", date(2020, 1, 1), date(2029, 12, 31), Precision.DECADE),
        ("20XX", date(2000, 1, 1), date(2099, 12, 31), Precision.DECADE),
        ("2025-07-01/2025-07-03", date(2025, 7, 1), date(2025, 7, 3), Precision.INTERVAL),
        ("[2025-06-21..2025-06-30]", date(2025, 6, 21), date(2025, 6, 30), Precision.INTERVAL),
        ("[2025-07-11,2025-07-12]", date(2025, 7, 11), date(2025, 7, 12), Precision.INTERVAL),
        ("../2025-06-11", None, date(2025, 6, 11), Precision.OPEN),
        ("2025-06-12/..", date(2025, 6, 12), None, Precision.OPEN),
    ],
)
def test_a_value_has_its_bounds_and_precision(
    text: str, earliest: date | None, latest: date | None, precision: Precision
) -> None:
    value = edtf.parse(text)
    assert (value.earliest, value.latest, value.precision, str(value)) == (earliest, latest, precision, text)


@pytest.mark.parametrize(
    "text",
    ["", "..", "../..", "2025-6-1", "2025-02-30", "2025-13", "2025-22~", "2025-35?", "[2024-22,2025-22]", "2025-W19",
     "2025-06-17/2025-06-01", "[2025-06-30..2025-06-21]", "[..2025]", "[]", "202X-05", "0000", "2025-22/2025-23", "now",
     "[2025..2026..2027]", "/2025", "2025/", "٢٠٢٥"],
)  # fmt: skip
def test_what_is_no_value_of_the_subset_is_refused_with_its_text(text: str) -> None:
    with pytest.raises(EdtfError) as refusal:
        edtf.parse(text)
    assert text in str(refusal.value)


@given(DAYS, DAYS)
def test_what_is_built_parses_back_to_the_same_value(one: date, other: date) -> None:
    first, last = sorted((one, other))
    for value in (
        edtf.day(first), edtf.month(first.year, first.month), edtf.year(first.year), edtf.decade(first.year),
        edtf.century(first.year), edtf.season(first.year, 24), edtf.quarter(first.year, 3), edtf.half(first.year, 2),
        edtf.span(first, last), edtf.window(first, last), edtf.since(first), edtf.until(last), edtf.one_of(last, first),
    ):  # fmt: skip
        assert edtf.parse(value.text) == value


@given(DAYS, DAYS)
def test_every_value_is_contained_in_its_window_and_overlaps_it(one: date, other: date) -> None:
    first, last = sorted((one, other))
    window = edtf.window(first, last)
    for inner in (edtf.day(first), edtf.day(last)):
        assert window.contains(inner)
        assert window.overlaps(inner)


@given(DAYS, DAYS)
def test_clipping_never_widens_and_never_empties(one: date, bound: date) -> None:
    value = edtf.month(one.year, one.month)
    for clipped in (edtf.clip_after(value, bound), edtf.clip_before(value, bound)):
        assert value.contains(clipped)


@pytest.mark.parametrize("text", ["2025-06-17", "2025-06", "2025", "2025-06-01/2025-07-03", "2024-21", "2024-23"])
def test_bounds_agree_with_an_independent_library(text: str) -> None:
    theirs = oracle.parse_edtf(text)
    low, high = theirs.lower_strict(), theirs.upper_strict()
    ours = edtf.parse(text)
    assert ours.earliest == date(low.tm_year, low.tm_mon, low.tm_mday)
    assert ours.latest == date(high.tm_year, high.tm_mon, high.tm_mday)


def test_an_open_value_built_from_a_season_starts_at_its_first_day() -> None:
    assert edtf.since(edtf.season(2025, 22)).text == "2025-06-01/.."
    assert edtf.until(edtf.quarter(2025, 2)).text == "../2025-06-30"


def test_values_that_do_not_meet_do_not_overlap() -> None:
    assert not edtf.parse("2025-06-04").overlaps(edtf.parse("2025-06-17"))
    assert not edtf.parse("../2025-06-11").overlaps(edtf.parse("2025-06-12/.."))
    assert not edtf.parse("2025-06").contains(edtf.parse("2025"))
    assert edtf.parse("2025-06-12/..").days is None


def test_days_stay_inside_the_calendar() -> None:
    assert edtf.shift(date.max, days=1) == date.max
    assert edtf.shift(date.min, days=-1) == date.min
    assert edtf.shift(date(2025, 2, 28), days=1) == date(2025, 3, 1)


def test_a_qualifier_must_be_one_of_three() -> None:
    assert edtf.month(2025, 6, qualifier="~").text == "2025-06~"
    with pytest.raises(EdtfError):
        edtf.month(2025, 6, qualifier="!")
    with pytest.raises(EdtfError):
        edtf.season(2025, 33)
    with pytest.raises(EdtfError):
        edtf.one_of()


def test_values_with_the_same_text_are_equal_and_can_be_keys() -> None:
    day, same = edtf.parse("2025-06-17"), edtf.day(date(2025, 6, 17))
    assert day == same
    assert {day: 1}[same] == 1
    assert day not in ("2025-06-17", edtf.parse("2025-06"))


def test_a_value_cannot_be_changed_and_survives_another_process() -> None:
    value = edtf.parse("[2025-06-21..2025-06-30]")
    for change in (lambda: setattr(value, "text", "2026"), lambda: delattr(value, "text")):
        with pytest.raises(FrozenInstanceError):
            change()
    sent = pickle.loads(pickle.dumps(value))  # our own bytes
    assert (sent, sent.earliest, sent.latest, sent.precision) == (value, value.earliest, value.latest, value.precision)
