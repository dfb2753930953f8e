"""From a symbol to a point on the calendar, given when the text was written and what was spoken of before.

Order of the evidence: a year said, a weekday that must agree with the day, last/this/next, a cue of tense in the clause,
the measured priors of news (a bare weekday is the latest one, a bare day or month the one nearest to the document's date).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta

from tracker.times.feasts import feast, happened
from tracker.times.foreign import place_foreign
from tracker.times.moves import month_start, moved, shifted
from tracker.times.named import NAMED
from tracker.times.ordinals import nth_points
from tracker.times.points import Resolved, explicit, unknown
from tracker.times.priors import Context, nearest, turned
from tracker.times.symbols import Point, Symbol
from tracker.types import Anchor

__all__ = ["Resolved", "resolve"]


def resolve(symbol: Symbol, context: Context) -> Resolved | None:
    """Give the point a dating symbol names; None where it names none that exists."""
    try:
        symbol = _of_that_year(symbol, context)
        found = _resolver(symbol)(symbol, context)
    except (ValueError, OverflowError):  # a calendar that ends at year 9999, a 31 June that no year has
        return None
    if found is not None and symbol.shift is not None:
        if found.point is None:
            return None
        found = replace(found, point=Point("day", shifted(found.point.first, *symbol.shift)), alternatives=())
    if found is not None and context.within and found.anchor is Anchor.DCT:
        return replace(found, anchor=Anchor.NARRATIVE)
    return found


def _of_that_year(symbol: Symbol, context: Context) -> Symbol:
    """Count "the following year in May" from the year that was spoken of before."""
    if symbol.base != "previous" or symbol.year_offset is None or symbol.offset is not None:
        return symbol
    told = context.spoken.first if context.spoken else context.previous
    return replace(symbol, year=told.year + symbol.year_offset, year_offset=None) if told else symbol


def _resolver(symbol: Symbol) -> Callable[[Symbol, Context], Resolved | None]:
    if symbol.clock and _alone(symbol):
        return _clock
    if symbol.calendar:
        return place_foreign
    if symbol.holiday:
        return _holiday
    if symbol.nth is not None:
        return _nth
    if symbol.offset is not None:
        return _offset
    return NAMED[symbol.unit]


def _alone(symbol: Symbol) -> bool:
    """Tell whether a time of day stands without a day of its own."""
    return not symbol.holiday and all(part is None for part in (symbol.day, symbol.weekday, symbol.offset))


def _clock(symbol: Symbol, context: Context) -> Resolved | None:
    if context.previous is not None:
        return Resolved(Point("day", context.previous), Anchor.PREVIOUS)
    if context.dct is None:
        return unknown()
    return Resolved(Point("day", context.dct + timedelta(days=_by_night(symbol, context))), Anchor.DCT)


def _by_night(symbol: Symbol, context: Context) -> int:
    """Count a day for an hour of a request that is over, or where nobody knows when it was made an hour before dawn."""
    if context.now is not None:
        return int(symbol.clock < f"{context.now:%H:%M}"[: len(symbol.clock)])
    asked = context.prefer == "future"
    return int(asked and symbol.dark and int(symbol.clock[:2]) < _DAWN)


_DAWN = 5


def _holiday(symbol: Symbol, context: Context) -> Resolved | None:
    if symbol.year is not None:
        return explicit("day", feast(symbol.holiday, symbol.year))
    if symbol.year_offset is None and (once := happened(symbol.holiday)) is not None:
        return explicit("day", once)
    if context.dct is None:
        return unknown()
    if symbol.year_offset is not None:
        return Resolved(Point("day", feast(symbol.holiday, context.dct.year + symbol.year_offset)), Anchor.HOLIDAY)
    days = list(_feasts(symbol.holiday, context.dct.year))
    chosen = turned(days, symbol.turn, context)
    return Resolved(Point("day", chosen), Anchor.HOLIDAY) if chosen else None


def _feasts(rule: str, year: int) -> Iterable[date]:
    for n in (-1, 0, 1):
        try:
            yield feast(rule, year + n)
        except (ValueError, OverflowError):  # at the edge of the calendar
            continue


def _offset(symbol: Symbol, context: Context) -> Resolved | None:
    if (same := _years_apart(symbol, context)) is not None:
        return Resolved(same, Anchor.PREVIOUS)
    anchor, base = (
        (Anchor.PREVIOUS, _spoken(symbol, context)) if symbol.base == "previous" else (Anchor.DCT, context.dct)
    )
    if base is None:
        base, anchor = context.dct, Anchor.DCT
    if base is None or symbol.offset is None:
        return unknown()
    if (
        symbol.base == "dct"
        and symbol.offset == 0
        and symbol.unit == "day"
        and not symbol.daypart
        and not symbol.weekday
    ):
        return Resolved(Point("day", base), Anchor.DCT)
    if context.now is not None and symbol.unit in _SECONDS and anchor is Anchor.DCT:
        moment = context.now + timedelta(seconds=symbol.offset * _SECONDS[symbol.unit])
        return Resolved(Point("day", moment.date()), anchor, clock=f"{moment:%H:%M:%S}".removesuffix(":00"))
    point = moved(base, symbol, exact=context.prefer == "future")
    away = (symbol.weekday - point.first.isoweekday() + _HALF_WEEK) % 7 - _HALF_WEEK if symbol.weekday else 0
    if away and (
        symbol.base == "previous" or symbol.counted
    ):  # "the following day, Saturday": the weekday tells which day was spoken of
        return Resolved(Point("day", point.first + timedelta(days=away)), anchor)
    return Resolved(point, anchor, bool(away))


_HALF_WEEK = 3
_SECONDS = {"second": 1, "minute": 60, "hour": 3600}


def _nth(symbol: Symbol, context: Context) -> Resolved | None:
    dct, month = context.dct, symbol.month
    if symbol.year is not None:
        points = nth_points(symbol, (symbol.year,), month)
        return Resolved(points[0], Anchor.EXPLICIT) if points else None
    if dct is None:
        return unknown()
    if symbol.month_offset is not None:
        start = month_start(dct.year, dct.month + symbol.month_offset)
        points = nth_points(symbol, (start.year,), start.month)
    elif symbol.year_offset is not None:
        points = nth_points(symbol, (dct.year + symbol.year_offset,), month)
    elif context.narrative is not None:
        points = nth_points(symbol, (context.narrative,), month)
    else:
        points = nth_points(symbol, (dct.year - 1, dct.year, dct.year + 1), month)
    if not points:
        return None
    chosen = nearest([point.first for point in points], context)
    return Resolved(next(point for point in points if point.first == chosen), Anchor.DCT)


_LONGER = ("month", "season", "half", "year", "decade", "century")


def _spoken(symbol: Symbol, context: Context) -> date | None:
    """Give the day that "that day", "the following month", "the quarter" count from: what was spoken of before.

    A quarter nobody named before is the latest one over.
    """
    if symbol.unit == "quarter":
        latest = context.quarter
        return latest.first if latest else moved(context.dct, _LAST_QUARTER).first if context.dct else None
    if symbol.unit in _LONGER and context.spoken is not None:
        return context.spoken.first
    return context.previous


_LAST_QUARTER = Symbol("date", "", unit="quarter", offset=-1)
_COMPARED = ("quarter", "half", "month", "season")


def _years_apart(symbol: Symbol, context: Context) -> Point | None:
    """Give "a year earlier" the size of what was spoken of before: the same quarter, month or season of that year."""
    spoken = context.spoken
    counted = symbol.counted or (
        symbol.base == "previous" and symbol.offset == -1
    )  # "the following year" is a whole one
    if symbol.unit != "year" or not counted or abs(symbol.offset or 0) != 1 or symbol.mod or spoken is None:
        return None
    if spoken.unit not in (_COMPARED if symbol.base == "previous" else _COMPARED[:1]):
        return None
    return replace(spoken, first=month_start(spoken.first.year + int(symbol.offset or 0), spoken.first.month))
