"""Pages are written once for a state of the database: again they are sent as kept, and a 304 writes nothing."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from tests.web.fake_reads import FakeReads
from tests.web.sample import NOW, PLACES
from tests.web.visits import client, rain, sample_site
from tracker.filters import Filter
from tracker.rows import Listing
from tracker.types import Event, EventId


@dataclass
class Counted(FakeReads):
    """Reads that count what pages are written from."""

    asked: list[str] = field(default_factory=list)

    def listing(self, filter_: Filter, *, topic: str, size: int) -> Listing:
        self.asked.append("listing")
        return super().listing(filter_, topic=topic, size=size)

    def event(self, event_id: EventId) -> Event | None:
        self.asked.append("event")
        return super().event(event_id)

    def newest(self, filter_: Filter, *, topic: str, limit: int) -> list[Event]:
        self.asked.append("newest")
        return list(super().newest(filter_, topic=topic, limit=limit))


PATHS = ["/", "/t/ports", "/t/ports?status=planned", "/events/1", "/feed.rss", "/t/ports/feed.atom"]


@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_written_once_while_nothing_changes(path: str) -> None:
    reads = Counted()
    visitor = client(site=replace(sample_site(), reads=reads))
    first = visitor.get(path)
    written = len(reads.asked)
    second = visitor.get(path, headers={"Accept-Encoding": "gzip"})
    assert first.status_code == second.status_code == 200
    assert written > 0
    assert len(reads.asked) == written
    assert first.headers["ETag"] == second.headers["ETag"]


@pytest.mark.parametrize("path", PATHS)
def test_a_reader_who_has_the_state_gets_a_304_and_nothing_is_written(path: str) -> None:
    state = client(site=sample_site()).get(path).headers["ETag"]
    reads = Counted()
    answer = client(site=replace(sample_site(), reads=reads)).get(path, headers={"If-None-Match": state})
    assert (answer.status_code, answer.data, reads.asked) == (304, b"", [])
    assert answer.headers["ETag"] == state
    assert "Accept-Encoding" in answer.headers["Vary"]


def test_a_change_of_events_writes_the_page_anew() -> None:
    reads = Counted()
    visitor = client(site=replace(sample_site(), reads=reads))
    before = visitor.get("/")
    reads.stored = reads.stored[1:]
    after = visitor.get("/", headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert after.data != before.data


@pytest.mark.parametrize("path", ["/feed.json", "/t/ports/feed.atom", "/t/ports/feed.rss", "/calendar.ics"])
def test_a_document_is_written_anew_when_a_place_changes_without_an_update(path: str) -> None:
    reads = Counted()
    visitor = client(site=replace(sample_site(), reads=reads))
    before = visitor.get(path)
    place = replace(PLACES["Kursk"], name="Kursk by the sea")
    reads.stored = [replace(e, facts=replace(e.facts, where=(place,))) for e in reads.stored]
    after = visitor.get(path)
    assert "Kursk by the sea" not in before.text
    assert "Kursk by the sea" in after.text
    assert after.headers["ETag"] == before.headers["ETag"]


def test_a_document_tells_of_an_event_that_joins_a_topic_while_another_leaves_it() -> None:
    reads = Counted()
    visitor = client(site=replace(sample_site(), reads=reads))
    leaves = replace(rain(900, "2025-06-18"), topics=("ports",))
    joins = replace(rain(901, "2025-06-18"), topics=())
    reads.stored = [leaves, joins]
    assert "/events/900" in visitor.get("/t/ports/feed.atom").text
    reads.stored = [replace(leaves, topics=()), replace(joins, topics=("ports",))]
    after = visitor.get("/t/ports/feed.atom").text
    assert "/events/901" in after
    assert "/events/900" not in after


def test_a_minute_writes_the_page_anew_since_it_tells_how_long_ago() -> None:
    clock = [NOW]
    visitor = client(site=replace(sample_site(), now=lambda: clock[0]))
    first = visitor.get("/").headers["ETag"]
    clock[0] = NOW + timedelta(minutes=1)
    assert visitor.get("/").headers["ETag"] != first


def test_each_language_has_its_own_page() -> None:
    visitor = client(site=sample_site())
    english = visitor.get("/", headers={"Accept-Language": "en"})
    korean = visitor.get("/", headers={"Accept-Language": "ko"})
    assert 'lang="ko"' in korean.text
    assert 'lang="ko"' not in english.text.partition("<body")[0]


def test_a_reader_without_gzip_gets_the_same_page() -> None:
    visitor = client(site=sample_site())
    zipped = visitor.get("/", headers={"Accept-Encoding": "gzip"})
    plain = visitor.get("/", headers={"Accept-Encoding": "identity"})
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert plain.text.startswith("<!doctype html>")


@pytest.mark.parametrize(("path", "status"), [("/events/999", 404), ("/t/no-such-topic", 404), ("/events/1", 304)])
def test_a_reader_who_has_any_state_is_not_told_that_a_missing_page_is_unchanged(path: str, status: int) -> None:
    assert client(site=sample_site()).get(path, headers={"If-None-Match": "*"}).status_code == status


def test_what_is_not_there_is_not_kept() -> None:
    visitor = client(site=sample_site())
    assert [visitor.get("/events/999").status_code for _ in range(2)] == [404, 404]
    assert visitor.get("/t/no-such-topic").status_code == 404
