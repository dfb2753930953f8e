"""Builders of days that stand together, and of days of the moon's year."""

from __future__ import annotations

import re
from dataclasses import replace

from tracker.times.build import month
from tracker.times.hits import Hit, Piece
from tracker.times.symbols import Symbol

__all__ = [
    "both_days",
    "dashed_month",
    "days_before",
    "days_before_dash",
    "days_of_month",
    "event_day",
    "first_months",
    "months",
    "moon_day",
    "short_date",
]

_LONGEST, _MONTHS = 31, 12
_COUNTED_BY = ("AGOA", "LATERA", "EARLIERA", "AHEADA", "UNIT")


def days_of_month(hit: Hit) -> Symbol | None:
    """Read "3~5일", "5日から7日", "이달 3∼5일": days of one month; nothing where they are counted ("3~5일 전")."""
    first, last, said = hit.whole("d", "NUM"), hit.whole("e", "NUM"), hit.relative("r")
    if first is None or last is None or not 1 <= first < last <= _LONGEST:
        return None
    if any(hit.kin(hit.end, name) for name in _COUNTED_BY):
        return None
    month_offset = int(said.offset) if said else None
    return Symbol("date", hit.rule, day=first, last_day=last, turn=hit.turn(), month_offset=month_offset)


def both_days(hit: Hit) -> tuple[Piece, ...] | None:
    """Read "13、14日", "7월 30·31일": two days that share the word behind them, and the month before."""
    first, last, said = hit.whole("d", "NUM"), hit.whole("e", "NUM"), hit.relative("r")
    if first is None or last is None or not 1 <= first < last <= _LONGEST or last - first > _NEAR:
        return None
    if any(hit.kin(hit.end, name) for name in _COUNTED_BY) or "big" in hit.groups["e"].values:
        return None
    year, year_offset = hit.year()
    month_offset = int(said.offset) if said else None
    day = Symbol(
        "date", hit.rule, year=year, year_offset=year_offset, month=hit.whole("m", "MONTH"), day=first, turn=hit.turn(),
        month_offset=month_offset,
    )  # fmt: skip
    start, end = hit.row[hit.first].start, hit.row[hit.end - 1].end
    other = Piece(replace(day, day=last), hit.groups["e"].start, end)
    return Piece(day, start, hit.groups["d"].end), other


_NEAR = 10  # days apart two days of a list may be


def days_before(hit: Hit) -> tuple[Piece, ...] | None:
    """Read "từ 10 đến 12/5", "ngày 18-20/12/2025", "các ngày 26 và 27/6": days before the one that names the month."""
    text = hit.text("x", "DATE3") or hit.text("x", "DATE2")
    parts = [int(part) for part in re.split("[/-]", text)] if "." not in text else []
    first = hit.whole("d", "NUM")
    if first is None or len(parts) < 2 or not (1 <= first < parts[0] <= _LONGEST and 1 <= parts[1] <= _MONTHS):
        return None
    day = Symbol("date", hit.rule, year=parts[2] if len(parts) > 2 else None, month=parts[1], day=first)
    one, last = hit.groups["d"], hit.groups["x"]
    if "AND" in hit.groups["k"].values:
        other = replace(day, day=parts[0])
        return Piece(day, one.start, one.end), Piece(other, last.start, last.end)
    return (Piece(replace(day, last_day=parts[0]), one.start, last.end),)


def days_before_dash(hit: Hit) -> Symbol | None:
    """Read "ngày 13 đến 16-5": days before one that a dash joins to its month."""
    first, last = hit.whole("e", "NUM"), short_date(hit)
    if first is None or last is None or last.day is None or not 1 <= first < last.day:
        return None
    return replace(last, day=first, last_day=last.day)


def dashed_month(hit: Hit) -> Symbol | None:
    """Read "tháng 10-2022": a dash without blanks joins a month to its year."""
    dash, last = hit.groups["k"], hit.groups["y"]
    glued = hit.groups["m"].end == dash.start and dash.end == last.start
    return month(hit) if glued else None


def first_months(hit: Hit) -> Symbol | None:
    """Read "今年前四个月", "前三季度", "4 tháng đầu năm": so many months from a year's beginning."""
    number, unit = hit.whole("n", "NUM") or hit.whole("n", "ORD"), hit.text("z", "UNIT").partition("*")[0]
    months = (number or 0) * {"month": 1, "quarter": 3}.get(unit, 0)
    if not 1 < months < _MONTHS:
        return None
    year, year_offset = hit.year()
    year_offset = (hit.turn() or 0) if year is None and year_offset is None else year_offset
    return Symbol("date", hit.rule, unit="year", year=year, year_offset=year_offset, last_month=months)


def months(hit: Hit) -> Symbol | None:
    """Read "1-4月", "올해 1∼4월", "2024年7至9月": months of one year, the second with its word behind it."""
    first, last, token = hit.whole("a", "NUM"), hit.whole("m", "MONTH"), hit.groups["m"]
    if first is None or last is None or "marked" not in token.values or not 1 <= first < last:
        return None
    year, year_offset = hit.year()
    return Symbol(
        "date",
        hit.rule,
        unit="month",
        year=year,
        year_offset=year_offset,
        month=first,
        last_month=last,
        turn=hit.turn(),
    )


def moon_day(hit: Hit) -> Symbol | None:
    """Read "正月初一", "음력 8월 15일", "mùng 5 tháng 5 âm lịch": a day of the Chinese calendar."""
    month = hit.whole("m", "MOON_MONTH") or hit.whole("m", "MONTH")
    day = hit.whole("d", "MOON_DAY") or hit.whole("d", "NUM")
    told = "l" in hit.groups or "MOON_MONTH" in hit.groups["m"].values or "MOON_DAY" in hit.groups["d"].values
    if not told or month is None or day is None or not 1 <= day <= _MOON or "big" in hit.groups["d"].values:
        return None
    year, year_offset = hit.year()
    return Symbol("date", hit.rule, holiday=f"lunar{month:02d}-{day:02d}", year=year, year_offset=year_offset)


_MOON = 30


def short_date(hit: Hit) -> Symbol | None:
    """Read "ngày 18-12": day and month with a dash between them, without blanks."""
    day, month = hit.whole("d", "NUM"), hit.whole("m", "NUM")
    dash = hit.groups["k"]
    glued = hit.groups["d"].end == dash.start and dash.end == hit.groups["m"].start
    if not glued or day is None or month is None or not (1 <= day <= _LONGEST and 1 <= month <= _MONTHS):
        return None
    if any(hit.kin(hit.end, name) for name in ("MONTH", "DASH", "SLASH", "UNIT", "PERCENT")):
        return None
    return Symbol("date", hit.rule, day=day, month=month, daypart=hit.text("a", "DAYPART"))


def event_day(hit: Hit) -> Symbol | None:
    """Read "10·29" before a word for an event: month and day of the nearest year."""
    month, day = (int(part) for part in hit.text("x", "DATE2").split("/"))
    if not (1 <= month <= _MONTHS and 1 <= day <= _LONGEST):
        return None
    return Symbol("date", hit.rule, month=month, day=day)
