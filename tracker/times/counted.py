"""An amount of time and the day it is counted from are one day: "three weeks after Easter", "zwei Tage vor dem 1. Mai"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from tracker.times.clocks import Found
from tracker.times.symbols import Symbol

__all__ = ["counted"]

_AMOUNT = re.compile("P(?P<number>[0-9]+)(?P<letter>[DWMY])")
_UNITS = {"D": "day", "W": "week", "M": "month", "Y": "year"}
_SMALL = ("THE", "ON", "OF")


def counted(found: Sequence[Found], chars: str, members: Mapping[str, frozenset[str]], *, of: bool) -> list[Found]:
    """Join each amount with the day that a word for "after" or "before" counts it from, and a decade with its century; order is kept.

    ``of``: "the day after" is counted from a day that a word for "of" links to it, and not the same day in other words.
    """
    done: list[Found] = []
    for item in found:
        one = (
            (_of_century(done[-1], item, chars, members) or _joined(done[-1], item, chars, members, of=of))
            if done
            else None
        )
        if one is None:
            done.append(item)
        else:
            done[-1] = one
    return done


def _of_century(left: Found, right: Found, chars: str, members: Mapping[str, frozenset[str]]) -> Found | None:
    """Join "in the thirties" and "of the 19th century"."""
    decade, century = left[2].piece, right[2].piece
    one, whole = decade.symbol, century.symbol
    if (
        one.kind != "date"
        or (one.unit, whole.unit) != ("decade", "century")
        or None in (one.year, whole.year)
        or whole.mod
    ):
        return None
    small = frozenset().union(*(members[name] for name in ("OF", "THE", "DOT", "ORDINAL_AFTER"))) - members["AND"]
    between = chars[left[1] : right[0]]
    if len(between) > _WORDS or not all(char in small for char in between):
        return None
    symbol = replace(one, year=(whole.year or 0) // 100 * 100 + (one.year or 0) % 100)
    phrase = replace(left[2], piece=replace(decade, symbol=symbol, end=century.end), joined=right[2].joined)
    return left[0], right[1], phrase


_WORDS = 3  # between a decade and its century: ". of the"


def _joined(left: Found, right: Found, chars: str, members: Mapping[str, frozenset[str]], *, of: bool) -> Found | None:
    amount, day = left[2].piece, right[2].piece
    if (late := _counted_on(left, right, chars, members)) is not None:
        return late
    shift, away = _shift(amount.symbol), _day_after(amount.symbol)
    between = chars[left[1] : right[0]]
    sign = 1 if between[:1] in members["AFTER_THE"] else -1 if between[:1] in members["BEFORE_THE"] else 0
    if (
        away is not None
        and of
        and (between[:1] in members["OF"] if away and not sign else sign * away > 0 or (sign and day.symbol.month))
    ):
        sign, shift = (sign or (1 if away > 0 else -1)), (1, "day")
    if shift is None or not _is_day(day.symbol) or not between:
        return None
    small = frozenset().union(*(members[name] for name in _SMALL))
    if not sign or not all(char in small for char in between[1:]):
        return None
    number, unit = shift
    symbol = replace(day.symbol, shift=(sign * number, unit), cued=True)
    piece = replace(amount, symbol=symbol, end=day.end)
    return left[0], right[1], replace(left[2], piece=piece, joined=right[2].joined, weak=False)


def _counted_on(left: Found, right: Found, chars: str, members: Mapping[str, frozenset[str]]) -> Found | None:
    """Join a day and the amount behind it, where a word or an ending says that it is counted from: "1 Mayıs'tan iki gün sonra"."""
    day, away = left[2].piece, right[2].piece
    between = chars[left[1] : right[0]] or chars[left[1] - 1]
    offset, unit = away.symbol.offset, away.symbol.unit
    if not (away.symbol.counted and offset and offset % 1 == 0 and unit in _UNITS.values() and _is_day(day.symbol)):
        return None
    if not all(char in members["COUNTED_FROM"] for char in between):
        return None
    symbol = replace(day.symbol, shift=(int(offset), unit), cued=True)
    phrase = replace(left[2], piece=replace(day, symbol=symbol, end=away.end), before="", joined=False, weak=False)
    return left[0], right[1], phrase


def _day_after(symbol: Symbol) -> int | None:
    """Give how far "le lendemain" (1), "la víspera" (-1) and "the day" (0) are away from the day they stand before; None for any other."""
    away = symbol.base == "previous" and symbol.unit == "day" and not symbol.counted and not symbol.daypart
    return int(symbol.offset) if away and symbol.offset is not None and abs(symbol.offset) <= 1 else None


def _shift(symbol: Symbol) -> tuple[int, str] | None:
    if symbol.counted and symbol.offset is not None and not symbol.cued and symbol.unit in _UNITS.values():
        return int(symbol.offset), symbol.unit  # "in three weeks from today"
    match = _AMOUNT.fullmatch(symbol.value) if symbol.kind == "duration" else None
    return (int(match["number"]), _UNITS[match["letter"]]) if match else None


def _is_day(symbol: Symbol) -> bool:
    plain = symbol.kind == "date" and symbol.unit == "day" and symbol.last_day is None and symbol.shift is None
    named = symbol.day or symbol.weekday or symbol.holiday or (symbol.offset is not None and not symbol.counted)
    return plain and bool(named)
