"""What one can follow: feeds, calendar, changes, lists for readers and crawlers, and what the operator asks."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import feedparser
import pytest
from flask.testing import FlaskClient
from lxml import etree

from tests.web.fake_reads import FakeReads, sample_site
from tests.web.sample import NOW, events
from tests.web.visits import client, later, rain
from tracker.errors import StoreError
from tracker.filters import Filter
from tracker.rows import State
from tracker.types import Event, EventId, Revision

FEEDS = ["feed.rss", "feed.atom", "feed.json", "calendar.ics"]
FOLLOWED = [f"{place}{name}" for place in ("/", "/t/ports/", "/t/quiet/") for name in FEEDS]
LISTS = ["/changes.rss", "/topics.opml", "/sitemap.xml"]
TYPES = {
    "rss": "application/rss+xml; charset=utf-8", "atom": "application/atom+xml; charset=utf-8", "json": "application/feed+json",
    "ics": "text/calendar; charset=utf-8", "opml": "text/x-opml; charset=utf-8", "xml": "application/xml; charset=utf-8",
}  # fmt: skip


def got(path: str, visit: FlaskClient | None = None) -> str:
    answer = (visit or client()).get(path)
    assert answer.status_code == 200, path
    return answer.get_data(as_text=True)


def named(path: str) -> set[str]:
    """Give the numbers of the events a feed of any form holds."""
    return set(re.findall(r"events/(\d+)", got(path)))


@pytest.mark.parametrize("path", [*FOLLOWED, *LISTS])
def test_it_has_its_media_type_and_is_kept_five_minutes(path: str) -> None:
    answer = client().get(path)
    assert answer.status_code == 200
    assert answer.content_type == TYPES[path.rpartition(".")[2]]
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("path", [*FOLLOWED, *LISTS])
@pytest.mark.parametrize("coding", ["gzip", "identity"])
def test_what_has_not_changed_is_not_sent_again(path: str, coding: str) -> None:
    visit = client()
    first = visit.get(path, headers={"Accept-Encoding": coding})
    again = visit.get(path, headers={"Accept-Encoding": coding, "If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.get_data()) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Vary"] == first.headers["Vary"]
    assert visit.get(path, headers={"If-None-Match": '"another"'}).status_code == 200


@pytest.mark.parametrize("path", ["/feed.atom", "/feed.json", "/calendar.ics", "/sitemap.xml", "/changes.rss"])
def test_a_reader_without_an_etag_is_answered_by_date(path: str) -> None:
    visit = client()
    changed = visit.get(path).headers["Last-Modified"]
    assert visit.get(path, headers={"If-Modified-Since": changed}).status_code == 304


@dataclass
class Written(FakeReads):
    """Reads of which only the state may be asked."""

    def newest(self, filter_: Filter, *, topic: str, limit: int) -> list[Event]:
        raise AssertionError("a document was written for an answer without one")

    def happening(self, filter_: Filter, *, topic: str, first: date, limit: int) -> list[Event]:
        raise AssertionError("a document was written for an answer without one")


@pytest.mark.parametrize("path", [path for path in FOLLOWED if "quiet" not in path])
def test_nothing_is_read_for_a_304(path: str) -> None:
    etag = client().get(path).headers["ETag"]
    visit = client(site=replace(sample_site(), reads=Written()))
    assert visit.get(path, headers={"If-None-Match": etag}).status_code == 304


def test_each_form_filter_and_topic_has_an_etag_of_its_own() -> None:
    paths = [f"{path}{query}" for path in FOLLOWED for query in ("", "?q=train", "?status=planned")]
    assert len({client().get(path).headers["ETag"] for path in paths}) == len(paths)


@pytest.mark.parametrize("name", FEEDS)
def test_the_etag_changes_with_the_events(name: str) -> None:
    stored = events()[:5]
    changed = [*stored[:4], later(stored[4], stored[4].updated + timedelta(days=400))]
    found = {client(s).get(f"/{name}").headers["ETag"] for s in (stored, stored[::-1], changed, stored[:4])}
    assert len(found) == 3


@dataclass
class WrittenAgain(FakeReads):
    """Reads of events that were written again, without an update that readers are told of."""

    def state(self, filter_: Filter, *, topic: str) -> State:
        return replace(FakeReads.state(self, filter_, topic=topic), change=7)


@pytest.mark.parametrize("path", [path for path in FOLLOWED if "quiet" not in path])
def test_the_etag_follows_places_and_quotes_which_come_without_an_update(path: str) -> None:
    etag = client().get(path).headers["ETag"]
    visit = client(site=replace(sample_site(), reads=WrittenAgain()))
    assert visit.get(path, headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize("path", [*FOLLOWED, *LISTS])
def test_the_same_state_gives_the_same_bytes_a_day_later(path: str) -> None:
    site = sample_site()
    next_day = replace(site, now=lambda: NOW + timedelta(days=1))
    assert got(path, client(site=site)) == got(path, client(site=next_day))


@pytest.mark.parametrize("name", ["feed.rss", "feed.atom", "feed.json"])
def test_every_form_holds_the_same_events_under_the_same_filter(name: str) -> None:
    for query in ("?status=planned", "?q=Shoigu", "?place=538555&language=ru", "?from=2025-06&to=2025-07"):
        assert named(f"/{name}{query}") == named(f"/feed.rss{query}") != set()


@pytest.mark.parametrize("name", FEEDS)
def test_a_feed_names_its_own_address_with_its_filter(name: str) -> None:
    body = got(f"/t/ports/{name}?status=planned&utm=x&page=3")
    assert name == "calendar.ics" or f"https://kronik.example/t/ports/{name}?status=planned" in body.replace(
        "&amp;", "&"
    )


@pytest.mark.parametrize("path", [f"/t/unknown/{name}" for name in FEEDS])
def test_a_feed_of_an_unknown_topic_is_not_there(path: str) -> None:
    assert client().get(path).status_code == 404


@pytest.mark.parametrize("name", FEEDS)
def test_an_unknown_value_is_refused(name: str) -> None:
    assert client().get(f"/{name}?status=x").status_code == 400


@pytest.mark.parametrize("path", ["/feed.rss", "/feed.atom", "/changes.rss"])
def test_a_stock_reader_reads_it(path: str) -> None:
    found = feedparser.parse(client().get(path).get_data())
    assert not found.bozo
    assert found.entries


def days(body: str) -> set[str]:
    return set(re.findall(r"DTSTART;VALUE=DATE:(\d{8})", body))


def test_the_calendar_goes_a_year_back_and_all_ahead() -> None:
    stored = [rain(n, value) for n, value in enumerate(("2024-10-31", "2024-11-01", "2025-11-20", "2031-01-01"), 1)]
    assert days(got("/calendar.ics", client(stored))) == {"20241101", "20251120", "20310101"}


def test_the_calendar_holds_vague_dates_only_where_they_are_asked_for() -> None:
    stored = [rain(n, value) for n, value in enumerate(("2025-06", "2025-06-17", None, "2025-09/.."), 1)]
    visit = client(stored)
    assert days(got("/calendar.ics", visit)) == {"20250617"}
    vague = got("/calendar.ics?precision=month,open,unknown", visit)
    assert days(vague) == {"20250601"}
    assert "Some time in June 2025" in vague


def changed(number: int, kind: str, old: str, new: str, **said: object) -> Event:
    revision = Revision(2, kind, old, new, "a report names the day", datetime(2025, 6, 18, tzinfo=UTC))
    return replace(rain(number, "2025-06-17"), revisions=(revision,), **said)


@pytest.mark.parametrize(
    ("kind", "old", "new", "title"),
    [
        ("redated", "2025-22", "2025-06-17", "Redated: It rained, time 1. — summer 2025 → 17 June 2025"),
        ("redated", "", "2025-06-17", "Redated: It rained, time 1. — no date → 17 June 2025"),
        ("status", "planned", "occurred", "Status changed: It rained, time 1. — planned → happened"),
        ("retitled", "It poured.", "It rained, time 1.", "Retitled: It rained, time 1."),
        ("hidden", "", "spam", "Hidden: 1"),
        ("split", "", "", "Split: It rained, time 1."),
    ],
)
def test_a_change_says_what_was_and_what_is(kind: str, old: str, new: str, title: str) -> None:
    [entry] = feedparser.parse(got("/changes.rss", client([changed(1, kind, old, new)]))).entries
    assert entry.title == title


def test_a_withdrawn_event_s_words_are_in_no_change() -> None:
    body = got("/changes.rss", client([changed(1, "hidden", "It rained", "It rained")]))
    assert "rained" not in body


def test_a_merged_event_is_told_under_the_one_it_became_part_of() -> None:
    stored = [changed(2, "merged", "It rained, time 2.", "1", merged_into=EventId(1)), rain(1, "2025-06-17")]
    [entry] = feedparser.parse(got("/changes.rss", client(stored))).entries
    assert entry.link == "https://kronik.example/events/1"


def test_the_topics_are_feeds_to_follow() -> None:
    root = etree.fromstring(got("/topics.opml").encode())
    assert root.xpath("//outline/@xmlUrl") == [
        f"https://kronik.example{path}/feed.rss" for path in ("", "/t/ports", "/t/quiet")
    ]


def locations(body: str) -> list[str]:
    return [str(loc.text) for loc in etree.fromstring(body.encode()).iter("{*}loc")]


def test_the_sitemap_names_pages_topics_and_events_that_all_exist() -> None:
    visit = client()
    found = locations(got("/sitemap.xml", visit))
    assert "https://kronik.example/t/ports" in found
    assert len([url for url in found if "/events/" in url]) == len(events())
    assert {visit.get(url.removeprefix("https://kronik.example")).status_code for url in found[:20]} == {200}


def test_many_events_are_spread_over_files_of_one_list() -> None:
    visit = client([rain(1, "2025-06-17"), rain(40_001, "2025-06-17")])
    assert locations(got("/sitemap.xml", visit)) == [f"https://kronik.example/sitemap-{n}.xml" for n in (1, 2)]
    assert "https://kronik.example/events/1" in locations(got("/sitemap-1.xml", visit))
    assert locations(got("/sitemap-2.xml", visit)) == ["https://kronik.example/events/40001"]
    assert [visit.get(f"/sitemap-{n}.xml").status_code for n in (0, 3)] == [404, 404]


def test_crawlers_are_told_where_the_sitemap_is() -> None:
    assert "Sitemap: https://kronik.example/sitemap.xml" in got("/robots.txt").splitlines()


@dataclass
class Away(FakeReads):
    """A database that is away."""

    def ready(self) -> None:
        raise StoreError("refused", subject="secret-host")


def test_readiness_follows_the_database_and_tells_no_secret() -> None:
    assert got("/readyz") == "ok\n"
    answer = client(site=replace(sample_site(), reads=Away())).get("/readyz")
    assert (answer.status_code, answer.get_data(), answer.headers["Cache-Control"]) == (503, b"not ready\n", "no-store")


METRIC = re.compile(
    r'(kronik_[a-z_]+)(?:\{([a-z]+="(?:[^"\\\n]|\\.)*"(?:,[a-z]+="(?:[^"\\\n]|\\.)*")*)\})? ([0-9.e+-]+)'
)


def test_the_metrics_follow_prometheus_text_format() -> None:
    visit = client()
    visit.get("/nothing")
    answer = visit.get("/metrics")
    assert answer.content_type == "text/plain; version=0.0.4; charset=utf-8"
    told: set[str] = set()
    for line in answer.get_data(as_text=True).splitlines():
        if line.startswith("# TYPE "):
            told.add(line.split()[2])
        elif not line.startswith("# HELP "):
            match = METRIC.fullmatch(line)
            assert match, line
            assert match[1] in told or re.sub(r"_(bucket|sum|count)$", "", match[1]) in told


def test_the_metrics_count_events_work_and_requests() -> None:
    visit = client()
    visit.get("/feed.rss")
    lines = got("/metrics", visit).splitlines()
    assert f"kronik_events {len(events())}" in lines
    assert 'kronik_work_items{step="extract",state="due"} 3' in lines
    assert 'kronik_http_requests_total{endpoint="following.everything",status="200"} 1' in lines
    assert 'kronik_http_request_seconds_bucket{le="+Inf"} 1' in lines


@contextmanager
def hostile(text: str) -> Iterator[FlaskClient]:
    told = rain(1, "2025-06-17", title=text)
    yield client([replace(told, revisions=(Revision(2, "retitled", text, text, text, NOW),))])


@pytest.mark.parametrize(
    "text", ["</script><script>alert(1)</script>", "]]><x/>", "a\r\nBEGIN:VEVENT", "=cmd\x00\u202e", "\ud800"]
)
def test_hostile_text_is_inert_in_everything_one_can_follow(text: str) -> None:
    with hostile(text) as visit:
        for path in ("/feed.rss", "/feed.atom", "/changes.rss"):
            assert not feedparser.parse(visit.get(path).get_data()).bozo
        assert len(json.loads(got("/feed.json", visit))["items"]) == 1
        assert len(re.findall(r"^BEGIN:VEVENT\r?$", got("/calendar.ics", visit), re.MULTILINE)) == 1
