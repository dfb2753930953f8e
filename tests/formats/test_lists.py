"""Changes, OPML and sitemaps: an item a change, a feed a topic, an address a page."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import feedparser
import pytest
from lxml import etree

from tests.formats.feed_samples import CHANNEL, HOSTILE, dated, titled
from tracker.formats import changes, opml, sitemap
from tracker.formats.changes import Change, ChangeWords
from tracker.formats.opml import Outline
from tracker.types import Event, EventId, Revision

WHEN = datetime(2025, 6, 18, 12, tzinfo=UTC)
SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def revised(*steps: tuple[str, float], number: int = 1, **said: object) -> Event:
    """Give an event with revisions of a kind, so many minutes after noon."""
    made = tuple(
        Revision(n + 1, kind, "2025-06", "2025-06-17", "a report", WHEN + timedelta(minutes=minutes))
        for n, (kind, minutes) in enumerate(steps)
    )
    return replace(dated("2025-06-17", number), revisions=made, **said)


def gathered(*stored: Event, limit: int = 100) -> list[tuple[int, list[str]]]:
    return [(c.event.id, [r.kind for r in c.revisions]) for c in changes.changes(stored, limit=limit)]


def words(change: Change) -> ChangeWords:
    return ChangeWords(change.event.facts.title, tuple(f"{r.old} → {r.new}" for r in change.revisions))


def test_changes_within_an_hour_are_one_and_later_ones_another() -> None:
    told = revised(("created", 0), ("redated", 5), ("retitled", 64), ("status", 66))
    assert gathered(told) == [(1, ["status"]), (1, ["redated", "retitled"])]


def test_the_first_publication_is_no_change() -> None:
    assert gathered(revised(("created", 0))) == []


def test_a_merge_is_told_once_by_the_event_that_went() -> None:
    stayed = revised(("created", 0), ("merged", 5), number=1)
    went = revised(("created", 0), ("merged", 5), number=2, merged_into=EventId(1))
    assert gathered(stayed, went) == [(2, ["merged"])]


def test_the_newest_change_stands_first_and_the_oldest_are_left_out() -> None:
    stored = [revised(("redated", minutes), number=n) for n, minutes in enumerate((10, 30, 20), 1)]
    assert gathered(*stored, limit=2) == [(2, ["redated"]), (3, ["redated"])]


def test_a_reader_reads_the_changes_back() -> None:
    found = changes.changes([revised(("created", 0), ("redated", 5), ("status", 300))], limit=9)
    read = feedparser.parse(changes.feed(CHANNEL, found, words=words))
    assert not read.bozo
    assert [entry.id for entry in read.entries] == [f"tag:kronik.example,2025:event/1#rev-{n}" for n in (3, 2)]
    assert [entry.tags[0].term for entry in read.entries] == ["status", "redated"]
    assert read.entries[1].published == "Wed, 18 Jun 2025 12:05:00 GMT"
    assert read.entries[1].link == "https://kronik.example/events/1"


def test_an_item_that_grows_within_its_hour_keeps_its_name() -> None:
    def names(told: Event) -> list[str]:
        found = changes.changes([told], limit=9)
        return [entry.id for entry in feedparser.parse(changes.feed(CHANNEL, found, words=words)).entries]

    assert names(revised(("redated", 5))) == names(revised(("redated", 5), ("status", 9)))


def test_a_merged_event_leads_to_the_one_it_became_part_of_and_a_hidden_one_nowhere() -> None:
    merged = revised(("merged", 5), number=2, merged_into=EventId(7))
    hidden = revised(("redated", 1), ("hidden", 90), number=3)
    found = changes.changes([merged, hidden], limit=9)
    assert [(c.shown, c.hidden) for c in found] == [(3, True), (7, False), (3, True)]
    items = etree.fromstring(changes.feed(CHANNEL, found, words=words)).findall("channel/item")
    assert [item.findtext("link") for item in items] == [None, "https://kronik.example/events/7", None]


@pytest.mark.parametrize("text", HOSTILE)
def test_foreign_text_in_a_change_is_no_markup(text: str) -> None:
    told = replace(titled(text), revisions=(Revision(2, "retitled", text, text, text, WHEN),))
    [item] = etree.fromstring(changes.feed(CHANNEL, changes.changes([told], limit=1), words=words)).iter("item")
    assert "<script" not in (item.findtext("description") or "")


def test_each_topic_is_an_outline_with_its_feed_and_page() -> None:
    found = [
        Outline("A & B", "https://k.example/t/a/feed.rss", "https://k.example/t/a", "told"),
        Outline("C", "x", "y"),
    ]
    root = etree.fromstring(opml.outlines("Kronik", found))
    assert (root.tag, root.get("version"), root.findtext("head/title")) == ("opml", "2.0", "Kronik")
    assert [dict(one.attrib) for one in root.iterfind("body/outline")] == [
        {
            "type": "rss", "text": "A & B", "title": "A & B", "xmlUrl": "https://k.example/t/a/feed.rss",
            "htmlUrl": "https://k.example/t/a", "description": "told",
        },
        {"type": "rss", "text": "C", "title": "C", "xmlUrl": "x", "htmlUrl": "y"},
    ]  # fmt: skip


def test_a_sitemap_names_addresses_with_their_last_change() -> None:
    root = etree.fromstring(sitemap.pages([("https://k.example/?a&b", None), ("https://k.example/events/1", WHEN)]))
    assert root.tag == f"{SPACE}urlset"
    assert [one.findtext(f"{SPACE}loc") for one in root] == ["https://k.example/?a&b", "https://k.example/events/1"]
    assert [one.findtext(f"{SPACE}lastmod") for one in root] == [None, "2025-06-18T12:00:00Z"]


def test_an_index_names_files() -> None:
    root = etree.fromstring(sitemap.index([("https://k.example/sitemap-1.xml", None)]))
    assert [one.tag for one in root.iter()] == [f"{SPACE}sitemapindex", f"{SPACE}sitemap", f"{SPACE}loc"]
