"""Dates said in another calendar: "15 Ramadan 1446", "رمضان الماضي", "1446 AH", "14 Khordad 1403"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from tracker.times.calendars import CALENDARS, Calendar
from tracker.times.hits import Hit
from tracker.times.points import Resolved, explicit, unknown
from tracker.times.priors import Context, nearest, turned
from tracker.times.symbols import Point, Symbol
from tracker.types import Anchor

__all__ = ["foreign", "foreign_figures", "foreign_year", "place_foreign"]

_UNMARKED = range(1380, 1460)  # years that a language with another calendar need not mark as its own
_LAST_DAY = 32  # the longest months of all calendars, the Persian summer's, have 31 days


def foreign(hit: Hit) -> Symbol | None:
    """Read a month of another calendar with or without its day and year; a year of ours says which one is meant."""
    name, day = hit.text("m", "CMONTH"), _day(hit)
    if "d" in hit.groups and day is None:
        return None
    year, year_offset = hit.year()
    own = hit.whole("y", "NUM")
    calendar = CALENDARS[name[:-2]]
    if own is not None and own in calendar.years:
        year = None
    elif own is not None and year is None:
        return None
    else:
        own = None
    company = own is not None or year is not None or year_offset is not None or bool(hit.part()) or day is not None
    company = (
        company or hit.turn() is not None or any(hit.kin(hit.first - 1, name_) for name_ in ("ON", "OF", "DAY_BEFORE"))
    )
    symbol = Symbol(
        "date", hit.rule, unit="stretch" if day is None else "day", calendar=name, number=own, day=day, year=year,
        year_offset=year_offset, turn=hit.turn(), mod=hit.part(), weekday=hit.whole("w", "WDAY"), cued=company,
    )  # fmt: skip
    return _ours(symbol, calendar) if own is not None and day is not None else symbol


def _day(hit: Hit) -> int | None:
    day = hit.whole("d", "NUM")
    day = hit.whole("d", "ORD") if day is None else day
    return day if day is not None and 1 <= day < _LAST_DAY and "big" not in hit.groups["d"].values else None


def _ours(symbol: Symbol, calendar: Calendar) -> Symbol | None:
    """Turn a full date into one of our calendar; the weekday corrects a month that began a day apart."""
    try:
        found = calendar.day(symbol.number or 0, int(symbol.calendar[-2:]), symbol.day or 0)
    except ValueError:
        return None
    around = (found, found - timedelta(days=1), found + timedelta(days=1))
    found = next((day for day in around if day.isoweekday() == symbol.weekday), found)
    return replace(symbol, calendar="", number=None, year=found.year, month=found.month, day=found.day)


def foreign_figures(hit: Hit, name: str, numbers: Sequence[int]) -> Symbol | None:
    """Read 1446/9/15 or 15/9/1446 where the language's other calendar counts such years."""
    if name not in CALENDARS or len(numbers) != len("ymd"):
        return None
    year, month, day = numbers if numbers[0] > _LAST_DAY else reversed(numbers)
    if year not in CALENDARS[name].years or not 1 <= month <= 12:
        return None
    symbol = Symbol(
        "date", hit.rule, calendar=f"{name}{month:02d}", number=year, day=day, weekday=hit.whole("w", "WDAY")
    )
    return _ours(symbol, CALENDARS[name])


def foreign_year(hit: Hit) -> Symbol | None:
    """Read "1446 AH", "tahun 1446 Hijriah", in Persian "سال 1403": the whole year."""
    name, year = hit.text("be", "CYEAR"), hit.whole("ynk", "NUM")
    name, years = (hit.calendar, _UNMARKED) if "k" in hit.groups else (name, CALENDARS[name].years)
    if year is None or year not in years or name not in CALENDARS:
        return None
    return Symbol("date", hit.rule, unit="stretch", calendar=f"{name}00", number=year)


def place_foreign(symbol: Symbol, context: Context) -> Resolved | None:
    """Give the day, month or year a symbol of another calendar names. Raises: ValueError where none is so long."""
    calendar, month = CALENDARS[symbol.calendar[:-2]], int(symbol.calendar[-2:])
    if symbol.number is not None:
        return explicit("stretch", *calendar.month(symbol.number, month))
    year = symbol.year
    if year is None and symbol.year_offset is not None and context.dct is not None:
        year = context.dct.year + symbol.year_offset
    base = date(year, 7, 1) if year is not None else context.dct
    if base is None:
        return unknown()
    months = [calendar.month(n, month) for n in calendar.around(base)]
    shift = timedelta(days=(symbol.day or 1) - 1)
    found = [(first + shift, length) for first, length in months if shift.days < length]
    if year is not None:
        found = [item for item in found if item[0].year == year]
    anchor = Anchor.EXPLICIT if symbol.year is not None else Anchor.DCT
    chosen = found[0] if found and year is not None else _chosen(found, symbol, context)
    if chosen is None:
        return None
    return Resolved(Point("day", chosen[0]) if symbol.day else Point("stretch", *chosen), anchor)


def _chosen(found: Sequence[tuple[date, int]], symbol: Symbol, context: Context) -> tuple[date, int] | None:
    """Choose by last, this, next, else the nearest; a month is over only when its last day is."""
    dct = context.dct
    if dct is None or not found:
        return None
    lengths = dict(found)
    if symbol.day is not None or symbol.turn == 1:
        day = turned(list(lengths), symbol.turn, context)
        return None if day is None else (day, lengths[day])
    if symbol.turn == -1:
        return max((item for item in found if item[0] + timedelta(days=item[1]) <= dct), default=None)
    half = timedelta(days=15)
    running = [item for item in found if item[0] <= dct < item[0] + timedelta(days=item[1])]
    middle = nearest([first + half for first in lengths], context) - half
    return running[0] if running else (middle, lengths[middle])
