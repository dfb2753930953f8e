"""A field's values by size, for finding the most frequent ones within a set of events without trying all of them.

Values are tried by the handful, the largest first. Nothing in a handful can be more frequent within a set than the handful's
first value is in all, nor than the events that any value of the handful has are within the set; what cannot matter is not tried.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from pyroaring import BitMap

__all__ = ["Ranks"]

_HANDFUL: Final = (
    8  # values tried at once; reckoned from the sizes of 20,000 names: a third of the sets that 64 at once try
)
_RANKED_ANEW: Final = 1_000  # changes after which the values are ranked by size again

Value = Hashable


@dataclass(frozen=True, slots=True)
class _Handful:
    """Values with their events, the size of the largest and all events of any of them, as they were some changes ago."""

    rows: list[tuple[Value, BitMap]]
    largest: int
    united: BitMap


@dataclass(slots=True)
class Ranks:
    """The values of one field, largest first, as they were some changes ago; ``fresh`` came since, ``changed`` are events."""

    handfuls: list[_Handful]
    fresh: list[tuple[Value, BitMap]] = field(default_factory=list)
    changed: BitMap = field(default_factory=BitMap)

    @classmethod
    def of(cls, held: Mapping[Value, BitMap]) -> Ranks:
        """Rank the values of a field; the sets are those that are kept up to date."""
        rows = sorted(held.items(), key=lambda row: -len(row[1]))
        parts = [rows[start : start + _HANDFUL] for start in range(0, len(rows), _HANDFUL)]
        return cls([_Handful(part, len(part[0][1]), BitMap.union(*(ids for _, ids in part))) for part in parts])

    @property
    def outdated(self) -> bool:
        """Tell whether so much changed that ranking anew pays."""
        return len(self.changed) + len(self.fresh) > _RANKED_ANEW

    def change(self, ids: Iterable[int]) -> None:
        """Note events that may have other values now."""
        self.changed.update(ids)

    def top(self, within: BitMap, most: int) -> list[tuple[Value, int]]:
        """Give the values most frequent within a set of events, at most ``most``, the most frequent first, then by value."""
        best: list[tuple[int, str, Value]] = []
        for rows in self._worthwhile(within, most, best):
            found = ((ids.intersection_cardinality(within), value) for value, ids in rows)
            least = -best[-1][0] if len(best) == most else 1
            best += [(-n, str(value), value) for n, value in found if n >= least]
            best.sort()
            del best[most:]
        return [(value, -n) for n, _, value in best]

    def _worthwhile(
        self, within: BitMap, most: int, best: list[tuple[int, str, Value]]
    ) -> Iterator[list[tuple[Value, BitMap]]]:
        """Give the handfuls that may hold one of the most frequent, as ``best`` grows."""
        yield self.fresh
        anew, everywhere = self.changed.intersection_cardinality(within), len(self.changed)
        for handful in self.handfuls:
            least = -best[-1][0] if len(best) == most else 1
            if handful.largest + everywhere < least:
                return
            if handful.united.intersection_cardinality(within) + anew >= least:
                yield handful.rows
