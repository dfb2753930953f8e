"""Spans of a text, asked many times which of them a stretch touches."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate

__all__ = ["Spans"]


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
