"""Put the parts together: the only module that names concrete backends. Built once at the edge, ended with `close`."""

from __future__ import annotations

import contextlib
import ctypes
import gc
import logging
import os
import random
import secrets
import socket
import sys
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache, partial
from urllib.parse import urlsplit

from flask import Flask

from tracker import __version__, events, feeds, pipeline, places, polling
from tracker.announcing import Announcer
from tracker.articles import LanguageDetector, PageReader
from tracker.downloads import Fetcher, HttpFetcher
from tracker.errors import SettingsError
from tracker.events import Query, parse_query
from tracker.feeds import SafeParser
from tracker.jobs import Clock, Threads
from tracker.languages import Languages, fold, shipped
from tracker.names import NameBook
from tracker.pipeline import Parts, Step
from tracker.places import Gazetteer
from tracker.settings import Settings
from tracker.store import Store, work
from tracker.store import feeds as feed_rows
from tracker.store import topics as topic_rows
from tracker.types import FeedFacts, Topic
from tracker.web import Site, announced, create_app

__all__ = [
    "build",
    "close",
    "fetching",
    "follow_lists",
    "lists_of",
    "migrate",
    "open_store",
    "run_all",
    "serving",
    "settle",
    "web_app",
]

log = logging.getLogger(__name__)

_NO_CONTACT = "https://kronik.invalid/contact-not-set"  # RFC 2606: leads nowhere, and says why
# glibc keeps a heap for each thread and what a large document once needed: M_ARENA_MAX, M_MMAP_THRESHOLD, M_TRIM_THRESHOLD
# (mallopt(3)). Measured in a hostile hour: 207 MB instead of 464.
_MALLOC = ((-8, 2), (-3, 131_072), (-1, 131_072))
_SWITCH_S = 0.0005  # threads that read articles let those that ask feeds have their turn sooner than Python's 5 ms
_HUB_ENDS_S = 5.0  # a request under way may be given up: what was not told is told later
_JITTER = 0.1  # polling.md, section 1
_TOPICS_KEPT_S = 5.0  # seconds after which a changed topic counts for new events
_WORDS_KEPT = 4096
_NOBODY = "kronik.invalid"  # who mints the tag URIs of feeds where no public host is known (RFC 2606)


def open_store(settings: Settings) -> Store:
    """Open the database. An embedded one is created and migrated; another must be of this version.

    Raises: StoreError saying what to do.
    """
    store = Store.open(settings.database_url)
    try:
        if store.embedded:
            migrate(store, settings)
        else:
            store.check()
    except Exception:
        store.close()
        raise
    return store


def migrate(store: Store, settings: Settings) -> None:
    """Bring a database to this version's schema."""
    store.migrate(now=_now(), authority=urlsplit(settings.web.base_url).hostname or _NOBODY)


def build(settings: Settings) -> Parts:
    """Build what the steps work with; makes the gazetteer if there is none of this version."""
    languages, gazetteer = shipped(), open_gazetteer(settings)
    names = NameBook.load(settings.service.aliases_file if settings.service.aliases_file.is_file() else None)
    store = open_store(settings)  # last: what fails before it leaves no connection open
    return Parts(
        store=store, fetcher=_fetcher(settings), parser=SafeParser(settings.poll.parse_s), pages=PageReader(settings.poll.parse_s), languages=languages,
        detector=LanguageDetector(), gazetteer=gazetteer, names=names,
        resolver=_Words(gazetteer, names, languages), topics=_kept(lambda: _queries(store)), settings=settings, now=_now,
        jitter=lambda: random.uniform(0, _JITTER),  # noqa: S311  # spreads load, guards nothing
        worker=_worker(),
    )  # fmt: skip


def close(parts: Parts) -> None:
    """End children, threads and connections."""
    parts.parser.close()
    parts.pages.close()
    if isinstance(parts.fetcher, HttpFetcher):
        parts.fetcher.close()
    parts.store.close()


def open_gazetteer(settings: Settings) -> Gazetteer:
    """Open the gazetteer, built once into the data folder. Raises: StoreError where that cannot be written."""
    path = settings.service.data_dir / "places.db"
    if not places.is_current(path):
        log.info("building the gazetteer; this is done once and takes some seconds")
        places.build_apart(path)
    return Gazetteer.open(path)


