"""robots.txt (RFC 9309): which pages of a host a publisher lets programs read. Pure: fetching is the caller's.

Groups for our own name count, else those for ``*``; the longest matching rule decides, ``Allow`` wins a tie; ``*`` and
``$`` are understood. Never slower than linear in the text for a rule, whatever stands in it.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

__all__ = ["ALLOW_ALL", "ALLOW_NONE", "Robots", "RobotsMemory", "read_robots"]

KEPT_S = 86_400.0  # RFC 9309, section 2.4: not longer than a day
UNREACHED_KEPT_S = 3600.0  # a host that could not answer is asked again sooner
_HOSTS_MOST = 2048
_LINES_MOST = 10_000
_RULES_MOST = 2000  # of one program; each is tried for each page
_RULE_CHARACTERS = 1000
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_TOKEN = re.compile(r"[A-Za-z_-]+")  # a product token (RFC 9309, section 2.2.1)


@dataclass(frozen=True, slots=True)
class Robots:
    """Rules as (pattern, allowed). ``delay_s`` is the pause a publisher asks for between requests (Crawl-delay)."""

    rules: tuple[tuple[str, bool], ...] = ()
    delay_s: float = 0.0

    def allows(self, path: str) -> bool:
        """Tell whether a path with its query may be read."""
        if path == "/robots.txt":
            return True
        plain = _normal(path)
        fitting = [(len(pattern), allowed) for pattern, allowed in self.rules if _fits(pattern, plain)]
        return max(fitting)[1] if fitting else True


ALLOW_ALL = Robots()
ALLOW_NONE = Robots((("/", False),))


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
    mine: list[tuple[str, str]] = []
    all_: list[tuple[str, str]] = []
    named = False
    for agents, rules in _groups(body):
        if agent.lower() in agents:
            named = True
            mine += rules
        elif "*" in agents:
            all_ += rules
    chosen = mine if named else all_
    patterns = [(_normal(value), key == "allow") for key, value in chosen if key != "crawl-delay" and value]
    delays = (_delay(value) for key, value in chosen if key == "crawl-delay")
    return Robots(tuple(patterns[:_RULES_MOST]), max(delays, default=0.0))


def _groups(body: bytes) -> Iterator[tuple[set[str], list[tuple[str, str]]]]:
    agents: set[str] = set()
    rules: list[tuple[str, str]] = []
    for line in body.decode("utf-8-sig", "replace").splitlines()[:_LINES_MOST]:
        key, _, value = (part.strip() for part in line.partition("#")[0][: 2 * _RULE_CHARACTERS].partition(":"))
        key = key.lower()
        if key == "user-agent":
            if rules:
                yield agents, rules
                agents, rules = set(), []
            token = _TOKEN.match(value)
            agents.add("*" if value.startswith("*") else token[0].lower() if token else "")
        elif key in {"allow", "disallow", "crawl-delay"} and agents:
            rules.append((key, value[:_RULE_CHARACTERS]))
    if agents:
        yield agents, rules


def _delay(value: str) -> float:
    return float(value) if re.fullmatch(r"[0-9]{1,4}(?:\.[0-9]{1,3})?", value) else 0.0


def _normal(path: str) -> str:
    """Write a path or pattern in one form: escaped where it must be, and only there (RFC 9309, section 2.2.2)."""
    escaped = quote(path, safe="/%*$?&=;:@!'()+,~-._[]|", errors="replace")
    return _ESCAPE.sub(_shortest, escaped)


def _shortest(escape: re.Match[str]) -> str:
    character = chr(int(escape[1], 16))
    return character if character.isascii() and (character.isalnum() or character in "-._~") else escape[0].upper()


def _fits(pattern: str, path: str) -> bool:
    """Match from the left; greedy search of the pieces between ``*`` never has to go back."""
    anchored = pattern.endswith("$")
    first, *rest = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    if not rest:
        return not anchored or at == len(path)
    for piece in rest[:-1] if anchored else rest:
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return not anchored or (path.endswith(rest[-1]) and len(path) - len(rest[-1]) >= at)
