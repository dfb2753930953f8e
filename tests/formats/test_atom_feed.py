"""Atom: what RFC 4287 asks for, read back by a stock reader; the same bytes for the same events; nothing hostile alive."""

from dataclasses import replace
from datetime import UTC, datetime

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html

from tests.formats.feed_samples import CHANNEL, EVERY_KIND, HOSTILE, ids, numbered, titled, words
from tests.web.sample import events
from tracker.formats import Channel, atom
from tracker.formats.elements import ATOM, EVENT, KRONIK

NAMES = {"a": ATOM, "ev": EVENT, "k": KRONIK}
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def written(stored: list, channel: Channel = CHANNEL) -> bytes:
    return atom.feed(channel, stored, words=words)


def tree(stored: list, channel: Channel = CHANNEL) -> etree._Element:
    return etree.fromstring(written(stored, channel))


def test_a_reader_reads_back_what_was_written() -> None:
    found = feedparser.parse(written(EVERY_KIND))
    assert not found.bozo
    assert found.version == "atom10"
    assert [entry.id for entry in found.entries] == ids(EVERY_KIND)
    assert [entry.link for entry in found.entries] == [f"https://kronik.example/events/{e.id}" for e in EVERY_KIND]
    assert [entry.title for entry in found.entries] == [f"{words(e).date} — {e.facts.title}" for e in EVERY_KIND]
    published = [datetime(*entry.published_parsed[:6], tzinfo=UTC) for entry in found.entries]
    assert published == [e.first_published.astimezone(UTC) for e in EVERY_KIND]


def test_the_feed_has_what_the_specification_requires() -> None:
    found = tree(EVERY_KIND)
    for name in ("a:id", "a:title", "a:updated", "a:author/a:name"):
        assert len(found.findall(name, NAMES)) == 1, name
    assert [link.get("href") for link in found.findall("a:link[@rel='self']", NAMES)] == [CHANNEL.self_url]
    assert [link.get("href") for link in found.findall("a:link[@rel='alternate']", NAMES)] == [CHANNEL.link]
    for entry in found.iterfind("a:entry", NAMES):
        for name in ("a:id", "a:title", "a:updated", "a:published", "a:content"):
            assert len(entry.findall(name, NAMES)) == 1, name
        assert entry.find("a:content", NAMES).get("type") == "html"


def test_updated_is_the_newest_change_and_of_an_empty_feed_the_first_day_of_its_tag() -> None:
    changed = datetime(2025, 12, 1, 8, tzinfo=UTC)
    assert tree([replace(numbered(1), updated=changed)]).findtext("a:updated", None, NAMES) == "2025-12-01T08:00:00Z"
    assert tree([]).findtext("a:updated", None, NAMES) == "2025-01-01T00:00:00Z"
    assert not feedparser.parse(written([])).bozo


def test_the_feed_s_name_survives_a_move_of_host() -> None:
    moved = replace(CHANNEL, base_url="https://new.example", self_url=CHANNEL.self_url.replace("kronik", "new", 1))
    moved = replace(moved, self_url="https://new.example/t/ports/feed?q=a&status=planned")
    names = {tree([], channel).findtext("a:id", None, NAMES) for channel in (CHANNEL, moved)}
    assert names == {"tag:kronik.example,2025:t/ports/feed?q=a&status=planned"}


def test_each_entry_names_its_language_and_when_it_happened() -> None:
    [entry] = tree([numbered(1)]).findall("a:entry", NAMES)
    assert entry.get(LANGUAGE) == "id"
    assert entry.findtext("ev:startdate", None, NAMES) == "2025-06-17"
    assert entry.findtext("k:edtf", None, NAMES) == "2025-06-17"
    assert [c.get("term") for c in entry.findall("a:category", NAMES)] == ["Pyongyang", "Sergei Shoigu", "visit"]


def test_the_same_events_give_the_same_bytes() -> None:
    assert written(events()) == written(events())


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_in_foreign_text_stays_text(text: str) -> None:
    [entry] = tree([titled(text, outlet=text)]).findall("a:entry", NAMES)
    body = html.fromstring(entry.findtext("a:content", None, NAMES))
    assert {element.tag for element in body.iter()} <= {"div", "p", "blockquote", "a", "bdi"}
    assert {name for element in body.iter() for name in element.attrib} <= {"href", "lang", "dir"}


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=()), max_size=40))
def test_any_text_gives_a_feed_a_reader_can_read(text: str) -> None:
    stored = [titled(text, url=text, outlet=text)]
    channel = replace(CHANNEL, title=text, description=text, author=text)
    assert not feedparser.parse(written(stored, channel)).bozo
