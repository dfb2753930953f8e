"""Dates that belong together: "from 9 May to 11 June 2024" shares a year and makes a span."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from tracker import edtf
from tracker.edtf import Edtf
from tracker.errors import EdtfError
from tracker.times.phrases import Phrase
from tracker.times.symbols import Symbol
from tracker.types import TimeMention

__all__ = ["apposed", "joined", "sharing"]

_ENDS = (edtf.Precision.DAY, edtf.Precision.MONTH, edtf.Precision.YEAR)


def apposed(phrases: Sequence[Phrase], dct: date | None) -> tuple[Phrase, ...]:
    """Give "two days later, on 7 May", "vor zwei Wochen (3. Mai)" the day that stands behind: it says what was counted.

    A bare weekday behind it only tells which of the days nearby is meant.
    """
    done = list(phrases)
    for index, (mine, following) in enumerate(pairwise(done)):
        counted, day = mine.piece.symbol, following.piece.symbol
        bounded = following.joined or following.before.startswith(("SINCE", "UNTIL"))
        if (
            mine.apposed
            and not bounded
            and _is_counted(counted)
            and (one := _said_again(counted, day, dct)) is not None
        ):
            done[index] = replace(mine, piece=replace(mine.piece, symbol=one))
    return tuple(done)


def _is_counted(symbol: Symbol) -> bool:
    """Tell whether a phrase counts days, weeks or years from another time."""
    counted = (symbol.counted or symbol.base == "previous") and symbol.unit in ("day", "week", "year")
    return symbol.kind == "date" and counted and bool(symbol.offset)


def _said_again(counted: Symbol, day: Symbol, dct: date | None) -> Symbol | None:
    """Give what a phrase becomes by the one behind it: its day, its year, or the day of the week it fell on; None where they do not fit."""
    if day.kind != "date" or day.offset is not None or day.shift is not None:
        return None
    if counted.unit == "year":  # "six years before, in June 1967"
        named = day.year is not None and day.unit in ("day", "month", "season", "year")
        return Symbol("date", counted.rule, unit="year", year=day.year) if named else None
    if day.unit != "day":
        return None
    if day.month and day.day and _fits(counted, day, dct):
        return replace(day, rule=counted.rule, cued=True)
    bare = day.weekday and not day.day and day.turn is None and day.week_offset is None
    return replace(counted, weekday=day.weekday, daypart=day.daypart) if bare and counted.unit == "day" else None


def _fits(counted: Symbol, day: Symbol, dct: date | None) -> bool:
    """Tell whether a year that is said agrees with one counted from the day of writing; what counts from elsewhere may."""
    if counted.base == "previous" or day.year is None or dct is None:
        return True
    days = (7 if counted.unit == "week" else 1) * (counted.offset or 0)
    return abs((day.year - dct.year) * 365 - days) <= _YEAR_AND_A_HALF


_YEAR_AND_A_HALF = 550  # days: a year said is a whole one


def sharing(phrases: Sequence[Phrase]) -> tuple[Phrase, ...]:
    """Give a phrase without a year that of the next one, where a word for "to" or "and" links the two."""
    done = list(phrases)
    for index in range(len(done) - 2, -1, -1):
        mine, following = done[index].piece.symbol, done[index + 1].piece.symbol
        if done[index].linked and (year := _shared(mine, following)) is not None:
            piece = replace(done[index].piece, symbol=replace(mine, year=year))
            done[index] = replace(done[index], piece=piece)
        elif done[index].linked and (symbol := _both_weekdays(mine, following)) is not None:
            done[index] = replace(done[index], piece=replace(done[index].piece, symbol=symbol))
    for index in range(1, len(done)):
        mine, following = done[index - 1].piece.symbol, done[index].piece.symbol
        if done[index - 1].linked and (told := _continued(mine, following)) is not None:
            done[index] = replace(done[index], piece=replace(done[index].piece, symbol=told))
    return tuple(done)


def _both_weekdays(mine: Symbol, following: Symbol) -> Symbol | None:
    """Give a bare weekday what is said of the next one: "the Friday and Monday just past", "Monday and Tuesday next week"."""
    if not (mine.weekday and following.weekday) or mine.day or following.day or mine.nth or mine.turn is not None:
        return None
    if following.turn is not None:
        return replace(mine, turn=following.turn)
    same = following.week_offset is not None and mine.week_offset is None and mine.weekday < following.weekday
    return replace(mine, week_offset=following.week_offset) if same else None


def _continued(mine: Symbol, following: Symbol) -> Symbol | None:
    """Give a bare month or day the year or month of the date before it: "2020年6月から7月", "5月3日から5日"."""
    if following.kind != "date" or mine.kind != "date" or not _open(following):
        return None
    if following.month is not None and mine.month is not None and (mine.year, mine.year_offset) != (None, None):
        later = int(following.month < mine.month)
        year = None if mine.year is None else mine.year + later
        return replace(following, year=year, year_offset=None if mine.year_offset is None else mine.year_offset + later)
    if following.month is not None or following.day is None or mine.day is None:
        return None
    later = int(following.day < mine.day)
    if mine.month is not None and mine.month + later <= _DECEMBER:
        return replace(following, month=mine.month + later, year=mine.year, year_offset=mine.year_offset)
    if mine.month is None and mine.turn is not None:
        return replace(following, turn=mine.turn)
    if mine.month is None and mine.month_offset is not None:
        return replace(following, month_offset=mine.month_offset + later)
    return None


_DECEMBER = 12


def _open(symbol: Symbol) -> bool:
    """Tell whether a symbol is a month or a day that says nothing of its year."""
    parts = (
        symbol.year,
        symbol.year_offset,
        symbol.turn,
        symbol.weekday,
        symbol.nth,
        symbol.offset,
        symbol.month_offset,
    )
    return symbol.unit in ("day", "month") and not symbol.holiday and all(part is None for part in parts)


def _shared(mine: Symbol, following: Symbol) -> int | None:
    bare = mine.kind == "date" and mine.year is None and mine.year_offset is None and mine.turn is None
    if not bare or mine.month is None or following.year is None or following.month is None:
        return None
    return following.year if mine.month <= following.month else following.year - 1


def joined(mentions: Sequence[tuple[Phrase, TimeMention]]) -> Iterator[TimeMention]:
    """Give two dates that "from … to" or a dash links the span they make, each keeping its own TIMEX3 value."""
    done = list(_in_order(mentions))
    mentions = [(phrase, mention) for (phrase, _), mention in zip(mentions, done, strict=True)]
    for index, ((phrase, first), (other, second)) in enumerate(pairwise(mentions)):
        if phrase.joined or (phrase.linked and "SINCE_AFTER" in phrase.before and "UNTIL_AFTER" in other.before):
            whole = _span(_edge(phrase, first.edtf, first=True), _edge(other, second.edtf, first=False))
            if whole is not None:
                done[index], done[index + 1] = replace(done[index], edtf=whole), replace(done[index + 1], edtf=whole)
    yield from done


def _in_order(mentions: Sequence[tuple[Phrase, TimeMention]]) -> Iterator[TimeMention]:
    """Give the weekday that ends "from Monday to Friday" the Friday after that Monday."""
    before: tuple[Phrase, TimeMention] | None = None
    for phrase, mention in mentions:
        later = _week_on(before[1], mention) if before and before[0].joined and _weekdays(before[0], phrase) else None
        before = (phrase, later or mention)
        yield before[1]


def _weekdays(one: Phrase, other: Phrase) -> bool:
    symbols = (one.piece.symbol, other.piece.symbol)
    return all(s.weekday and s.day is None and s.nth is None and s.week_offset is None for s in symbols)


def _week_on(first: TimeMention, second: TimeMention) -> TimeMention | None:
    start, end = (m.edtf.earliest if m.edtf else None for m in (first, second))
    if (
        start is None
        or end is None
        or not 0 < (start - end).days < _WEEK
        or not second.timex_value.startswith(end.isoformat())
    ):
        return None
    day = edtf.shift(end, days=_WEEK)
    value = day.isoformat() + second.timex_value[len(day.isoformat()) :]
    return replace(second, edtf=edtf.day(day), timex_value=value)


_WEEK = 7


def _edge(phrase: Phrase, value: Edtf | None, *, first: bool) -> Edtf | None:
    """Give where "from the beginning of May" begins and "to the end of the year" ends."""
    if value is None or phrase.piece.symbol.mod != ("START" if first else "END") or "/" in value.text:
        return value
    day = value.earliest if first else value.latest
    return value if day is None else edtf.day(day)


def _span(first: Edtf | None, second: Edtf | None) -> Edtf | None:
    """Join two points, or "since a" and "until b"; None where they make no span."""
    if first is None or second is None:
        return None
    if first.text.endswith("/..") and second.text.startswith("../"):
        try:
            return edtf.parse(first.text.removesuffix("..") + second.text.removeprefix("../"))
        except EdtfError:  # it ends before it begins
            return None
    if first.precision not in _ENDS or second.precision not in _ENDS or first.earliest is None or second.latest is None:
        return None
    return edtf.span(first, second) if first.earliest < second.latest else None
