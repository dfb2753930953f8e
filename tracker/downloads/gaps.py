"""Turns: how many requests run at once, in all and per host, and how far apart a host's requests start.

Pure bookkeeping (`HostTurns.start`, `finish`) with a thin waiting side (`HostTurns.turn`). Thread safe.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

__all__ = ["HostTurns"]

TOTAL_PARALLEL = 16  # requests in flight over all hosts: design "polling", section 2
LONGEST_GAP_S = 60.0  # a host's gap doubles to this after 429 and 503
_FULL_S = 0.02  # a guess when a place becomes free
KEPT_HOSTS = 4096  # idle hosts remembered at most


@dataclass(slots=True)
class _Host:
    gap_s: float
    least_s: float  # what speeding up goes down to
    next_start: float = 0.0
    in_flight: int = 0


class HostTurns:
    """Hands out turns to hosts. ``gap_s`` is divided by ``clock_scale``; ``clock`` gives monotonic seconds."""

    def __init__(
        self, *, gap_s: float, parallel: int, clock_scale: float = 1.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._gap_s = gap_s
        self._parallel = parallel
        self._scale = clock_scale
        self._clock = clock
        self._hosts: dict[str, _Host] = {}
        self._in_flight = 0
        self._changed = threading.Condition()

    @contextmanager
    def turn(self, host: str) -> Iterator[None]:
        """Wait for a turn of ``host`` and hold it."""
        with self._changed:
            while (wait_s := self.start(host)) is None or wait_s > 0:
                self._changed.wait(wait_s)
        try:
            yield
        finally:
            self.finish(host)

    def start(self, host: str) -> float | None:
        """Begin a request and give 0.0, or give the seconds to wait; None = until another request has finished."""
        with self._changed:
            now = self._clock()
            state = self._hosts.get(host) or self._new(host)
            if self._in_flight >= TOTAL_PARALLEL or state.in_flight >= self._parallel:
                return None
            if state.next_start > now:
                return state.next_start - now
            state.in_flight += 1
            state.next_start = now + state.gap_s / self._scale
            self._in_flight += 1
            return 0.0

    def wait_s(self, host: str) -> float:
        """Give the seconds after which a request to ``host`` might start, 0.0 for now. Begins nothing."""
        with self._changed:
            state = self._hosts.get(host)
            if state is None:
                return 0.0
            full = self._in_flight >= TOTAL_PARALLEL or state.in_flight >= self._parallel
            return max(state.next_start - self._clock(), _FULL_S if full else 0.0)

    def finish(self, host: str) -> None:
        """End a request."""
        with self._changed:
            self._hosts[host].in_flight -= 1
            self._in_flight -= 1
            self._changed.notify_all()

    def slow_down(self, host: str) -> None:
        """Double the gap of a host that asked for patience (429, 503)."""
        with self._changed:
            state = self._hosts.get(host) or self._new(host)
            state.gap_s = min(max(2 * state.gap_s, self._gap_s), LONGEST_GAP_S)
            state.next_start = self._clock() + state.gap_s / self._scale

    def speed_up(self, host: str) -> None:
        """Halve the gap of a host that answers again, down to the usual one."""
        with self._changed:
            state = self._hosts.get(host) or self._new(host)
            state.gap_s = max(state.gap_s / 2, state.least_s)

    def keep_apart(self, host: str, gap_s: float) -> None:
        """Take a host's own wish for the gap between requests (Crawl-delay), where it is longer than the usual one."""
        with self._changed:
            state = self._hosts.get(host) or self._new(host)
            state.least_s = min(max(gap_s, self._gap_s), LONGEST_GAP_S)
            state.gap_s = max(state.gap_s, state.least_s)

    def _new(self, host: str) -> _Host:
        if len(self._hosts) >= KEPT_HOSTS:
            now = self._clock()
            for name in [n for n, h in self._hosts.items() if not h.in_flight and h.next_start <= now]:
                del self._hosts[name]
        return self._hosts.setdefault(host, _Host(self._gap_s, self._gap_s))
