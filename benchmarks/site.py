"""Pages, feeds and the API over a large store: what the server takes for each, beside a bare Flask page in the same run.

``written``: nothing is kept of the answer. ``kept``: the same page again. ``304``: the reader has it already. Wall time of
one request at a time, and the processor time of it, which says more on a machine that others use.
"""

from __future__ import annotations

import os
import resource
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from benchmarks import large_store as large
from benchmarks import site_in_browser
from tracker.settings import load
from tracker.store import Store, tables
from tracker.web import Site, create_app
from tracker.wiring import settle

EVENTS = 1_000_000
PROBES = int(os.environ.get("KRONIK_BENCH_PROBES", "100"))  # addresses of each kind
ZIPPED = {"Accept-Encoding": "gzip"}
Kinds = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Spent:
    """Milliseconds of requests: wall and processor time."""

    wall: tuple[float, ...]
    busy: tuple[float, ...]

    def __str__(self) -> str:
        return f"{_share(self.wall, 0.5):7.1f} {_share(self.wall, 0.99):7.1f}   {_share(self.busy, 0.5):7.1f} {_share(self.busy, 0.99):7.1f}"


def run() -> None:
    """Print the figures for an SQLite file and, where KRONIK_BENCH_POSTGRES names a database, for PostgreSQL.

    KRONIK_BENCH_EVENTS is the number of events, KRONIK_BENCH_PROBES that of requests of each kind, KRONIK_BENCH_FOLDER where the file is kept for another run. A database
    that holds events is taken as it is.
    """
    size = int(os.environ.get("KRONIK_BENCH_EVENTS", EVENTS))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(os.environ.get("KRONIK_BENCH_FOLDER", folder)) / "large.db"
        for address in filter(None, (f"sqlite:///{file}", os.environ.get("KRONIK_BENCH_POSTGRES", ""))):
            with _filled(address, size) as store:
                _measure(store)


@contextmanager
def _filled(address: str, size: int) -> Iterator[Store]:
    store = Store.open(address)
    store.migrate(now=large.NOW, authority="localhost")
    with store.read() as db:
        empty = db.scalar(sa.select(sa.func.max(tables.events.c.id))) is None
    if empty:
        large.fill(store, size)
    yield store
    store.close()


def _measure(store: Store) -> None:
    web = load({"TRACKER_WEB_BASE_URL": "http://localhost"}).web
    site = Site(store.indexed(built=settle), web, lambda: large.NOW, store.tag())
    before, started, worked = _memory_mb(), time.perf_counter(), time.process_time()
    events = site.reads.counts(topic="").events
    spent = time.perf_counter() - started
    busy = time.process_time() - worked
    print(
        f"{store.engine.dialect.name}: {events:,} events; index built in {spent:.0f} s ({busy:.0f} of processor time),"
        f" {_memory_mb() - before} MB"
    )
    create_app(site).test_client().get("/t/topic-1", headers=ZIPPED)  # templates are compiled once a process
    started, worked = time.perf_counter(), time.process_time()
    create_app(site).test_client().get("/?q=first", headers=ZIPPED)
    print(
        f"the first search reads all words: {time.perf_counter() - started:.0f} s"
        f" ({time.process_time() - worked:.0f} of processor time), {_memory_mb() - before} MB in all"
    )
    print(f"{'':24}    p50     p99 ms   processor time", flush=True)
    for name, paths in kinds(site.reads.last_id()).items():
        _print(name, paths, lambda: create_app(site).test_client())
    _rates(create_app(site).test_client())
    site_in_browser.measure(create_app(site), f"/t/{large.topic(0)}")


