"""Grouping: which heading an event stands under, in which order, and that a vague one is never put on a day."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.web.sample import event, events, report
from tracker import edtf
from tracker.timeline import Chronology, Mark, Period, PeriodKind, chronology, mark_of
from tracker.types import Dispute, Event, Status

TODAY = date(2025, 11, 20)


def made(value: str | None, number: int = 1, *, status: Status = Status.OCCURRED, importance: float = 0.3) -> Event:
    """Build an event with nothing but a date."""
    return event(number, value, [report("It rained.", "en", "2025-11-01T08:00")], status=status, importance=importance)


def only_period(value: str, **options: date) -> Period:
    [period] = chronology([made(value)], **({"today": TODAY} | options)).periods
    return period


def ids(grouped: Chronology) -> list[int]:
    return [row.event.id for period in grouped.periods for row in (*period.band, *period.rows)]


@pytest.mark.parametrize(
    ("value", "mark"),
    [
        ("2025-06-17", Mark.DAY), ("2025-06-17~", Mark.VAGUE), ("2025-06-17?", Mark.VAGUE), ("2025-06", Mark.VAGUE),
        ("2025-22", Mark.VAGUE), ("2025", Mark.VAGUE), ("202X", Mark.VAGUE), ("[2025-06-21..2025-06-30]", Mark.VAGUE),
        ("2025-07-01/2025-07-03", Mark.SPAN), ("../2025-06-11", Mark.BEFORE), ("2025-06-12/..", Mark.AFTER),
        ("[2025-07-11,2025-07-12]", Mark.DISPUTED), (None, Mark.NONE),
    ],
)  # fmt: skip
def test_the_mark_says_how_well_the_date_is_known(value: str | None, mark: Mark) -> None:
    assert mark_of(made(value)) is mark


def test_a_planned_day_has_a_mark_of_its_own_and_a_planned_month_stays_vague() -> None:
    assert mark_of(made("2026-05-03", status=Status.PLANNED)) is Mark.PLANNED
    assert mark_of(made("2026-05", status=Status.PLANNED)) is Mark.VAGUE


def test_a_date_that_reports_dispute_is_disputed_even_where_one_day_is_given() -> None:
    plain = made("2025-06-17")
    disputes = (Dispute("date", (("2025-06-17", ("a",)), ("2025-06-18", ("b",)))),)
    assert mark_of(replace(plain, facts=replace(plain.facts, disputed=disputes))) is Mark.DISPUTED


@pytest.mark.parametrize(
    ("value", "kind", "first", "last"),
    [
        ("2025-06-17", PeriodKind.MONTH, date(2025, 6, 1), date(2025, 6, 30)),
        ("2025-06", PeriodKind.MONTH, date(2025, 6, 1), date(2025, 6, 30)),
        ("[2025-06-21..2025-06-30]", PeriodKind.MONTH, date(2025, 6, 1), date(2025, 6, 30)),
        ("2025-06-28/2025-07-03", PeriodKind.MONTH, date(2025, 6, 1), date(2025, 6, 30)),
        ("../2025-06-11", PeriodKind.MONTH, date(2025, 6, 1), date(2025, 6, 30)),
        ("2025-06-12/..", PeriodKind.MONTH, date(2025, 6, 1), date(2025, 6, 30)),
        ("[2025-06-30,2025-07-12]", PeriodKind.MONTH, date(2025, 6, 1), date(2025, 6, 30)),
        ("2025-22", PeriodKind.UNIT, date(2025, 6, 1), date(2025, 8, 31)),
        ("2025-24", PeriodKind.UNIT, date(2025, 12, 1), date(2026, 2, 28)),
        ("2025-33", PeriodKind.UNIT, date(2025, 1, 1), date(2025, 3, 31)),
        ("2025-41", PeriodKind.UNIT, date(2025, 7, 1), date(2025, 12, 31)),
        ("199X", PeriodKind.UNIT, date(1990, 1, 1), date(1999, 12, 31)),
        ("2025", PeriodKind.YEAR, date(2025, 1, 1), date(2025, 12, 31)),
        ("[2025-06-28..2025-07-03]", PeriodKind.RANGE, date(2025, 6, 1), date(2025, 7, 31)),
        ("1953-07-27", PeriodKind.YEAR, date(1953, 1, 1), date(1953, 12, 31)),
        ("[1953-06-28..1953-07-03]", PeriodKind.YEAR, date(1953, 1, 1), date(1953, 12, 31)),
    ],
)  # fmt: skip
def test_an_event_stands_under_the_smallest_heading_that_holds_it(
    value: str, kind: PeriodKind, first: date, last: date
) -> None:
    period = only_period(value)
    assert (period.kind, period.first, period.last) == (kind, first, last)


@pytest.mark.parametrize(
    "value", ["2025-06", "2025-06~", "2025-22", "2025", "199X", "[2025-06-21..2025-06-30]", "2025-40"]
)
def test_what_is_only_roughly_known_stands_in_the_band(value: str) -> None:
    period = only_period(value)
    assert (len(period.band), len(period.rows)) == (1, 0)


@pytest.mark.parametrize(
    "value", ["2025-06-17", "2025-06-17~", "../2025-06-11", "2025-06-12/..", "2025-07-01/2025-07-03"]
)
def test_what_has_a_day_or_a_bound_stands_in_the_list(value: str) -> None:
    period = only_period(value)
    assert (len(period.band), len(period.rows)) == (0, 1)


def test_newest_first_a_coarse_period_stands_at_its_end_and_oldest_first_at_its_start() -> None:
    stored = [made("2025-22", 1), made("2025-07-04", 2), made("2025-09-01", 3), made("2025-05-30", 4)]
    assert ids(chronology(stored, today=TODAY)) == [3, 1, 2, 4]
    assert ids(chronology(stored, today=TODAY, newest_first=False)) == [4, 1, 2, 3]


def test_on_one_day_the_more_important_event_is_first_in_either_order() -> None:
    stored = [
        made("2025-06-17", 1, importance=0.2),
        made("2025-06-17", 2, importance=0.9),
        made("2025-06-17", 3, importance=0.2),
    ]
    assert ids(chronology(stored, today=TODAY)) == [2, 1, 3]
    assert ids(chronology(stored, today=TODAY, newest_first=False)) == [2, 1, 3]


def test_undated_plans_are_announced_and_other_undated_events_only_reported() -> None:
    grouped = chronology([made(None, 1, status=Status.PLANNED), made(None, 2, status=Status.DENIED)], today=TODAY)
    assert [row.event.id for row in grouped.announced] == [1]
    assert [row.event.id for row in grouped.undated] == [2]
    assert grouped.periods == ()
    assert grouped.today_before is None


@pytest.mark.parametrize(
    ("newest_first", "at"), [(True, 1), (False, 1)],
)  # fmt: skip
def test_within_this_month_the_today_line_parts_what_is_ahead_from_what_is_not(newest_first: bool, at: int) -> None:
    stored = [made("2025-11-14", 1), made("2025-11-25", 2)]
    grouped = chronology(stored, today=TODAY, newest_first=newest_first)
    assert grouped.periods[0].today_at == at
    assert grouped.today_before is None


@pytest.mark.parametrize(
    ("values", "newest", "oldest"),
    [
        (["2025-10-01", "2026-05-03"], 1, 1), (["2025-10-01"], 0, 1), (["2026-05-03"], 1, 0),
        (["2025-11", "2025-10-01"], 0, 2), (["2025", "2025-12-24"], 2, 1),
    ],
)  # fmt: skip
def test_between_months_the_today_line_stands_before_the_first_past_one(
    values: list[str], newest: int, oldest: int
) -> None:
    stored = [made(value, number) for number, value in enumerate(values)]
    assert chronology(stored, today=TODAY).today_before == newest
    assert chronology(stored, today=TODAY, newest_first=False).today_before == oldest


def test_the_sample_has_every_event_once_and_its_sizes_add_up() -> None:
    grouped = chronology(events(), today=TODAY)
    trays = [row.event.id for row in (*grouped.announced, *grouped.undated)]
    assert sorted([*ids(grouped), *trays]) == sorted(e.id for e in events())
    assert sum(period.size for period in grouped.periods) == len(ids(grouped))


SPANS = st.lists(st.dates(date(1900, 1, 1), date(2100, 1, 1)), min_size=2, max_size=2, unique=True).map(sorted)
VALUES = st.one_of(
    st.none(),
    st.dates().map(lambda day: day.isoformat()),
    st.sampled_from(["2025-11", "2025-11-20", "2025-24", "2025-36", "2026-40", "2025", "202X", "20XX", "9999-12", "0001-01"]),
    SPANS.map(lambda days: str(edtf.span(*days))),
    SPANS.map(lambda days: str(edtf.window(*days))),
    SPANS.map(lambda days: str(edtf.one_of(*days))),
    st.dates(date(2020, 1, 1), date(2030, 1, 1)).map(lambda day: str(edtf.since(day))),
    st.dates(date(2020, 1, 1), date(2030, 1, 1)).map(lambda day: str(edtf.until(day))),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(VALUES, max_size=14), st.dates(date(2025, 1, 1), date(2026, 12, 31)), st.booleans())
def test_any_events_are_each_placed_once_within_their_bounds_and_periods_in_order(
    values: list[str | None], today: date, newest_first: bool
) -> None:
    stored = [made(value, number) for number, value in enumerate(values)]
    grouped = chronology(stored, today=today, newest_first=newest_first)
    trays = [row.event.id for row in (*grouped.announced, *grouped.undated)]
    assert Counter([*ids(grouped), *trays]) == Counter(e.id for e in stored)
    bounds = [(p.last, p.first) if newest_first else (p.first, p.last) for p in grouped.periods]
    assert all(a[0] >= b[0] if newest_first else a[0] <= b[0] for a, b in pairwise(bounds))
    for period in grouped.periods:
        for row in period.band:
            when = row.event.facts.date
            assert when.earliest is not None
            assert when.latest is not None
            assert period.first <= when.earliest <= when.latest <= period.last


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.dates(TODAY - timedelta(days=70), TODAY + timedelta(days=70)), min_size=1, max_size=12), st.booleans()
)
def test_the_today_line_has_all_that_is_ahead_on_one_side(days: list[date], newest_first: bool) -> None:
    grouped = chronology(
        [made(day.isoformat(), n) for n, day in enumerate(days)], today=TODAY, newest_first=newest_first
    )
    above: list[date | None] = []
    below: list[date | None] = []
    side = above
    for index, period in enumerate(grouped.periods):
        side = below if grouped.today_before == index else side
        for at, row in enumerate(period.rows):
            side = below if period.today_at == at else side
            side.append(row.event.facts.date.earliest)
        side = below if period.today_at == len(period.rows) else side
    ahead, past = (above, below) if newest_first else (below, above)
    assert all(day is not None and day > TODAY for day in ahead)
    assert all(day is not None and day <= TODAY for day in past)
