"""Spans of a text, asked many times which of them lie in a stretch or touch it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate
from typing import Generic, Protocol, TypeVar

__all__ = ["Line", "Spans"]


class _Placed(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


_Item = TypeVar("_Item", bound=_Placed)


class Line(Generic[_Item]):
    """Things found in a text, in order of where they begin. Each question costs the logarithm of their number."""

    def __init__(self, items: Iterable[_Item]) -> None:
        self.items = tuple(items)
        self._starts = [item.start for item in self.items]

    def beginning(self, start: int, end: int) -> tuple[_Item, ...]:
        """Give those that begin in a stretch."""
        if not self._starts:
            return ()
        first = bisect_left(self._starts, start)
        return self.items[first : bisect_left(self._starts, end, first)]

    def touching(self, start: int, end: int) -> tuple[_Item, ...]:
        """Give those that share a character with a stretch. None of them may overlap another."""
        first = bisect_right(self._starts, start)
        if first and self.items[first - 1].end > start:
            first -= 1
        return self.items[first : bisect_left(self._starts, end, first)]


class Spans:
    """Spans (start, end), which may overlap. Each question costs the logarithm of their number."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._reach = list(accumulate((end for _, end in ordered), max))  # how far all spans up to here go

    def touch(self, start: int, end: int) -> bool:
        """Tell whether a span shares a character with a stretch."""
        before = bisect_left(self._starts, end)
        return before > 0 and self._reach[before - 1] > start

    def hold(self, start: int, end: int) -> bool:
        """Tell whether a span holds the whole stretch."""
        before = bisect_right(self._starts, start)
        return before > 0 and self._reach[before - 1] >= end
