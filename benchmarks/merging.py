"""Merge time per mention in small and large stores, on SQLite and PostgreSQL."""

from __future__ import annotations

import os
import random
import tempfile
import time
from collections.abc import Collection, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache, partial
from itertools import pairwise
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from benchmarks import bulk
from tracker import edtf, events
from tracker.events.story import Story, story_of
from tracker.names import name_key
from tracker.store import Store, articles, merging, tellings
from tracker.store import tables as t
from tracker.store.codec import encode
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

SIZES = (10_000, 500_000)
PROBES = 200  # articles merged into each store
# How names and words are drawn: Zipf's law with its head flattened (Mandelbrot), each rank about as often as in the news.
# The openings made of them share what news of several topics share: two in three have one of the twelve names told most in
# common, one in four two of them (1,600 articles of 16 topics, and 210 of a week).
FLATTENED = 40
TYPES = ("visit", "talks", "attack", "flood", "decision", "protest", "accident", "agreement", "vote", "aid")
FIRST, DAYS = date(2015, 1, 1), 3_650  # all sizes cover the same years: a larger store is a busier one on every day
PEOPLE, FIRST_NAMES, TOWNS, COUNTRIES, WORDS = 20_000, 400, 5_000, 60, 20_000
OPENINGS = (
    20_000  # texts that articles of the store begin with, in turn; those of the articles merged into it are their own
)
OPENERS = ("The", "In", "A", "But", "On", "After", "He", "Police", "At", "It")
NOW = datetime(2025, 6, 1, tzinfo=UTC)
BATCH = 5_000
NEARBY = 60  # merge.nearby_events of config/default.toml


def run() -> None:
    """Print milliseconds per merged mention by store size; the aim is that the last is at most 1.5 times the first.

    Uses an SQLite file of its own, and the PostgreSQL database ``KRONIK_BENCH_POSTGRES`` names, which must be empty.
    """
    sizes = tuple(int(size) for size in os.environ.get("KRONIK_BENCH_EVENTS", "").split(",") if size) or SIZES
    with tempfile.TemporaryDirectory() as folder:
        addresses = [f"sqlite:///{Path(folder) / 'bench.db'}", os.environ.get("KRONIK_BENCH_POSTGRES", "")]
        stores = [Store.open(address) for address in addresses if address]
        for store in stores:
            store.migrate(now=NOW, authority="localhost")
        for have, size in pairwise((0, *sizes)):
            _fill(stores, have, size)
            for store in stores:
                _print(store, size)
        for store in stores:
            store.close()


