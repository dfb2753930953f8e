"""Merge time per mention in small and large stores, on SQLite and PostgreSQL."""

from __future__ import annotations

import os
import random
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import sqlalchemy as sa

from tracker import edtf, events
from tracker.store import Store, merging
from tracker.store.articles import write_keys
from tracker.store.codec import encode
from tracker.store.tables import articles, mention_keys, mentions
from tracker.store.tables import events as event_rows
from tracker.types import (
    Actor,
    Anchor,
    ArticleId,
    EventMention,
    MentionDate,
    MentionId,
    Place,
    Status,
    StoredMention,
)

SIZES = (10_000, 100_000)
PROBES = 60  # articles merged into each store
TYPES = ("visit", "talks", "attack", "flood", "decision", "protest", "accident", "agreement", "vote", "aid")
FIRST, DAYS = date(2015, 1, 1), 3_650
PEOPLE, TOWNS = 20_000, 5_000
NOW = datetime(2025, 6, 1, tzinfo=UTC)
BATCH = 2_000
NEARBY = 60  # merge.nearby_events of config/default.toml


def run() -> None:
    """Print milliseconds per merged mention by store size; the aim is that the last is at most 1.5 times the first.

    Uses an SQLite file of its own, and the PostgreSQL database ``KRONIK_BENCH_POSTGRES`` names, which must be empty.
    """
    sizes = tuple(int(size) for size in os.environ.get("KRONIK_BENCH_EVENTS", "").split(",") if size) or SIZES
    with tempfile.TemporaryDirectory() as folder:
        addresses = [f"sqlite:///{Path(folder) / 'bench.db'}", os.environ.get("KRONIK_BENCH_POSTGRES", "")]
        for address in filter(None, addresses):
            store = Store.open(address)
            store.migrate(now=NOW, authority="localhost")
            have = 0
            for size in sizes:
                _fill(store, have, size)
                have = size
                _print(store, size)
            store.close()


def _print(store: Store, size: int) -> None:
    times = sorted(_merge(store, number) for number in range(PROBES))
    middle, worst = times[len(times) // 2], times[int(len(times) * 0.95)]
    print(f"{store.engine.dialect.name:10} {size:9,} events  median {middle:7.2f} ms  95 % {worst:7.2f} ms a mention")


def _said(number: int, chance: random.Random) -> tuple[EventMention, date]:
    """Invent a mention: who, where and when are drawn so that neighbours exist but few are the same event."""
    day = FIRST + timedelta(days=chance.randrange(DAYS))
    person, town = chance.randrange(PEOPLE), chance.randrange(TOWNS)
    name = "".join(chr(97 + (person // 26**n) % 26) + "aeiou"[(person // 5**n) % 5] for n in range(4))
    when = MentionDate(edtf.parse(day.isoformat()), Anchor.EXPLICIT, "day month year", 1.0, "then", 0, 4)
    return EventMention(
        field="text", start=0, end=20, quote=f"Report {number} of it.", type=chance.choice(TYPES), status=Status.OCCURRED,
        date=when, who=(Actor(name.title(), "person", f"{name.upper()} ={name}"),),
        where=(Place(f"Town {town}", "city", "XX", f"town:{town}"),), lead=True, salience=1.0,
        tokens=(f"word{person % 997}", f"word{town % 997}"),
    ), day  # fmt: skip


def _fill(store: Store, have: int, size: int) -> None:
    for start in range(have, size, BATCH):
        chance = random.Random(start)
        batch = [(number, *_said(number, chance)) for number in range(start + 1, min(start + BATCH, size) + 1)]
        with store.write() as db:
            db.execute(sa.insert(articles), [_article(number, day) for number, _, day in batch])
            db.execute(sa.insert(event_rows), [_event(number, day, said) for number, said, day in batch])
            rows = [{"id": n, "article_id": n, "event_id": n, "data": encode(said)} for n, said, _ in batch]
            db.execute(sa.insert(mentions), rows)
            keys = [
                {"key": key, "mention_id": told.id}
                for told in (_stored(number, said, day) for number, said, day in batch)
                for key in events.blocking_keys(told)
            ]
            db.execute(sa.insert(mention_keys), keys)
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
        db.exec_driver_sql("ANALYZE")
        if db.dialect.name == "postgresql":  # rows with ids of our own leave the sequences behind
            for table in ("articles", "events", "mentions"):
                db.exec_driver_sql(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {size})")


def _article(number: int, day: date) -> dict[str, object]:
    published = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    return {"id": number, "public_id": f"b{number}", "title": "t", "text": "t", "language": "en", "published": published,
            "outlet": f"Paper {number % 50}", "first_seen": published}  # fmt: skip


def _event(number: int, day: date, said: EventMention) -> dict[str, object]:
    facts = events.facts_of([_stored(number, said, day)])
    return {"id": number, "edtf": day.isoformat(), "earliest": day, "latest": day, "precision": "day", "status": "occurred",
            "type": said.type, "importance": 1.0, "outlets": 1, "disputed": False, "facts": encode(facts), "search": "",
            "first_published": NOW, "updated": NOW, "revision": 1}  # fmt: skip


def _stored(number: int, said: EventMention, day: date) -> StoredMention:
    published = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    return StoredMention(
        MentionId(number), ArticleId(number), f"b{number}", "en", f"Paper {number % 50}", published, said
    )


class _Apart:
    """Towns that do not lie in one another."""

    def related(self, a_key: str, b_key: str) -> bool:
        return a_key == b_key


def _merge(store: Store, number: int) -> float:
    """Merge a new article of one mention, and take it back; give the milliseconds of finding, deciding and writing."""
    said, day = _said(-number, random.Random(-1 - number))
    with store.engine.connect().execution_options(kronik_write=True) as db, db.begin() as transaction:
        row = db.execute(
            sa.insert(articles).values({**_article(-1 - number, day)}).returning(articles.c.id)
        ).scalar_one()
        told = sa.insert(mentions).values(id=-1 - number, article_id=row, data=encode(said))
        db.execute(told)
        new = merging.mentions_of_article(db, ArticleId(row))
        write_keys(db, new[0].id, events.blocking_keys(new[0]))
        started = time.perf_counter()
        near = events.neighbourhood(new, partial(merging.find, db), limit=NEARBY)
        born = merging.born(db, set(near.current.values()))
        context = merging.siblings(db, near.mentions)
        plan = events.merge(
            near.mentions, near.current, born=born, options=events.MergeOptions(), relations=_Apart(), context=context
        )
        merging.apply(db, plan, near.mentions, merging.Change(NOW, "benchmark", quiet=True))
        spent = time.perf_counter() - started
        transaction.rollback()
    return spent * 1000


if __name__ == "__main__":
    run()
