"""Numbers of events as sliced bits: for each binary digit the set of events whose number has it.

Which events have a number of at least n, and which number stands at a place in order, takes a step a digit, however many
different numbers and events there are. In: sets of events by number. Out: sets. (O'Neil and Quass, "Improved query
performance with variant indexes", 1997.)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pyroaring import BitMap

__all__ = ["Slices"]


@dataclass(slots=True)
class Slices:
    """Numbers from 0 to 2**digits - 1, one an event. What is asked of a set is only right where all in it have a number."""

    digits: int
    _sets: list[BitMap] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin without events."""
        self._sets = [BitMap() for _ in range(self.digits)]

    def add(self, came: Mapping[int, BitMap]) -> None:
        """Say the number of events that have none yet."""
        for digit, ids in enumerate(self._sets):
            found = [some for number, some in came.items() if number >> digit & 1]
            if found:
                ids.update(BitMap.union(*found))

    def forget(self, gone: BitMap) -> None:
        """Take events out."""
        for ids in self._sets:
            ids.difference_update(gone)

    def at_least(self, number: int, within: BitMap) -> BitMap:
        """Give the events of a set whose number is ``number`` or larger."""
        more, same = BitMap(), within
        for digit in range(self.digits - 1, -1, -1):
            ids = self._sets[digit]
            if number >> digit & 1:
                same = same & ids
            else:
                more |= same & ids
                same = same - ids
        return more | same

    def at_most(self, number: int, within: BitMap) -> BitMap:
        """Give the events of a set whose number is ``number`` or smaller."""
        return within - self.at_least(number + 1, within) if number + 1 < 1 << self.digits else within

    def at_place(self, place: int, within: BitMap, *, largest: bool) -> tuple[int, int]:
        """Give the number at a place of a set in order, the largest or the smallest at place 0, and how many events stand before that number.

        The set holds more than ``place`` events.
        """
        number, before, same = 0, 0, within
        for digit in range(self.digits - 1, -1, -1):
            ids = self._sets[digit]
            ones = same.intersection_cardinality(ids)
            ahead = ones if largest else len(same) - ones
            has_digit = (place - before < ahead) == largest
            if place - before >= ahead:
                before += ahead
            same = same & ids if has_digit else same - ids
            number |= has_digit << digit
        return number, before
