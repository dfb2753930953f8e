"""The n-th weekday, day, week or month of something: "the first Monday of October", "the last week of March", "week 2 of 2021"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from tracker.times.hits import Hit, full_year
from tracker.times.symbols import Point, Symbol

__all__ = ["LAST", "nth", "nth_behind", "nth_points"]

_COUNTED = ("day", "week", "weekend", "month")
LAST = -1
_LAST_OF_YEAR = {"quarter": 4, "half": 2}


def nth(hit: Hit) -> Symbol | None:
    """Read an ordinal or "last" with a weekday or unit, and the month or year it is counted in."""
    count, weekday, unit = _count(hit), hit.whole("w", "WDAY"), hit.text("z", "UNIT").partition("*")[0]
    said = hit.relative("q")
    unit = said.unit if said is not None else unit
    year, year_offset = hit.year()
    if (
        count is not None
        and unit in _LAST_OF_YEAR
        and -_LAST_OF_YEAR[unit] <= count < 0
        and (year is not None or hit.text("v", "UNIT") == "year" or year_offset is not None)
    ):
        offset = None if year is not None else year_offset or 0
        return Symbol(
            "date", hit.rule, unit=unit, number=_LAST_OF_YEAR[unit] + 1 + count, year=year, year_offset=offset
        )
    if (part := _half_of_month(hit, count)) is not None:
        return part
    linked = any(hit.kin(at, "AND") for at in range(hit.first, hit.end))  # "last month and this year" are two
    if count is None or linked or (weekday is None and unit not in _COUNTED) or hit.value("z", "PLURAL"):
        return None  # "the last days of May" are several
    whole = hit.relative("r")
    month, container = hit.whole("m", "MONTH"), hit.text("v", "UNIT")
    if whole is not None and whole.unit == "year":
        year_offset = int(whole.offset)
    elif whole is not None and (whole.unit != "month" or whole.counted):
        return None
    if container not in ("", "month", "year") or (unit == "month" and (month or container == "month")):
        return None
    if container == "year":
        year_offset = 0
    month_offset = (
        int(whole.offset) if whole is not None and whole.unit == "month" else 0 if container == "month" else None
    )
    return Symbol(
        "date", hit.rule, unit="day" if weekday else unit, weekday=weekday, nth=count, month=month, year=year,
        year_offset=year_offset, month_offset=month_offset,
    )  # fmt: skip


def _half_of_month(hit: Hit, count: int | None) -> Symbol | None:
    """Read "the second half of January last year", "la primera quincena de marzo", "the first half of last month"."""
    if hit.text("z", "UNIT") not in _HALVES or count not in _WHICH_HALF:
        return None
    month, whole, within = hit.whole("m", "MONTH"), hit.relative("r"), hit.text("v", "UNIT") == "month"
    told = whole.offset if whole is not None and whole.unit == "month" and not whole.counted else 0 if within else None
    if month is None and told is None:
        return None
    year, year_offset = hit.year() if month is not None else (None, None)
    offset = None if month is not None else told
    return Symbol(
        "date", hit.rule, unit="month", month=month, year=year, year_offset=year_offset, offset=offset, mod=_WHICH_HALF[count]
    )  # fmt: skip


_HALVES = ("half", "week*2")
_WHICH_HALF = {1: "FIRST_HALF", 2: "SECOND_HALF", LAST: "SECOND_HALF"}


def nth_behind(hit: Hit) -> Symbol | None:
    """Read "week first of May", "Monday last of March": the ordinal behind what it counts.

    "Tuesday third of September 2014" is a day of the month where the calendar agrees, and the third Tuesday where not.
    """
    count, weekday, (year, _) = hit.whole("o", "ORD"), hit.whole("w", "WDAY"), hit.year()
    if weekday is None or count == LAST:
        return nth(hit)
    month = hit.whole("m", "MONTH")
    if count is None or not 1 <= count <= _MOST_WEEKDAYS or year is None or month is None:
        return None
    return nth(hit) if date(full_year(year) or year, month, count).isoweekday() != weekday else None


_MOST_WEEKDAYS = 5


def _count(hit: Hit) -> int | None:
    """Give which one is meant: 1 to 31, or -1 for the last, -2 for the second last."""
    said = hit.relative("q")
    if said is not None:
        plain = said.offset == LAST and not said.counted and not said.previous
        return -(hit.whole("on", "ORD") or hit.whole("n", "NUM") or 1) if plain else None
    if "t" in hit.groups or "s" in hit.groups:
        from_last = hit.whole("on", "ORD") or hit.whole("n", "NUM") or 1
        return -from_last if LAST in (hit.whole("t", "MODB"), hit.whole("s", "MODA")) else None
    count = hit.whole("o", "ORD")
    return count if count is not None else hit.whole("n", "NUM")


def nth_points(symbol: Symbol, years: tuple[int, ...], month: int | None) -> list[Point]:
    """Give the point in each of several years; none where a month has no fifth Monday."""
    found = [_point(symbol, year, month) for year in years]
    return [point for point in found if point is not None]


def _point(symbol: Symbol, year: int, month: int | None) -> Point | None:
    first = date(year, month or 1, 1)
    end = date(year + (month or 12) // 12, (month or 12) % 12 + 1, 1)
    count = symbol.nth or 1
    if symbol.weekday:
        day = _among(first + timedelta(days=(symbol.weekday - first.isoweekday()) % 7), end, 7, count, 1)
        return Point("day", day) if day else None
    return _UNITS[symbol.unit](first, end, count)


def _among(start: date, end: date, step: int, count: int, length: int) -> date | None:
    """Give the count-th of the days ``start``, ``start`` + ``step`` … whose ``length`` days end before ``end``."""
    many = ((end - start).days - length) // step + 1
    index = many + count if count < 0 else count - 1
    return start + timedelta(days=index * step) if 0 <= index < many else None


def _nth_day(first: date, end: date, count: int) -> Point | None:
    day = _among(first, end, 1, count, 1)
    return Point("day", day) if day else None


def _nth_week(first: date, end: date, count: int) -> Point | None:
    """Give a week that lies whole in a month; of a year the ISO week."""
    if (end - first).days > 31:
        anchor = (
            date(first.year, 12, 28) + timedelta(weeks=1) if count < 0 else date(first.year, 1, 4) - timedelta(weeks=1)
        )
        anchor += timedelta(weeks=count)
        return Point("week", anchor - timedelta(days=anchor.weekday())) if count <= 53 else None
    monday = _among(first + timedelta(days=(1 - first.isoweekday()) % 7), end, 7, count, 7)
    return Point("week", monday) if monday else None


def _nth_weekend(first: date, end: date, count: int) -> Point | None:
    saturday = _among(first + timedelta(days=(6 - first.isoweekday()) % 7), end, 7, count, 2)
    return Point("weekend", saturday) if saturday else None


def _nth_month(first: date, end: date, count: int) -> Point | None:
    del end
    return Point("month", first.replace(month=13 + count if count < 0 else count)) if abs(count) <= 12 else None


_UNITS: Mapping[str, Callable[[date, date, int], Point | None]] = {
    "day": _nth_day, "week": _nth_week, "weekend": _nth_weekend, "month": _nth_month,
}  # fmt: skip
