"""Which sentences tell a day best: those that name it, and the leads of its reports.

In: the candidates of one day. Out: the sentences nearest to what all of them say together, none a near copy of another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.timeline.digest_dates import LEAD, LEAST_WORDS
from tracker.timeline.digest_terms import Vector, Vectors, centroid, cosine
from tracker.timeline.digest_values import Line, Told

__all__ = ["Candidate", "best", "candidates"]

_MOST_WORDS = 60  # a longer one is a list or was not cut where it ends
_NAMES_IT_LATER, _NAMES_IT, _PUBLISHED_THAT_DAY, _PUBLISHED_NEXT = 4.0, 2.0, 0.7, 0.3
_AHEAD = 0.5
_OFF_TOPIC = 0.3
_FULL_LENGTH = 10  # words from which a sentence says enough to stand alone
_NEAR_COPY = 0.4  # cosine


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may tell a day, and how likely it does. ``order`` settles ties: article, then place in it."""

    line: Line
    weight: float
    order: tuple[str, int]


def candidates(articles: Sequence[Told], days: Sequence[date]) -> Mapping[date, Sequence[Candidate]]:
    """Give the candidates of each of the days; a day nobody writes a sentence of has none."""
    found: dict[date, list[Candidate]] = {day: [] for day in days}
    for told in articles:
        for line in told.lines:
            if not LEAST_WORDS <= line.words <= _MOST_WORDS:
                continue
            for day, weight in _days(line, told.published).items():
                if day in found:
                    own = weight * (1.0 if line.topical else _OFF_TOPIC)
                    found[day].append(Candidate(line, own, (told.article_id, line.position)))
    return found


def best(found: Sequence[Candidate], vectors: Vectors, *, most: int) -> tuple[str, ...]:
    """Choose up to ``most`` sentences, the most telling first. Any order of the candidates gives the same."""
    middle = centroid((vectors.of(candidate.line), candidate.weight) for candidate in found)
    ranked = sorted(found, key=lambda candidate: (-_score(candidate, vectors, middle), candidate.order))
    chosen: list[Line] = []
    for candidate in ranked:
        if len(chosen) == most:
            break
        own = vectors.of(candidate.line)
        if all(_apart(candidate.line, own, other, vectors) for other in chosen):
            chosen.append(candidate.line)
    return tuple(line.text for line in chosen)


def _days(line: Line, published: date | None) -> Mapping[date, float]:
    """Give the days a sentence may tell of; one that names a day tells of no other."""
    if line.days:
        return {named.day: _naming(named.day, published) for named in line.days}
    if published is None or line.position >= LEAD:
        return {}
    days = {published: _PUBLISHED_THAT_DAY}
    if published > date.min:
        days[published - timedelta(days=1)] = _PUBLISHED_NEXT
    return days


def _naming(day: date, published: date | None) -> float:
    if published is None or day == published:
        return _NAMES_IT
    return _NAMES_IT_LATER if day < published else _AHEAD * _NAMES_IT


def _score(candidate: Candidate, vectors: Vectors, middle: Vector) -> float:
    short = min(1.0, candidate.line.words / _FULL_LENGTH)
    return round(cosine(vectors.of(candidate.line), middle) * candidate.weight * short, 9)


def _apart(line: Line, own: Vector, other: Line, vectors: Vectors) -> bool:
    return line.text != other.text and cosine(own, vectors.of(other)) < _NEAR_COPY
