"""Which events have which value, as compressed sets of ids (Roaring bitmaps): counts and order of any filter, no event read.

In: what is kept of events, as they change. Out: sets of ids, exact counts, ids in order. About 150 bytes an event. Not safe
to change and read at once: whoever owns it holds a lock (index.py). No SQL here, no filters: fields, values and ids only.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from heapq import nsmallest
from typing import Final

from pyroaring import BitMap

from tracker.store.days import Bounds, Days
from tracker.store.ranks import Ranks

__all__ = ["CHANGED", "PUBLISHED", "UPDATED", "WEIGHT", "Bounds", "Key", "Postings", "Seen"]

PUBLISHED: Final = "published"
UPDATED: Final = "updated"
CHANGED: Final = "changed"
WEIGHT: Final = "weight"

_STEPS = {
    PUBLISHED: 86_400.0,
    UPDATED: 86_400.0,
    CHANGED: 1_000.0,
    WEIGHT: 0.05,
}  # what is nearer is compared one by one
_FEW = 2_000  # events that are sorted faster than the sets of all steps are walked

Value = Hashable
Key = tuple[str, Value]


@dataclass(frozen=True, slots=True)
class Seen:
    """What is kept of an event: its bounds, the values it has, and what it is sorted by (times in seconds since 1970)."""

    id: int
    bounds: Bounds
    values: tuple[Key, ...]
    published: float
    updated: float
    weight: float
    change: int = 0


@dataclass(slots=True)
class Postings:
    """The sets, by field and value; ``days`` are those of when events happened."""

    sets: dict[str, dict[Value, BitMap]] = field(default_factory=dict)
    days: Days = field(default_factory=Days)
    _amounts: dict[str, array[float]] = field(default_factory=lambda: {name: array("d") for name in _STEPS})
    _ranks: dict[str, Ranks] = field(default_factory=dict)

    def of(self, name: str, value: Value) -> BitMap:
        """Give the events that have a value; not to be changed."""
        return self.sets.get(name, {}).get(value, _NONE)

    def any_of(self, name: str, values: Iterable[Value]) -> BitMap:
        """Give the events that have one of the values."""
        held = self.sets.get(name, {})
        found = [held[value] for value in values if value in held]
        return BitMap.union(*found) if found else BitMap()

    def forget(self, ids: Collection[int]) -> None:
        """Take events out of all sets."""
        gone = BitMap(ids)
        for held in self.sets.values():
            for ids_ in held.values():
                if ids_.intersect(gone):
                    ids_.difference_update(gone)
        self.days.forget(gone)
        for ranks in self._ranks.values():
            ranks.change(gone)

    def take(self, events: Iterable[Seen]) -> None:
        """Add events that are in no set."""
        came: defaultdict[Key, array[int]] = defaultdict(lambda: array("I"))
        days: defaultdict[Bounds, array[int]] = defaultdict(lambda: array("I"))
        for event in events:
            days[event.bounds].append(event.id)
            for key in event.values:
                came[key].append(event.id)
            for name, amount in zip(_STEPS, (event.published, event.updated, event.change, event.weight), strict=True):
                self._keep(name, event.id, amount)
                came[name, int(amount // _STEPS[name])].append(event.id)
        self.days.take(days)
        self.add((*key, ids) for key, ids in came.items())

    def add(self, rows: Iterable[tuple[str, Value, Iterable[int]]]) -> None:
        """Add ids to sets."""
        for name, value, ids in rows:
            held = self.sets.setdefault(name, {})
            if value in held:
                held[value].update(ids)  # in place: the ranks hold the same set
                continue
            held[value] = BitMap(ids)
            if name in self._ranks:
                self._ranks[name].fresh.append((value, held[value]))

    def put(self, name: str, value: Value, ids: Iterable[int]) -> None:
        """Say anew which events have a value."""
        self.sets.setdefault(name, {})[value] = BitMap(ids)

    def top(self, name: str, within: BitMap, most: int) -> list[tuple[Value, int]]:
        """Give the values most frequent within a set of events, at most ``most``, the most frequent first, then by value."""
        ranks = self._ranks.get(name)
        if ranks is None or ranks.outdated:
            ranks = self._ranks[name] = Ranks.of(self.sets.get(name, {}))
        return ranks.top(within, most)

    def counts(self, name: str, within: BitMap) -> list[tuple[Value, int]]:
        """Give every value of a field that is found within a set of events, with its number there."""
        found = ((value, ids.intersection_cardinality(within)) for value, ids in self.sets.get(name, {}).items())
        return [(value, n) for value, n in found if n]

    def variety(self, name: str, within: BitMap) -> int:
        """Give how many values of a field are found within a set of events."""
        return sum(ids.intersect(within) for ids in self.sets.get(name, {}).values())

    def highest(self, name: str, within: BitMap, most: int) -> list[int]:
        """Give the ids of the largest amounts (`PUBLISHED`, `UPDATED`, `CHANGED`, `WEIGHT`), the largest first.

        Of equal amounts the newer event comes first, of equal weights the older.
        """
        amounts, found = self._amounts[name], list[int]()
        sign = 1 if name == WEIGHT else -1

        def order(i: int) -> tuple[float, int]:
            return -amounts[i], sign * i

        if len(within) <= _FEW:
            return nsmallest(most, within, key=order)
        for step in sorted(self.sets.get(name, {}), reverse=True):  # type: ignore[type-var]  # whole numbers
            if self.of(name, step).intersect(within):
                found += sorted(self.of(name, step) & within, key=order)
            if len(found) >= most:
                break
        return found[:most]

    def newest_update(self, within: BitMap) -> datetime | None:
        """Give when an event of a set was last updated."""
        last = self.highest(UPDATED, within, 1)
        return datetime.fromtimestamp(self._amounts[UPDATED][last[0]], UTC) if last else None

    def last_change(self, within: BitMap) -> int:
        """Give the number of the last change of any event of a set, 0 where it is empty."""
        last = self.highest(CHANGED, within, 1)
        return int(self._amounts[CHANGED][last[0]]) if last else 0

    def _keep(self, name: str, event_id: int, amount: float) -> None:
        kept = self._amounts[name]
        if event_id >= len(kept):
            kept.extend([0.0] * (event_id + 1 - len(kept) + len(kept) // 8))
        kept[event_id] = amount


_NONE: Final = BitMap()
