"""Builders of what names several days in one breath: lists, a night between two days, one day in two calendars."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from tracker.times.hits import Hit, Piece, full_year
from tracker.times.symbols import Symbol
from tracker.times.tokens import Token

__all__ = ["day_list", "overnight", "two_styles"]

_COUNTED_BY = ("OTHER", "UNIT", "PERCENT", "MULT", "CURRENCY")
_SMALL_WORD = 6  # letters of "auf", "spre", "para"
_JULIAN_GAP = range(10, 14)  # days between the calendars from 1582 to 2100


def day_list(hit: Hit) -> tuple[Piece, ...] | None:
    """Read "5, 7 and 9 May", "May 5 and 7": rising days of one month, each a date of its own; two that follow each other make a span."""
    month, (year, year_offset) = hit.whole("m", "MONTH"), hit.year()
    at = hit.row.index(hit.groups["m"], hit.first, hit.end)
    before = hit.groups["d"].start < hit.groups["m"].start
    tokens = [t for t in hit.row[hit.first if before else at + 1 : at if before else hit.end] if _is_day(t)]
    days = [int(str(token.values["NUM"])) for token in tokens]
    rising = all(first < second for first, second in pairwise(days))
    if month is None or not rising or days[0] < 1 or days[-1] > monthrange(year or 2024, month)[1]:
        return None
    if not before and any(hit.kin(hit.end, name) for name in _COUNTED_BY):
        return None  # "on May 5 and 7 people …"
    one = Symbol("date", hit.rule, year=full_year(year), month=month, year_offset=year_offset)
    spans = _spans(hit, tokens, before=before)
    opens = hit.first - 2 if hit.kin(hit.first - 1, "THE") else hit.first - 1
    running = days[-1] == days[0] + 1 and "o" not in hit.groups
    if len(days) == 2 and (running or hit.kin(opens, "FROM")):  # "on 5 and 6 May", "between 5 and 7 May"
        whole = replace(one, day=days[0], last_day=days[1])
        return Piece(whole, *spans[0]), Piece(replace(whole, number=days[1]), *spans[1])
    return tuple(Piece(replace(one, day=day), *span) for day, span in zip(days, spans, strict=True))


def _is_day(token: Token) -> bool:
    return "NUM" in token.values and "YEAR" not in token.values and "MONTH" not in token.values


def _spans(hit: Hit, tokens: Sequence[Token], *, before: bool) -> list[tuple[int, int]]:
    """Give each day its figure; the one beside the month has the month, and the last of all what follows."""
    spans = [(token.start, token.end) for token in tokens]
    end = hit.row[hit.end - 1].end
    if before:
        spans[-1] = (spans[-1][0], end)
    else:
        spans[0], spans[-1] = (hit.groups["m"].start, spans[0][1]), (spans[-1][0], end)
    return spans


def overnight(hit: Hit) -> Symbol | None:
    """Read "the night from 3 to 4 June", "from Monday to Tuesday": the night that begins on the first of two days."""
    link = hit.groups["t"]
    if ("n" in hit.groups and hit.text("n", "DAYPART") != "NI") or link.end - link.start > _SMALL_WORD:
        return None
    if "w" in hit.groups:
        first, second = hit.whole("w", "WDAY") or 0, hit.whole("v", "WDAY") or 0
        return Symbol("date", hit.rule, weekday=first, daypart="NI", overnight=1) if second == first % 7 + 1 else None
    day, last, month = _figure(hit, "d"), _figure(hit, "e"), hit.whole("m", "MONTH")
    year, year_offset = hit.year()
    if day is None or last is None or month is None:
        return None
    if last == 1 and hit.whole("k", "MONTH") in (None, (month - 2) % 12 + 1):  # "from the 31st to 1 May"
        year, month = (year if month > 1 or year is None else year - 1), (month - 2) % 12 + 1
    elif last != day + 1 or hit.whole("k", "MONTH") not in (None, month):
        return None
    return Symbol(
        "date",
        hit.rule,
        year=full_year(year),
        month=month,
        day=day,
        year_offset=year_offset,
        daypart="NI",
        overnight=1,
    )


def _figure(hit: Hit, name: str) -> int | None:
    day = hit.whole(name, "NUM")
    day = day if day is not None else hit.whole(name, "ORD")
    return day if day is not None and 1 <= day <= 31 else None


def two_styles(hit: Hit) -> tuple[Piece, ...] | None:
    """Read "25 October (7 November) 1917": one day in the old and the new calendar. The later of the two dates is the new."""
    month, other = hit.whole("m", "MONTH"), hit.whole("k", "MONTH")
    said = full_year(hit.year()[0] or hit.whole("z", "YEAR"))
    days = (_figure(hit, "d"), _figure(hit, "e"))
    months = (month if month is not None else other, other if other is not None else month)
    if None in (*days, *months):
        return None
    first, second = _dates(said, days, months)  # type: ignore[arg-type]  # none is None
    if first is None or second is None or abs((second - first).days) not in _JULIAN_GAP:
        return None
    pieces = []
    for own, new, start, end in (
        (first, max(first, second), *_side(hit, "d")),
        (second, max(first, second), *_side(hit, "e")),
    ):
        year = None if said is None else own.year
        symbol = Symbol("date", hit.rule, year=year, month=own.month, day=own.day, behind=(new - own).days)
        pieces.append(Piece(symbol, start, end))
    return tuple(pieces)


def _dates(year: int | None, days: tuple[int, int], months: tuple[int, int]) -> tuple[date | None, date | None]:
    """Give both dates; where they lie on two sides of a new year, the year said is the new style's."""
    later = year or 2001
    apart = abs(months[0] - months[1]) > 1
    found = []
    for day, month in zip(days, months, strict=True):
        of = later - 1 if apart and month == 12 else later
        found.append(date(of, month, day) if day <= monthrange(of, month)[1] else None)
    return found[0], found[1]


def _side(hit: Hit, name: str) -> tuple[int, int]:
    """Give the characters of the date before the bracket, or of the one in it with what follows."""
    opening = next(i for i in range(hit.first, hit.end) if hit.kin(i, "LEFT") or hit.kin(i, "SLASH"))
    if name == "d":
        return hit.groups["d"].start, hit.row[opening - 1].end
    return hit.groups["e"].start, hit.row[hit.end - 1].end
