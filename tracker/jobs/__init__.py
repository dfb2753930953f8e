"""When and by whom steps are run: the queue port, its adapters and the clock."""

from tracker.jobs.clock import Clock
from tracker.jobs.queue import Inline, Queue, Threads

__all__ = ["Clock", "Inline", "Queue", "Threads"]
