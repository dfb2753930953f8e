"""Children: processes that read foreign documents, so that none of these hangs, fills or ends Kronik.

Parent and child speak over pipes: one line of JSON, then as many bytes as it says. Values only, never code (no pickle).
Memory and processor time of a child are capped by the operating system where it can (POSIX); the parent kills it at its
deadline everywhere. What a child does is a module's, run as `python -m <module>`, which calls `serve`.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from tracker.errors import KronikError

__all__ = ["Children", "read_message", "serve", "write_message"]

CHILDREN = 3  # documents read at once: a hostile one holds one place for the limit
_KEPT = CHILDREN  # children that wait for the next document: to start one costs more than to read a hundred
_RETIRE_AFTER = 10_000  # documents after which a child is replaced, however small it stayed
_LARGE = 2_000_000  # bytes of document and answer after which a child is not kept: it would not shrink
_GROWN = 64_000_000  # bytes of memory beyond which neither: they have 37 to 53 MB of their own
_FRUGAL = {"MALLOC_MMAP_THRESHOLD_": "131072", "MALLOC_TRIM_THRESHOLD_": "131072"}  # glibc gives back what it freed
_QUIET_S = 5.0  # how long the watch sleeps while nobody has a deadline
_HEAD_MOST = 1_000_000
_MEMORY_BYTES = 512_000_000  # polling.md, section 4
_CPU_S = 20
_ROOT = Path(__file__).resolve().parents[1]

Answer = tuple[Mapping[str, Any], bytes]  # Any: JSON


@dataclass(slots=True)
class _Child:
    process: subprocess.Popen[bytes]
    served: int = 0


class _Watch:
    """Kills processes at their deadlines, from one thread that starts at first need."""

    def __init__(self) -> None:
        self._deadlines: dict[int, tuple[float, subprocess.Popen[bytes]]] = {}
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._closed = False

    @contextlib.contextmanager
    def killed_after(self, process: subprocess.Popen[bytes], limit_s: float) -> Iterator[None]:
        """Kill a process unless the block has ended before."""
        with self._changed:
            at = time.monotonic() + limit_s
            sooner = all(at < other for other, _ in self._deadlines.values())
            self._deadlines[process.pid] = (at, process)
            if self._thread is None and not self._closed:
                self._thread = threading.Thread(target=self._watch, name="kronik-deadlines", daemon=True)
                self._thread.start()
            elif sooner:
                self._changed.notify()
        try:
            yield
        finally:
            with self._changed:
                self._deadlines.pop(process.pid, None)

    def close(self) -> None:
        """End the thread."""
        with self._changed:
            self._closed = True
            self._changed.notify()

    def _watch(self) -> None:
        with self._changed:
            while not self._closed or self._deadlines:
                now = time.monotonic()
                for pid, (at, process) in list(self._deadlines.items()):
                    if at <= now:
                        process.kill()
                        del self._deadlines[pid]
                soonest = min((at for at, _ in self._deadlines.values()), default=now + _QUIET_S)
                self._changed.wait(max(soonest - now, 0.001))


class Children:
    """Gives each document to a child. Safe to share between threads, which wait while ``most`` children are busy.

    ``limit_s`` is the time a document may take. Children start at first need and end with `close`, those that a rush
    needed with the rush.
    """

    def __init__(self, module: str, limit_s: float, *, most: int = CHILDREN) -> None:
        self.idle: list[_Child] = []
        self.limit_s = limit_s
        self._module = module
        self._places = threading.Semaphore(most)
        self._lock = threading.Lock()
        self._closed = False
        self._watch = _Watch()

    def ask(self, head: Mapping[str, object], body: bytes) -> Answer | None:
        """Let a child read a document; None where it took too long or too much memory."""
        with self._places:
            child = self._take()
            with self._watch.killed_after(child.process, self.limit_s):
                answer = _exchange(child, head, body)
            if answer is None or len(body) + len(answer[1]) > _LARGE or _memory(child) > _GROWN:
                _end(child)
            else:
                self._give_back(child)
            return answer

    def close(self) -> None:
        """End the children."""
        with self._lock:
            self._closed, idle, self.idle = True, self.idle, []
        for child in idle:
            _end(child)
        self._watch.close()

    def _take(self) -> _Child:
        while True:
            with self._lock:
                child = self.idle.pop() if self.idle else None
            if child is None:
                break
            if child.process.poll() is None:
                return child
            _end(child)  # the system took it while it had nothing to do (short of memory, say): no document's fault
        return _Child(
            subprocess.Popen(  # noqa: S603  # our own module, no foreign argument
                [sys.executable, "-m", self._module], cwd=_ROOT, env=os.environ | _FRUGAL,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            )
        )  # fmt: skip

    def _give_back(self, child: _Child) -> None:
        child.served += 1
        with self._lock:
            if not self._closed and child.served < _RETIRE_AFTER and len(self.idle) < _KEPT:
                self.idle.append(child)
                return
        _end(child)


def serve(read: Callable[[Mapping[str, Any], bytes], bytes]) -> None:  # Any: JSON
    """Answer a parent's requests with what ``read`` makes of them, until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in a terminal reaches us too; our parent ends us
    _cap_memory()
    while (message := read_message(sys.stdin.buffer)) is not None:
        head, body = message
        _cap_time()
        try:
            write_message(sys.stdout.buffer, {"ok": True}, read(head, body))
        except KronikError as failure:
            write_message(sys.stdout.buffer, {"ok": False, "error": str(failure)}, b"")
        except Exception as failure:  # noqa: BLE001  # a reader's own fault on foreign bytes: said, and the next document is read
            reason = f"cannot be read ({type(failure).__name__}: {failure})"[:500]
            write_message(sys.stdout.buffer, {"ok": False, "error": f"{head['url']}: {reason}"}, b"")


def write_message(stream: BinaryIO, head: Mapping[str, object], body: bytes) -> None:
    """Write one message and flush it."""
    stream.write(json.dumps({**head, "bytes": len(body)}).encode() + b"\n")
    stream.write(body)
    stream.flush()


def read_message(stream: BinaryIO) -> Answer | None:
    """Read one message; None when the other side has gone."""
    line = stream.readline(_HEAD_MOST)
    if not line.endswith(b"\n"):
        return None
    head = json.loads(line)
    body = stream.read(head["bytes"])
    return (head, body) if len(body) == head["bytes"] else None


def _exchange(child: _Child, head: Mapping[str, object], body: bytes) -> Answer | None:
    stdin, stdout = child.process.stdin, child.process.stdout
    if stdin is None or stdout is None:
        return None
    try:
        write_message(stdin, head, body)  # type: ignore[arg-type]  # Popen's own stream types
        return read_message(stdout)  # type: ignore[arg-type]  # as above
    except (OSError, ValueError):  # the child was killed meanwhile
        return None


def _memory(child: _Child) -> int:
    """Give the bytes of memory a child has, 0 where the system does not tell (other than Linux)."""
    try:
        fields = Path(f"/proc/{child.process.pid}/statm").read_text(encoding="ascii").split()
    except OSError:
        return 0
    return int(fields[1]) * os.sysconf("SC_PAGE_SIZE")


def _end(child: _Child) -> None:
    child.process.kill()
    for stream in (child.process.stdin, child.process.stdout):
        if stream is not None:
            try:
                stream.close()
            except OSError:  # what was still to be flushed has nobody to read it
                continue
    child.process.wait()


def _cap_memory() -> None:
    with contextlib.suppress(
        ImportError, ValueError, OSError
    ):  # no such module on Windows; a lower cap may be set already
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))


def _cap_time() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + _CPU_S, hard))
