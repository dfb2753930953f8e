"""The clock hands on what is due and nothing else."""

import threading

from tracker.jobs import Clock
from tracker.pipeline import Step


class Hints:
    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.first = threading.Event()

    def put(self, step: Step) -> None:
        self.steps.append(step)
        self.first.set()


def test_a_tick_puts_each_due_step_once() -> None:
    hints = Hints()
    Clock(lambda: [Step.POLL, Step.MERGE], hints).tick()
    assert hints.steps == [Step.POLL, Step.MERGE]


def test_a_tick_without_due_rows_puts_nothing() -> None:
    hints = Hints()
    Clock(list, hints).tick()
    assert hints.steps == []


def test_a_started_clock_ticks_until_it_is_closed() -> None:
    hints = Hints()
    clock = Clock(lambda: [Step.POLL], hints)
    clock.start()
    assert hints.first.wait(10)
    clock.close()
    seen = len(hints.steps)
    clock.close()
    assert len(hints.steps) == seen
