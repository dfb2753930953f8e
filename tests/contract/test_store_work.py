"""Work: a due row is held by one worker at a time, done once, and a failing one harms no other."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Barrier

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_builders import NOW, add_feed, claim, incoming, later, poll, rows, take_in

from tracker.errors import LeaseLost
from tracker.store import Claim, Retry, Store, work
from tracker.store.tables import work_items
from tracker.types import ArticleId

RETRY = Retry(base_s=30, max_attempts=3)


def articles(store: Store, count: int) -> list[ArticleId]:
    return take_in(store, *(incoming(f"a{n}") for n in range(count)))


def fail(store: Store, held: Claim, *, now: datetime = NOW) -> bool:
    with store.write() as db:
        return work.fail(db, held, "ValueError: no such day", now=now, retry=RETRY)


def finish(store: Store, held: Claim) -> None:
    with store.write() as db:
        work.finish(db, held)


def counts(store: Store) -> dict[tuple[str, str], int]:
    with store.read() as db:
        return dict(work.counts(db))


@pytest.mark.parametrize("step", ["extract", "poll"])
def test_every_row_is_claimed_once_by_workers_at_the_same_time(store: Store, step: str) -> None:
    if step == "poll":
        expected = {add_feed(store, f"https://news.example/{n}") for n in range(40)}
    else:
        expected = set(articles(store, 40))
    start = Barrier(8)

    def work_through(worker: int) -> list[int]:
        start.wait(timeout=10)
        taken: list[int] = []
        while held := claim(store, step, n=3, worker=f"w{worker}"):
            taken += [c.subject_id for c in held]
        return taken

    with ThreadPoolExecutor(8) as pool:
        taken = Counter(i for part in pool.map(work_through, range(8)) for i in part)
    assert taken == Counter(expected)


def test_a_batch_is_as_large_as_asked_and_oldest_first(store: Store) -> None:
    young = take_in(store, incoming("young"), now=NOW)
    old = take_in(store, incoming("old"), now=later(hours=-2))
    assert [c.subject_id for c in claim(store, "extract", n=1)] == old
    assert [c.subject_id for c in claim(store, "extract", n=5)] == young


def test_rows_of_another_step_and_of_the_future_are_not_claimed(store: Store) -> None:
    take_in(store, incoming("tomorrow"), now=later(days=1))
    take_in(store, incoming("teaser"))
    assert claim(store, "merge") == ()
    assert [c.step for c in claim(store, "extract", n=5)] == ["extract"]


def test_a_held_row_is_free_again_when_its_lease_has_ended(store: Store) -> None:
    articles(store, 1)
    first = claim(store, "extract", worker="slow")
    assert claim(store, "extract", now=later(seconds=299), worker="quick") == ()
    taken_over = claim(store, "extract", now=later(seconds=301), worker="quick")
    assert [c.id for c in taken_over] == [c.id for c in first]


def test_who_lost_the_lease_finishes_nothing_and_who_holds_it_does(store: Store) -> None:
    articles(store, 1)
    lost = claim(store, "extract", worker="slow")[0]
    held = claim(store, "extract", now=later(hours=1), worker="quick")[0]
    with pytest.raises(LeaseLost, match="extract 1"):
        finish(store, lost)
    finish(store, held)
    assert counts(store) == {("extract", "done"): 1}


def put_and_finish(store: Store, held: Claim, article_id: ArticleId) -> None:
    with store.write() as db:
        work.put(db, "merge", article_id, now=NOW)
        work.finish(db, held)


def test_what_was_written_with_a_lost_lease_is_rolled_back(store: Store) -> None:
    article_id = articles(store, 1)[0]
    lost = claim(store, "extract", worker="slow")[0]
    claim(store, "extract", now=later(hours=1), worker="quick")
    with pytest.raises(LeaseLost):
        put_and_finish(store, lost, article_id)
    assert counts(store) == {("extract", "due"): 1}


def test_work_that_became_due_again_while_it_was_done_is_done_again(store: Store) -> None:
    article_id = articles(store, 1)[0]
    held = claim(store, "extract")[0]
    with store.write() as db:
        work.put(db, "extract", article_id, now=NOW)
    with pytest.raises(LeaseLost):
        finish(store, held)
    assert len(claim(store, "extract")) == 1


def test_a_finished_row_is_not_finished_twice(store: Store) -> None:
    articles(store, 1)
    held = claim(store, "extract")[0]
    finish(store, held)
    with pytest.raises(LeaseLost):
        finish(store, held)


def test_a_failing_row_comes_back_later_each_time_and_is_set_aside_at_the_end(store: Store) -> None:
    article_id = articles(store, 1)[0]
    moment, waits = NOW, []
    for aside in (False, False, True):
        assert fail(store, claim(store, "extract", now=moment)[0], now=moment) is aside
        due = rows(store, work_items)[0]["not_before"]
        waits.append((due - moment).total_seconds())
        moment = due
    assert waits[:2] == [30, 60]
    assert claim(store, "extract", now=later(days=365)) == ()
    with store.read() as db:
        assert work.set_aside(db, limit=5) == (("extract", article_id, "ValueError: no such day"),)


def test_a_failing_row_blocks_no_other(store: Store) -> None:
    articles(store, 1)
    fail(store, claim(store, "extract")[0])
    good = take_in(store, incoming("good 1"), incoming("good 2"))
    assert [c.subject_id for c in claim(store, "extract", n=5, now=later(seconds=1))] == good


def test_a_row_set_aside_is_tried_anew_when_it_is_put_again(store: Store) -> None:
    article_id = articles(store, 1)[0]
    for n in range(3):
        fail(store, claim(store, "extract", now=later(days=n))[0], now=later(days=n))
    with store.write() as db:
        work.put(db, "extract", article_id, now=NOW)
    assert [c.attempts for c in claim(store, "extract")] == [0]


def test_a_failure_of_who_lost_the_lease_counts_for_nothing(store: Store) -> None:
    articles(store, 1)
    lost = replace(claim(store, "extract", worker="slow")[0], attempts=RETRY.max_attempts - 1)
    held = claim(store, "extract", now=later(hours=1), worker="quick")[0]
    assert fail(store, lost) is False
    finish(store, held)


def test_leases_of_the_dead_are_ended_and_those_of_the_living_are_not(store: Store) -> None:
    articles(store, 2)
    add_feed(store)
    claim(store, "extract", worker="dead")
    claim(store, "extract", worker="alive")
    claim(store, "poll", worker="dead")
    with store.read() as db:
        assert set(work.holders(db)) == {"alive", "dead"}
    with store.write() as db:
        assert work.free_dead(db, ["dead", "long gone"]) == 2
    with store.read() as db:
        assert work.holders(db) == ("alive",)
    assert len(claim(store, "extract", n=5)) == 1


def test_work_that_is_given_back_is_free_at_once_unless_another_took_it(store: Store) -> None:
    articles(store, 2)
    add_feed(store)
    mine = [*claim(store, "extract", n=2), *claim(store, "poll")]
    claim(store, "extract", n=1, now=later(hours=1), worker="quick")
    with store.write() as db:
        work.give_back(db, mine)
    assert len(claim(store, "extract", n=5)) == len(claim(store, "poll", n=5)) == 1


def test_steps_are_due_while_a_free_row_waits(store: Store) -> None:
    def due(**span: float) -> tuple[str, ...]:
        with store.read() as db:
            return work.due_steps(db, now=later(**span))

    feed = add_feed(store)
    articles(store, 1)
    assert due() == ("poll", "extract")
    assert due(days=-1) == ()
    poll(store, feed)
    claim(store, "extract")
    assert due() == ()
    assert due(hours=2) == ("poll", "extract")


@pytest.mark.parametrize("migrated_url", ["sqlite"], indirect=True)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(script=st.lists(st.sampled_from(["claim", "finish", "fail", "wait"]), max_size=25))
def test_whatever_workers_do_each_row_is_finished_at_most_once(store: Store, script: list[str]) -> None:
    with store.write() as db:
        db.execute(sa.delete(work_items))
    rows_put = set(take_in(store, *(incoming(f"a{n}") for n in range(3))))
    with store.write() as db:
        for row in rows_put:
            work.put(db, "extract", row, now=NOW)
    clock, held, done = NOW, [], []
    for number, act in enumerate(script):
        if act == "wait":
            clock += timedelta(minutes=6)
        elif act == "claim":
            held += claim(store, "extract", n=2, now=clock, worker=f"w{number}")
        elif held and act == "fail":
            fail(store, held.pop(0), now=clock)
        elif held:
            try:
                finish(store, mine := held.pop(0))
                done.append(mine.subject_id)
            except LeaseLost:
                continue
    assert len(done) == len(set(done))
    assert set(done) <= rows_put
