"""Bounds told together by month draw the same bars as each alone, wherever bars are months or longer."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from tracker.rows import Mass
from tracker.store.postings import BOUNDS, MONTHS, Bounds, Postings, Seen
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


def masses(postings: Postings, name: str) -> list[Mass]:
    return [Mass(*bounds, n) for bounds, n in postings.counts(name, postings.of("is", "shown"))]  # type: ignore[misc,call-arg]


def test_bars_of_months_are_the_same() -> None:
    chance, postings = Random(3), Postings()
    postings.take(Seen(n, drawn(chance), (("is", "shown"),), 0.0, 0.0, 0.0) for n in range(1, 4000))
    each, together = (ribbon(masses(postings, name), today=TODAY) for name in (BOUNDS, MONTHS))
    assert each.unit is Unit.MONTH
    assert len(masses(postings, MONTHS)) < len(masses(postings, BOUNDS)) * 0.6
    assert (each.open, each.undated) == (together.open, together.undated)
    shared = {bar.first: bar for bar in together.bins}
    for bar in each.bins:
        other = shared[bar.first]
        assert (bar.sure, round(bar.vague, 3), round(bar.planned, 3)) == (
            other.sure,
            round(other.vague, 3),
            round(other.planned, 3),
        )