def kinds(last: int) -> Kinds:
    """Give addresses of every kind: topics large and small, filters wide and narrow, events, words, feeds."""
    topics = [large.topic(n % large.TOPICS) for n in range(PROBES)]
    towns = [large.place(n * n % 300) for n in range(PROBES)]
    types = [large.TYPES[n % len(large.TYPES)] for n in range(PROBES)]
    return {
        "topic page": tuple(f"/t/{slug}?page={1 + n // large.TOPICS}" for n, slug in enumerate(topics)),
        "event page": tuple(f"/events/{1 + n * 9_973 % last}" for n in range(PROBES)),
        "filtered page, a topic": tuple(f"/t/{slug}?type={kind}&from={2015 + n % 10}" for n, (slug, kind) in enumerate(zip(topics, types, strict=True))),
        "filtered page, all": tuple(f"/?place={town}&status=occurred" for town in towns),
        "page of a place": tuple(f"/places/{town}" for town in towns),
        "front page": tuple(f"/?page={n + 1}" for n in range(PROBES)),
        "search, a word": tuple(f"/?q={large.word('en', 40 + n * 97)}" for n in range(PROBES)),
        "search, two words": tuple(f"/?q={large.word('ru', n)}+{large.word('ru', 3 + n * 7)}" for n in range(PROBES)),
        "feed of a topic": tuple(f"/t/{slug}/feed.rss?min_outlets={1 + n // large.TOPICS}" for n, slug in enumerate(topics)),
        "feed of a filter": tuple(f"/feed.atom?place={town}" for town in towns),
        "calendar of a topic": tuple(f"/t/{slug}/calendar.ics?min_outlets={1 + n // large.TOPICS}" for n, slug in enumerate(topics)),
        "API, events": tuple(f"/api/v1/events?topic={slug}&type={kind}" for slug, kind in zip(topics, types, strict=True)),
        "API, histogram": tuple(f"/api/v1/histogram?topic={slug}&type={kind}" for slug, kind in zip(topics, types, strict=True)),
    }  # fmt: skip


def _print(name: str, paths: Sequence[str], opened: Callable[[], FlaskClient]) -> None:
    paths = tuple(dict.fromkeys(paths))
    visitor = opened()
    visitor.get(
        f"{paths[0]}{'&' if '?' in paths[0] else '?'}first=1", headers=ZIPPED
    )  # compiles the templates, once a process
    tags: dict[str, str] = {}
    print(f"{name:24}{_spent(visitor, paths, tags)}", flush=True)
    if not name.startswith("API"):
        print(f"{'  kept':24}{_spent(visitor, paths, {})}", flush=True)
        print(f"{'  304':24}{_spent(visitor, paths, {}, having=tags)}", flush=True)


def _spent(
    visitor: FlaskClient, paths: Sequence[str], tags: dict[str, str], *, having: dict[str, str] | None = None
) -> _Spent:
    """Ask for every path; ``tags`` takes the ETags, ``having`` are those a reader has."""
    wall, busy = list[float](), list[float]()
    for path in paths:
        headers = ZIPPED | ({"If-None-Match": having[path]} if having else {})
        started, worked = time.perf_counter(), time.process_time()
        answer = visitor.get(path, headers=headers)
        wall.append((time.perf_counter() - started) * 1000)
        busy.append((time.process_time() - worked) * 1000)
        if answer.status_code != (304 if having else 200):
            raise RuntimeError(f"{path}: {answer.status_code}")
        tags[path] = answer.headers.get("ETag", "")
    return _Spent(tuple(sorted(wall)), tuple(sorted(busy)))


def _share(values: Sequence[float], share: float) -> float:
    return values[min(len(values) - 1, int(len(values) * share))]


def _rates(visitor: FlaskClient) -> None:
    """Print requests a second of processor time, as a share of those of a Flask page that says one word."""
    bare = Flask("bare")
    bare.add_url_rule("/", view_func=lambda: "ok")
    path = f"/t/{large.topic(0)}"
    first = visitor.get(path, headers=ZIPPED)
    rates = {
        "bare": _rate(bare.test_client(), "/", {}),
        "kept": _rate(visitor, path, ZIPPED),
        "304": _rate(visitor, path, ZIPPED | {"If-None-Match": first.headers["ETag"]}),
    }
    told = ", ".join(f"{name} {rate:.0f} ({rate / rates['bare']:.2f})" for name, rate in rates.items())
    print(f"requests a second of processor time (ratio to bare Flask): {told}", flush=True)


def _rate(visitor: FlaskClient, path: str, headers: dict[str, str]) -> float:
    times, started = 300, time.process_time()
    for _ in range(times):
        visitor.get(path, headers=headers)
    return times / (time.process_time() - started)


def _memory_mb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
