"""A point on the calendar in two notations: EDTF for the timeline, TIMEX3 for interchange and scoring.

Choices that neither standard makes are in docs/adr/0001-edtf.md: weeks, weekends and nights are windows; early, mid and
late are days 1-10, 11-20, 21-end of a month and months 1-3, 5-8, 10-12 of a year; winter carries its December's year.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from tracker import edtf
from tracker.edtf import Edtf
from tracker.times.symbols import Point

__all__ = ["SEASONS", "to_edtf", "to_timex"]

SEASONS = {21: "SP", 22: "SU", 23: "FA", 24: "WI"}
_MONTH_PARTS = {"START": (1, 10), "MID": (11, 20), "END": (21, 31), "FIRST_HALF": (1, 15), "SECOND_HALF": (16, 31)}
_LONGEST_MONTH = 32
_YEAR_PARTS = {"START": (1, 3), "MID": (5, 8), "END": (10, 12)}


def to_timex(point: Point, *, daypart: str = "", clock: str = "") -> str:
    """Write a TIMEX3 value: 2025-06-17, 2025-W24, 2025-SU, 2025-06-17TMO."""
    first = point.first
    if point.unit in ("week", "weekend"):
        year, week, _ = first.isocalendar()
        return f"{year:04d}-W{week:02d}" + ("-WE" if point.unit == "weekend" else "")
    if point.unit == "stretch":
        return f"{first}/{first + timedelta(days=(point.number or 1) - 1)}"
    if point.unit in _TIMEX_SHAPES:
        return _TIMEX_SHAPES[point.unit].format(
            first=first,
            n=point.number,
            season=SEASONS.get(point.number or 21),
            tens=first.year // 10,
            hundreds=first.year // 100,
        )
    return first.isoformat() + (f"T{clock}" if clock else f"T{daypart}" if daypart else "")


def to_edtf(
    point: Point, *, mod: str = "", approximate: bool = False, doubtful: bool = False, south: bool = False
) -> Edtf:
    """Write an EDTF value; a qualifier only where the subset has room for it."""
    qualifier = "%" if approximate and doubtful else "~" if approximate else "?" if doubtful else ""
    first, number = point.first, point.number or 1
    if point.unit in ("month", "year", "stretch") and (part := _part(point, mod)):
        return part
    if point.unit in _QUALIFIED:
        return _QUALIFIED[point.unit](first, qualifier)
    if point.unit in _NUMBERED:
        return _NUMBERED[point.unit](first, number)
    if point.unit == "season":
        return _season(first, point.number or 21, south=south)
    return edtf.day(first, qualifier=qualifier)


_TIMEX_SHAPES = {
    "month": "{first:%Y-%m}", "season": "{first.year:04d}-{season}", "quarter": "{first.year:04d}-Q{n}", "half": "{first.year:04d}-H{n}",
    "year": "{first.year:04d}", "decade": "{tens:03d}", "century": "{hundreds:02d}",
}  # fmt: skip
_QUALIFIED: Mapping[str, Callable[[date, str], Edtf]] = {
    "month": lambda first, qualifier: edtf.month(first.year, first.month, qualifier=qualifier),
    "year": lambda first, qualifier: edtf.year(first.year, qualifier=qualifier),
    "decade": lambda first, qualifier: edtf.decade(first.year, qualifier=qualifier),
}
_NUMBERED: Mapping[str, Callable[[date, int], Edtf]] = {
    "stretch": lambda first, days: edtf.window(first, first + timedelta(days=days - 1)),
    "week": lambda first, _: edtf.window(first, first + timedelta(days=6)),
    "weekend": lambda first, _: edtf.window(first, first + timedelta(days=1)),
    "quarter": lambda first, number: edtf.quarter(first.year, number),
    "half": lambda first, number: edtf.half(first.year, number),
    "century": lambda first, _: edtf.century(first.year),
}


def _part(point: Point, mod: str) -> Edtf | None:
    """Write the early, mid or late part of a month or year."""
    first = point.first
    if point.unit == "month" and mod in _MONTH_PARTS:
        low, high = _MONTH_PARTS[mod]
        last = min(high, monthrange(first.year, first.month)[1])
        return edtf.window(first.replace(day=low), first.replace(day=last))
    if point.unit == "stretch" and mod in _MONTH_PARTS and (length := point.number or 1) <= _LONGEST_MONTH:
        low, high = _MONTH_PARTS[mod]
        return edtf.window(first + timedelta(days=low - 1), first + timedelta(days=min(high, length) - 1))
    if point.unit == "year" and mod in _YEAR_PARTS:
        low, high = _YEAR_PARTS[mod]
        return edtf.window(edtf.month(first.year, low), edtf.month(first.year, high))
    return None


def _season(first: date, number: int, *, south: bool) -> Edtf:
    """Write a season; south of the equator as its months, since EDTF's codes do not say whose summer."""
    if not south:
        return edtf.season(first.year, number)
    start = date(first.year, (first.month + 5) % 12 + 1, 1)
    end_month = start.month + 2
    last = edtf.month(start.year + (end_month - 1) // 12, (end_month - 1) % 12 + 1)
    return edtf.window(edtf.month(start.year, start.month), last)
