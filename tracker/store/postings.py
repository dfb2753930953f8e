"""Which events have which value, as compressed sets of ids (Roaring bitmaps): counts and order of any filter, no event read.

In: what is kept of events, as they change. Out: sets of ids, exact counts, ids in order. About 150 bytes an event. Not safe
to change and read at once: whoever owns it holds a lock (index.py). No SQL here, no filters: fields, values and ids only.
"""

from __future__ import annotations

from array import array
from calendar import monthrange
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from heapq import heappush, heappushpop
from itertools import groupby
from typing import Final

from pyroaring import BitMap

__all__ = ["BOUNDS", "MONTHS", "PUBLISHED", "UPDATED", "WEIGHT", "Bounds", "Key", "Postings", "Seen"]

BOUNDS: Final = "bounds"
MONTHS: Final = "months"
PUBLISHED: Final = "published"
UPDATED: Final = "updated"
WEIGHT: Final = "weight"

_STEPS = {PUBLISHED: 86_400.0, UPDATED: 86_400.0, WEIGHT: 0.05}  # what is nearer is compared one by one
_NO_LIMIT = 2**31
_HANDFUL = 64  # values counted at once
_RANKED_ANEW = 1_000  # changes after which the values of a field are ranked by size again

Value = Hashable
Key = tuple[str, Value]
Bounds = tuple[date | None, date | None, bool, bool]
"""First day, last day, whether they are known to the day, whether it is planned."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What is kept of an event: its bounds, the values it has, and what it is sorted by (times in seconds since 1970)."""

    id: int
    bounds: Bounds
    values: tuple[Key, ...]
    published: float
    updated: float
    weight: float


@dataclass(slots=True)
class _Ranks:
    """A field's values by size, largest first, as they were some changes ago; ``fresh`` came since.

    ``sizes`` are those of the first of each handful then.
    """

    values: list[tuple[Value, BitMap]]
    sizes: list[int] = field(default_factory=list)
    fresh: list[Value] = field(default_factory=list)
    changes: int = 0


