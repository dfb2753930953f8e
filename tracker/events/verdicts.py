"""How alike two tellings are, and what one process has judged of stored ones: in a topic that goes on, the same pairs come back with every article.

Tellings are known here by what they and their stories say, not by their ids: an article that is read again is judged anew.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["Memory", "Verdict"]

_MOST = 100_000  # verdicts of half a kilobyte: about 50 MB, once a process


@dataclass(frozen=True, slots=True)
class Verdict:
    """``score`` at least 0, certain from 1 on and not cut there, so that the better of two leads; ``anchors`` names the kinds of evidence that can carry a merge."""

    score: float
    anchors: frozenset[str]
    reasons: tuple[str, ...]


class Memory:
    """Verdicts under one set of options and places. It makes merging faster and changes nothing.

    Safe to share between threads: two that judge one pair come to the same verdict.
    """

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._verdicts: dict[tuple[int, int], Verdict] = {}

    def verdict(self, one: int, other: int, judge: Callable[[], Verdict]) -> Verdict:
        """Recall the verdict about two contents, or judge; a full memory forgets all."""
        pair = (one, other) if one <= other else (other, one)
        known = self._verdicts.get(pair)
        if known is None:
            known = judge()
            if len(self._verdicts) >= self._most:
                self._verdicts.clear()
            self._verdicts[pair] = known
        return known
