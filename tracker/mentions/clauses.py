"""Clauses: the parts of a sentence that may tell events of their own.

A mark or an "and" alone is no border: enumerations are full of them. It becomes one where events are named on both sides, or days.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from tracker.mentions.lexicon import Lexicon
from tracker.mentions.sentences import MARKS, Clause, Sentence, trimmed

__all__ = ["clauses"]

_ITEM_WORDS = 2  # words of an item in an enumeration
_DIRECT = 6  # characters between "and" and a day that belongs to the day before it: "on 1 and on 2 May"
_ORDERS = ("clauses.after", "clauses.before")
_OTHERS, _JOINS = "borders", "joins"


def clauses(
    text: str, folded: str, sentence: Sentence, lexicon: Lexicon, *, times: Sequence[tuple[int, int]] = ()
) -> tuple[Clause, ...]:
    """Split a sentence at conjunctions and marks between two events, or between two days (``times``) of which one is an event's.

    Words of order part a day from an event, too ("…, after an attack last week"), and "and" parts two that have a day each.
    """
    events = [found.start for found in lexicon.triggers(folded, sentence.start, sentence.end)]
    days = [start for start, _ in times if sentence.start <= start < sentence.end]
    borders = sorted(_borders(text, folded, sentence, lexicon))
    ends = dict(pairwise([*dict.fromkeys(place for place, _ in borders), sentence.end]))
    cuts = [sentence.start]
    for border, kind in borders:
        if border > cuts[-1] and _parts(kind, _Sides(cuts[-1], border, ends[border], events, days)):
            cuts.append(border)
    cuts.append(sentence.end)
    return tuple(trimmed(text, a, b) for a, b in pairwise(cuts) if text[a:b].strip())


class _Sides:
    """What stands on both sides of a border: events and days since the last cut, behind it, and up to the next border."""

    def __init__(self, cut: int, border: int, end: int, events: Sequence[int], days: Sequence[int]) -> None:
        self.event_before, self.day_before = _any(events, cut, border), _any(days, cut, border)
        self.event_behind, self.day_behind = _any(events, border, None), _any(days, border, None)
        self.event_next, self.day_next = _any(events, border, end), _any(days, border, end)
        self.direct = _any(days, border, border + _DIRECT)


def _any(places: Sequence[int], low: int, high: int | None) -> bool:
    first = bisect_left(places, low)
    return first < len(places) and (high is None or places[first] < high)


def _parts(kind: str, at: _Sides) -> bool:
    """Tell whether a possible border is one."""
    if kind == _JOINS:
        return at.day_before and at.day_next and at.event_next and (at.event_before or not at.direct)
    if (at.event_before and at.event_behind) or (
        at.day_before and at.day_behind and (at.event_before or at.event_behind)
    ):
        return True
    if kind not in _ORDERS:
        return False
    return (at.day_before and at.event_behind) or (at.event_before and at.day_behind) or (at.event_next and at.day_next)


def _borders(text: str, folded: str, sentence: Sentence, lexicon: Lexicon) -> Iterator[tuple[int, str]]:
    """Give the places where a sentence may be cut, with what stands there; one place may be given twice."""
    for name in ("clauses.borders", *_ORDERS, "joins"):
        kind = _OTHERS if name == "clauses.borders" else name
        for found in lexicon.find(name, folded, sentence.start, sentence.end):
            yield found.start, kind
    for found in lexicon.find("clauses.endings", folded, sentence.start, sentence.end):
        yield found.end, _OTHERS
    for mark in _parting_marks(text, sentence):
        yield mark, _OTHERS


def _parting_marks(text: str, sentence: Sentence) -> set[int]:
    """Give the marks that may part clauses: not those around the short items of an enumeration ("sappers, engineers, and builders")."""
    marks = list(MARKS.finditer(text, sentence.start, sentence.end))
    listed = set()
    for left, right in pairwise(marks):
        if len(text[left.end() : right.start()].split()) <= _ITEM_WORDS and " " in text[sentence.start : sentence.end]:
            listed |= {left.end(), right.end()}
    return {match.end() for match in marks} - listed
