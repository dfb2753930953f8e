"""The queue: "there may be due rows of this step". Rows are the work, a message is only a hint (ADR 0003).

In: step names. Out: calls of a ``Runner``, which claims and finishes rows and names the steps that follow.
Guarantees: a hint is either acted upon or dropped while others of its step are pending. Does not guarantee that a hint
survives a crash: the clock finds what is due.
"""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

from tracker.pipeline import Step

Runner = Callable[[Step], Iterable[Step]]
"""Work on one batch of a step's due rows; give the steps that may have due rows now (itself, if more is left)."""

log = logging.getLogger(__name__)


class Queue(Protocol):
    """One verb: say that a step may have due rows."""

    def put(self, step: Step) -> None:
        """Hint that rows of ``step`` may be due."""


class Inline:
    """Runs hints in the calling thread until none is left. For commands and tests."""

    def __init__(self, run: Runner) -> None:
        self._run = run

    def put(self, step: Step) -> None:
        """Run ``step`` and all that follows from it, to the end."""
        waiting = [step]
        while waiting:
            current = waiting.pop(0)
            waiting.extend(follow for follow in self._run(current) if follow not in waiting)


class Threads:
    """A bounded pool: at most ``slots[step]`` batches of a step at once; polls never wait for reading."""

    def __init__(self, run: Runner, *, slots: Mapping[Step, int]) -> None:
        self._run = run
        self._slots = slots
        self._pool = ThreadPoolExecutor(max_workers=sum(slots.values()), thread_name_prefix="kronik-worker")
        self._pending: Counter[Step] = Counter()
        self._lock = threading.Lock()
        self._closed = False

    def put(self, step: Step) -> None:
        """Hand ``step`` to the pool, unless as many of its kind are pending as may run at once."""
        with self._lock:
            if self._closed or self._pending[step] >= self._slots.get(step, 0):
                return
            self._pending[step] += 1
        self._pool.submit(self._work, step)

    def close(self) -> None:
        """Finish the batches under way and take no more."""
        with self._lock:
            self._closed = True
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _work(self, step: Step) -> None:
        follows: tuple[Step, ...] = ()
        try:
            follows = tuple(self._run(step))
        except (
            Exception
        ):  # the one place of a worker that outlives any failure; the rows keep their lease and come back
            log.exception("step %s failed as a whole", step)
        finally:
            with self._lock:
                self._pending[step] -= 1
        for follow in follows:
            self.put(follow)