@dataclass(slots=True)
class Postings:
    """The sets, by field and value; those of `BOUNDS` are ordered by day as well.

    Those of `MONTHS` hold together what stands in the same bar of a drawing by months: a known day counts for the first of
    its month, what is vague within a month for all of it. Other bounds, and plans, which may be past or ahead, stay as they are.
    """

    sets: dict[str, dict[Value, BitMap]] = field(default_factory=dict)
    _amounts: dict[str, array[float]] = field(default_factory=lambda: {name: array("d") for name in _STEPS})
    _by_late: list[tuple[date, date, int, Bounds]] = field(default_factory=list)
    _by_early: list[tuple[date, date, int, Bounds]] = field(default_factory=list)
    _ranks: dict[str, _Ranks] = field(default_factory=dict)

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
        for ranks in self._ranks.values():
            ranks.changes += len(gone)

    def take(self, events: Iterable[Seen]) -> None:
        """Add events that are in no set."""
        came: defaultdict[Key, array[int]] = defaultdict(lambda: array("I"))
        for event in events:
            came[BOUNDS, event.bounds].append(event.id)
            came[MONTHS, _by_month(event.bounds)].append(event.id)
            for key in event.values:
                came[key].append(event.id)
            for name, amount in ((PUBLISHED, event.published), (UPDATED, event.updated), (WEIGHT, event.weight)):
                self._keep(name, event.id, amount)
                came[name, int(amount // _STEPS[name])].append(event.id)
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
                self._ranks[name].fresh.append(value)
        self._order()

    def put(self, name: str, value: Value, ids: Iterable[int]) -> None:
        """Say anew which events have a value."""
        self.sets.setdefault(name, {})[value] = BitMap(ids)

    def top(self, name: str, within: BitMap, most: int) -> list[tuple[str, int]]:
        """Give the values most frequent within a set of events, at most ``most``, the most frequent first, then by value.

        Exact: values are tried by their size, until none that is left can be among the most frequent.
        """
        found, lows = list[tuple[str, int]](), list[int]()
        for size, rows in self._ranked(name):
            if len(lows) == most and size < lows[0]:
                break
            counted = [(value, ids.intersection_cardinality(within)) for value, ids in rows]
            for value, n in counted:
                if n and (len(lows) < most or n >= lows[0]):
                    found.append((str(value), n))
                    heappush(lows, n) if len(lows) < most else heappushpop(lows, n)
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:most]

    def _ranked(self, name: str) -> Iterator[tuple[int, Sequence[tuple[Value, BitMap]]]]:
        """Give a field's values by the handful, with a number of events that none of them exceeds; the numbers only fall."""
        held, ranks = self.sets.get(name, {}), self._ranks.get(name)
        if ranks is None or ranks.changes + len(ranks.fresh) > _RANKED_ANEW:
            ranks = self._ranks[name] = _Ranks(sorted(held.items(), key=lambda row: -len(row[1])))
            ranks.sizes = [len(ids) for _, ids in ranks.values[::_HANDFUL]]
        yield _NO_LIMIT, [(value, held[value]) for value in ranks.fresh]
        for number, size in enumerate(ranks.sizes):
            yield size + ranks.changes, ranks.values[number * _HANDFUL : (number + 1) * _HANDFUL]

    def counts(self, name: str, within: BitMap) -> list[tuple[Value, int]]:
        """Give every value of a field that is found within a set of events, with its number there."""
        found = ((value, ids.intersection_cardinality(within)) for value, ids in self.sets.get(name, {}).items())
        return [(value, n) for value, n in found if n]

    def page(self, within: BitMap, *, newest: bool, skip: int, size: int) -> list[int]:
        """Give ids by day from the ``skip``-th on: newest by (last, first day, id) down, else by (first, last day, id) up."""
        found: list[int] = []
        for ids in self._by_day(within, newest=newest):
            if len(ids) <= skip:
                skip -= len(ids)
                continue
            found += _sorted(ids, newest=newest)[skip : skip + size - len(found)]
            skip = 0
            if len(found) >= size:
                break
        return found

    def behind(self, within: BitMap, cursor: tuple[date, date, int], *, newest: bool, size: int) -> list[int]:
        """Give ids that follow an event of these first and last days, in the order of `page`."""
        early, late, last = cursor
        at = (late, early) if newest else (early, late)
        found: list[int] = []
        for days, ids in self._groups(within, newest=newest):
            if (days < at) if newest else (days > at):
                found += _sorted(ids, newest=newest)
            elif days == at:
                found += [i for i in _sorted(ids, newest=newest) if (i < last if newest else i > last)]
            if len(found) >= size:
                break
        return found[:size]

    def _by_day(self, within: BitMap, *, newest: bool) -> Iterator[BitMap]:
        return (ids for _, ids in self._groups(within, newest=newest))

    def _groups(self, within: BitMap, *, newest: bool) -> Iterator[tuple[tuple[date, date], BitMap]]:
        """Give the events of equal days together, in order."""
        held = self.sets.get(BOUNDS, {})
        order = reversed(self._by_late) if newest else iter(self._by_early)
        for days, rows in groupby(order, key=lambda row: row[:2]):
            found = [held[row[3]] & within for row in rows if held[row[3]].intersect(within)]
            if found:
                yield days, found[0] if len(found) == 1 else BitMap.union(*found)

    def highest(self, name: str, within: BitMap, most: int) -> list[int]:
        """Give the ids of the largest amounts (`PUBLISHED`, `UPDATED`, `WEIGHT`), the largest first.

        Of equal amounts the newer event comes first, of equal weights the older.
        """
        amounts, found = self._amounts[name], list[int]()
        sign = 1 if name == WEIGHT else -1
        for step in sorted(self.sets.get(name, {}), reverse=True):  # type: ignore[type-var]  # whole numbers
            found += sorted(self.of(name, step) & within, key=lambda i: (-amounts[i], sign * i))
            if len(found) >= most:
                break
        return found[:most]

    def newest_update(self, within: BitMap) -> datetime | None:
        """Give when an event of a set was last updated."""
        last = self.highest(UPDATED, within, 1)
        return datetime.fromtimestamp(self._amounts[UPDATED][last[0]], UTC) if last else None

    def _keep(self, name: str, event_id: int, amount: float) -> None:
        kept = self._amounts[name]
        if event_id >= len(kept):
            kept.extend([0.0] * (event_id + 1 - len(kept) + len(kept) // 8))
        kept[event_id] = amount

    def _order(self) -> None:
        """Place bounds that are new among the others."""
        known = self.sets.get(BOUNDS, {})
        fresh = list(known)[len(self._by_late) :]  # a dictionary keeps the order in which its keys came
        if not fresh:
            return
        for number, bounds in enumerate(fresh, len(self._by_late)):
            early, late = bounds[0] or bounds[1], bounds[1] or bounds[0]  # type: ignore[index]  # a Bounds
            self._by_late.append((late or date.min, early or date.min, number, bounds))  # type: ignore[arg-type]
            self._by_early.append((early or date.min, late or date.min, number, bounds))  # type: ignore[arg-type]
        self._by_late.sort()
        self._by_early.sort()


_NONE: Final = BitMap()


def _by_month(bounds: Bounds) -> Bounds:
    early, late, sure, planned = bounds
    if planned or not early or not late:
        return bounds
    first = early.replace(day=1)
    if sure:
        return first, first, True, False
    if (early.year, early.month) != (late.year, late.month):
        return bounds
    return first, early.replace(day=monthrange(early.year, early.month)[1]), False, False


def _sorted(ids: BitMap, *, newest: bool) -> Sequence[int]:
    found = list(ids)
    return found[::-1] if newest else found
