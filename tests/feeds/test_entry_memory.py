"""Entries are known again under a new guid, an archive published anew is quiet, and nothing is stored twice or lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from tracker.store import Failed, Incoming, Polled, Received, Store, feeds, polls, tables, work
from tracker.types import Article, Entry, FeedFacts, FeedId

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
FEED, OTHER = "https://news.example/rss", "https://other.example/rss"


class Desk:
    """A store with feeds, and polls that happen every hour."""

    def __init__(self, store: Store) -> None:
        self.store, self.now = store, NOW
        self.follow(FEED)

    def follow(self, url: str) -> FeedId:
        with self.store.write() as db:
            return feeds.add(db, FeedFacts(url), now=self.now)[0]

    def poll(self, *received: Received, feed: int = 1, present: Iterable[str] = ()) -> int:
        self.now += timedelta(hours=1)
        with self.store.write() as db:
            claims = work.claim(db, "poll", n=9, now=self.now, lease_s=60, worker="w")
            work.give_back(db, [claim for claim in claims if claim.id != feed])
        held = next(claim for claim in claims if claim.id == feed)
        with self.store.write() as db:
            known = polls.known(db, feed, [item.key for item in received])
            sighted = polls.recognise(db, feed, received, rows=known, present=present)
            return polls.polled(db, held, Polled(self.now, self.now, 0, "", sighted=sighted))

    def articles(self, *columns: str) -> list[tuple[object, ...]]:
        with self.store.read() as db:
            chosen = [tables.articles.c[name] for name in columns]
            return [tuple(row) for row in db.execute(sa.select(*chosen).order_by(tables.articles.c.id))]

    def entries(self) -> int:
        with self.store.read() as db:
            return db.scalar(sa.select(sa.func.count()).select_from(tables.entries)) or 0


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    store = Store.open(f"sqlite:///{tmp_path / 'desk.db'}")
    store.migrate(now=NOW, authority="kronik.test")
    yield Desk(store)
    store.close()


def entry(key: str, link: str, title: str = "Flood", text: str = "It rained.", feed: str = FEED) -> Received:
    article = Article(f"{feed} {key}", title, text, "en", NOW, url=link, outlet="Gazette")
    return Received(Entry(key, title, text, link, NOW), text, Incoming(article, canonical_url=link))


def test_an_entry_with_a_new_guid_is_the_known_one(desk: Desk) -> None:
    assert [desk.poll(entry(f"guid {n}", "http://a/1")) for n in range(4)] == [1, 0, 0, 0]
    assert (desk.entries(), len(desk.articles("id"))) == (1, 1)


def test_an_entry_with_a_new_guid_and_text_is_a_revision(desk: Desk) -> None:
    for number in range(3):
        desk.poll(entry(f"guid {number}", "http://a/1", text=f"version {number}"))
    assert desk.articles("text", "revision") == [("version 2", 3)]


def test_two_entries_of_one_document_stay_two_whatever_they_share(desk: Desk) -> None:
    both = entry("1", "http://a/live", text="one"), entry("2", "http://a/live", text="two")
    assert [desk.poll(*both), desk.poll(*both)] == [2, 0]
    assert desk.articles("text", "revision") == [("one", 1), ("two", 1)]


def test_a_new_title_under_a_known_link_is_news(desk: Desk) -> None:
    desk.poll(entry("1", "http://a/live", "Flood"))
    assert desk.poll(entry("2", "http://a/live", "Quake")) == 1
    assert len(desk.articles("id")) == 2


def test_a_link_all_entries_share_does_not_make_two_feeds_one(desk: Desk) -> None:
    desk.follow(OTHER)
    desk.poll(*(entry(str(n), "http://a/", f"Title {n}") for n in range(3)))
    assert desk.poll(*(entry(str(n), "http://a/", f"Other {n}", feed=OTHER) for n in range(3)), feed=2) == 3
    assert len(desk.articles("id")) == 6


def many(count: int, start: int = 0) -> list[Received]:
    return [entry(str(n), f"http://a/{n}", f"Title {n}") for n in range(start, start + count)]


@pytest.mark.parametrize(("count", "quiet"), [(50, False), (51, True), (700, True)])
def test_an_archive_published_anew_is_quiet(desk: Desk, count: int, quiet: bool) -> None:
    desk.poll(*many(1))
    assert desk.poll(*many(count, 100)) == count
    assert {row[0] for row in desk.articles("quiet")[1:]} == {quiet}


def test_a_feed_that_is_always_busy_is_heard_in_the_end(desk: Desk) -> None:
    desk.poll(*many(1))
    for number in range(1, 120):
        desk.poll(*many(60, 1000 * number))
    assert desk.articles("quiet")[-1] == (False,)


def test_news_of_a_long_downtime_are_no_flood(desk: Desk) -> None:
    desk.poll(*many(1))
    for number in range(1, 100):
        desk.poll(*many(5, 1000 * number))
    desk.now += timedelta(days=2)
    desk.poll(*many(200, 10**6))
    assert desk.articles("quiet")[-1] == (False,)


def test_a_servers_wish_for_patience_binds_a_person_too(desk: Desk) -> None:
    with desk.store.write() as db:
        claim = work.claim(db, "poll", n=1, now=NOW, lease_s=60, worker="w")[0]
        until = NOW + timedelta(hours=3)
        polls.failed(db, claim, Failed(NOW, "429", until, patience_until=until))
    for hours, due in ((1, 0), (4, 1)):
        with desk.store.write() as db:
            feeds.make_due(db, [FEED], now=NOW + timedelta(hours=hours))
            assert feeds.set_state(db, FEED, "active", now=NOW + timedelta(hours=hours))
            assert len(work.claim(db, "poll", n=1, now=NOW + timedelta(hours=hours), lease_s=60, worker="w")) == due


def test_a_feed_paused_during_its_poll_stays_paused(desk: Desk) -> None:
    with desk.store.write() as db:
        claim = work.claim(db, "poll", n=1, now=NOW, lease_s=60, worker="w")[0]
        feeds.set_state(db, FEED, "paused", now=NOW)
        polls.failed(db, claim, Failed(NOW, "404", NOW))
        assert feeds.load(db, claim.id).state == "paused"


def test_a_clock_set_back_puts_no_feed_off_for_long(desk: Desk) -> None:
    with desk.store.write() as db:
        assert feeds.mend_clock(db, now=NOW - timedelta(days=7)) == 0
        assert feeds.mend_clock(db, now=NOW - timedelta(days=400)) == 1
        assert feeds.load(db, 1).next_check == NOW - timedelta(days=393)


def test_entries_a_week_are_counted_by_their_dates(desk: Desk) -> None:
    desk.poll(*many(3))
    with desk.store.read() as db:
        assert polls.weekly(db, since=NOW - timedelta(days=28)) == {1: 3}
        assert polls.weekly(db, since=NOW + timedelta(days=1)) == {}
