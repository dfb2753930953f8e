"""From feeds over HTTP to stored articles and events: once each, whatever servers answer and however often we ask."""

from __future__ import annotations

import sqlalchemy as sa

from tests.pipeline.conftest import Clock, follow, run_all, run_twice
from tests.pipeline.newsroom import Answer, Newsroom
from tracker.filters import Filter
from tracker.pipeline import Parts, Step, due, run
from tracker.store import FeedRow, tables
from tracker.store import feeds as feed_rows
from tracker.types import Event

FLOOD = (
    "flood",
    "Flood hits Surabaya",
    "A flood hit Surabaya on 20 November 2025 and destroyed 412 houses, the mayor said.",
)
QUAKE = ("quake", "Earthquake shakes Padang", "An earthquake shook Padang on 21 November 2025 and injured 37 people.")
VISIT = (
    "visit",
    "Shoigu arrives in Pyongyang",
    "Sergei Shoigu arrived in Pyongyang on 17 June 2025 and met Kim Jong-un.",
)


def rows(parts: Parts, table: sa.Table) -> list[sa.RowMapping]:
    with parts.store.read() as db:
        return list(db.execute(sa.select(table).order_by(*table.primary_key.columns)).mappings())


def feeds(parts: Parts) -> list[FeedRow]:
    with parts.store.read() as db:
        return list(feed_rows.listed(db))


def events(parts: Parts) -> list[Event]:
    return list(parts.store.queries.export(Filter()))


def days(parts: Parts) -> list[str]:
    return [e.facts.date.edtf.text for e in events(parts) if e.facts.date.edtf]


def texts(parts: Parts) -> set[str]:
    return {row["text"] for row in rows(parts, tables.articles)}


def test_entries_of_a_feed_become_dated_events(parts: Parts, newsroom: Newsroom) -> None:
    follow(parts, newsroom.feed("/rss", FLOOD, QUAKE, VISIT))
    run_all(parts)
    assert {"2025-06-17", "2025-11-20", "2025-11-21"} <= set(days(parts))
    assert {r.outlet for e in events(parts) for r in e.reports} == {"Example Gazette"}
    assert due(parts) == ()


def test_every_step_names_the_steps_that_follow(parts: Parts, newsroom: Newsroom) -> None:
    follow(parts, newsroom.feed("/rss", FLOOD))
    assert due(parts) == (Step.POLL,)
    assert run(parts, Step.POLL) == (Step.READ, Step.EXTRACT)
    assert run(parts, Step.READ) == ()
    assert run(parts, Step.EXTRACT) == (Step.MERGE,)
    assert run(parts, Step.MERGE) == ()


def test_a_second_poll_of_the_same_feed_adds_nothing(parts: Parts, newsroom: Newsroom, clock: Clock) -> None:
    follow(parts, newsroom.feed("/rss", FLOOD, QUAKE))
    run_all(parts)
    before = rows(parts, tables.entries), rows(parts, tables.articles), events(parts)
    clock.pass_by(days=1)
    run_all(parts)
    assert len(newsroom.asked) == 2
    assert (rows(parts, tables.entries), rows(parts, tables.articles), events(parts)) == before


def test_a_feed_is_not_asked_again_before_it_is_due(parts: Parts, newsroom: Newsroom, clock: Clock) -> None:
    follow(parts, newsroom.feed("/rss", FLOOD))
    run_all(parts)
    clock.pass_by(minutes=9)
    run_all(parts)
    assert len(newsroom.asked) == 1


def test_only_what_is_new_is_added(parts: Parts, newsroom: Newsroom, clock: Clock) -> None:
    follow(parts, newsroom.feed("/rss", FLOOD))
    run_all(parts)
    clock.pass_by(days=1)
    newsroom.feed("/rss", QUAKE, FLOOD)
    run_all(parts)
    assert [row["key"] for row in rows(parts, tables.entries)] == ["flood", "quake"]
    assert {"2025-11-20", "2025-11-21"} <= set(days(parts))
    assert [row["quiet"] for row in rows(parts, tables.articles)] == [True, False]


def test_a_corrected_entry_is_read_again_and_its_event_moves(parts: Parts, newsroom: Newsroom, clock: Clock) -> None:
    follow(parts, newsroom.feed("/rss", FLOOD))
    run_all(parts)
    assert "2025-11-20" in days(parts)
    clock.pass_by(days=1)
    newsroom.feed("/rss", (*FLOOD[:2], FLOOD[2].replace("20 November", "19 November")))
    run_all(parts)
    assert "2025-11-19" in days(parts)
    assert "2025-11-20" not in days(parts)
    assert len(rows(parts, tables.articles)) == 1


def test_who_has_the_etag_is_told_304_and_keeps_everything(parts: Parts, newsroom: Newsroom, clock: Clock) -> None:
    follow(parts, newsroom.feed("/rss", FLOOD, etag='"one"'))
    run_all(parts)
    clock.pass_by(days=1)
    run_all(parts)
    assert newsroom.asked == [("/rss", ""), ("/rss", '"one"')]
    assert len(rows(parts, tables.articles)) == 1
    feed = feeds(parts)[0]
    assert (feed.last_ok, feed.error, feed.validators.etag) == (clock(), "", '"one"')


