"""The child process that reads foreign documents: `python -m tracker.feeds.child`.

Takes requests on standard input and answers on standard output until its input ends. Memory and processor time are
capped by the operating system where it can (POSIX); the parent kills it at the deadline everywhere.
"""

from __future__ import annotations

import contextlib
import sys

from tracker.errors import FeedError
from tracker.feeds.parse import parse
from tracker.feeds.wire import line_of, options_of, read_message, write_message

__all__ = ["main"]

_MEMORY_BYTES = 512_000_000  # polling.md, section 4
_CPU_S = 20


def main() -> None:
    """Answer requests until there are no more."""
    _cap_memory()
    while (message := read_message(sys.stdin.buffer)) is not None:
        head, body = message
        _cap_time()
        try:
            answer = line_of(parse(body, head["headers"], head["url"], options_of(head)))
            write_message(sys.stdout.buffer, {"ok": True}, answer)
        except FeedError as failure:
            write_message(sys.stdout.buffer, {"ok": False, "error": str(failure)}, b"")
        except Exception as failure:  # noqa: BLE001  # a parser's own fault on foreign bytes: said, and the next document is read
            reason = f"cannot be read ({type(failure).__name__}: {failure})"[:500]
            write_message(sys.stdout.buffer, {"ok": False, "error": f"{head['url']}: {reason}"}, b"")


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


if __name__ == "__main__":
    main()
