"""When events happened, as sets: in order of days, touching a period, counted by their bounds. No SQL, no filters.

In: events by bounds. Out: sets, ids in order, numbers. What is asked of few events looks each up; of many, it intersects sets.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Final

from pyroaring import BitMap

from tracker.store.slices import Slices

__all__ = ["Bounds", "Days"]

Bounds = tuple[date | None, date | None, bool, bool]
"""First day, last day, whether they are known to the day, whether it is planned."""

_DIGITS: Final = 22  # of the number of the last day there is, date.max.toordinal()
_LOOKED_UP: Final = 16  # events that are looked up for the price of counting in one set
_ANY_DAY: Final = date.min  # of what has one bound: a drawing only counts it


@dataclass(slots=True)
class Days:
    """The events of each bounds. ``months`` holds together what stands in the same bar of a drawing by months.

    A plan of a month is past or ahead by its own day, so those of the month of today are told apart when asked.
    """

    sets: dict[Bounds, BitMap] = field(default_factory=dict)
    months: dict[Bounds, BitMap] = field(default_factory=dict)
    _numbers: dict[Bounds, int] = field(default_factory=dict)
    _bounds: list[Bounds] = field(default_factory=list)  # by number
    _months: list[Bounds] = field(default_factory=list)  # by number
    _of: array[int] = field(default_factory=lambda: array("I"))  # the number of an event's bounds, by its id
    _by_first: list[tuple[int, int]] = field(default_factory=list)  # (first and last day, number), in order
    _by_last: list[tuple[int, int]] = field(default_factory=list)  # (last and first day, number), in order
    _first: Slices = field(default_factory=lambda: Slices(_DIGITS))
    _last: Slices = field(default_factory=lambda: Slices(_DIGITS))
    _since: BitMap = field(default_factory=BitMap)  # without a last day
    _until: BitMap = field(default_factory=BitMap)  # without a first day

    def take(self, came: Mapping[Bounds, Sequence[int]]) -> None:
        """Add events by their bounds; they are in no set yet."""
        first: dict[int, BitMap] = {}
        last: dict[int, BitMap] = {}
        self._number(came)
        for bounds, ids in came.items():
            found = BitMap(ids)
            self._look_up(self._numbers[bounds], ids)
            self.sets.setdefault(bounds, BitMap()).update(found)
            self.months.setdefault(_by_month(bounds), BitMap()).update(found)
            if bounds[0] or bounds[1]:
                early, late = _ordinals(bounds)
                first.setdefault(early, BitMap()).update(found)
                last.setdefault(late, BitMap()).update(found)
                for open_, day in ((self._until, bounds[0]), (self._since, bounds[1])):
                    if day is None:
                        open_.update(found)
        self._first.add(first)
        self._last.add(last)

    def forget(self, gone: BitMap) -> None:
        """Take events out of all sets."""
        numbers = {self._of[i] for i in gone if i < len(self._of)}
        for number in numbers:
            self.sets[self._bounds[number]] -= gone
            self.months[self._months[number]] -= gone
        for slices in (self._first, self._last):
            slices.forget(gone)
        self._since -= gone
        self._until -= gone

    def touching(self, first: date | None, last: date | None, within: BitMap) -> BitMap:
        """Give the dated events of a set whose bounds touch a period; an open end reaches as far as it may."""
        if first:
            within = self._last.at_least(first.toordinal(), within - self._since) | (within & self._since)
        if last:
            within = self._first.at_most(last.toordinal(), within - self._until) | (within & self._until)
        return within

    def page(self, within: BitMap, *, newest: bool, skip: int, size: int) -> list[int]:
        """Give ids of dated events by day from the ``skip``-th on.

        Newest by (last, first day, id) down, else by (first, last day, id) up; an open end stands at its other bound.
        """
        found: list[int] = []
        if skip >= len(within):
            return found
        day, before = (self._last if newest else self._first).at_place(skip, within, largest=newest)
        skip -= before
        for _, ids in self._from(day, within, newest=newest):
            found += _sorted(ids, newest=newest)
            if len(found) >= skip + size:
                break
        return found[skip : skip + size]

    def behind(self, within: BitMap, cursor: tuple[date, date, int], *, newest: bool, size: int) -> list[int]:
        """Give ids that follow an event of these first and last days, in the order of `page`."""
        early, late, last = cursor[0].toordinal(), cursor[1].toordinal(), cursor[2]
        at = _joined(late, early) if newest else _joined(early, late)
        found: list[int] = []
        for days, ids in self._from(late if newest else early, within, newest=newest):
            if (days < at) if newest else (days > at):
                found += _sorted(ids, newest=newest)
            elif days == at:
                found += [i for i in _sorted(ids, newest=newest) if (i < last if newest else i > last)]
            if len(found) >= size:
                break
        return found[:size]

    def counts(self, within: BitMap) -> list[tuple[Bounds, int]]:
        """Give every bounds found within a set of events, with its number there."""
        if len(within) > _LOOKED_UP * len(self.sets):
            return _counted(self.sets, within)
        return [(self._bounds[number], n) for number, n in self._looked_up(within).items()]

    def counts_by_month(self, within: BitMap, today: date) -> list[tuple[Bounds, int]]:
        """Give the same told together by month; a drawing by months or longer, made on a day, is the same."""
        mixed = [key for key in self.months if _may_be_ahead(key, today)]
        if len(within) > _LOOKED_UP * len(self.months):
            found = dict(_counted(self.months, within))
        else:
            found = Counter[Bounds]()
            for number, n in self._looked_up(within).items():
                found[self._months[number]] += n
        apart = [row for key in mixed if found.pop(key, 0) for row in self._apart(key, within)]
        return [*found.items(), *apart]

    def _apart(self, month: Bounds, within: BitMap) -> list[tuple[Bounds, int]]:
        """Count each of the bounds that are told together in a month."""
        return self.counts(self.months[month] & within)

    def _looked_up(self, within: BitMap) -> Counter[int]:
        return Counter(map(self._of.__getitem__, within))

    def _from(self, day: int, within: BitMap, *, newest: bool) -> Iterator[tuple[int, BitMap]]:
        """Give the events of equal days together, in order, from those that end (or, oldest first, begin) on a day."""
        rows: Iterator[tuple[int, int]]
        if newest:
            end = bisect_right(self._by_last, (_joined(day + 1, 0), 0))
            rows = (self._by_last[place] for place in range(end - 1, -1, -1))
        else:
            begin = bisect_left(self._by_first, (_joined(day, 0), 0))
            rows = (self._by_first[place] for place in range(begin, len(self._by_first)))
        for days, equal in groupby(rows, key=lambda row: row[0]):
            sets = [self.sets[self._bounds[number]] for _, number in equal]
            found = [ids & within for ids in sets if ids.intersect(within)]
            if found:
                yield days, found[0] if len(found) == 1 else BitMap.union(*found)

    def _look_up(self, number: int, ids: Sequence[int]) -> None:
        kept, most = self._of, max(ids)
        if most >= len(kept):
            kept.extend(array("I", bytes(4 * (most + 1 - len(kept) + len(kept) // 8))))
        for i in ids:
            kept[i] = number

    def _number(self, came: Mapping[Bounds, Sequence[int]]) -> None:
        """Give numbers to bounds that are new, and their places among the others."""
        fresh = [bounds for bounds in came if bounds not in self._numbers]
        for number, bounds in enumerate(fresh, len(self._bounds)):
            self._numbers[bounds] = number
            self._bounds.append(bounds)
            self._months.append(_by_month(bounds))
            if bounds[0] or bounds[1]:
                early, late = _ordinals(bounds)
                self._by_first.append((_joined(early, late), number))
                self._by_last.append((_joined(late, early), number))
        if fresh:
            self._by_first.sort()
            self._by_last.sort()


def _counted(sets: Mapping[Bounds, BitMap], within: BitMap) -> list[tuple[Bounds, int]]:
    found = ((bounds, ids.intersection_cardinality(within)) for bounds, ids in sets.items())
    return [(bounds, n) for bounds, n in found if n]


def _ordinals(bounds: Bounds) -> tuple[int, int]:
    """Give the numbers of first and last day; an open end stands at its other bound."""
    early, late = bounds[0] or bounds[1] or date.min, bounds[1] or bounds[0] or date.min
    return early.toordinal(), late.toordinal()


def _joined(first: int, second: int) -> int:
    return first << _DIGITS | second


def _by_month(bounds: Bounds) -> Bounds:
    """Give what stands for all bounds that a bar of a month takes together.

    A known day counts for the first of its month, what is vague within a month or planned in it for all of it, one
    bound for no day.
    """
    early, late, sure, planned = bounds
    if not early or not late:
        return (early and _ANY_DAY, late and _ANY_DAY, False, False)
    first, inside = early.replace(day=1), (early.year, early.month) == (late.year, late.month)
    if sure and not planned:
        return first, first, True, False
    if not inside:
        return bounds
    return first, early.replace(day=monthrange(early.year, early.month)[1]), sure, planned


def _may_be_ahead(month: Bounds, today: date) -> bool:
    """Tell whether of plans told together some may be past and others ahead."""
    first, last, _, planned = month
    return bool(planned and first and last and first <= today <= last)


def _sorted(ids: BitMap, *, newest: bool) -> Sequence[int]:
    found = list(ids)
    return found[::-1] if newest else found
