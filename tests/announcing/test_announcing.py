"""A WebSub hub hears of new events, once each, also when it failed before; over real HTTP on this machine."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NoReturn
from urllib.parse import parse_qs

import pytest
import sqlalchemy as sa

from tests.contract.store_builders import Told, event
from tracker import announcing
from tracker.announcing import Announcer
from tracker.downloads import HttpFetcher
from tracker.errors import FetchError, ForbiddenAddress
from tracker.settings import load
from tracker.store import Store, announced, topics
from tracker.types import EventId, Topic

BASE = "https://kronik.example"


@dataclass
class Hub:
    """A hub that notes what it is told, and answers with the given codes, at last with 204."""

    port: int = 0
    codes: list[int] = field(default_factory=list)
    told: list[dict[str, list[str]]] = field(default_factory=list)
    heard: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/publish"


@pytest.fixture
def hub() -> Iterator[Hub]:
    found = Hub()

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            assert self.headers["Content-Type"] == "application/x-www-form-urlencoded"
            form = self.rfile.read(int(self.headers["Content-Length"])).decode()
            code = found.codes.pop(0) if found.codes else 204
            if code == 204:
                found.told.append(parse_qs(form))
            self.send_response(code)
            if code == 302:
                self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()
            if code == 204:
                found.heard.set()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    found.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield found
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def fetcher(hub: Hub) -> Iterator[HttpFetcher]:
    chosen = replace(load({}).fetch, allow=(f"127.0.0.1:{hub.port}",), host_gap_s=0.0)
    opened = HttpFetcher(chosen, user_agent="Kronik/test")
    yield opened
    opened.close()


def feeds(slug: str) -> tuple[str, ...]:
    return (f"{BASE}/t/{slug}/feed.rss" if slug else f"{BASE}/feed.rss",)


@pytest.fixture
def announcer(store: Store, fetcher: HttpFetcher, hub: Hub) -> Announcer:
    made = Announcer(store, fetcher, hub.url, feeds)
    event(store, Told("was there before"))
    assert made.tell() == 0
    return made


def in_topic(store: Store, slug: str, event_id: EventId) -> None:
    with store.write() as db:
        topics.put(db, Topic(slug, slug.title(), slug))
        topics.assign(db, slug, [event_id])


def test_what_is_there_when_a_hub_is_set_is_not_announced(announcer: Announcer, hub: Hub) -> None:
    assert announcer.tell() == 0
    assert hub.told == []


def test_a_new_event_is_told_for_everything_and_its_topics_once(announcer: Announcer, hub: Hub, store: Store) -> None:
    in_topic(store, "north", event(store, Told("new")))
    assert announcer.tell() == 2
    assert hub.told == [{"hub.mode": ["publish"], "hub.url": [f"{BASE}/feed.rss", f"{BASE}/t/north/feed.rss"]}]
    assert announcer.tell() == 0
    assert len(hub.told) == 1


def test_a_quiet_event_is_no_news(announcer: Announcer, hub: Hub, store: Store) -> None:
    event(store, Told("from an archive", quiet=True))
    assert announcer.tell() == 0
    assert hub.told == []


@pytest.mark.parametrize("code", [500, 404, 302])
def test_what_a_hub_did_not_take_is_told_again(announcer: Announcer, hub: Hub, store: Store, code: int) -> None:
    event(store, Told("new"))
    hub.codes = [code]
    with pytest.raises(FetchError, match=str(code)):
        announcer.tell()
    assert announcer.tell() == 1
    assert len(hub.told) == 1


def test_a_restart_loses_no_news(announcer: Announcer, hub: Hub, store: Store) -> None:
    event(store, Told("new"))
    assert replace(announcer).tell() == 1
    assert replace(announcer).tell() == 0


def test_many_feeds_are_told_in_several_requests(announcer: Announcer, hub: Hub, store: Store) -> None:
    event(store, Told("new"))
    many = replace(announcer, addresses=lambda _: [f"{BASE}/{n}" for n in range(250)])
    assert many.tell() == 250
    assert [len(form["hub.url"]) for form in hub.told] == [100, 100, 50]


def test_a_hub_inside_the_network_is_refused_unless_allowed(store: Store, hub: Hub) -> None:
    guarded = HttpFetcher(load({}).fetch, user_agent="Kronik/test")
    made = Announcer(store, guarded, hub.url, feeds)
    made.tell()
    event(store, Told("new"))
    with pytest.raises(ForbiddenAddress):
        made.tell()
    guarded.close()


@contextmanager
def at_work(announcer: Announcer, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Run the thread, without waits to speak of; it must end when told."""
    monkeypatch.setattr(announcing, "_EVERY_S", 0.01)
    monkeypatch.setattr(announcing, "_FIRST_WAIT_S", 0.01)
    thread = threading.Thread(target=announcer.run)
    thread.start()
    try:
        yield
    finally:
        announcer.stop.set()
        thread.join(60)
    assert not thread.is_alive()


def test_the_thread_goes_on_after_a_failure_and_ends_when_told(
    announcer: Announcer, hub: Hub, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.codes = [503, 500]
    with at_work(announcer, monkeypatch):
        event(store, Told("new"))
        assert hub.heard.wait(60)
    assert len(hub.told) == 1


def test_the_thread_outlives_what_nobody_foresaw(
    announcer: Announcer, hub: Hub, store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    failures = [sa.exc.TimeoutError("no connection is free"), ValueError("a fault of ours")]

    def addresses(slug: str) -> Sequence[str]:
        if failures:
            raise failures.pop(0)
        return feeds(slug)

    with at_work(replace(announcer, addresses=addresses), monkeypatch):
        event(store, Told("new"))
        assert hub.heard.wait(60)
    assert len(hub.told) == 1
    assert [(record.levelname, record.exc_info is not None) for record in caplog.records] == [("WARNING", True)] * 2


def test_of_processes_that_begin_at_once_one_says_what_was_there(store: Store, fetcher: HttpFetcher, hub: Hub) -> None:
    seen: list[announced.News | None] = []
    for title in ("was there before", "came between the two"):
        event(store, Told(title))
        with store.read() as db:
            seen.append(announced.news(db))
    for news in seen:
        assert news is not None
        with store.write() as db:
            announced.mark(db, news)
    assert Announcer(store, fetcher, hub.url, feeds).tell() == 1


def test_nothing_is_written_where_nothing_came(
    announcer: Announcer, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    event(store, Told("new"))
    assert announcer.tell() == 1

    def write(_: Store) -> NoReturn:
        pytest.fail("something is written")

    monkeypatch.setattr(Store, "write", write)
    assert announcer.tell() == 0
