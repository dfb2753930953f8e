"""Who waits for which host: feeds that are held and not asked yet, in the order in which they were due."""

from __future__ import annotations

import threading
import time
from collections import Counter, deque
from collections.abc import Sequence
from urllib.parse import urlsplit

from tracker.parts import Parts
from tracker.store import Held

__all__ = ["Lines"]

_LONGEST_S = 0.25
_REMEMBERED = 64  # hosts nobody waits for


class Lines:
    """Feeds waiting for their hosts, a line each. Safe to share between threads.

    Feeds that dawdle never take a host's last place: its other feeds need not wait until they are given up.
    """

    def __init__(self, parts: Parts) -> None:
        fetch = parts.settings.fetch
        self.gap_s = fetch.host_gap_s / parts.settings.service.clock_scale
        self.length = 0
        self._parallel = fetch.host_parallel
        self._fetcher = parts.fetcher
        self._dawdlers = parts.dawdlers
        self._begun: dict[int, float] = {}
        self._lines: dict[str, deque[tuple[float, Held]]] = {}
        self._asked: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._not_before: dict[str, float] = {}

    def join(self, taken: Sequence[Held]) -> None:
        """Let feeds stand in line."""
        now = time.monotonic()
        with self._lock:
            for held in taken:
                self._lines.setdefault(_host(held), deque()).append((now, held))
            self.length += len(taken)

    def next(self) -> Held | None:
        """Take the first feed whose host may be asked now; None where there is none."""
        now = time.monotonic()
        with self._lock:
            for host in tuple(self._lines):
                if self._not_before.get(host, 0.0) > now or self._asked[host] >= self._parallel:
                    continue
                held = self._first(host)
                if held is None:
                    continue
                if (wait_s := self._fetcher.wait_s(held.feed.facts.url)) > 0:
                    self._not_before[host] = now + wait_s
                    continue
                self._drop(host, held)
                self._asked[host] += 1
                self._begun[held.feed.id] = now
                self._not_before[host] = now + self.gap_s
                return held
            self._forget(now)
        return None

    def left(self, held: Held) -> None:
        """Say that the host of a feed has answered, or will not."""
        with self._lock:
            self._asked[_host(held)] -= 1
            self._dawdlers.note(held.feed.id, time.monotonic() - self._begun.pop(held.feed.id))

    def wait_s(self) -> float:
        """Give the seconds until a host may be asked that somebody waits for."""
        now = time.monotonic()
        with self._lock:
            free = [host for host in self._lines if self._asked[host] < self._parallel and self._first(host)]
            return max(min((self._not_before.get(host, now) - now for host in free), default=_LONGEST_S), 0.001)

    def leave(self, *, before: float) -> list[Held]:
        """Take out the feeds that have waited since ``before`` or longer."""
        late: list[Held] = []
        with self._lock:
            for host in tuple(self._lines):
                while (line := self._lines.get(host)) and line[0][0] <= before:
                    late.append(line[0][1])
                    self._drop(host, line[0][1])
        return late

    def _first(self, host: str) -> Held | None:
        """Give the first of a line that may be asked; at a host's last place none that dawdles."""
        free = self._parallel - self._asked[host]
        all_may = free > 1 or self._parallel == 1
        return next((held for _, held in self._lines[host] if all_may or held.feed.id not in self._dawdlers), None)

    def _drop(self, host: str, dropped: Held) -> None:
        self.length -= 1
        line = self._lines[host]
        at = next(n for n, (_, held) in enumerate(line) if held is dropped)
        del line[at]
        if not line:
            del self._lines[host]

    def _forget(self, now: float) -> None:
        if len(self._not_before) > _REMEMBERED + len(self._lines):
            self._not_before = {host: at for host, at in self._not_before.items() if at > now}
            self._asked = +self._asked


def _host(held: Held) -> str:
    return urlsplit(held.feed.facts.url).netloc.lower()
