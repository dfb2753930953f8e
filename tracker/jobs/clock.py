"""The clock: asks the store every second which steps have due rows, and puts them. Keeps no schedule, does no work."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import UTC

from apscheduler.schedulers.background import BackgroundScheduler

from tracker.jobs.queue import Queue
from tracker.pipeline import Step

log = logging.getLogger(__name__)

TICK_S = 1.0  # how late a due row may be noticed; a tick costs one indexed count per step


class Clock:
    """Ticks in a thread of its own until closed."""

    def __init__(self, due: Callable[[], Iterable[Step]], queue: Queue) -> None:
        self._due = due
        self._queue = queue
        self._scheduler = BackgroundScheduler(timezone=UTC)

    def start(self) -> None:
        """Begin to tick. A tick that takes longer than a second delays the next; it never doubles."""
        self._scheduler.add_job(
            self.tick, "interval", seconds=TICK_S, max_instances=1, coalesce=True, misfire_grace_time=None
        )
        self._scheduler.start()

    def tick(self) -> None:
        """Ask once what is due and hand it on."""
        for step in self._due():
            self._queue.put(step)

    def close(self) -> None:
        """Stop ticking."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=True)
