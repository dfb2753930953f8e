"""Distances to an event that were read as days: in "a day before she took office" nothing is dated by a day before.

The words count from the event beside them, not from the day spoken of before; they become phrases of order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Literal

from tracker.edtf import Precision
from tracker.mentions.lexicon import Lexicon
from tracker.mentions.scanning import word_end
from tracker.types import Anchor, TimeMention

__all__ = ["distances"]

_MARK = re.compile(r"[,;:.!?()\[\]\"\n—–«»“”،؛؟।、。，；：！？「」『』（）]| - ")
_REACH = 90  # characters of the event's words
_TAIL = 4  # characters of a preposition between the word of order and the event
_MOST = 60  # days
_BEFORE = 12  # characters of an event's word in front of an amount, and of what ties the two

_Order = tuple[Literal["after", "before"], int, int]  # side, start and end of the event's words


def distances(
    folded: str, times: Sequence[TimeMention], lexicon: Lexicon, dct: date | None
) -> dict[TimeMention, TimeMention]:
    """Give, for each time that counts from an event named beside it, the phrase of order it stands for.

    The phrase has the event's words as ``bound_by`` and the distance as ``timex_value`` (days).
    """
    found = {}
    known = dct
    for number, time in enumerate(times):
        value = time.edtf.earliest if time.edtf and time.edtf.precision is Precision.DAY else None
        if time.rule == "relative" and time.anchor in (Anchor.PREVIOUS, Anchor.DCT) and value and known:
            away = (value - (known if time.anchor is Anchor.PREVIOUS else dct or known)).days
            low = times[number - 1].end if number else 0
            order = _counted_from_behind(folded, time, lexicon) or _counted_from_before(
                folded, low, time, lexicon, away
            )
            if order is not None and abs(away) <= _MOST:
                side, start, end = order
                found[time] = replace(
                    time, start=min(time.start, start), end=max(time.end, end), text=folded[min(time.start, start) : max(time.end, end)],
                    edtf=None, anchor=Anchor.EVENT, timex_type="DURATION", timex_value=f"P{abs(away)}D", bound=side,
                    bound_by=folded[start:end],
                )  # fmt: skip
                continue
        known = value or known
    return found


def _counted_from_behind(folded: str, time: TimeMention, lexicon: Lexicon) -> _Order | None:
    """Find the event behind a word of order: "a day before she took office"."""
    side = _side(folded, time, lexicon)
    if not side:
        return None
    mark = _MARK.search(folded, time.end, min(len(folded), time.end + _REACH))
    end = mark.start() if mark else min(len(folded), time.end + _REACH)
    if not lexicon.triggers(folded, time.end, end):
        return None
    start = time.end + len(folded[time.end : end]) - len(folded[time.end : end].lstrip())
    return side, start, start + len(folded[start:end].rstrip())


def _counted_from_before(folded: str, low: int, time: TimeMention, lexicon: Lexicon, away: int) -> _Order | None:
    """Find the event in front of an amount of days: "選挙の2日後", "大选两天后，…".

    A word of the language must tie the two, else the phrase must be set off: "the talks | two days later" may be a plan.
    """
    links = lexicon.data.get("clauses.counted_from")
    if not links or not away:
        return None
    low = max(low, time.start - _BEFORE)
    low = max((mark.end() for mark in _MARK.finditer(folded, low, time.start)), default=low)
    event = next(iter(lexicon.triggers(folded, low, time.start)[-1:]), None)
    if event is None:
        return None
    between = folded[event.end : time.start].strip()
    endings = tuple(f"{word} " for word in lexicon.data.get("clauses.set_off"))
    set_off = not between and (_MARK.match(folded, time.end) or folded.startswith(endings, time.end))
    if between not in links and not set_off:
        return None
    return "after" if away > 0 else "before", event.start, event.end


def _side(folded: str, time: TimeMention, lexicon: Lexicon) -> Literal["", "after", "before"]:
    """Tell whether a time ends with a word for after or before."""
    sides: tuple[Literal["after", "before"], ...] = ("after", "before")
    end = min(len(folded), time.end + _TAIL)
    end = word_end(folded, end) if lexicon.spaced else end
    for side in sides:
        for word in lexicon.find(f"clauses.{side}", folded, time.start, end):
            if word.start > time.start and word.end >= time.end:
                return side
    return ""
