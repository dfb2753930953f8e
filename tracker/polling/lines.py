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
    """Feeds waiting for their hosts, a line each. Safe to share between threads."""

    def __init__(self, parts: Parts) -> None:
        fetch = parts.settings.fetch
        self.gap_s = fetch.host_gap_s / parts.settings.service.clock_scale
        self.length = 0
        self._parallel = fetch.host_parallel
        self._fetcher = parts.fetcher
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
                _, held = self._lines[host][0]
                if (wait_s := self._fetcher.wait_s(held.feed.facts.url)) > 0:
                    self._not_before[host] = now + wait_s
                    continue
                self._drop(host)
                self._asked[host] += 1
                self._not_before[host] = now + self.gap_s
                return held
            self._forget(now)
        return None

    def left(self, held: Held) -> None:
        """Say that the host of a feed has answered, or will not."""
        with self._lock:
            self._asked[_host(held)] -= 1

    def wait_s(self) -> float:
        """Give the seconds until a host may be asked that somebody waits for."""
        now = time.monotonic()
        with self._lock:
            free = [host for host in self._lines if self._asked[host] < self._parallel]
            return max(min((self._not_before.get(host, now) - now for host in free), default=_LONGEST_S), 0.001)

    def leave(self, *, before: float) -> list[Held]:
        """Take out the feeds that have waited since ``before`` or longer."""
        late: list[Held] = []
        with self._lock:
            for host in tuple(self._lines):
                while (line := self._lines.get(host)) and line[0][0] <= before:
                    late.append(line[0][1])
                    self._drop(host)
        return late

    def _drop(self, host: str) -> None:
        self.length -= 1
        self._lines[host].popleft()
        if not self._lines[host]:
            del self._lines[host]

    def _forget(self, now: float) -> None:
        if len(self._not_before) > _REMEMBERED + len(self._lines):
            self._not_before = {host: at for host, at in self._not_before.items() if at > now}
            self._asked = +self._asked


def _host(held: Held) -> str:
    return urlsplit(held.feed.facts.url).netloc.lower()
