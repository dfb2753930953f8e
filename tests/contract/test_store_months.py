"""Bounds told together by month draw the same bars as each alone, wherever bars are months or longer."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
from pyroaring import BitMap

from tracker.rows import Mass
from tracker.store.days import Bounds, Days
from tracker.store.stories import is_long
from tracker.timeline import Unit, ribbon

TODAY = date(2026, 6, 1)


def drawn(chance: Random) -> Bounds:
    """Draw days, spans, windows, months, open ends and plans over six years."""
    day = date(2021, 1, 1) + timedelta(days=chance.randrange(2100))
    return chance.choice(
        (
            (day, day, True, False), (day, day, True, False), (day, day + timedelta(days=2), True, False),
            (day, day + timedelta(days=6), False, False), (day.replace(day=1), day.replace(day=28), False, False),
            (day, None, False, False), (None, day, False, False), (day, day, True, True), (None, None, False, False),
            (day.replace(month=1, day=1), day.replace(month=12, day=31), False, False),
        )
    )  # fmt: skip


def masses(counted: list[tuple[Bounds, int]]) -> list[Mass]:
    return [Mass(*bounds, n) for bounds, n in counted]


def filled(number: int, seed: int) -> Days:
    """Give so many events on days drawn by chance."""
    chance, days, came = Random(seed), Days(), dict[Bounds, list[int]]()
    for n in range(1, number):
        came.setdefault(drawn(chance), []).append(n)
    days.take(came)
    return days


@pytest.mark.parametrize("number", [400, 4_000, 40_000])
def test_bars_of_months_are_the_same(number: int) -> None:
    days, within = filled(number, seed=3), BitMap(range(1, number))
    each, together = days.counts(within), days.counts_by_month(within, TODAY)
    assert len(together) < len(each) * 0.8
    assert sum(n for _, n in together) == sum(n for _, n in each) == number - 1
    apart, joined = ribbon(masses(each), today=TODAY), ribbon(masses(together), today=TODAY)
    assert apart.unit is Unit.MONTH
    assert (apart.open, apart.undated) == (joined.open, joined.undated)
    shared = {bar.first: bar for bar in joined.bins}
    for bar in apart.bins:
        other = shared[bar.first]
        assert (bar.sure, round(bar.vague, 3), round(bar.planned, 3)) == (
            other.sure,
            round(other.vague, 3),
            round(other.planned, 3),
        )


def test_what_is_looked_up_and_what_is_intersected_is_counted_the_same() -> None:
    days = filled(40_000, seed=5)
    for size in (10, 30_000):
        within = BitMap(range(7, 7 + size))
        alone = [(bounds, n) for bounds, ids in days.sets.items() if (n := len(ids & within))]
        assert sorted(map(repr, days.counts(within))) == sorted(map(repr, alone))
        months = {key: len(ids & within) for key, ids in days.months.items()}
        told = days.counts_by_month(within, date(1990, 1, 1))  # nothing is planned in that month
        assert dict(told) == {key: n for key, n in months.items() if n}


@pytest.mark.parametrize(("newest", "seed"), [(True, 1), (False, 2)])
def test_pages_anywhere_are_cut_from_the_one_order(*, newest: bool, seed: int) -> None:
    days = filled(3_000, seed=seed)
    placed = {i: bounds for bounds, ids in days.sets.items() for i in ids if bounds[0] or bounds[1]}

    def order(i: int) -> tuple[date, date, int]:
        early, late = placed[i][0] or placed[i][1], placed[i][1] or placed[i][0]
        assert early
        assert late
        return (late, early, i) if newest else (early, late, i)

    whole = sorted(placed, key=order, reverse=newest)
    for skip in (0, 1, 99, 1_000, len(whole) - 5, len(whole), len(whole) + 50):
        assert days.page(BitMap(placed), newest=newest, skip=skip, size=30) == whole[skip : skip + 30]
    some = BitMap(whole[100:400:3])
    assert days.page(some, newest=newest, skip=20, size=30) == whole[100:400:3][20:50]


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2024, 2, 3), date(2024, 2, 3)),
        (date(2022, 1, 1), None),
        (None, date(2023, 6, 30)),
        (date(1, 1, 1), date(9999, 12, 31)),
        (date(2030, 1, 1), date(2031, 1, 1)),
    ],
)
def test_what_touches_a_period_is_what_each_of_its_bounds_says(first: date | None, last: date | None) -> None:
    days, touching = filled(5_000, seed=4), set[int]()
    gone = BitMap(range(1, 5_000, 7))
    days.forget(gone)
    for (early, late, *_), ids in days.sets.items():
        after = first is None or late is None or late >= first
        before = last is None or early is None or early <= last
        if (early or late) and after and before:
            touching |= set(ids)
    dated = BitMap(i for (early, late, *_), ids in days.sets.items() if early or late for i in ids)
    assert set(days.touching(first, last, dated)) == touching
    assert touching.isdisjoint(gone)


def test_it_is_a_long_story_only_where_no_cut_of_its_tails_makes_it_short() -> None:
    def day(n: int) -> Bounds:
        return (date(2020, 1, 1) + timedelta(days=n),) * 2 + (True, False)  # type: ignore[return-value]  # a pair and two

    assert is_long([(day(0), 50), (day(300), 50)])
    assert not is_long([(day(0), 97), (day(300), 3)])
    assert not is_long([(day(n), 1) for n in range(200)])
    assert not is_long([((date(2020, 1, 1), date(2022, 12, 31), False, False), 5)])
    assert not is_long([])
