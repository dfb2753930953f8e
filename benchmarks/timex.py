"""Scores of time expressions against gold, after TempEval-3 (UzZaman et al., SemEval-2013 task 1), and two of our own.

A gold phrase and a found one match when they overlap, each at most once, exact ones first, then by length of overlap.

strict    F1 of exact spans
relaxed   F1 of matches
type      F1 of matches of the same type
value     F1 of matches with the same TIMEX3 value; gold without a value is left out, and what overlaps it
anchored  F1 of days, months and years (a time of day is cut): gold DATE and TIME with such a value against found ones
calendar  share of that gold whose value is right: how many of the phrases that name a place on the calendar are placed
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

__all__ = ["KINDS", "Score", "calendar_day", "matches", "normal"]

KINDS = ("strict", "relaxed", "type", "value", "anchored", "calendar")
_CALENDAR = re.compile(r"(?P<day>[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?)(?:T.*)?")
_LOOSE = re.compile(r"^(?P<y>[0-9]{4})-(?P<m>[0-9]{1,2})-(?P<d>[0-9]{1,2})(?![0-9])")

Phrase = Mapping[str, Any]
"""``start``, ``end``, ``type``, ``value`` and perhaps ``values``: other right answers."""


@dataclass(slots=True)
class Score:
    """Counts over documents; ``percent`` gives the figures."""

    gold: int = 0
    found: int = 0
    matched: int = 0
    exact: int = 0
    typed: int = 0
    typed_found: int = 0
    same_type: int = 0
    valued: int = 0
    valued_found: int = 0
    right: int = 0
    calendar: int = 0
    calendar_found: int = 0
    placed: int = 0

    def add(self, gold: Sequence[Phrase], found: Sequence[Phrase]) -> None:
        """Count one document."""
        pairs = list(matches(gold, found))
        self.gold += len(gold)
        self.found += len(found)
        self.matched += len(pairs)
        self.exact += sum(_exact(g, f) for g, f in pairs)
        self._add_types(gold, found, pairs)
        self._add_values(gold, found, pairs)
        self.calendar += sum(1 for phrase in gold if _gold_days(phrase))
        self.calendar_found += sum(1 for phrase in found if calendar_day(phrase))
        self.placed += sum(1 for g, f in pairs if _gold_days(g) and calendar_day(f) in _gold_days(g))

    def _add_types(self, gold: Sequence[Phrase], found: Sequence[Phrase], pairs: list[tuple[Phrase, Phrase]]) -> None:
        untyped = sum(1 for g, _ in pairs if not g.get("type"))
        self.typed += sum(1 for phrase in gold if phrase.get("type"))
        self.typed_found += len(found) - untyped
        self.same_type += sum(1 for g, f in pairs if g.get("type") and g["type"] == f["type"])

    def _add_values(self, gold: Sequence[Phrase], found: Sequence[Phrase], pairs: list[tuple[Phrase, Phrase]]) -> None:
        valued = [pair for pair in pairs if pair[0].get("value")]
        self.valued += sum(1 for phrase in gold if phrase.get("value"))
        self.valued_found += len(found) - (len(pairs) - len(valued))
        self.right += sum(normal(f["value"]) in map(normal, _answers(g)) for g, f in valued)

    def percent(self) -> dict[str, float]:
        """Give the figures in percent, one decimal; without gold of a kind, none of that kind."""
        rows = {
            "strict": (self.exact, self.found, self.gold),
            "relaxed": (self.matched, self.found, self.gold),
            "type": (self.same_type, self.typed_found, self.typed),
            "value": (self.right, self.valued_found, self.valued),
            "anchored": (self.placed, self.calendar_found, self.calendar),
            "calendar": (self.placed, self.calendar, self.calendar),
        }
        return {kind: round(_f1(*row), 1) for kind, row in rows.items() if row[2]}


def normal(value: str) -> str:
    """Write a value in one way: 2002-4-3 is 2002-04-03, T10:00:00 is T10:00."""
    value = _LOOSE.sub(lambda m: f"{m['y']}-{int(m['m']):02d}-{int(m['d']):02d}", value.strip())
    return value.removesuffix(":00") if value.count(":") > 1 else value


def _answers(phrase: Phrase) -> list[str]:
    return [answer for answer in (phrase["value"], *(phrase.get("values") or [])) if answer]


def calendar_day(phrase: Phrase) -> str:
    """Give the day, month or year a DATE or TIME names, a time of day cut; "" where it names none."""
    match = _CALENDAR.fullmatch(normal(phrase.get("value") or "")) if phrase.get("type") in ("DATE", "TIME") else None
    return match["day"] if match else ""


def _gold_days(phrase: Phrase) -> list[str]:
    if not calendar_day(phrase):
        return []
    return [calendar_day({**phrase, "value": answer}) for answer in _answers(phrase)]


def matches(gold: Sequence[Phrase], found: Sequence[Phrase]) -> Iterator[tuple[Phrase, Phrase]]:
    """Pair gold with found, exact spans first, then by length of overlap."""
    ranked = sorted(
        _overlaps(gold, found),
        key=lambda item: (not _exact(gold[item[1]], found[item[2]]), -item[0], item[1], item[2]),
    )
    taken_gold: set[int] = set()
    taken_found: set[int] = set()
    for _, i, j in ranked:
        if i not in taken_gold and j not in taken_found:
            taken_gold.add(i)
            taken_found.add(j)
            yield gold[i], found[j]


def _overlaps(gold: Sequence[Phrase], found: Sequence[Phrase]) -> Iterable[tuple[int, int, int]]:
    for i, g in enumerate(gold):
        for j, f in enumerate(found):
            length = int(min(g["end"], f["end"]) - max(g["start"], f["start"]))
            if length > 0:
                yield length, i, j


def _exact(a: Phrase, b: Phrase) -> bool:
    return bool(a["start"] == b["start"] and a["end"] == b["end"])


def _f1(right: int, found: int, gold: int) -> float:
    return 200 * right / (found + gold) if right else 0.0
