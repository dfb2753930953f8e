"""What goes wrong with one feed or article is written on its row, and the rest goes on."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.pipeline.conftest import Clock, follow, run_all
from tests.pipeline.newsroom import START, Answer, Newsroom
from tracker import mentions, pipeline, settings, wiring
from tracker.downloads import Request
from tracker.errors import SettingsError, StoreError
from tracker.filters import Filter
from tracker.pipeline import Parts, Step
from tracker.store import feeds as feed_rows
from tracker.store import tables, work
from tracker.types import Article, Download, Topic

FLOOD = "A flood hit Surabaya on 20 November 2025 and destroyed 412 houses, the mayor said."
QUAKE = "An earthquake shook Padang on 21 November 2025 and injured 37 people."


def article(name: str, text: str, language: str = "en") -> Article:
    return Article(name, "", text, language, START, outlet=f"Paper {name}")


def days(parts: Parts) -> list[str]:
    return [e.facts.date.edtf.text for e in parts.store.queries.export(Filter()) if e.facts.date.edtf]


def set_aside(parts: Parts) -> list[tuple[str, str]]:
    with parts.store.read() as db:
        return [(step, error) for step, _, error in work.set_aside(db, limit=9)]


def run_through(parts: Parts, clock: Clock) -> None:
    """Run everything, and once more after any wait for a retry."""
    run_all(parts)
    clock.pass_by(hours=1)
    run_all(parts)


@pytest.fixture
def breaks(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Give a function that makes the detection of articles with a word in them fail."""
    detect = mentions.detect

    def broken(word: str) -> None:
        def detect_or_fail(given: Article, *args: object, **options: object) -> mentions.Detection:
            if word in given.text:
                raise ZeroDivisionError(f"in {given.id}\nand on a second line")
            return detect(given, *args, **options)

        monkeypatch.setattr(mentions, "detect", detect_or_fail)

    return broken


def test_an_article_that_cannot_be_read_is_set_aside_and_the_rest_goes_on(
    parts: Parts, clock: Clock, breaks: Callable[[str], None]
) -> None:
    breaks("Padang")
    pipeline.accept(parts, [article("quake", QUAKE), article("flood", FLOOD)])
    run_all(parts)
    assert days(parts) == ["2025-11-20"]
    assert set_aside(parts) == []
    clock.pass_by(hours=1)
    run_all(parts)
    assert [(step, error.startswith("ZeroDivisionError: in quake")) for step, error in set_aside(parts)] == [
        ("extract", True)
    ]
    assert pipeline.due(parts) == ()


