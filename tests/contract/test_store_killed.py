"""Two workers merge at once and are killed again and again: no report is lost, no event is made twice."""

from __future__ import annotations

import multiprocessing
from collections import Counter
from datetime import timedelta
from functools import partial
from multiprocessing.process import BaseProcess
from time import sleep

from store_builders import NOW, incoming, mention, read_in, rows, take_in

from tracker import edtf, events
from tracker.events import MergeOptions
from tracker.store import Store, articles, merging, tables, tellings, work
from tracker.store.merging import Change
from tracker.types import Anchor, ArticleId, MentionDate, Place

ARTICLES, DAYS = 30, 3
TOWN = Place("Pyongyang", "city", "KP", "1871859")
SPAWN = multiprocessing.get_context("spawn")


class Apart:
    """Places that do not lie in one another."""

    def related(self, a_key: str, b_key: str) -> bool:
        return a_key == b_key


def report(store: Store, number: int) -> None:
    """Store an article that tells the flood of one of the days, ready to be merged."""
    row = take_in(store, incoming(f"k{number}", outlet=f"Paper {number}"))[0]
    day = edtf.parse(f"2025-06-{10 + number % DAYS * 9}")
    date = MentionDate(day, Anchor.EXPLICIT, "day", 1.0, "then", 0, 4)
    found = read_in(store, row, mention(f"Rain {number}.", where=(TOWN,), lead=True, date=date))
    with store.write() as db:
        tellings.write(db, row, events.prepare(found))


def merge_all(address: str, worker: str) -> None:
    """Do what a worker does until nothing is due: claim, merge, end the lease, the last two in one transaction."""
    store = Store.open(address)
    while True:
        with store.write() as db:
            claims = work.claim(db, "merge", n=1, now=NOW + timedelta(days=1), lease_s=3600, worker=worker)
        if not claims:
            return
        with store.write() as db:
            merging.lock(db)
            own = articles.mentions_of_article(db, ArticleId(claims[0].subject_id))
            options, tell = MergeOptions(), partial(articles.mentions_by_id, db)
            near = events.nearby(own, (), tellings.TellingShelf(db), options=options, relations=Apart(), limit=60)
            plan = events.merge(near, born=merging.born(db, set(near.current.values())), options=options, tell=tell)
            told = tell([i for cluster in plan.clusters for i in cluster.mention_ids])
            merging.apply(db, plan, told, Change(NOW, "a report", quiet=False))
            work.finish(db, claims[0])


def start(address: str, worker: str) -> BaseProcess:
    """Start a worker in a process of its own."""
    process = SPAWN.Process(target=merge_all, args=(address, worker), daemon=True)
    process.start()
    return process


def test_workers_killed_while_they_merge_neither_lose_nor_double_an_event(store: Store) -> None:
    for number in range(ARTICLES):
        report(store, number)
    address = store.engine.url.render_as_string(hide_password=False)
    for turn in range(2):
        names = [f"{turn} {side}" for side in "ab"]
        workers = [start(address, name) for name in names]
        before = len(rows(store, tables.events))
        for _ in range(400):  # until they are in the midst of it
            if len(rows(store, tables.events)) > before or not any(w.is_alive() for w in workers):
                break
            sleep(0.05)
        for process in workers:
            process.kill()
            process.join()
        with store.write() as db:
            work.free_dead(db, names)
    last = [start(address, name) for name in ("last a", "last b")]
    for process in last:
        process.join(120)
        assert process.exitcode == 0
    living = [row["id"] for row in rows(store, tables.events) if row["merged_into"] is None]
    assert Counter(row["event_id"] for row in rows(store, tables.mentions)) == dict.fromkeys(living, ARTICLES // DAYS)
    assert len(living) == DAYS
