"""Many feeds at once: no host holds up another, no full disk and no killed process loses an entry."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import pytest
import sqlalchemy as sa

from tests.pipeline.conftest import Clock, follow
from tests.pipeline.newsroom import Newsroom
from tracker import pipeline, polling
from tracker.downloads import Request
from tracker.errors import FetchError, StoreError
from tracker.parts import Parts, Rush, Step
from tracker.polling import rounds
from tracker.store import Store, polls, tables
from tracker.store import feeds as feed_rows
from tracker.store.entries import Arrival
from tracker.types import Download

FLOOD = ("flood", "Flood", "A flood hit Surabaya.")


def entries(parts: Parts) -> list[str]:
    with parts.store.read() as db:
        return sorted(db.scalars(sa.select(tables.entries.c.key)))


def states(parts: Parts) -> dict[str, tuple[int, str]]:
    with parts.store.read() as db:
        return {row.facts.url: (row.failures, row.error) for row in feed_rows.listed(db)}


class Hosts:
    """A fetcher without a network: one host answers nobody until all others have answered."""

    def __init__(self, others: int) -> None:
        self._left = others
        self._lock = threading.Lock()
        self._all = threading.Event()
        self.order: list[str] = []

    def fetch(self, request: Request) -> Download:
        if "slow.example" in request.url:
            if not self._all.wait(20):
                raise FetchError("was asked while others waited", subject=request.url)
        else:
            with self._lock:
                self._left -= 1
                self.order.append(request.url)
                if self._left == 0:
                    self._all.set()
        raise FetchError("has nothing to say", subject=request.url)

    def wait_s(self, url: str) -> float:
        return 0.0


def test_a_host_that_does_not_answer_holds_up_no_other(parts: Parts) -> None:
    for n in range(60):
        follow(parts, f"https://slow.example/{n}")
    for n in range(30):
        follow(parts, f"https://h{n}.example/rss")
    few = replace(parts, fetcher=Hosts(30), settings=replace(parts.settings, work=replace(parts.settings.work)))
    polling.run(few)
    told = states(parts)
    assert len(told) == 90
    assert {error for _, error in told.values()} == {"has nothing to say"}


def test_a_feed_whose_host_keeps_it_waiting_goes_back_and_is_due_again_later(
    parts: Parts, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Busy(Hosts):
        def wait_s(self, url: str) -> float:
            return 60.0

    monkeypatch.setattr(rounds, "_HELD_S", 0.0)
    monkeypatch.setattr(rounds, "_AWAY_S", 0.01)
    follow(parts, "https://busy.example/rss")
    polling.run(replace(parts, fetcher=Busy(1)))
    with parts.store.read() as db:
        row = feed_rows.listed(db)[0]
    assert (row.failures, row.last_try) == (0, None)
    assert row.next_check > clock()
    clock.pass_by(seconds=1)
    assert pipeline.due(parts) == (Step.POLL,)


@contextmanager
def full_disk(monkeypatch: pytest.MonkeyPatch, times: int) -> Iterator[list[int]]:
    """Let storing fail so many times as on a full disk."""
    real, failed = polls.polled_all, [0]

    def polled_all(*arguments: object) -> object:
        if failed[0] < times:
            failed[0] += 1
            raise StoreError("database or disk is full", subject="sqlite:///kronik.db")
        return real(*arguments)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(polls, "polled_all", polled_all)
        patched.setattr(rounds, "_RETRIES_S", (0.01, 0.01))
        yield failed


def test_what_was_fetched_while_the_disk_was_full_is_stored_once_there_is_room(
    parts: Parts, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    follow(parts, newsroom.feed("/rss", FLOOD))
    with full_disk(monkeypatch, times=2):
        polling.run(parts)
    assert entries(parts) == ["flood"]
    assert len(newsroom.asked) == 1


def test_a_disk_that_stays_full_is_no_fault_of_the_feed_and_loses_no_entry(
    parts: Parts, newsroom: Newsroom, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = newsroom.feed("/rss", FLOOD, etag='"1"')
    follow(parts, url)
    with full_disk(monkeypatch, times=9):
        polling.run(parts)
    assert (entries(parts), states(parts)) == ([], {url: (0, "")})
    clock.pass_by(hours=1)
    polling.run(parts)
    assert entries(parts) == ["flood"]
    assert newsroom.asked == [("/rss", ""), ("/rss", "")]


def test_a_process_killed_before_it_stored_asks_for_all_again(parts: Parts, newsroom: Newsroom, clock: Clock) -> None:
    follow(parts, newsroom.feed("/rss", FLOOD, etag='"1"'))
    with parts.store.write() as db:
        held = polls.take(db, n=1, now=clock(), lease_s=60, worker="killed")[0]
    assert polling.ask(parts, held).entries == 1  # and its end comes here
    clock.pass_by(hours=1)
    polling.run(parts)
    assert entries(parts) == ["flood"]
    assert newsroom.asked == [("/rss", ""), ("/rss", "")]


def test_one_result_that_cannot_be_stored_takes_no_other_with_it(
    parts: Parts, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = polls.receive_all

    def receive_all(db: object, arrivals: Sequence[Arrival], **said: object) -> object:
        if any(arrival.feed_id == 1 for arrival in arrivals):
            raise ZeroDivisionError("a fault of ours")
        return real(db, arrivals, **said)  # type: ignore[arg-type]

    monkeypatch.setattr(polls, "receive_all", receive_all)
    bad, good = newsroom.feed("/bad", ("x", "X", "x")), newsroom.feed("/good", FLOOD)
    for url in (bad, good):
        follow(parts, url)
    polling.run(parts)
    assert entries(parts) == ["flood"]
    assert states(parts) == {bad: (1, "ZeroDivisionError: a fault of ours"), good: (0, "")}


def test_the_same_document_without_validators_is_not_read_again(parts: Parts, newsroom: Newsroom, clock: Clock) -> None:
    follow(parts, newsroom.feed("/rss", FLOOD))
    polling.run(parts)
    clock.pass_by(days=1)

    class Careful:
        def parse(self, *_: object) -> object:
            raise AssertionError("it was read again")

    polling.run(replace(parts, parser=Careful()))  # type: ignore[arg-type]
    with parts.store.read() as db:
        row = db.execute(sa.select(tables.feeds)).one()
    assert (row.polls, row.unchanged, row.failed, row.entries_seen, row.error) == (2, 1, 0, 1, "")
    assert row.bytes_read > 200


def test_reading_makes_way_for_a_rush_of_polls_but_not_for_ever() -> None:
    rush = Rush()
    rush.tell(busy=True)
    rush.give_way()  # comes back
    rush.tell(busy=False)
    rush.give_way()


def test_threads_of_a_process_write_one_after_the_other(parts: Parts) -> None:
    store: Store = parts.store
    if not store.embedded:
        return
    inside, failed = threading.Event(), []

    def write() -> None:
        with store.write() as db:
            failed.append(inside.is_set())
            db.execute(sa.update(tables.feeds).values(name="x"))

    with store.write():
        inside.set()
        thread = threading.Thread(target=write)
        thread.start()
        thread.join(0.1)
        assert failed == []
        inside.clear()
    thread.join(10)
    assert failed == [False]
