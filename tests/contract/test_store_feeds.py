"""Feeds: the list of them, what a poll changes, and entries that are stored exactly once."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_builders import FEED, NOW, add_feed, claim, entry, later, poll, rows

from tracker.errors import LeaseLost
from tracker.store import Claim, Failed, FeedRow, Polled, Sighted, Store, feeds, polls, tables
from tracker.types import FeedFacts, FeedId, Validators

OTHER = "https://other.example/rss"
HOUR = timedelta(hours=1)


def load(store: Store, feed_id: FeedId) -> FeedRow:
    with store.read() as db:
        return feeds.load(db, feed_id)


def fail(store: Store, *, now: datetime = NOW, **said: str) -> None:
    held = claim(store, now=now)[0]
    with store.write() as db:
        polls.failed(db, held, Failed(now, "is not there (404)", now + HOUR, **said))


def articles(store: Store) -> list[str]:
    return [row["text"] for row in rows(store, tables.articles)]


FACTS = FeedFacts(FEED, "Gazette", "Example Gazette", "id", "Asia/Jakarta", "ID", True, 900, ("asia", "news"))


def test_a_feed_keeps_all_that_was_said_of_it_and_is_due_at_once(store: Store) -> None:
    with store.write() as db:
        feed_id, new = feeds.add(db, FACTS, now=NOW)
    row = load(store, feed_id)
    assert new
    assert row.facts == FACTS
    assert (row.state, row.next_check, row.last_ok, row.original_url) == ("active", NOW, None, FEED)


def test_a_known_feed_takes_over_new_facts_and_keeps_its_polls(store: Store) -> None:
    feed_id = add_feed(store)
    poll(store, feed_id, entry("1"))
    with store.write() as db:
        assert feeds.add(db, FACTS, now=later(days=1)) == (feed_id, False)
    row = load(store, feed_id)
    assert (row.facts, row.last_ok, row.entries_seen) == (FACTS, NOW, 1)


def test_a_feed_that_moved_is_known_under_both_addresses(store: Store) -> None:
    feed_id = add_feed(store)
    poll(store, feed_id, url=OTHER)
    assert (load(store, feed_id).facts.url, load(store, feed_id).original_url) == (OTHER, FEED)
    assert [add_feed(store), add_feed(store, OTHER)] == [feed_id, feed_id]


def test_a_feed_that_moves_to_the_address_of_another_stays_where_it_is(store: Store) -> None:
    feed_id, other = add_feed(store), add_feed(store, OTHER)
    poll(store, feed_id, url=OTHER)
    assert (load(store, feed_id).facts.url, load(store, other).facts.url) == (FEED, OTHER)


def test_a_removed_feed_leaves_its_articles(store: Store) -> None:
    poll(store, add_feed(store), entry("1"))
    with store.write() as db:
        assert feeds.remove(db, FEED)
        assert not feeds.remove(db, FEED)
    assert rows(store, tables.feeds) == rows(store, tables.entries) == []
    assert articles(store) == ["As it was."]


def test_feeds_are_listed_by_name(store: Store) -> None:
    for name in ("beta", "Alpha", "gamma"):
        add_feed(store, f"https://{name}.example/", name=name)
    with store.read() as db:
        assert [row.facts.name for row in feeds.listed(db)] == ["Alpha", "beta", "gamma"]


def test_a_poll_records_when_why_and_with_what_to_ask_next(store: Store) -> None:
    feed_id = add_feed(store, name="Mine")
    given = Validators(FEED, 'W/"ä\\"1"', "Thu, 20 Nov 2025 09:00:00 GMT")
    said = {"validators": given, "ttl_s": 1800, "complaint": "malformed: line 3", "name": "Its own title"}
    poll(store, feed_id, entry("1"), entry("2"), **said)
    row = load(store, feed_id)
    assert (row.validators, row.ttl_s, row.complaint) == (given, 1800, "malformed: line 3")
    assert (row.next_check, row.wait_s, row.wait_why) == (NOW + HOUR, 3600, "its own rhythm")
    assert (row.last_try, row.last_ok, row.last_new, row.entries_seen) == (NOW, NOW, NOW, 2)
    assert row.facts.name == "Mine"


def test_a_feed_without_a_name_takes_its_own_title(store: Store) -> None:
    feed_id = add_feed(store)
    poll(store, feed_id, name="Its own title")
    assert load(store, feed_id).facts.name == "Its own title"


def test_a_poll_without_news_keeps_what_was_there(store: Store) -> None:
    feed_id = add_feed(store)
    poll(store, feed_id, entry("1"), ttl_s=1800)
    before = load(store, feed_id)
    assert poll(store, feed_id, now=later(hours=2), validators=None) == 0
    after = load(store, feed_id)
    assert (after.validators, after.ttl_s, after.last_new) == (before.validators, 1800, NOW)
    assert (after.last_ok, after.entries_seen) == (later(hours=2), 1)


def test_validators_that_are_gone_from_an_answer_are_forgotten(store: Store) -> None:
    feed_id = add_feed(store)
    poll(store, feed_id)
    poll(store, feed_id, now=later(hours=2), validators=Validators(FEED))
    assert load(store, feed_id).validators == Validators(FEED)


def test_a_failed_poll_keeps_entries_validators_and_address(store: Store) -> None:
    feed_id = add_feed(store)
    poll(store, feed_id, entry("1"))
    for n in (2, 4):
        fail(store, now=later(hours=n), why="2 failures in a row")
    row = load(store, feed_id)
    assert (row.failures, row.error, row.wait_why) == (2, "is not there (404)", "2 failures in a row")
    assert (row.last_ok, row.last_try, row.next_check) == (NOW, later(hours=4), later(hours=5))
    assert (row.validators.etag, row.facts.url, row.entries_seen) == ('"1"', FEED, 1)


def test_a_success_ends_a_row_of_failures(store: Store) -> None:
    feed_id = add_feed(store)
    fail(store)
    poll(store, feed_id, now=later(hours=2))
    assert (load(store, feed_id).failures, load(store, feed_id).error) == (0, "")


@pytest.mark.parametrize("state", ["gone", "paused"])
def test_a_feed_that_is_gone_or_paused_is_asked_again_only_when_a_person_says_so(store: Store, state: str) -> None:
    add_feed(store)
    fail(store, state=state)
    with store.write() as db:
        feeds.make_due(db, [FEED], now=later(days=99))
    assert claim(store, now=later(days=99)) == ()
    with store.write() as db:
        assert feeds.set_state(db, FEED, "active", now=later(days=99))
        assert not feeds.set_state(db, OTHER, "active", now=NOW)
    assert len(claim(store, now=later(days=99))) == 1


def test_feeds_are_made_due_by_either_address_or_all_at_once(store: Store) -> None:
    first, second = add_feed(store), add_feed(store, OTHER)
    poll(store, first, url="https://moved.example/rss")
    poll(store, second)
    with store.write() as db:
        feeds.make_due(db, [FEED], now=NOW)
    assert [c.id for c in claim(store, n=5)] == [first]
    with store.write() as db:
        feeds.make_due(db, [], now=NOW)
    assert [c.id for c in claim(store, n=5, now=later(minutes=6))] == [first, second]


def record(store: Store, held: Claim, outcome: str) -> None:
    with store.write() as db:
        if outcome == "polled":
            polls.polled(db, held, Polled(NOW, later(hours=1), 3600, "", sighted=Sighted(new=(entry("1"),))))
        else:
            polls.failed(db, held, Failed(NOW, "gone", NOW, "gone"))


@pytest.mark.parametrize("outcome", ["polled", "failed"])
def test_a_poll_whose_lease_was_lost_stores_nothing(store: Store, outcome: str) -> None:
    add_feed(store)
    lost = claim(store, worker="slow")[0]
    claim(store, now=later(hours=1), worker="quick")
    with pytest.raises(LeaseLost, match="feed 1"):
        record(store, lost, outcome)
    assert articles(store) == []
    assert rows(store, tables.feeds)[0]["state"] == "active"


def test_what_a_feed_holds_at_its_first_poll_is_quiet_and_later_news_is_not(store: Store) -> None:
    feed_id = add_feed(store)
    assert poll(store, feed_id, entry("1")) == 1
    assert poll(store, feed_id, entry("1"), entry("2"), now=later(hours=2)) == 1
    assert [row["quiet"] for row in rows(store, tables.articles)] == [True, False]


def test_an_entry_seen_again_is_not_stored_again(store: Store) -> None:
    feed_id = add_feed(store)
    assert [poll(store, feed_id, entry("1"), entry("1"), now=later(hours=n)) for n in (0, 2)] == [1, 0]
    assert len(rows(store, tables.entries)) == len(articles(store)) == 1


def test_a_known_entry_with_another_text_changes_its_article(store: Store) -> None:
    feed_id = add_feed(store)
    poll(store, feed_id, entry("1"))
    assert poll(store, feed_id, entry("1", "Corrected."), now=later(hours=2)) == 0
    assert articles(store) == ["Corrected."]
    assert rows(store, tables.articles)[0]["revision"] == 2


def test_an_undated_entry_keeps_the_day_it_was_first_seen_when_it_changes(store: Store) -> None:
    feed_id = add_feed(store)
    poll(store, feed_id, entry("1", dated=False))
    changed = entry("1", "Corrected.", dated=False)
    moved = replace(changed.incoming, article=replace(changed.incoming.article, published=later(days=2)))
    poll(store, feed_id, replace(changed, incoming=moved), now=later(days=2))
    assert [(row["text"], row["published"]) for row in rows(store, tables.articles)] == [("Corrected.", NOW)]


def test_one_link_in_two_feeds_is_one_article(store: Store) -> None:
    first, second = add_feed(store), add_feed(store, OTHER)
    link = "http://news.example/story"
    assert poll(store, first, entry("1", link=link)) == 1
    assert poll(store, second, entry("x", "A teaser.", feed=OTHER, link=link)) == 1
    assert articles(store) == ["As it was."]
    assert {row["article_id"] for row in rows(store, tables.entries)} == {1}


def test_an_article_shared_by_two_feeds_stays_one_when_the_second_changes_its_words(store: Store) -> None:
    first, second = add_feed(store), add_feed(store, OTHER)
    link = "http://news.example/story"
    poll(store, first, entry("1", link=link))
    poll(store, second, entry("x", "A teaser.", feed=OTHER, link=link))
    poll(store, second, entry("x", "Another teaser.", feed=OTHER, link=link), now=later(hours=2))
    assert articles(store) == ["As it was."]


def test_a_feed_that_is_followed_again_finds_its_articles(store: Store) -> None:
    poll(store, add_feed(store), entry("1"))
    with store.write() as db:
        feeds.remove(db, FEED)
    poll(store, add_feed(store), entry("1"))
    assert len(articles(store)) == 1


def test_keys_and_links_of_any_length_are_stored_once(store: Store) -> None:
    feed_id, draw = add_feed(store), random.Random(7)
    words = ["".join(chr(draw.randrange(0x4E00, 0x9FFF)) for _ in range(2000)) for _ in range(2)]
    long = [entry(word, word, link=f"http://news.example/{word}") for word in words]
    long = [
        replace(e, incoming=replace(e.incoming, article=replace(e.incoming.article, id=f"f{n}")))
        for n, e in enumerate(long)
    ]
    assert [poll(store, feed_id, *long, now=later(hours=n)) for n in (0, 2)] == [2, 0]
    assert len(articles(store)) == 2


@pytest.mark.parametrize("migrated_url", ["sqlite"], indirect=True)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(polls=st.lists(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["x", "y"])), max_size=4), max_size=6))
def test_after_any_polls_each_key_has_one_entry_and_one_article(
    store: Store, polls: list[list[tuple[str, str]]]
) -> None:
    with store.write() as db:
        feeds.remove(db, FEED)
    feed_id = add_feed(store)
    for n, seen in enumerate(polls):
        poll(store, feed_id, *(entry(key, text) for key, text in seen), now=later(hours=2 * n))
    kept = rows(store, tables.entries)
    assert sorted(row["key"] for row in kept) == sorted({key for seen in polls for key, _ in seen})
    assert len({row["article_id"] for row in kept}) == len(kept) == load(store, feed_id).entries_seen
