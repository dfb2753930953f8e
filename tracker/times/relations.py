"""Phrases that count from an event instead of a day: "after the visit", "방문 이후".

They are no places on the calendar, and are not among what ``tag`` gives. Later stages look the event up and use its date as a bound,
never as the date itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from tracker.languages import WORD_AFTER, WORD_BEFORE, TimesData, alternation, fold
from tracker.types import Anchor, Field, TimeMention

__all__ = ["relations"]

_MARK = re.compile(r"[,;:.!?()\[\]\"\n—–«»“”،؛؟।、。，；：！？「」『』（）]| - ")
_REACH = {"both": 90, "left": 40, "none": 24}  # characters of an event's words; scripts without blanks are denser
_LETTER = re.compile(r"[^\W\d_]")
_LEAST = 2  # letters of an event's words
_RULE = "relation to an event"


@dataclass(frozen=True, slots=True)
class _Words:
    """The expressions of one language, one for each (side, kind) there is."""

    expressions: tuple[tuple[str, Literal["after", "before"], re.Pattern[str]], ...]
    reach: int


@dataclass(frozen=True, slots=True)
class _Places:
    """Where the time mentions of a text begin and end, in order: found by halving, so that a text of nothing else is no trouble."""

    starts: Sequence[int]
    ends: Sequence[int]

    def overlaps(self, start: int, end: int) -> bool:
        before = bisect_left(self.starts, end) - 1
        return before >= 0 and self.ends[before] > start

    def next_start(self, start: int, high: int) -> int:
        """Give where the first mention from ``start`` on begins, at most ``high``."""
        at = bisect_left(self.starts, start)
        return min(high, self.starts[at]) if at < len(self.starts) else high

    def last_end(self, low: int, end: int) -> int:
        """Give where the last mention up to ``end`` ends, at least ``low``."""
        at = bisect_right(self.ends, end) - 1
        return max(low, self.ends[at]) if at >= 0 else low


def relations(
    text: str, *, data: TimesData, times: Sequence[TimeMention], field: Field = "text"
) -> tuple[TimeMention, ...]:
    """Give the phrases of ``text`` that place something after or before an event, in order.

    ``times`` are the text's time mentions as ``tag`` gives them: "after 5 May" and "after three days" are theirs. Each phrase has no
    value, ``bound`` "after" or "before", and the event's words as ``bound_by``; they stand next to the word that counts from them,
    up to the nearest mark or time mention. Phrases may overlap ("after the visit before the vote"). Never raises on any text.
    """
    words, placed = _compiled(data), _Places([time.start for time in times], [time.end for time in times])
    folded = fold(text)
    found = [
        mention
        for side, kind, expression in words.expressions
        for match in expression.finditer(folded)
        if (mention := _related(text, match.span(), (side, kind, words.reach), placed, field))
    ]
    return tuple(sorted(found, key=lambda mention: (mention.start, -mention.end)))


@lru_cache(maxsize=64)
def _compiled(data: TimesData) -> _Words:
    return _Words(tuple(_expressions(data)), _REACH[data.boundaries])


def _expressions(data: TimesData) -> Iterator[tuple[str, Literal["after", "before"], re.Pattern[str]]]:
    left = WORD_BEFORE if data.boundaries == "both" else ""
    right = WORD_AFTER if data.boundaries == "both" else ""
    prefixes = f"(?:{alternation(data.prefixes)})??" if data.prefixes else ""
    for side, kind in sorted({(side, kind) for side, kind, _ in data.relations}):
        listed = [word for mine, says, word in data.relations if (mine, says) == (side, kind)]
        yield (
            side,
            "after" if kind == "after" else "before",
            re.compile(f"{left}{prefixes}(?:{alternation(listed)}){right}"),
        )


def _related(
    text: str, word: tuple[int, int], how: tuple[str, Literal["after", "before"], int], times: _Places, field: Field
) -> TimeMention | None:  # fmt: skip
    side, kind, reach = how
    if times.overlaps(*word):
        return None
    low, high = _event(text, word, reach, times) if side == "before" else _event_before(text, word, reach, times)
    if len(_LETTER.findall(text[low:high])) < _LEAST:
        return None
    start, end = min(word[0], low), max(word[1], high)
    return TimeMention(
        start, end, text[start:end], "DATE", "", None, Anchor.EVENT, _RULE, field, bound=kind, bound_by=text[low:high]
    )


def _event(text: str, word: tuple[int, int], reach: int, times: _Places) -> tuple[int, int]:
    """Give the words behind one that stands before its event."""
    high = min(len(text), word[1] + reach)
    if (mark := _MARK.search(text, word[1], high)) is not None:
        high = mark.start()
    elif high < len(text) and (blank := text.rfind(" ", word[1], high)) >= 0:
        high = blank
    return _trimmed(text, word[1], times.next_start(word[1], high))


def _event_before(text: str, word: tuple[int, int], reach: int, times: _Places) -> tuple[int, int]:
    """Give the words in front of one that stands behind its event."""
    low = max(0, word[0] - reach)
    marks = [mark.end() for mark in _MARK.finditer(text, low, word[0])]
    if marks:
        low = marks[-1]
    elif low and (blank := text.find(" ", low, word[0])) >= 0:
        low = blank
    return _trimmed(text, times.last_end(low, word[0]), word[0])


def _trimmed(text: str, low: int, high: int) -> tuple[int, int]:
    while low < high and text[low].isspace():
        low += 1
    while high > low and text[high - 1].isspace():
        high -= 1
    return low, high
