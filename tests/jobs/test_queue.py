"""The queue's promise, on both adapters: hints lead to runs, follow-ups are followed, a failing step harms nobody."""

import logging
import threading
from collections.abc import Iterable

import pytest

from tracker.jobs import Inline, Threads
from tracker.pipeline import Step


class Recorder:
    """Runs steps by a script: which steps follow from which call."""

    def __init__(self, follows: dict[Step, list[list[Step]]]) -> None:
        self.follows = follows
        self.ran: list[Step] = []
        self.done = threading.Event()
        self.until = 0

    def __call__(self, step: Step) -> Iterable[Step]:
        self.ran.append(step)
        if len(self.ran) >= self.until:
            self.done.set()
        script = self.follows.get(step, [])
        return script.pop(0) if script else []


def test_inline_follows_hints_to_the_end() -> None:
    run = Recorder({Step.POLL: [[Step.POLL, Step.EXTRACT], [Step.EXTRACT]], Step.EXTRACT: [[Step.MERGE]]})
    Inline(run).put(Step.POLL)
    assert run.ran[:2] == [Step.POLL, Step.POLL]
    assert run.ran.count(Step.EXTRACT) == 1
    assert run.ran[-1] is Step.MERGE


def test_threads_follow_hints_to_the_end() -> None:
    run = Recorder({Step.EXTRACT: [[Step.MERGE]]})
    run.until = 2
    pool = Threads(run, slots={Step.EXTRACT: 1, Step.MERGE: 1})
    pool.put(Step.EXTRACT)
    assert run.done.wait(5)
    pool.close()
    assert run.ran == [Step.EXTRACT, Step.MERGE]


def test_threads_drop_hints_of_a_step_that_is_pending_often_enough() -> None:
    started, release = threading.Event(), threading.Event()
    ran: list[Step] = []

    def slow(step: Step) -> Iterable[Step]:
        ran.append(step)
        started.set()
        release.wait(5)
        return []

    pool = Threads(slow, slots={Step.POLL: 2})
    for _ in range(10):
        pool.put(Step.POLL)
    assert started.wait(5)
    release.set()
    pool.close()
    assert len(ran) <= 2


def test_a_step_that_fails_as_a_whole_is_logged_and_the_pool_works_on(caplog: pytest.LogCaptureFixture) -> None:
    done = threading.Event()

    def run(step: Step) -> Iterable[Step]:
        if step is Step.POLL:
            raise RuntimeError("the disk is full")
        done.set()
        return []

    pool = Threads(run, slots={Step.POLL: 1, Step.MERGE: 1})
    with caplog.at_level(logging.ERROR):
        pool.put(Step.POLL)
        pool.put(Step.MERGE)
        assert done.wait(5)
        pool.close()
    assert "the disk is full" in caplog.text


def test_a_closed_pool_takes_nothing_more() -> None:
    run = Recorder({})
    pool = Threads(run, slots={Step.MERGE: 1})
    pool.close()
    pool.put(Step.MERGE)
    assert run.ran == []
