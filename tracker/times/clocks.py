"""A day and a time of day that stand together are one time: "at 3 pm on Monday", "hier vers 18 h", "8 heures ce soir"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from tracker.times.phrases import Phrase
from tracker.times.symbols import Symbol

__all__ = ["BARE", "BARE_FIGURES", "PART", "WHEN", "Found", "timed"]

BARE = "bare hour"  # the rule of a figure behind "at" that is an hour only beside a day
BARE_FIGURES = "bare figures"  # 28/4: a day only beside "since" and "until", or in a request
PART = "part of unit"  # "early in the day"
WHEN = "part of the day"  # "in the evening" of a request
Found = tuple[int, int, Phrase]
"""First and end index in the row of tokens, and the phrase there."""
_BETWEEN = ("OF", "ON", "THE", "CLOCK_BEFORE", "APPROXB", "DAY_BEFORE")
_REACH = 3  # small words between the two: ", at about"
_LATE = ("AF", "EV", "NI")


def timed(
    found: Sequence[Found], chars: str, members: Mapping[str, frozenset[str]], *, bare: bool, comma: bool
) -> list[Found]:
    """Join each day with the time of day beside it; order is kept.

    Bare hours without a day and bare figures without a word for a date stay only where ``bare`` is allowed;
    a ``comma`` may stand between an hour and its day.
    """
    done = list(found[:1])
    if len(found) > 1:
        small = frozenset().union(*(members[name] for name in _BETWEEN)) - members["AND"]
        commas = members["COMMA"] | {""} if comma else frozenset[str]()
        signs = _Signs(small, commas, members["CLOCK_BEFORE"], members["AND"] | members["TO"] | members["DASH"],
                       members["CLOCK_BEFORE"] | members["CLOCK"] | members["NUM"])  # fmt: skip
        for item in found[1:]:
            one = _joined(done[-1], item, chars, signs)
            done[-1:] = [done[-1], item] if one is None else [one]
    return done if bare else [item for item in done if not _bare(item[2])]


def _bare(phrase: Phrase) -> bool:
    rule = phrase.piece.symbol.rule
    return rule == BARE or (rule == BARE_FIGURES and "SINCE_" not in phrase.before and "UNTIL_" not in phrase.before)


class _Signs(NamedTuple):
    """What may stand between a day and its hour: small words and commas; the words before an hour, what leads to another, and what that begins with."""

    small: frozenset[str]
    comma: frozenset[str]
    at: frozenset[str]
    more: frozenset[str]
    hours: frozenset[str]


def _joined(left: Found, right: Found, chars: str, signs: _Signs) -> Found | None:
    between = chars[left[1] : right[0]]
    one, other = left[2].piece, right[2].piece
    if (
        one.symbol.clock and between[:1] in signs.comma
    ):  # "at 5 p.m., Friday"; after a day a comma rather opens another thing
        away = other.symbol.counted or other.symbol.base == "previous" or "UNTIL_" in right[2].before
        if between and away:  # "at 5 p.m., two days later …"
            return None
        between = between[1:]
    elif (
        between and _named(one.symbol) and other.symbol.clock and between in signs.comma and chars[right[0]] in signs.at
    ):
        beyond = chars[right[1] : right[1] + 2]
        if beyond[:1] in signs.more and beyond[1:] in signs.hours:  # "…, at 6 and at 8": two times of that day
            return None
        between = ""  # "Saturday 18 January, at 6 p.m."
    if right[0] < left[1] or len(between) > _REACH or not all(char in signs.small for char in between):
        return None
    symbol = _both(one.symbol, other.symbol) or _both(other.symbol, one.symbol)
    if symbol is None:
        return None
    piece = replace(one, symbol=symbol, end=other.end)
    marks = " ".join((left[2].before, *(mark for mark in right[2].before.split() if mark.endswith("_AFTER"))))
    phrase = replace(
        left[2], piece=piece, before=marks, joined=right[2].joined, weak=False,
        approximate=right[2].approximate if one.symbol.clock else left[2].approximate,
    )  # fmt: skip
    return left[0], right[1], phrase


def _named(day: Symbol) -> bool:
    """Tell whether a day stands by its own name, without a part of it: behind a comma its hour may follow."""
    return bool(day.day or day.weekday) and day.offset is None and not day.daypart


def _both(day: Symbol, hour: Symbol) -> Symbol | None:
    """Put a time of day, or an early or late part of a day, on a day; None where the two are no such pair."""
    if hour.rule == PART and hour.unit == "day" and day.kind == "date" and day.unit == "day" and day.rule != PART:
        return replace(day, mod=hour.mod, cued=True)
    if hour.rule == WHEN and day.kind == "date" and day.unit == "day" and day.rule != WHEN and not day.clock:
        return replace(day, daypart=day.daypart or hour.daypart, cued=True) if day.last_day is None else None
    alone = hour.clock and not (hour.day or hour.weekday or hour.offset is not None)  # no hour of a day of its own
    if not alone or day.kind != "date" or day.unit != "day" or day.clock or day.last_day is not None:
        return None
    if day.counted and day.offset is None:
        return None
    figure, minutes = int(hour.clock[:2]), hour.clock[2:]
    if day.daypart in _LATE and 1 <= figure < 12 and not (day.daypart == "NI" and figure < 5):
        figure += 12
    return replace(day, clock=f"{figure:02d}{minutes}", zone=hour.zone, daypart="", cued=True)
