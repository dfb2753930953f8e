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
_LONG_DAYS = 5 * 366  # beyond it, thin tails are cut off so that the story keeps its shape
_TAIL = 0.04  # share of events each tail may hold
_ROUGH_DAYS = 366  # a vaguer date does not stretch the drawing; its middle has to lie in it
_DIGITS = 6  # of an event's share in a bar: a decade over days still adds up to one
_NEAR = 0.25  # of the drawn time: how far off today may be to be drawn as well


class Unit(StrEnum):
    """What one bar stands for."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Bin:
    """One bar: both days included; ``vague`` is a share of events, so it may be a fraction.

    ``touching`` counts the vague events of which the bar has a share.
    """

    first: date
    last: date
    sure: int
    vague: float
    planned: float
    touching: int = 0

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
    first, last = _with_today(*_range(closed), today)
    unit = _unit(first, last)
    starts, ends = _bars(first, last, unit)
    low, high = starts[0], ends[-1]
    earlier = sum(mass.count for _, latest, mass in closed if latest < low)
    later = sum(mass.count for earliest, _, mass in closed if earliest > high)
    return Ribbon(unit, _fill(starts, ends, closed, today), earlier, later, half_open, undated)


_Closed = tuple[date, date, Mass]


def _range(closed: Sequence[_Closed]) -> tuple[date, date]:
    """First and last day to draw: everything, or less of thin tails where it would be many years.

    The end farther from the middle of the story is cut first, and no more than is needed.
    """
    lows, highs = _extents(closed)
    middle = _median(lows)
    allowed = sum(count for _, count in lows) * _TAIL
    early, late, cut_early, cut_late = 0, 0, 0, 0
    while (highs[late][0] - lows[early][0]).days > _LONG_DAYS:
        may_early, may_late = cut_early + lows[early][1] <= allowed, cut_late + highs[late][1] <= allowed
        if may_early and (not may_late or middle - lows[early][0] >= highs[late][0] - middle):
            cut_early, early = cut_early + lows[early][1], early + 1
        elif may_late:
            cut_late, late = cut_late + highs[late][1], late + 1
        else:
            break
    return _around(middle, lows[early][0], highs[late][0])


def _around(middle: date, first: date, last: date) -> tuple[date, date]:
    """Cut to as many years as there can be bars, with the middle of the story among them."""
    if last.year - first.year < MAX_BINS:
        return first, last
    year = min(max(first.year, middle.year - MAX_BINS // 2), last.year - MAX_BINS + 1)
    return max(first, date(year, 1, 1)), min(last, date(year + MAX_BINS - 1, 12, 31))


_Ends = list[tuple[date, int]]  # a day and the number of events that begin or end on it


def _extents(closed: Sequence[_Closed]) -> tuple[_Ends, _Ends]:
    """First days, earliest first, and last days, latest first; the middle of what is only roughly known."""
    spans = [(_drawn(earliest, latest, mass), mass.count) for earliest, latest, mass in closed]
    if all((last - first).days > _ROUGH_DAYS for (first, last), _ in spans):
        return sorted((span[0], n) for span, n in spans), sorted(((span[1], n) for span, n in spans), reverse=True)
    known = [(_middle(*span) if (span[1] - span[0]).days > _ROUGH_DAYS else span, n) for span, n in spans]
    return sorted((span[0], n) for span, n in known), sorted(((span[1], n) for span, n in known), reverse=True)


def _drawn(earliest: date, latest: date, mass: Mass) -> tuple[date, date]:
    """What lasted stands at its first day."""
    return (earliest, earliest) if mass.sure and not mass.planned else (earliest, latest)


def _middle(first: date, last: date) -> tuple[date, date]:
    middle = first + (last - first) / 2
    return middle, middle


def _median(days: _Ends) -> date:
    half, passed = sum(count for _, count in days) / 2, 0
    for day, count in days:
        passed += count
        if passed >= half:
            return day
    return days[-1][0]


def _with_today(first: date, last: date, today: date) -> tuple[date, date]:
    """Reach to today where that is near, so that one sees how old the story is."""
    near = ((last - first).days + 1) * _NEAR
    wide = min(first, today), max(last, today)
    far = max((first - today).days, (today - last).days) > near or wide[1].year - wide[0].year >= MAX_BINS
    return (first, last) if far else wide


def _unit(first: date, last: date) -> Unit:
    """Choose so that a story has some dozens of bars, and never more than `MAX_BINS`."""
    days = (last - first).days + 1
    steps = ((45, Unit.DAY), (210, Unit.WEEK), (366 * 10, Unit.MONTH), (366 * 60, Unit.QUARTER))
    return next((unit for most, unit in steps if days <= most), Unit.YEAR)


def _bars(first: date, last: date, unit: Unit) -> tuple[list[date], list[date]]:
    """First and last days of the bars."""
    starts = [_start(first, unit)]
    while (following := _next(starts[-1], unit)) and following <= last:
        starts.append(following)
    return starts, [*(start - timedelta(days=1) for start in starts[1:]), _end(following)]


def _end(following: date | None) -> date:
    return following - timedelta(days=1) if following else date.max


def _start(day: date, unit: Unit) -> date:
    if unit is Unit.DAY:
        return day
    if unit is Unit.WEEK:
        return day - timedelta(days=min(day.weekday(), day.toordinal() - 1))
    if unit is Unit.MONTH:
        return day.replace(day=1)
    return date(day.year, (day.month - 1) // 3 * 3 + 1 if unit is Unit.QUARTER else 1, 1)


def _next(start: date, unit: Unit) -> date | None:
    """Give the first day of the bar after this one; None where the calendar ends."""
    try:
        if unit in (Unit.DAY, Unit.WEEK):
            return start + timedelta(days=1 if unit is Unit.DAY else 7)
        months = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}[unit]
        year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
        return date(year, month + 1, 1)
    except (OverflowError, ValueError):
        return None


def _fill(starts: Sequence[date], ends: Sequence[date], closed: Sequence[_Closed], today: date) -> tuple[Bin, ...]:
    sure, vague, planned = ([0.0] * len(starts) for _ in range(3))
    touching = [0] * len(starts)
    for earliest, latest, mass in closed:
        if mass.planned and latest > today:
            _spread(planned, (starts, ends), (earliest, latest), mass.count)
        elif mass.sure:
            _spread(sure, (starts, ends), (earliest, earliest), mass.count)
        else:
            _spread(vague, (starts, ends), (earliest, latest), mass.count)
            for index in _touched((starts, ends), (earliest, latest)):
                touching[index] += mass.count
    bars = zip(starts, ends, sure, vague, planned, touching, strict=True)
    return tuple(Bin(a, b, round(s), round(v, _DIGITS), round(p, _DIGITS), t) for a, b, s, v, p, t in bars)


def _spread(
    heights: list[float], bars: tuple[Sequence[date], Sequence[date]], span: tuple[date, date], count: int
) -> None:
    (starts, ends), (first, last) = bars, span
    days = (last - first).days + 1
    for index in _touched(bars, span):
        begin, end = max(first, starts[index]), min(last, ends[index])
        heights[index] += count * ((end - begin).days + 1) / days


def _touched(bars: tuple[Sequence[date], Sequence[date]], span: tuple[date, date]) -> Iterable[int]:
    """Give the indexes of the bars that share a day with the span."""
    (starts, ends), (first, last) = bars, span
    around = range(max(0, bisect_right(starts, first) - 1), bisect_right(starts, last))
    return (index for index in around if ends[index] >= first)
