"""From a `Filter` to a set of events of the index: what selecting.py says in SQL, said with sets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import reduce
from operator import and_

from pyroaring import BitMap

from tracker.filters import Filter
from tracker.store.index import Index
from tracker.store.postings import Postings
from tracker.store.selecting import FACETS

__all__ = ["COLUMNS", "Choice", "at_least", "choice"]

COLUMNS = ("type", "status", "precision")


@dataclass(slots=True)
class Choice:
    """The events of a topic under a filter, part by part: each field can be left aside. Not for changing what it gives."""

    parts: dict[str, BitMap]
    _met: dict[str, BitMap] = field(default_factory=dict)

    def events(self, *, without: str = "") -> BitMap:
        """Give the events that fit every part but one."""
        name = without if without in self.parts else ""
        if name not in self._met:
            self._met[name] = reduce(and_, (part for key, part in self.parts.items() if key != name))
        return self._met[name]


def choice(index: Index, postings: Postings, filter_: Filter, *, topic: str, found: BitMap | None) -> Choice:
    """Read a filter; ``found`` are the events its search words were found in, None where it has none."""
    parts = {"shown": postings.of("is", "shown")}
    if topic:
        parts["topic"] = postings.of("topic", topic)
    if found is not None:
        parts["q"] = found
    return Choice(parts | dict(_narrowing(index, postings, filter_)))


def at_least(postings: Postings, outlets: int) -> BitMap:
    """Give the events that so many outlets or more report."""
    return postings.any_of("outlets", [n for n in postings.sets.get("outlets", {}) if n >= outlets])  # type: ignore[operator]  # numbers


def _narrowing(index: Index, postings: Postings, filter_: Filter) -> Iterator[tuple[str, BitMap]]:
    if filter_.from_ or filter_.to:
        yield "dates", postings.days.touching(filter_.from_, filter_.to, postings.of("is", "dated"))
    if filter_.min_outlets > 1:
        yield "min_outlets", at_least(postings, filter_.min_outlets)
    if filter_.disputed:
        yield "disputed", postings.of("is", "disputed")
    for name in FACETS:
        if wanted := getattr(filter_, name):
            yield name, postings.any_of(name, index.values(name, wanted))
    for name in COLUMNS:
        if wanted := getattr(filter_, name):
            yield name, postings.any_of(name, [str(value) for value in wanted])
