"""Sentences as weighted terms: rare ones weigh more (tf-idf), every vector has length 1.

In: sentences with their terms. Out: vectors, and the cosine of two. Terms of different languages hardly ever meet, so a
centroid follows the language in which most was written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from math import log, sqrt

from tracker.timeline.digest_values import Line

__all__ = ["Vector", "Vectors", "centroid", "cosine"]

Vector = Mapping[str, float]
_CENTROID_TERMS = 1000  # the rest weighs nothing and costs time


class Vectors:
    """The vectors of one digest's sentences, made when first asked for; a term that stands in one sentence only weighs nothing."""

    def __init__(self, lines: Iterable[Line]) -> None:
        found: Counter[str] = Counter()
        total = 0
        for line in lines:
            found.update(set(line.terms))
            total += 1
        self._weight = {term: log(total / n) for term, n in found.items() if n > 1}
        self._made: dict[tuple[str, ...], Vector] = {}

    def of(self, line: Line) -> Vector:
        """Give the vector of a sentence."""
        made = self._made.get(line.terms)
        if made is None:
            weights = {term: self._weight[term] for term in line.terms if term in self._weight}
            made = self._made[line.terms] = _unit(weights)
        return made


def centroid(weighted: Iterable[tuple[Vector, float]]) -> Vector:
    """Give the direction that vectors with weights have together."""
    total: dict[str, float] = {}
    for vector, weight in weighted:
        for term, value in vector.items():
            total[term] = total.get(term, 0.0) + weight * value
    if len(total) > _CENTROID_TERMS:
        total = dict(sorted(total.items(), key=lambda item: (-item[1], item[0]))[:_CENTROID_TERMS])
    return _unit(total)


def cosine(a: Vector, b: Vector) -> float:
    """Give the cosine of two vectors of length 1 (or 0)."""
    short, long_ = (a, b) if len(a) <= len(b) else (b, a)
    return sum(value * long_[term] for term, value in short.items() if term in long_)


def _unit(weights: dict[str, float]) -> Vector:
    length = sqrt(sum(value * value for value in weights.values()))
    return {term: value / length for term, value in weights.items()} if length else {}
