"""Reading foreign documents in children that can be killed, so that none hangs, fills or ends Kronik."""

from __future__ import annotations

import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from tracker.errors import FeedError
from tracker.feeds.options import ParseOptions
from tracker.feeds.wire import feed_of, read_message, write_message
from tracker.types import Download, ParsedFeed

__all__ = ["SafeParser"]

_RETIRE_AFTER = 200  # documents after which a child is replaced: what leaks in it ends with it
_ROOT = Path(__file__).resolve().parents[2]


@dataclass(slots=True)
class _Child:
    process: subprocess.Popen[bytes]
    served: int = 0


class SafeParser:
    """Gives each document to a child process. Safe to share between threads: as many children as callers at once.

    ``limit_s`` is the time a document may take. Children start at first need and end with `close`.
    """

    def __init__(self, limit_s: float) -> None:
        self._limit_s = limit_s
        self._idle: list[_Child] = []
        self._lock = threading.Lock()
        self._closed = False

    def parse(self, download: Download, options: ParseOptions) -> ParsedFeed:
        """Read a feed's document. Raises: FeedError if it is none, takes too long or too much memory."""
        head = {
            "url": download.url, "headers": dict(reversed(download.headers)), "language": options.language, "zone": options.zone,
            "country": options.country, "max_entries": options.max_entries, "now": options.now.isoformat(),
            "really": options.really,
        }  # fmt: skip
        child = self._take()
        timer = threading.Timer(self._limit_s, child.process.kill)
        timer.start()
        try:
            answer = _exchange(child, head, download.body)
        finally:
            timer.cancel()
        if answer is None:
            _end(child)
            raise FeedError(f"took more than {self._limit_s:g} s or too much memory to read", subject=download.url)
        self._give_back(child)
        facts, body = answer
        if not facts["ok"]:
            raise FeedError(str(facts["error"]))
        return feed_of(body)

    def close(self) -> None:
        """End the children."""
        with self._lock:
            self._closed, idle, self._idle = True, self._idle, []
        for child in idle:
            _end(child)

    def _take(self) -> _Child:
        while True:
            with self._lock:
                child = self._idle.pop() if self._idle else None
            if child is None:
                break
            if child.process.poll() is None:
                return child
            _end(child)  # the system took it while it had nothing to do (short of memory, say): no document's fault
        return _Child(
            subprocess.Popen(  # our own module, no foreign argument
                [sys.executable, "-m", "tracker.feeds.child"], cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
        )

    def _give_back(self, child: _Child) -> None:
        child.served += 1
        with self._lock:
            if not self._closed and child.served < _RETIRE_AFTER:
                self._idle.append(child)
                return
        _end(child)


def _exchange(child: _Child, head: dict[str, object], body: bytes) -> tuple[dict[str, object], bytes] | None:
    stdin, stdout = child.process.stdin, child.process.stdout
    if stdin is None or stdout is None:
        return None
    try:
        write_message(stdin, head, body)  # type: ignore[arg-type]  # Popen's own stream types
        answer = read_message(stdout)  # type: ignore[arg-type]  # as above
    except (OSError, ValueError):  # the child was killed meanwhile
        return None
    return None if answer is None else (dict(answer[0]), answer[1])


def _end(child: _Child) -> None:
    child.process.kill()
    for stream in (child.process.stdin, child.process.stdout):
        if stream is not None:
            try:
                stream.close()
            except OSError:  # what was still to be flushed has nobody to read it
                continue
    child.process.wait()
