"""Steps on the calendar: so many days, weeks, quarters … from a day."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from tracker.times.symbols import Point, Symbol

__all__ = ["day_of", "month_start", "moved", "shifted"]


def moved(base: date, symbol: Symbol, *, exact: bool = False) -> Point:
    """Give the point an offset names; ``exact``: who asks for "in two months" means that very day."""
    offset = int(symbol.offset or 0)
    mover = _MOVERS.get(symbol.unit)
    if mover is None and symbol.unit == "hour" and offset % 24 == 0:
        return Point("day", base + timedelta(days=offset // 24))
    if mover is None:
        return Point("day", base)  # hours, minutes and seconds away: that day
    if symbol.counted and symbol.unit == "week":
        return Point("day", base + timedelta(weeks=offset))
    if symbol.counted and symbol.unit == "month" and exact:
        return Point("day", _same_day(base, offset))
    if symbol.counted and symbol.unit == "decade":
        return Point("year", date(base.year + 10 * offset, 1, 1))
    return mover(base, offset)


def _same_day(base: date, months: int) -> date:
    """Give the day of that number, or the month's last one, a number of months away."""
    start = month_start(base.year, base.month + months)
    return start.replace(day=min(base.day, monthrange(start.year, start.month)[1]))


def _quarter_at(base: date, offset: int) -> Point:
    index = base.year * 4 + (base.month - 1) // 3 + offset
    return Point("quarter", date(index // 4, index % 4 * 3 + 1, 1), index % 4 + 1)


def _half_at(base: date, offset: int) -> Point:
    index = base.year * 2 + (base.month - 1) // 6 + offset
    return Point("half", date(index // 2, index % 2 * 6 + 1, 1), index % 2 + 1)


def _weekend(base: date, offset: int) -> date:
    """Give a weekend's Saturday: this one is the one of the running week, last and next the ones beside it."""
    return base + timedelta(weeks=offset, days=5 - base.weekday())


def month_start(year: int, month: int) -> date:
    index = year * 12 + month - 1
    return date(index // 12, index % 12 + 1, 1)


def day_of(first: date, day: int) -> date:
    """Give a day of the month of ``first``, the last one where the month is too short: "2月28～31日"."""
    return first.replace(day=min(day, monthrange(first.year, first.month)[1]))


def shifted(base: date, number: int, unit: str) -> date:
    """Give the day so many days, weeks, months or years away; the last of a month that is too short."""
    if unit in ("day", "week"):
        return base + timedelta(days=number * (7 if unit == "week" else 1))
    first = month_start(base.year, base.month + number * (12 if unit == "year" else 1))
    return first.replace(day=min(base.day, monthrange(first.year, first.month)[1]))


_MOVERS: Mapping[str, Callable[[date, int], Point]] = {
    "day": lambda base, n: Point("day", base + timedelta(days=n)),
    "week": lambda base, n: Point("week", base + timedelta(weeks=n, days=-base.weekday())),
    "weekend": lambda base, n: Point("weekend", _weekend(base, n)),
    "month": lambda base, n: Point("month", month_start(base.year, base.month + n)),
    "quarter": _quarter_at,
    "half": _half_at,
    "year": lambda base, n: Point("year", date(base.year + n, 1, 1)),
    "decade": lambda base, n: Point("decade", date(base.year // 10 * 10 + 10 * n, 1, 1)),
    "century": lambda base, n: Point("century", date(base.year // 100 * 100 + 100 * n, 1, 1)),
}
