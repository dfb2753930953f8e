"""robots.txt (RFC 9309): which pages of a host a publisher lets programs read. Pure: fetching is the caller's.

What the file says is read by Protego; here are the bounds of what is kept of it, and how long.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from protego import Protego

__all__ = ["ALLOW_ALL", "ALLOW_NONE", "Robots", "RobotsMemory", "read_robots"]

KEPT_S = 86_400.0  # RFC 9309, section 2.4: not longer than a day
UNREACHED_KEPT_S = 3600.0  # a host that could not answer is asked again sooner
_HOSTS_MOST = 2048
_LINES_MOST = 3000  # each rule is tried for each page
_LINE_CHARACTERS = 2000
_DELAY_MOST_S = 9999.0
_VERSION = re.compile(
    r"(?i)^(\s*user-agent\s*:\s*[a-z_-]+)/[^#]*"
)  # a product token ends before it (RFC 9309, section 2.2.1)


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules for a program of this name. ``delay_s`` is the pause a publisher asks for between requests (Crawl-delay)."""

    rules: Protego
    agent: str = "*"
    delay_s: float = 0.0

    def allows(self, path: str) -> bool:
        """Tell whether a path with its query may be read."""
        return path == "/robots.txt" or bool(self.rules.can_fetch(f"http://host{path}", self.agent))


ALLOW_ALL = Robots(Protego.parse(""))
ALLOW_NONE = Robots(Protego.parse("User-agent: *\nDisallow: /"))


class RobotsMemory:
    """Remembers the rules of hosts. Thread safe: one host is asked once, others do not wait for it.

    ``clock_scale`` shortens how long rules are kept; ``clock`` gives monotonic seconds.
    """

    def __init__(self, *, clock_scale: float = 1.0, clock: Callable[[], float] = time.monotonic) -> None:
        self._scale = clock_scale
        self._clock = clock
        self._kept: dict[str, tuple[float, Robots]] = {}
        self._asking: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()

    def rules(self, origin: str, ask: Callable[[], Robots]) -> Robots:
        """Give the rules of a host, asked for where none are kept."""
        with self._lock:
            asking = self._asking.setdefault(origin, threading.Lock())
        with asking:
            known = self._kept.get(origin)
            if known is not None and known[0] > self._clock():
                return known[1]
            found = ask()
            kept_s = UNREACHED_KEPT_S if found is ALLOW_NONE else KEPT_S
            with self._lock:
                self._kept[origin] = (self._clock() + kept_s / self._scale, found)
                self._forget()
            return found

    def _forget(self) -> None:
        for origin in list(self._kept)[: max(0, len(self._kept) - _HOSTS_MOST)]:
            del self._kept[origin]
            self._asking.pop(origin, None)


def read_robots(body: bytes, *, agent: str) -> Robots:
    """Read the rules for a program named ``agent``; what cannot be read is no rule."""
    lines = islice(body.decode("utf-8-sig", "replace").splitlines(), _LINES_MOST)
    rules = Protego.parse("\n".join(_VERSION.sub(r"\1", line[:_LINE_CHARACTERS]) for line in lines))
    delay_s = rules.crawl_delay(agent) or 0.0
    return Robots(rules, agent, delay_s if 0 <= delay_s <= _DELAY_MOST_S else 0.0)