def test_a_passing_failure_is_made_good(
    parts: Parts, clock: Clock, breaks: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    breaks("Padang")
    pipeline.accept(parts, [article("quake", QUAKE)])
    run_all(parts)
    monkeypatch.undo()
    clock.pass_by(hours=1)
    run_all(parts)
    assert (days(parts), set_aside(parts)) == (["2025-11-21"], [])


def test_a_merge_that_fails_leaves_no_half_of_an_event(
    parts: Parts, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def topics_or_fail(_parts: Parts, event: object) -> tuple[str, ...]:
        if "Padang" in str(event):
            raise ValueError("no topic today")
        return ()

    monkeypatch.setattr(pipeline, "topics_of", topics_or_fail)
    pipeline.accept(parts, [article("quake", QUAKE), article("flood", FLOOD)])
    run_through(parts, clock)
    assert days(parts) == ["2025-11-20"]
    assert set_aside(parts) == [("merge", "ValueError: no topic today")]


class Careless:
    """A fetcher with a bug: it breaks in a way nobody expects, for one address."""

    def __init__(self, parts: Parts, path: str, before: Callable[[], None] = lambda: None) -> None:
        self._real = parts.fetcher
        self._path = path
        self._before = before

    def fetch(self, request: Request) -> Download:
        """Fail for the one address."""
        if request.url.endswith(self._path):
            self._before()
            raise KeyError(request.url)
        return self._real.fetch(request)

    def wait_s(self, url: str) -> float:
        """Wait as the real one does."""
        return self._real.wait_s(url)


def test_a_poll_that_fails_in_an_unforeseen_way_stops_no_other(parts: Parts, newsroom: Newsroom, clock: Clock) -> None:
    follow(parts, f"{newsroom.url}/odd")
    follow(parts, newsroom.feed("/rss", ("flood", "Flood", FLOOD)))
    run_all(replace(parts, fetcher=Careless(parts, "/odd")))
    assert days(parts) == ["2025-11-20"]
    with parts.store.read() as db:
        odd = next(row for row in feed_rows.listed(db) if row.facts.url.endswith("/odd"))
    assert odd.error.startswith("KeyError")
    assert (odd.failures, odd.next_check - clock()) == (1, timedelta(minutes=30))


def test_a_failing_poll_whose_lease_was_lost_stops_no_other(parts: Parts, newsroom: Newsroom) -> None:
    def take_over() -> None:
        with parts.store.write() as db:
            odd = tables.feeds.c.url == f"{newsroom.url}/odd"
            db.execute(sa.update(tables.feeds).where(odd).values(lease_by="another worker"))

    follow(parts, f"{newsroom.url}/odd")
    follow(parts, newsroom.feed("/rss", ("flood", "Flood", FLOOD)))
    pipeline.run(replace(parts, fetcher=Careless(parts, "/odd", take_over)), Step.POLL)
    run_all(parts)
    assert days(parts) == ["2025-11-20"]


@pytest.mark.parametrize(("step", "rows"), [(Step.POLL, 4), (Step.READ, 20)])
def test_a_lease_lasts_as_long_as_a_batch_of_slow_servers_may_take(
    parts: Parts, newsroom: Newsroom, clock: Clock, step: Step, rows: int
) -> None:
    held: list[float] = []

    def look() -> None:
        with parts.store.read() as db:
            ends = [db.scalar(sa.select(sa.func.max(t.c.lease_until))) for t in (tables.feeds, tables.work_items)]
        held.append(max((end - clock()).total_seconds() for end in ends if end))

    slow = replace(parts.settings.fetch, total_s=60.0)
    careless = replace(parts, fetcher=Careless(parts, "/odd", look), settings=replace(parts.settings, fetch=slow))
    if step is Step.READ:
        follow(parts, newsroom.feed("/rss", ("odd", "A teaser", "Short.")), full_text=True)
        pipeline.run(parts, Step.POLL)
    else:
        follow(parts, f"{newsroom.url}/odd")
    pipeline.run(careless, step)
    assert held[0] >= rows * 60


def test_a_step_that_is_to_end_gives_back_what_it_has_not_begun(parts: Parts, newsroom: Newsroom) -> None:
    alone = replace(parts.settings.fetch, host_parallel=1)
    parts = replace(parts, settings=replace(parts.settings, fetch=alone))
    for n in range(3):
        follow(parts, f"{newsroom.url}/odd{n}")
    pipeline.run(replace(parts, fetcher=Careless(parts, "/odd0", parts.stop.set)), Step.POLL)
    parts.stop.clear()
    with parts.store.read() as db:
        assert work.holders(db) == ()
        assert [row.failures for row in feed_rows.listed(db)] == [1, 0, 0]


def test_an_event_is_hidden_when_its_only_report_is_corrected_away(
    parts: Parts, newsroom: Newsroom, clock: Clock
) -> None:
    follow(parts, newsroom.feed("/rss", ("flood", "Flood", FLOOD)))
    run_all(parts)
    newsroom.feed("/rss", ("flood", "Correction", "We were wrong. We regret the error."))
    clock.pass_by(days=1)
    run_all(parts)
    assert days(parts) == []
    assert parts.store.queries.counts(topic="").reports == 0


@pytest.mark.parametrize(
    ("language", "text"), [("xx", "ᚠᛖᚢᚱ ᛖᚱ ᚠᚱᚨᛖᚾᛞᚨ ᚱᚢᚷ 2025."), ("sv", "Branden utbröt den 13 maj 2025 i Lund.")]
)
def test_articles_in_a_language_without_words_of_events_are_kept_without_events(
    parts: Parts, language: str, text: str
) -> None:
    pipeline.accept(parts, [article("other", text, language=language), article("flood", FLOOD)])
    run_all(parts)
    assert days(parts) == ["2025-11-20"]
    assert set_aside(parts) == []


def test_accepting_counts_what_is_new_or_changed(parts: Parts) -> None:
    assert pipeline.accept(parts, [article("a", FLOOD), article("b", QUAKE)]) == 2
    assert pipeline.accept(parts, [article("a", FLOOD), article("b", QUAKE + " It was night.")]) == 1


def dead_pid() -> int:
    """Give the id of a process that has ended."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    return ended.pid


@pytest.mark.parametrize("alive", [True, False])
def test_the_work_of_a_worker_that_died_here_is_taken_back_at_once(parts: Parts, alive: bool) -> None:
    holder = f"{socket.gethostname()}:{os.getpid() if alive else dead_pid()}:cafe"
    pipeline.accept(parts, [article("a", FLOOD)])
    with parts.store.write() as db:
        work.claim(db, Step.EXTRACT, n=1, now=START, lease_s=9e4, worker=holder)
        work.claim(db, Step.EXTRACT, n=1, now=START, lease_s=9e4, worker="elsewhere:1:cafe")
    run_all(parts)
    assert days(parts) == ([] if alive else ["2025-11-20"])


def test_topics_take_in_old_events_when_they_are_new_and_new_events_when_they_come(parts: Parts) -> None:
    floods, quakes = Topic("floods", "Floods", "flood"), Topic("quakes", "Quakes", "earthquake")
    wiring.follow_lists(parts, listed=(), topics=[quakes])
    pipeline.accept(parts, [article("flood", FLOOD), article("quake", QUAKE)])
    run_all(parts)
    wiring.follow_lists(parts, listed=(), topics=[floods])
    found = {row.topic.slug: row.events for row in parts.store.queries.topics()}
    assert found == {"floods": 1, "quakes": 1}


def test_the_site_shows_what_was_read(parts: Parts, newsroom: Newsroom) -> None:
    follow(parts, newsroom.feed("/rss", ("flood", "Flood", FLOOD)))
    newsroom.answers["/else"] = Answer("")
    run_all(parts)
    page = wiring.web_app(parts.settings, store=parts.store).test_client().get("/")
    assert page.status_code == 200
    assert "Surabaya" in page.text


@pytest.mark.postgres
@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_only_an_embedded_database_is_made_unasked(database_url: str) -> None:
    with pytest.raises(StoreError, match="run: python -m tracker migrate"):
        wiring.open_store(settings.load({"TRACKER_DATABASE_URL": database_url}))


def test_a_hub_without_an_address_of_ours_is_refused_before_anything_runs(parts: Parts) -> None:
    web = replace(parts.settings.web, hub_url="https://hub.example/", base_url="")
    before = set(threading.enumerate())
    with (
        pytest.raises(SettingsError, match=r"web\.base_url"),
        wiring.serving(replace(parts, settings=replace(parts.settings, web=web))),
    ):
        pytest.fail("it is served all the same")
    assert set(threading.enumerate()) <= before


def test_a_hub_is_told_while_we_serve_and_no_longer(parts: Parts) -> None:
    web = replace(parts.settings.web, hub_url="https://hub.example/", base_url="https://kronik.example")
    with wiring.serving(replace(parts, settings=replace(parts.settings, web=web))):
        assert "hub" in {thread.name for thread in threading.enumerate()}
    assert "hub" not in {thread.name for thread in threading.enumerate()}
