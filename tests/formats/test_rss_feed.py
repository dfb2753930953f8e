"""RSS: valid XML that a stock reader reads back, the same bytes for the same events, nothing hostile left alive."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html

from tests.web.sample import event, events, report
from tracker.formats import elements, rss
from tracker.formats import item as items
from tracker.types import Event, EventId, Place

CHANNEL = items.Channel(
    title="Ports & bridges",
    description="What happens <there>.",
    link="https://kronik.example/t/ports?q=a&status=planned",
    self_url="https://kronik.example/t/ports/feed.rss?q=a&status=planned",
    base_url="https://kronik.example",
    tag="tag:kronik.example,2025:",
)
NAMES = {"ev": elements.EVENT, "k": elements.KRONIK, "dc": elements.DC, "atom": elements.ATOM}
BY_ID = {found.id: found for found in events()}


def words(told: Event) -> items.ItemWords:
    return items.ItemWords(f"On {told.facts.date.edtf or 'no day'}", ("planned",) if told.id == 20 else ())


def written(stored: Sequence[Event], channel: items.Channel = CHANNEL) -> bytes:
    return rss.feed(channel, stored, words=words)


def tree(body: bytes) -> etree._Element:
    return etree.fromstring(body)


def item(told: Event) -> etree._Element:
    [found] = tree(written([told])).iter("item")
    return found


def titled(text: str, *, url: str = "https://en.example.org/a", outlet: str = "The Post") -> Event:
    return event(1, "2025-06-17", [replace(report(text, "en", "2025-06-18T08:00"), url=url, outlet=outlet)])


def test_a_reader_reads_back_what_was_written() -> None:
    stored = events()[:18]
    found = feedparser.parse(written(stored))
    assert not found.bozo
    assert found.version == "rss20"
    assert [entry.id for entry in found.entries] == [f"tag:kronik.example,2025:event/{e.id}" for e in stored]
    assert [entry.link for entry in found.entries] == [f"https://kronik.example/events/{e.id}" for e in stored]
    assert [entry.title for entry in found.entries] == [f"{words(e).date} — {e.facts.title}" for e in stored]
    assert not any(entry.guidislink for entry in found.entries)


def test_the_channel_says_what_it_is_and_where() -> None:
    found = feedparser.parse(written(events()[:3])).feed
    assert (found.title, found.link, found.language) == (CHANNEL.title, CHANNEL.link, "en")
    assert [link.href for link in found.links if link.rel == "self"] == [CHANNEL.self_url]
    assert found.ttl == "15"


def test_it_is_published_when_we_first_published_it_never_when_it_happened() -> None:
    at = datetime(2025, 6, 18, 0, 30, tzinfo=timezone(timedelta(hours=9)))
    told = replace(BY_ID[EventId(20)], first_published=at)
    assert item(told).findtext("pubDate") == "Tue, 17 Jun 2025 15:30:00 GMT"
    assert item(told).find("dc:date", NAMES) is None


def test_the_build_date_is_that_of_the_newest_change_and_an_empty_feed_has_none() -> None:
    stored = events()[:5]
    build = tree(written(stored)).findtext("channel/lastBuildDate")
    assert build is not None
    assert parsedate_to_datetime(build) == max(e.updated for e in stored).astimezone(UTC)
    empty = tree(written([]))
    assert empty.find("channel/lastBuildDate") is None
    assert empty.findtext("channel/title") == CHANNEL.title


def test_the_same_events_give_the_same_bytes() -> None:
    assert written(events()) == written(events())


@pytest.mark.parametrize(
    ("value", "start", "end"),
    [
        ("2025-06-17", "2025-06-17", None), ("2025-06", "2025-06", None), ("2025~", "2025", None), ("2025-22", None, None),
        ("2025-07-01/2025-07-03", "2025-07-01", "2025-07-03"), ("2025-09/..", "2025-09", None), ("../2025-06-11", None, "2025-06-11"),
        ("[2025-06-21..2025-06-30]", None, None), ("[2025-07-11,2025-07-12]", None, None), ("202X", None, None), (None, None, None),
    ],
)  # fmt: skip
def test_programs_are_told_a_date_only_where_their_format_can_say_it(
    value: str | None, start: str | None, end: str | None
) -> None:
    found = item(event(1, value, [report("It rained.", "en", "2025-06-18T08:00")]))
    assert (found.findtext("ev:startdate", None, NAMES), found.findtext("ev:enddate", None, NAMES)) == (start, end)
    assert found.findtext("k:edtf", None, NAMES) == value


def test_places_actors_and_type_are_categories_without_doubles() -> None:
    told = BY_ID[EventId(1)]
    twice = replace(
        told, facts=replace(told.facts, where=(*told.facts.where, Place("Sergei Shoigu", "other", "", "x")))
    )
    assert [c.text for c in item(twice).iter("category")] == ["Pyongyang", "Sergei Shoigu", "visit"]


def test_a_quote_told_by_several_outlets_stands_once_and_at_most_three_stand() -> None:
    quotes = ["It rained.", "It rained.", "It poured.", "It hailed.", "It snowed."]
    told = event(1, "2025-06-17", [report(quote, "en", "2025-06-18T08:00") for quote in quotes])
    body = html.fromstring(item(told).findtext("description"))
    assert [quote.text for quote in body.iter("blockquote")] == ["It rained.", "It poured.", "It hailed."]


def test_quotes_keep_their_language_and_direction_and_stay_short() -> None:
    told = event(1, "2025-06-17", [report("وصل " * 200, "ar", "2025-06-18T08:00")])
    [quote] = html.fromstring(item(told).findtext("description")).iter("blockquote")
    assert (quote.get("lang"), quote.get("dir")) == ("ar", "auto")
    assert quote.text is not None
    assert len(quote.text) == 301
    assert item(told).findtext("dc:language", None, NAMES) == "ar"


def test_only_web_addresses_become_links() -> None:
    for url in ("javascript:alert(1)", "data:text/html,x", "", "//evil.example/x", "JaVaScRiPt:alert(1)"):
        found = item(titled("It rained.", url=url))
        assert found.find("source") is None
        assert "href" not in (found.findtext("description") or "")


HOSTILE = [
    "</script><script>alert(1)</script>",
    "]]>",
    "<img src=x onerror=alert(1)>",
    '" onclick="x',
    "&lt;b&gt;",
    "{{ 7 * 7 }}",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_in_foreign_text_stays_text(text: str) -> None:
    found = item(titled(text, outlet=text))
    assert found.findtext("title") == f"On 2025-06-17 — {text}"
    assert found.findtext("source") == text
    body = html.fromstring(found.findtext("description"))
    assert {element.tag for element in body.iter()} <= {"div", "p", "blockquote", "a", "bdi"}
    assert {name for element in body.iter() for name in element.attrib} <= {"href", "lang", "dir"}
    assert [quote.text for quote in body.iter("blockquote")] == [text]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\x00b\x08c\x0bd\x1be", "abcde"), ("a\ud800b", "ab"), ("a\ufffeb\uffffc", "abc"), ("a\u202eb\u2067c\u2069", "abc"),
        ("tab\tand 😀 and é", "tab\tand 😀 and é"), ("عربي\u200f و", "عربي\u200f و"),
    ],
)  # fmt: skip
def test_what_xml_forbids_and_what_turns_text_round_is_dropped(text: str, kept: str) -> None:
    assert items.inert(text) == kept
    assert item(titled(text)).findtext("title") == f"On 2025-06-17 — {kept}"


ANY = st.text(st.characters(exclude_categories=()), max_size=40)  # lone surrogates and controls included


@settings(max_examples=120, deadline=None)
@given(ANY, ANY, ANY, ANY)
def test_any_text_gives_valid_xml_without_anything_alive(title: str, url: str, outlet: str, place: str) -> None:
    told = titled(title, url=url, outlet=outlet)
    told = replace(told, facts=replace(told.facts, where=(Place(place, "other", "", "x"),)))
    channel = replace(CHANNEL, title=title, description=outlet, self_url=f"https://kronik.example/feed.rss?q={url}")
    found = tree(written([told], channel))
    assert found.findtext("channel/item/guid") == "tag:kronik.example,2025:event/1"
    body = html.fromstring(found.findtext("channel/item/description"))
    assert {element.tag for element in body.iter()} <= {"div", "p", "blockquote", "a", "bdi"}
    assert all(re.match("https?://", link.get("href", "")) for link in body.iter("a"))
