"""The ribbon's bins: how many events happened when, day-known and vague mass kept apart.

In: masses (equal dates counted together by the store). Out: a `Ribbon` of at most `MAX_BINS` bins. A vague mass is
spread over its span in proportion to the days; an open or undated one is only counted, never drawn.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tracker.rows import Mass

__all__ = ["MAX_BINS", "Bin", "Ribbon", "Unit", "ribbon"]

MAX_BINS = 300  # as many bars as a 1400 pixel wide drawing can tell apart
_LONG_YEARS = 5  # beyond it, thin tails are cut off so that the story keeps its shape
_TAIL = 0.04  # share of events each tail may hold


class Unit(StrEnum):
    """What one bar stands for."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Bin:
    """One bar: both days included; ``vague`` is a share of events, so it may be a fraction."""

    first: date
    last: date
    sure: int
    vague: float
    planned: float

    @property
    def height(self) -> float:
        """All that is stacked in the bar, in events."""
        return self.sure + self.vague + self.planned


@dataclass(frozen=True, slots=True)
class Ribbon:
    """Bars in order of time, and what is not in them: cut-off tails, open dates, no date."""

    unit: Unit
    bins: tuple[Bin, ...]
    earlier: int = 0
    later: int = 0
    open: int = 0
    undated: int = 0

    @property
    def highest(self) -> float:
        """Height of the highest bar, in events; at least 1."""
        return max((bin_.height for bin_ in self.bins), default=1.0) or 1.0


def ribbon(masses: Iterable[Mass], *, today: date) -> Ribbon:
    """Count events into bars of a day, week, month, quarter or year, whichever suits their span.

    A mass counts as ahead (``planned``) when it is planned and ends after ``today``.
    """
    known = list(masses)
    undated = sum(mass.count for mass in known if mass.earliest is None and mass.latest is None)
    half_open = sum(mass.count for mass in known if (mass.earliest is None) != (mass.latest is None))
    closed = [(mass.earliest, mass.latest, mass) for mass in known if mass.earliest and mass.latest]
    if not closed:
        return Ribbon(Unit.MONTH, (), open=half_open, undated=undated)
    first, last = _range(closed)
    unit = _unit(first, last)
    edges = _edges(first, last, unit)
    low, high = edges[0], edges[-1] - timedelta(days=1)
    earlier = sum(mass.count for _, latest, mass in closed if latest < low)
    later = sum(mass.count for earliest, _, mass in closed if earliest > high)
    return Ribbon(unit, _fill(edges, closed, today), earlier, later, half_open, undated)


_Closed = tuple[date, date, Mass]


def _range(closed: Sequence[_Closed]) -> tuple[date, date]:
    """First and last day to draw: everything, or without thin tails where it would be many years."""
    middles = sorted((earliest + (latest - earliest) / 2, mass.count) for earliest, latest, mass in closed)
    first, last = min(middle for middle, _ in middles), max(middle for middle, _ in middles)
    if (last - first).days <= _LONG_YEARS * 366:
        return first, last
    total = sum(count for _, count in middles)
    return _after_tail(middles, total * _TAIL), _after_tail(middles[::-1], total * _TAIL)


def _after_tail(middles: Sequence[tuple[date, int]], allowed: float) -> date:
    passed = 0
    for middle, count in middles:
        passed += count
        if passed > allowed:
            return middle
    return middles[-1][0]


def _unit(first: date, last: date) -> Unit:
    """Choose so that a story has some dozens of bars, and never more than `MAX_BINS`."""
    days = (last - first).days + 1
    steps = ((45, Unit.DAY), (210, Unit.WEEK), (366 * 10, Unit.MONTH), (366 * 60, Unit.QUARTER))
    return next((unit for most, unit in steps if days <= most), Unit.YEAR)


def _edges(first: date, last: date, unit: Unit) -> list[date]:
    """First days of the bars, and the day after the last one."""
    edge = _start(first, unit)
    if unit is Unit.YEAR and last.year - first.year >= MAX_BINS:
        edge = date(last.year - MAX_BINS + 1, 1, 1)
    edges = [edge]
    while edges[-1] <= last:
        edges.append(_next(edges[-1], unit))
    return edges


def _start(day: date, unit: Unit) -> date:
    if unit is Unit.DAY:
        return day
    if unit is Unit.WEEK:
        return day - timedelta(days=min(day.weekday(), day.toordinal() - 1))
    if unit is Unit.MONTH:
        return day.replace(day=1)
    return date(day.year, (day.month - 1) // 3 * 3 + 1 if unit is Unit.QUARTER else 1, 1)


def _next(edge: date, unit: Unit) -> date:
    if unit in (Unit.DAY, Unit.WEEK):
        return edge + timedelta(days=1 if unit is Unit.DAY else 7)
    months = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}[unit]
    year, month = divmod(edge.year * 12 + edge.month - 1 + months, 12)
    return date(year, month + 1, 1)


def _fill(edges: Sequence[date], closed: Sequence[_Closed], today: date) -> tuple[Bin, ...]:
    sure, vague, planned = ([0.0] * (len(edges) - 1) for _ in range(3))
    for earliest, latest, mass in closed:
        if mass.planned and latest > today:
            _spread(planned, edges, (earliest, latest), mass.count)
        elif mass.sure:
            _spread(sure, edges, (earliest, earliest), mass.count)
        else:
            _spread(vague, edges, (earliest, latest), mass.count)
    ends = [edge - timedelta(days=1) for edge in edges[1:]]
    bars = zip(edges, ends, sure, vague, planned, strict=False)
    return tuple(Bin(a, b, round(s), round(v, 3), round(p, 3)) for a, b, s, v, p in bars)


def _spread(heights: list[float], edges: Sequence[date], span: tuple[date, date], count: int) -> None:
    first, last = span
    days = (last - first).days + 1
    start = max(0, bisect_right(edges, first) - 1)
    for index in range(start, min(len(heights), bisect_right(edges, last))):
        begin, end = max(first, edges[index]), min(last, edges[index + 1] - timedelta(days=1))
        if begin <= end:
            heights[index] += count * ((end - begin).days + 1) / days
