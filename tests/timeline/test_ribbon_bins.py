"""The ribbon's bins: mass is kept, bounds hold, vague dates are spread over their span and never stand on one day."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.rows import Mass
from tracker.timeline import Ribbon, Unit, ribbon
from tracker.timeline.ribbon import MAX_BINS

TODAY = date(2025, 11, 20)


def sure(day: date, count: int = 1, *, until: date | None = None) -> Mass:
    return Mass(day, until or day, sure=True, planned=False, count=count)


def vague(first: date, last: date, count: int = 1) -> Mass:
    return Mass(first, last, sure=False, planned=False, count=count)


def drawn(found: Ribbon) -> float:
    return sum(bar.height for bar in found.bins)


@pytest.mark.parametrize(
    ("last", "unit"),
    [
        (date(2025, 6, 1), Unit.DAY), (date(2025, 7, 15), Unit.DAY), (date(2025, 7, 16), Unit.WEEK),
        (date(2025, 12, 27), Unit.WEEK), (date(2026, 1, 15), Unit.MONTH), (date(2035, 5, 1), Unit.MONTH),
        (date(2040, 1, 1), Unit.QUARTER), (date(2090, 1, 1), Unit.YEAR),
    ],
)  # fmt: skip
def test_the_unit_suits_the_span(last: date, unit: Unit) -> None:
    assert ribbon([sure(date(2025, 6, 1)), sure(last)], today=date(1990, 1, 1)).unit is unit


def test_without_closed_dates_nothing_is_drawn_but_all_is_counted() -> None:
    masses = [
        Mass(None, None, False, False, 3),
        Mass(date(2025, 9, 1), None, False, False, 2),
        Mass(None, TODAY, False, False, 1),
    ]
    found = ribbon(masses, today=TODAY)
    assert (found.bins, found.undated, found.open) == ((), 3, 3)


def test_a_known_day_stands_in_one_bar_and_a_lasting_event_at_its_first_day() -> None:
    found = ribbon([sure(date(2025, 7, 1), until=date(2025, 7, 31)), sure(date(2025, 7, 9), 2)], today=date(2020, 1, 1))
    assert {bar.first: bar.sure for bar in found.bins if bar.height} == {date(2025, 7, 1): 1, date(2025, 7, 9): 2}


def test_a_lone_summer_is_spread_over_the_whole_summer() -> None:
    found = ribbon([vague(date(2025, 6, 1), date(2025, 8, 31), 4)], today=date(2020, 1, 1))
    assert found.bins[0].first <= date(2025, 6, 1)
    assert found.bins[-1].last >= date(2025, 8, 31)
    assert all(0 < bar.vague < 1 for bar in found.bins)
    assert drawn(found) == pytest.approx(4, abs=1e-3)


def test_a_decade_does_not_stretch_the_ribbon_of_a_story() -> None:
    story = [sure(date(2025, 6, 1) + timedelta(days=n)) for n in range(20)]
    found = ribbon([*story, vague(date(2020, 1, 1), date(2029, 12, 31))], today=date(2025, 6, 10))
    assert found.unit is Unit.WEEK
    assert found.bins[0].first > date(2024, 12, 1)


def test_plans_ahead_are_planned_and_plans_of_the_past_are_not() -> None:
    ahead = Mass(TODAY + timedelta(days=5), TODAY + timedelta(days=5), sure=True, planned=True, count=1)
    passed = Mass(TODAY - timedelta(days=5), TODAY - timedelta(days=5), sure=True, planned=True, count=1)
    found = ribbon([ahead, passed], today=TODAY)
    assert [(bar.sure, bar.planned) for bar in found.bins if bar.height] == [(1, 0.0), (0, 1.0)]


def test_today_is_drawn_where_it_is_near_and_not_where_it_is_far() -> None:
    story = [sure(date(2025, 1, 6)), sure(date(2025, 10, 6))]
    assert ribbon(story, today=TODAY).bins[-1].last >= TODAY
    assert ribbon(story, today=date(2030, 1, 1)).bins[-1].last < date(2026, 1, 1)


def test_a_thin_old_tail_is_cut_off_and_counted_while_what_lies_ahead_stays() -> None:
    story = [sure(date(2024, 6, 1) + timedelta(days=5 * n)) for n in range(100)]
    plan = Mass(date(2026, 5, 3), date(2026, 5, 3), sure=True, planned=True, count=1)
    found = ribbon([*story, sure(date(1953, 7, 27)), sure(date(2019, 3, 1)), plan], today=TODAY)
    assert (found.earlier, found.later) == (2, 0)
    assert found.bins[0].first == date(2024, 6, 1)
    assert found.bins[-1].planned == 1


def test_a_tail_too_thick_to_be_an_outlier_is_drawn() -> None:
    found = ribbon([sure(date(1990, 1, 1), 10), sure(date(2025, 1, 1), 10)], today=TODAY)
    assert (found.earlier, found.later, drawn(found)) == (0, 0, 20)


def test_an_event_at_the_end_of_the_calendar_neither_fails_nor_hides_the_story() -> None:
    found = ribbon([sure(date(2025, 6, 1), 5), sure(date.max)], today=TODAY)
    assert found.later == 1
    assert any(bar.sure == 5 for bar in found.bins)
    assert ribbon([sure(date.max)], today=TODAY).bins[-1].last == date.max
    assert ribbon([sure(date.min)], today=TODAY).bins[0].first == date.min


MASSES = st.lists(
    st.tuples(st.dates(), st.dates(), st.booleans(), st.booleans(), st.integers(1, 50)).map(
        lambda m: Mass(min(m[:2]), max(m[:2]), *m[2:])
    ),
    max_size=12,
)
NEAR = st.lists(
    st.tuples(st.dates(date(2024, 1, 1), date(2026, 1, 1)), st.integers(0, 300), st.booleans(), st.integers(1, 9)).map(
        lambda m: Mass(m[0], m[0] + timedelta(days=m[1]), sure=m[2], planned=False, count=m[3])
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=150, deadline=None)
@given(MASSES, st.dates())
def test_bars_are_few_and_follow_one_another_without_gap(masses: list[Mass], today: date) -> None:
    found = ribbon(masses, today=today)
    assert bool(found.bins) == bool(masses)
    assert len(found.bins) <= MAX_BINS
    assert all(bar.first <= bar.last and min(bar.sure, bar.vague, bar.planned) >= 0 for bar in found.bins)
    assert all(b.first - a.last == timedelta(days=1) for a, b in pairwise(found.bins))


@settings(max_examples=150, deadline=None)
@given(MASSES, st.dates())
def test_no_mass_is_made_up(masses: list[Mass], today: date) -> None:
    found = ribbon(masses, today=today)
    assert drawn(found) + found.earlier + found.later <= sum(m.count for m in masses) + 1e-2


@settings(max_examples=150, deadline=None)
@given(NEAR, st.integers(0, 9), st.integers(0, 9))
def test_of_a_story_of_some_years_every_event_is_drawn_or_counted(masses: list[Mass], undated: int, ends: int) -> None:
    apart = [Mass(None, None, False, False, undated), Mass(None, TODAY, False, False, ends)]
    found = ribbon([*masses, *apart], today=TODAY)
    assert drawn(found) == pytest.approx(sum(m.count for m in masses), abs=1e-3)
    assert (found.undated, found.open, found.earlier, found.later) == (undated, ends, 0, 0)
    assert found.highest >= max(bar.height for bar in found.bins)
