"""How many threads ask feeds at once: as many as it takes where servers are slow, few where they are quick.

Threads of one process take turns. Where servers answer sooner than a thread can ask, more threads only stand in each other's
way: four do the work of twenty-four at four fifths of the cost (`python -m benchmarks.polling`).
"""

from __future__ import annotations

import time
from collections.abc import Callable

__all__ = ["Crew"]

_FEW = 4
_LOOK_S = 0.2  # how often their number is thought over
_SLOW_S, _QUICK_S = 0.05, 0.02  # what a poll takes


class Crew:
    """The number of threads wanted, from a few to ``most``; not safe to share without a lock."""

    def __init__(self, most: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._clock = clock
        self._size = min(_FEW, most)
        self._since = clock()
        self._done = 0

    def done(self) -> None:
        """Note that a feed has been asked."""
        self._done += 1

    def rest(self) -> None:
        """Note that there is nobody left to ask: what comes tells nothing of how long a poll takes."""
        self._since, self._done = self._clock(), 0

    def wants(self, running: int) -> bool:
        """Tell whether one more is wanted beside those that run.

        After a while of work for all: twice as many where a poll takes long, half as many where it does not.
        """
        worked_s = (self._clock() - self._since) * self._size
        if worked_s >= _LOOK_S * self._size:
            if worked_s > _SLOW_S * self._done:
                self._size = min(2 * self._size, self._most)
            elif worked_s < _QUICK_S * self._done:
                self._size = max(self._size // 2, min(_FEW, self._most))
            self.rest()
        return running < self._size