def _print(store: Store, size: int) -> None:
    for number in range(PROBES // 10):  # plans and pages are cold at first, as they never are in a store at work
        _merge(store, PROBES + number)
    probes = [_merge(store, number) for number in range(PROBES)]
    times, own = (sorted(spent[column] for spent in probes) for column in (0, 1))
    middle, worst, busy = times[len(times) // 2], times[int(len(times) * 0.95)], own[len(own) // 2]
    name = store.engine.dialect.name
    print(
        f"{name:10} {size:9,} events  median {middle:6.2f}  95 % {worst:6.2f} ms a mention;"
        f" our own processor time {busy:6.2f}, mean {sum(own) / len(own):6.2f}",
        flush=True,
    )


def _said(number: int, chance: random.Random) -> tuple[EventMention, date]:
    """Invent a mention: who, where and when are drawn, the known far more often than others, as in the news."""
    day = FIRST + timedelta(days=chance.randrange(DAYS))
    name, town = _name(_drawn(chance, PEOPLE)), _drawn(chance, TOWNS)
    when = MentionDate(edtf.parse(day.isoformat()), Anchor.EXPLICIT, "day month year", 1.0, "then", 0, 4)
    return EventMention(
        field="text", start=0, end=20, quote=f"Report {number} of it.", type=chance.choice(TYPES), status=Status.OCCURRED,
        date=when, who=(Actor(name, "person", name_key(name)),),
        where=(Place(f"Town {town}", "city", f"C{town % COUNTRIES}", f"town:{town}"),), lead=True, salience=1.0,
        tokens=tuple(_word(_drawn(chance, WORDS)) for _ in range(8)),
    ), day  # fmt: skip


def _text(number: int) -> str:
    """Invent the opening of an article: ten sentences about a few people and towns, each named again as often as not."""
    chance = random.Random(number)
    names = [_name(_drawn(chance, PEOPLE)) for _ in range(9)]
    sentences = []
    for _ in range(10):
        words = [_word(_drawn(chance, WORDS)) for _ in range(12)]
        for _ in range(2):
            words.insert(chance.randrange(len(words)), chance.choice(names))
        sentences.append(" ".join([OPENERS[_drawn(chance, len(OPENERS))], *words]))
    return ". ".join(sentences)


def _story(mention: StoredMention) -> Story:
    """Give the story of a stored article: what its mention tells, and one of the openings."""
    told = story_of([mention], language=mention.language).told
    return replace(_opening(mention.id % OPENINGS), told=told)


@cache
def _opening(number: int) -> Story:
    return story_of([], language="en", text=_text(number))


@cache
def _name(person: int) -> str:
    """Give a first name and a surname, the same for the same rank; some people share either."""
    chance = random.Random(f"person {person}")
    return f"{_spelled(f'first {_drawn(chance, FIRST_NAMES)}')} {_spelled(f'last {person * 2 // 3}')}".title()


@cache
def _word(rank: int) -> str:
    return _spelled(f"word {rank}") + "aeiou"[rank % 5]


def _spelled(of: str) -> str:
    chance = random.Random(of)
    return "".join(
        chance.choice("bkdgmlnrstpmnrlt") + chance.choice("aeiou") for _ in range(chance.choice((2, 3, 3, 4, 4)))
    )


def _drawn(chance: random.Random, most: int) -> int:
    """Draw a rank below ``most``, the first most often."""
    return min(most - 1, int(FLATTENED * ((most + FLATTENED) / FLATTENED) ** chance.random()) - FLATTENED)


def _fill(stores: Sequence[Store], have: int, size: int) -> None:
    """Bring stores from one number of events to another; what goes into them is made once for all."""
    with ExitStack() as stack:
        targets = [stack.enter_context(bulk.filling(store)) for store in stores]
        heaps = [bulk.heap(db, t.telling_keys) for db in targets]
        facts: dict[str, object] = {}
        for start in range(have, size, BATCH):
            chance = random.Random(start)
            made = _made([(n, *_said(n, chance)) for n in range(start + 1, min(start + BATCH, size) + 1)], facts)
            for db, keys in zip(targets, heaps, strict=True):
                for table, rows in made.items():
                    bulk.insert(db, keys if table is t.telling_keys else table, rows)
        for db, keys in zip(targets, heaps, strict=True):
            bulk.copy_sorted(db, keys, t.telling_keys)
    for store in stores:
        bulk.settle(store, ("articles", "events", "mentions"))


def _made(
    batch: Sequence[tuple[int, EventMention, date]], facts: dict[str, object]
) -> dict[sa.Table, list[dict[str, object]]]:
    """Make the rows of articles of one mention each, with the event it alone tells, as extraction and merging would.

    ``facts`` keeps one event's facts of each type, that stand for those of all: merging compares them, no more.
    """
    told = [_stored(number, said, day) for number, said, day in batch]
    prepared = [events.prepare_told([mention], _story(mention)) for mention in told]
    return {
        t.articles: [_article(number, day) for number, _, day in batch],
        t.events: [_event(number, day, said, facts) for number, said, day in batch],
        t.mentions: [{"id": n, "article_id": n, "event_id": n, "data": encode(s)} for n, s, _ in batch],
        t.stories: [{"article_id": m.id, "data": p.story} for m, p in zip(told, prepared, strict=True)],
        t.tellings: [{"id": i, "article_id": i, "data": data} for p in prepared for i, data, _ in p.tellings],
        t.telling_keys: [{**row} for p in prepared for row in tellings.key_rows(p)],
    }


def _article(number: int, day: date) -> dict[str, object]:
    published = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    text = "A report of the length that reports have. " * 24
    return {"id": number, "public_id": f"b{number}", "title": "t", "text": text, "language": "en", "published": published,
            "outlet": f"Paper {number % 50}", "first_seen": published, "decisions": [],
            "offset_min": 0, "copy_of": None}  # fmt: skip


def _event(number: int, day: date, said: EventMention, known: dict[str, object]) -> dict[str, object]:
    if said.type not in known:
        known[said.type] = encode(events.facts_of([_stored(number, said, day)]))
    return {"id": number, "edtf": day.isoformat(), "earliest": day, "latest": day, "precision": "day", "status": "occurred",
            "type": said.type, "importance": 1.0, "outlets": 1, "disputed": False, "facts": known[said.type], "search": "",
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


def _merge(store: Store, number: int) -> tuple[float, float]:
    """Merge a new article of one mention, and take it back.

    Gives the milliseconds of finding, deciding and writing, and how many of them this process was at work: on a machine
    that others use too, the second says more.
    """
    said, day = _said(-number, random.Random(-1 - number))
    with store.engine.connect().execution_options(kronik_write=True) as db, db.begin() as transaction:
        values = {name: value for name, value in _article(-1 - number, day).items() if name != "id"}
        article = ArticleId(db.execute(sa.insert(t.articles).values(values).returning(t.articles.c.id)).scalar_one())
        db.execute(sa.insert(t.mentions).values(article_id=article, data=encode(said)))
        own = articles.mentions_of_article(db, article)
        tellings.write(db, article, events.prepare(own, text=_text(-1 - number)))
        started, busy = time.perf_counter(), time.process_time()
        _merge_article(db, article)
        spent, worked = time.perf_counter() - started, time.process_time() - busy
        transaction.rollback()
    return spent * 1000, worked * 1000


def _merge_article(db: Connection, article: ArticleId) -> None:
    """Do what the pipeline does of an article that was not merged before."""
    own = articles.mentions_of_article(db, article)
    options, told = events.MergeOptions(), {mention.id: mention for mention in own}
    near = events.nearby(own, (), tellings.TellingShelf(db), options=options, relations=_Apart(), limit=NEARBY)
    born = merging.born(db, set(near.current.values()))
    plan = events.merge(near, born=born, options=options, tell=partial(_tell, db, told))
    members = _tell(db, told, [i for cluster in plan.clusters for i in cluster.mention_ids])
    merging.apply(db, plan, members, merging.Change(NOW, "benchmark", quiet=True))


def _tell(db: Connection, told: dict[MentionId, StoredMention], ids: Collection[MentionId]) -> list[StoredMention]:
    missing = [i for i in ids if i not in told]
    told.update((mention.id, mention) for mention in articles.mentions_by_id(db, missing))
    return [told[i] for i in ids]


if __name__ == "__main__":
    run()