def test_broken_feeds_do_not_stop_the_others(parts: Parts, newsroom: Newsroom) -> None:
    newsroom.answers |= {
        "/page": Answer("<html><body>No feed here.</body></html>", headers={"Content-Type": "text/html"}),
        "/empty": Answer(""),
        "/sick": Answer("out of order", 503, {"Retry-After": "7200"}),
        "/gone": Answer("gone", 410),
        "/loop": Answer("", 302, {"Location": "/loop"}),
        "/inside": Answer("", 302, {"Location": "http://127.0.0.1:1/"}),
    }
    for path in ("/page", "/empty", "/missing", "/sick", "/gone", "/loop", "/inside"):
        follow(parts, f"{newsroom.url}{path}")
    follow(parts, newsroom.feed("/rss", FLOOD))
    run_all(parts)
    assert "2025-11-20" in days(parts)
    failed = {row.facts.url.removeprefix(newsroom.url): row for row in feeds(parts) if row.error}
    assert set(failed) == {"/page", "/empty", "/missing", "/sick", "/gone", "/loop", "/inside"}
    assert {path for path, row in failed.items() if row.state != "active"} == {"/gone"}
    assert "404" in failed["/missing"].error
    assert all("\n" not in row.error for row in failed.values())


def test_a_server_that_asks_for_time_gets_it(parts: Parts, newsroom: Newsroom, clock: Clock) -> None:
    newsroom.answers["/sick"] = Answer("out of order", 503, {"Retry-After": "7200"})
    follow(parts, f"{newsroom.url}/sick")
    run_all(parts)
    assert (feeds(parts)[0].next_check - clock()).total_seconds() == 7200
    assert feeds(parts)[0].wait_why == "the server asked for it"


def test_a_failing_feed_keeps_its_entries_and_recovers(parts: Parts, newsroom: Newsroom, clock: Clock) -> None:
    follow(parts, newsroom.feed("/rss", FLOOD))
    run_all(parts)
    good = newsroom.answers.pop("/rss")
    clock.pass_by(days=1)
    run_all(parts)
    assert (feeds(parts)[0].failures, feeds(parts)[0].entries_seen) == (1, 1)
    newsroom.answers["/rss"] = good
    clock.pass_by(days=1)
    run_all(parts)
    assert (feeds(parts)[0].failures, feeds(parts)[0].error) == (0, "")


def test_a_feed_that_moved_for_good_is_asked_at_its_new_address(parts: Parts, newsroom: Newsroom, clock: Clock) -> None:
    moved = newsroom.feed("/new", FLOOD)
    newsroom.answers["/old"] = Answer("", 301, {"Location": moved})
    follow(parts, f"{newsroom.url}/old")
    run_all(parts)
    clock.pass_by(days=1)
    run_all(parts)
    assert [path for path, _ in newsroom.asked] == ["/old", "/new", "/new"]
    assert (feeds(parts)[0].facts.url, feeds(parts)[0].original_url) == (moved, f"{newsroom.url}/old")


PAGE = """<html><head><title>Flood</title></head><body><nav>Home | Sport | Weather</nav><article><h1>Flood hits Surabaya</h1>
<p>A flood hit Surabaya on 20 November 2025 and destroyed 412 houses, the mayor said on Thursday morning in the city hall.</p>
<p>It was the worst flood since 12 March 2011, when the river broke its banks and 90 people died, according to the agency.</p>
<p>Rescue workers brought 1,300 people to schools in the south of the city, where they will stay until the water falls.</p>
</article><footer>All rights reserved</footer></body></html>"""


def test_a_teaser_feed_has_its_pages_read_once(parts: Parts, newsroom: Newsroom, clock: Clock) -> None:
    follow(parts, newsroom.feed("/rss", ("flood", "Flood hits Surabaya", "Houses were destroyed.")), full_text=True)
    newsroom.answers["/flood"] = Answer(PAGE, headers={"Content-Type": "text/html; charset=utf-8"})
    run_all(parts)
    assert any("12 March 2011" in text and "All rights" not in text for text in texts(parts))
    assert "2025-11-20" in days(parts)
    clock.pass_by(days=1)
    run_all(parts)
    assert [path for path, _ in newsroom.asked].count("/flood") == 1


def test_a_page_that_cannot_be_had_leaves_the_teaser(parts: Parts, newsroom: Newsroom) -> None:
    follow(parts, newsroom.feed("/rss", FLOOD, QUAKE), full_text=True)
    newsroom.answers["/quake"] = Answer("<html><body>Pay first.</body></html>", 402)
    run_all(parts)
    assert texts(parts) == {FLOOD[2], QUAKE[2]}
    assert {"2025-11-20", "2025-11-21"} <= set(days(parts))


def test_a_feed_that_is_no_teaser_has_no_page_read(parts: Parts, newsroom: Newsroom) -> None:
    follow(parts, newsroom.feed("/rss", FLOOD))
    run_all(parts)
    assert newsroom.asked == [("/rss", "")]


def test_running_every_step_again_changes_nothing(parts: Parts, newsroom: Newsroom) -> None:
    follow(parts, newsroom.feed("/rss", FLOOD, QUAKE, VISIT))
    run_all(parts)
    before = [rows(parts, table) for table in tables.metadata.sorted_tables]
    run_twice(parts)
    assert [rows(parts, table) for table in tables.metadata.sorted_tables] == before


def test_one_story_in_two_feeds_is_one_article(parts: Parts, newsroom: Newsroom) -> None:
    follow(parts, newsroom.feed("/rss", FLOOD))
    follow(parts, newsroom.feed("/top", FLOOD, QUAKE))
    run_all(parts)
    assert len(rows(parts, tables.entries)) == 3
    assert len(rows(parts, tables.articles)) == 2
