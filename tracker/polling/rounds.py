"""Many polls at once: one thread takes due feeds and stores results, others ask.

1. Due feeds are taken, those due longest first, and stand in line by host.
2. A feed is asked when its host may be; a host that is slow or has many feeds holds up no other.
3. Results are stored together, entries, validators and next check of a feed in one transaction (ADR 0003).

A feed whose host keeps it waiting goes back and is due again a little later. Results that cannot be stored, because the
disk is full, say, are kept and tried again; meanwhile nothing is asked.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from tracker import logs
from tracker.errors import StoreError
from tracker.links import masked
from tracker.parts import Parts, Step
from tracker.polling.ask import Result, ask, unforeseen
from tracker.polling.crew import Crew
from tracker.polling.lines import Lines
from tracker.store import Held, polls, work

__all__ = ["run"]

log = logging.getLogger(__name__)

PARALLEL = (
    24  # feeds asked or read at once, at most; of requests 16 run (polling.md, section 2), the others wait to be read
)
_RUSH = 12  # from so many on, reading of articles makes way
_STORED_MOST = 64  # results of one transaction
_STORE_S = 0.02  # results wait so long for others, to be stored with them
_LOOK_S = 0.25  # how often due feeds are looked for while others are asked
_HELD_S = 60.0  # how long a feed waits for its host before it goes back
_AWAY_S = 5.0  # and how long it then stays away at least
_IDLE_S = 0.05
_RETRIES_S = (0.5, 1, 2, 5, 10, 20, 30, 30, 30, 30, 30)  # waits before a store that failed is tried again


def run(
    parts: Parts, *, told: Callable[[], None] = lambda: None, once: bool = False, only: Collection[int] = ()
) -> tuple[Step, ...]:  # fmt: skip
    """Poll until no feed is due; give the steps that have work then. ``told`` is called after results were stored.

    With ``once`` a feed that is due again before the others are done stays due. If ``only`` some feeds are meant, others
    stay due too.
    """
    with ThreadPoolExecutor(PARALLEL, thread_name_prefix="kronik-poll") as pool:
        try:
            news = _Rounds(parts, pool, told, once=once, only=only).run()
        finally:
            parts.rush.tell(busy=False)
    return (Step.READ, Step.EXTRACT) if news else ()


class _Rounds:
    """The state of one run. Its own thread talks to the database; those that ask launch the next, so that a long
    transaction holds up no host.
    """

    def __init__(
        self, parts: Parts, pool: ThreadPoolExecutor, told: Callable[[], None], *, once: bool, only: Collection[int]
    ) -> None:  # fmt: skip
        self._parts = parts
        self._once = once
        self._only = only
        self._asked_for: set[int] = set()  # feeds asked in this run, if each is asked once
        self._pool = pool
        self._told = told
        self._results: queue.SimpleQueue[Result] = queue.SimpleQueue()
        self._lines = Lines(parts)
        self._crew = Crew(PARALLEL)
        self._lock = threading.Lock()  # guards the number of those that run
        self._running = 0
        self._stuck = False  # results cannot be stored
        self._news = False
        self._look_at = 0.0
        self._back_at = 0.0  # when the last of those that went back is due again

    def run(self) -> bool:
        """Work until nothing is due; tell whether there was news."""
        while True:
            taken = self._take()
            self._launch()
            self._parts.rush.tell(busy=self._lines.length + self._running > _RUSH)
            if self._running or self._lines.length or not self._results.empty():
                self._store(self._collect())
            elif self._parts.stop.is_set() or not (taken or time.monotonic() < self._back_at):
                return self._news
            else:
                self._parts.stop.wait(_IDLE_S)

    def _take(self) -> bool:
        """Take due feeds where it is time to look for them; give back those that wait too long. Tell whether there were any."""
        parts, now = self._parts, time.monotonic()
        if parts.stop.is_set():
            with parts.store.write() as db:
                work.give_back(db, [held.claim for held in self._lines.leave(before=now)])
            return False
        if now < self._look_at and (self._running or self._lines.length):
            return False
        self._look_at = now + _LOOK_S
        late = self._lines.leave(before=now - _HELD_S)
        away_s = max(_AWAY_S, len(late) * self._lines.gap_s)
        room = parts.settings.poll.batch - self._lines.length
        with parts.store.write() as db:
            if late:
                self._back_at = now + away_s + _LOOK_S
                self._asked_for.difference_update(held.feed.id for held in late)
                polls.postpone(db, [held.claim for held in late], until=parts.now() + timedelta(seconds=away_s))
            lease_s = _lease_s(parts)
            taken = polls.take(db, n=room, now=parts.now(), lease_s=lease_s, worker=parts.worker, only=self._only)
            if again := [held for held in taken if held.feed.id in self._asked_for]:
                work.give_back(db, [held.claim for held in again])
        taken = tuple(held for held in taken if held.feed.id not in self._asked_for)
        if self._once:
            self._asked_for.update(held.feed.id for held in taken)
        self._lines.join(taken)
        return bool(taken)

    def _launch(self) -> None:
        """Ask feeds whose hosts may be asked, as long as there are threads to do so."""
        with self._lock:
            while self._crew.wants(self._running) and (held := self._next()) is not None:
                self._running += 1
                self._pool.submit(self._work, held)

    def _next(self) -> Held | None:
        """Take a feed that may be asked now; none while results pile up."""
        if self._stuck or self._parts.stop.is_set() or self._results.qsize() > _STORED_MOST:
            held = None
        else:
            held = self._lines.next()
        if held is None:
            self._crew.rest()
        return held

    def _work(self, held: Held | None) -> None:
        """Ask one feed after the other in a thread of the pool, for as long as there is one: to wake another costs more."""
        while held is not None:
            self._results.put(self._asked(held))
            with self._lock:
                self._running -= 1
                self._crew.done()
                held = self._next() if self._crew.wants(self._running) else None
                self._running += held is not None

    def _asked(self, held: Held) -> Result:
        """Ask a feed; whatever happens is a result."""
        try:
            with logs.bind(feed=held.feed.id):
                return ask(self._parts, held, answered=lambda more: self._answered(held, more))
        except Exception as failure:  # the one place where a poll ends, whatever happened in it
            log.warning("the poll of %s failed: %s", masked(held.feed.facts.url), failure, exc_info=True)
            return unforeseen(self._parts, held, failure)

    def _answered(self, held: Held, more: bool) -> None:
        """Let another feed be asked while this thread reads what its own was sent, if it was sent something."""
        self._lines.left(held)
        if more:
            self._launch()

    def _collect(self) -> list[Result]:
        """Wait for results and for those that follow at once."""
        found: list[Result] = []
        until = time.monotonic() + min(_LOOK_S, self._lines.wait_s())
        while len(found) < _STORED_MOST:
            try:
                result = self._results.get(timeout=max(until - time.monotonic(), 0.001))
            except queue.Empty:
                break
            until = until if found else time.monotonic() + _STORE_S
            found.append(result)
        return found

    def _store(self, results: Sequence[Result]) -> None:
        """Store results, again and again while the database cannot take them; nothing is asked meanwhile."""
        for wait_s in (*_RETRIES_S, None) if results else ():
            try:
                self._write(results)
            except StoreError as failure:
                self._stuck = wait_s is not None
                if wait_s is None or self._parts.stop.is_set():
                    log.error("%d polls are lost and will be made again: %s", len(results), failure)  # noqa: TRY400  # a line is enough
                    return
                log.warning("%d polls cannot be stored, next try in %g s: %s", len(results), wait_s, failure)
                self._parts.stop.wait(wait_s)
            except Exception as failure:  # noqa: BLE001  # as in _asked: one result must not take the others with it
                self._one_by_one(results, failure)
                return
            else:
                self._stuck = False
                self._told()
                return

    def _one_by_one(self, results: Sequence[Result], failure: Exception) -> None:
        for result in results if len(results) > 1 else ():
            self._store([result])
        if len(results) == 1 and results[0].failed is None:
            log.warning("what %s brought cannot be stored: %s", masked(results[0].address), failure, exc_info=True)
            self._store([unforeseen(self._parts, results[0].held, failure)])

    def _write(self, results: Sequence[Result]) -> None:
        good = [(r.held, r.polled) for r in results if r.polled is not None]
        bad = [(r.held.claim, r.failed) for r in results if r.failed is not None]
        with self._parts.store.write() as db:
            new = polls.polled_all(db, good)
            told = polls.failed_all(db, bad)
        self._news = self._news or any(new.values())
        for result in results:
            with logs.bind(feed=result.held.feed.id):
                feed_id = result.held.feed.id
                _log(result, new.get(feed_id), feed_id in told or feed_id in new)


def _lease_s(parts: Parts) -> float:
    """Give the seconds a feed may be held: its wait in line, the poll itself, and the tries to store it."""
    each = parts.settings.fetch.total_s + parts.settings.poll.parse_s
    return max(parts.settings.work.lease_s, _HELD_S + 2 * each + sum(_RETRIES_S))


def _log(result: Result, new: int | None, held: bool) -> None:
    if held and not log.isEnabledFor(logging.INFO):
        return
    address = masked(result.address)
    if not held:
        log.warning("polled %s: the lease ended before the poll did", address)
    elif result.failed is not None:
        log.info("polled %s: %s", address, result.failed.error)
    elif result.polled is not None and result.polled.unchanged:
        log.info("polled %s: nothing new", address)
    else:
        log.info("polled %s: %d entries, %d new", address, result.entries, new)