@contextmanager
def fetching(settings: Settings) -> Iterator[tuple[Fetcher, SafeParser]]:
    """Give a fetcher and a parser without a database, ended after the block."""
    fetcher, parser = _fetcher(settings), SafeParser(settings.poll.parse_s)
    try:
        yield fetcher, parser
    finally:
        parser.close()
        fetcher.close()


def _fetcher(settings: Settings) -> HttpFetcher:
    agent = f"Kronik/{__version__} (+{settings.fetch.contact or settings.web.base_url or _NO_CONTACT})"
    return HttpFetcher(settings.fetch, user_agent=agent, clock_scale=settings.service.clock_scale)


def web_app(settings: Settings, *, store: Store | None = None, badge: str = "") -> Flask:
    """Build the site over a database; starts no clock and runs no step."""
    store = store or open_store(settings)
    site = Site(
        reads=store.indexed(built=settle),
        web=settings.web,
        now=_now,
        tag=store.tag(),
        badge=badge,
        attributions=(places.ATTRIBUTION,),
    )
    return create_app(site)


def follow_lists(parts: Parts, *, listed: Sequence[FeedFacts], topics: Sequence[Topic]) -> None:
    """Take over the feeds and topics an operator lists; events are sorted anew where a topic's query is new."""
    with parts.store.write() as db:
        added = sum(feed_rows.add(db, facts, now=parts.now())[1] for facts in listed)
        changed = [topic for topic in topics if topic_rows.put(db, topic)]
    if added:
        log.info("%d new feeds", added)
    for topic in changed:
        pipeline.assign_topic(parts, topic)


def lists_of(settings: Settings) -> tuple[Sequence[FeedFacts], Sequence[Topic]]:
    """Read the operator's lists of feeds and topics. Raises: SettingsError."""
    service = settings.service
    topics = events.read_topics(service.topics_file) if service.topics_file.is_file() else ()
    return feeds.read_feeds(service.feeds_file), topics


def poll_once(parts: Parts, report: Callable[[int], None], *, only: Collection[int] = ()) -> None:
    """Poll every due feed once, or ``only`` some of them; report how many are left after each batch."""
    free_dead_leases(parts)
    polling.run(parts, told=_telling(parts, (Step.POLL,), report), once=True, only=only)


def run_all(parts: Parts, steps: Collection[Step], report: Callable[[int], None]) -> None:
    """Run the given steps in this thread until none has due rows; report how many rows are left after each batch."""
    told = _telling(parts, steps, report)
    free_dead_leases(parts)
    while todo := [step for step in pipeline.due(parts) if step in steps]:
        for step in todo:
            pipeline.run(parts, step, told=told)
        told()


def _telling(parts: Parts, steps: Collection[Step], report: Callable[[int], None]) -> Callable[[], None]:
    def told() -> None:
        with parts.store.read() as db:
            report(sum(n for (step, state), n in work.counts(db).items() if state == work.DUE and step in steps))

    return told


def free_dead_leases(parts: Parts) -> None:
    """Take back what workers held that ended on this machine without giving it back (a crash, kill -9)."""
    with parts.store.read() as db:
        dead = [name for name in work.holders(db) if _is_dead(name)]
    if dead:
        with parts.store.write() as db:
            log.warning("took back %d pieces of work of a worker that died", work.free_dead(db, dead))


@contextmanager
def serving(parts: Parts) -> Iterator[None]:
    """Run clock and workers in threads of this process while the block lasts."""
    announcer = _announcer(parts)  # before anything that would have to be stopped if it is refused
    free_dead_leases(parts)
    _tune()
    slots = {Step.POLL: 1, Step.READ: 4, Step.EXTRACT: parts.settings.work.workers, Step.MERGE: 1}
    queue = Threads(lambda step: pipeline.run(parts, step), slots=slots)
    clock = Clock(lambda: pipeline.due(parts), queue)
    try:
        clock.start()
        if announcer is not None:
            announcer.start()
        yield
    finally:
        parts.stop.set()
        if announcer is not None and announcer.is_alive():
            announcer.join(_HUB_ENDS_S)
        clock.close()
        queue.close()


