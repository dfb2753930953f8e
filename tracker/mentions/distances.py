"""Distances to an event that were read as days: in "a day before she took office" nothing is dated by a day before.

The words count from the event behind them, not from the day spoken of before; they become phrases of order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from tracker.edtf import Precision
from tracker.mentions.lexicon import Lexicon
from tracker.types import Anchor, TimeMention

__all__ = ["distances"]

_MARK = re.compile(r"[,;:.!?()\[\]\"\n—–«»“”،؛؟।、。，；：！？「」『』（）]| - ")
_REACH = 90  # characters of the event's words
_TAIL = 4  # characters of a preposition between the word of order and the event
_MOST = 60  # days


def distances(
    folded: str, times: Sequence[TimeMention], lexicon: Lexicon, dct: date | None
) -> dict[TimeMention, TimeMention]:
    """Give, for each time that counts from an event named behind it, the phrase of order it stands for.

    The phrase has the event's words as ``bound_by`` and the distance as ``timex_value`` (days).
    """
    found = {}
    known = dct
    for time in times:
        value = time.edtf.earliest if time.edtf and time.edtf.precision is Precision.DAY else None
        side = _side(folded, time, lexicon)
        if time.rule == "relative" and time.anchor in (Anchor.PREVIOUS, Anchor.DCT) and side and value and known:
            base = known if time.anchor is Anchor.PREVIOUS else dct or known
            mark = _MARK.search(folded, time.end, min(len(folded), time.end + _REACH))
            end = mark.start() if mark else min(len(folded), time.end + _REACH)
            away = abs((value - base).days)
            if away <= _MOST and lexicon.triggers(folded, time.end, end):
                words = folded[time.start : end]
                found[time] = replace(
                    time, end=end, text=words, edtf=None, anchor=Anchor.EVENT, timex_type="DURATION",
                    timex_value=f"P{away}D", bound="after" if side == "after" else "before",
                    bound_by=folded[time.end : end].strip() or words,
                )  # fmt: skip
                continue
        known = value or known
    return found


def _side(folded: str, time: TimeMention, lexicon: Lexicon) -> str:
    """Tell whether a time ends with a word for after or before."""
    for side in ("after", "before"):
        for word in lexicon.find(f"clauses.{side}", folded, time.start, min(len(folded), time.end + _TAIL)):
            if word.start > time.start and word.end >= time.end:
                return side
    return ""