def _announcer(parts: Parts) -> threading.Thread | None:
    """Give the thread that tells the hub, if there is one, not started yet. Raises: SettingsError where it could not be told any address."""
    web = parts.settings.web
    if not web.hub_url:
        return None
    if not web.base_url:
        raise SettingsError("is empty, so that a hub cannot be told where the feeds are", subject="web.base_url")
    announcer = Announcer(parts.store, parts.fetcher, web.hub_url, partial(announced, web.base_url), parts.stop)
    return threading.Thread(target=announcer.run, name="hub", daemon=True)


def settle() -> None:
    """Leave what lives as long as the process out of what is looked through for waste: a tenth of a second now and then."""
    gc.collect()
    gc.freeze()


def _tune() -> None:
    """Make one long-lived process of many threads answer soon and stay small."""
    sys.setswitchinterval(_SWITCH_S)
    with contextlib.suppress(OSError, AttributeError):  # another C library than glibc
        give = ctypes.CDLL(None).mallopt
        for option, value in _MALLOC:
            give(option, value)


class _Words:
    """Turns the words of topics into places, names and types, in all languages at once."""

    def __init__(self, gazetteer: Gazetteer, names: NameBook, languages: Languages) -> None:
        self._gazetteer = gazetteer
        self._names = names
        self._languages = languages
        self._types: tuple[Mapping[str, frozenset[str]], tuple[tuple[str, str], ...]] | None = None
        self.places = lru_cache(_WORDS_KEPT)(self._find_places)
        self.names = lru_cache(_WORDS_KEPT)(self._find_names)
        self.types = lru_cache(_WORDS_KEPT)(self._find_types)

    def within(self, key: str, of: str) -> bool:
        """Tell whether a place is another or lies in it."""
        seen: set[str] = set()
        current: str | None = key
        while current is not None and current not in seen:
            if current == of:
                return True
            seen.add(current)
            current = self._gazetteer.parent(current)
        return False

    def _find_places(self, text: str) -> Collection[str]:
        return frozenset(place.key for place in self._gazetteer.lookup(text))

    def _find_names(self, text: str) -> Collection[str]:
        actor = self._names.find(text)
        return frozenset({actor.key} if actor else ())

    def _find_types(self, text: str) -> Collection[str]:
        if self._types is None:
            self._types = self._load_types()
        whole, beginnings = self._types
        word = fold(text)
        return whole.get(word, frozenset()) | {kind for stem, kind in beginnings if word.startswith(stem)}

    def _load_types(self) -> tuple[Mapping[str, frozenset[str]], tuple[tuple[str, str], ...]]:
        whole: dict[str, frozenset[str]] = {}
        beginnings: dict[tuple[str, str], None] = {}
        for iso in self._languages.codes():
            data = self._languages.mentions(iso)
            for name, words in data.words.items() if data else ():
                table, _, kind = name.partition(".")
                for word in words if table == "types" else ():
                    if word.endswith("*"):
                        beginnings[word[:-1], kind] = None
                    else:
                        whole[word] = whole.get(word, frozenset()) | {kind}
        return whole, tuple(beginnings)


def _queries(store: Store) -> tuple[tuple[str, Query], ...]:
    with store.read() as db:
        return tuple((topic.slug, parse_query(topic.query)) for topic in topic_rows.listed(db))


def _kept(ask: Callable[[], Sequence[tuple[str, Query]]]) -> Callable[[], Sequence[tuple[str, Query]]]:
    """Remember an answer for some seconds."""
    kept: list[tuple[float, Sequence[tuple[str, Query]]]] = []

    def answer() -> Sequence[tuple[str, Query]]:
        moment = time.monotonic()
        if not kept or kept[0][0] + _TOPICS_KEPT_S < moment:
            kept[:] = [(moment, ask())]
        return kept[0][1]

    return answer


def _now() -> datetime:
    return datetime.now(UTC)


def _worker() -> str:
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"


def _is_dead(worker: str) -> bool:
    """Tell whether a worker of this machine has ended; of other machines nothing is known, their leases run out."""
    host, _, rest = worker.partition(":")
    pid, _, _ = rest.partition(":")
    if host != socket.gethostname() or not pid.isdecimal() or os.name != "posix":
        return False
    if int(pid) == os.getpid():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
