"""The sample feeds are what outlets publish: well-formed, dated, in many languages, with stories told more than once."""

import re
import urllib.parse
from collections import Counter
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

import feedparser
import pytest
import trafilatura

from tracker.demo import demo_feeds, demo_topics
from tracker.demo.content import FEEDS, pages

BASE = "http://127.0.0.1:1"
FEED_LIST = demo_feeds(BASE)
PAGES = pages(BASE)
PARSED = {feed.name: feedparser.parse(PAGES[feed.url.removeprefix(BASE)].body) for feed in FEED_LIST}
ENTRIES = [(feed, entry) for feed in FEED_LIST for entry in PARSED[feed.name].entries]
TEASER = next(feed for feed in FEED_LIST if feed.full_text)
RFC_822 = re.compile(r"<(?:pubDate|lastBuildDate)>((\w{3}), [^<]*[+-]\d{4}|(\w{3}), [^<]* GMT)<")


def _text(entry: feedparser.FeedParserDict) -> str:
    return entry.content[0].value if "content" in entry else entry.summary


def _stamp(entry: feedparser.FeedParserDict) -> datetime | None:
    parts = entry.get("published_parsed" if "published" in entry else "updated_parsed")  # RDF has but one date
    return datetime(*parts[:6], tzinfo=UTC) if parts else None


@pytest.mark.parametrize("feed", FEED_LIST, ids=lambda feed: feed.name)
def test_a_sample_feed_is_well_formed(feed) -> None:
    assert not PARSED[feed.name].bozo


@pytest.mark.parametrize("feed", FEED_LIST, ids=lambda feed: feed.name)
def test_a_sample_feed_declares_the_language_of_its_list_entry(feed) -> None:
    assert PARSED[feed.name].feed.language.split("-")[0] == feed.language


def test_every_file_is_listed_once() -> None:
    listed = Counter(feed.url.rpartition("/")[2] for feed in FEED_LIST)
    assert listed == Counter(path.name for path in FEEDS.iterdir())


def test_there_are_at_least_nine_languages_and_ninety_entries() -> None:
    assert len({feed.language for feed in FEED_LIST}) >= 9
    assert len(ENTRIES) >= 90


def test_rss_atom_and_rdf_are_all_there() -> None:
    assert {parsed.version for parsed in PARSED.values()} == {"rss20", "atom10", "rss10"}


def test_every_entry_has_a_title_a_text_and_a_key_of_its_own() -> None:
    assert all(entry.title and _text(entry) for _, entry in ENTRIES)
    keys = [(feed.url, entry.get("id") or entry.link) for feed, entry in ENTRIES]
    assert len(set(keys)) == len(keys)


def test_links_lead_to_reserved_names_or_to_the_local_server() -> None:
    hosts = {urllib.parse.urlsplit(entry.link).hostname or "" for _, entry in ENTRIES}
    assert all(host.endswith(".example") or host == "127.0.0.1" for host in hosts)


def test_entries_were_published_between_september_2023_and_december_2025() -> None:
    days = [stamp for _, entry in ENTRIES if (stamp := _stamp(entry))]
    assert datetime(2023, 9, 1, tzinfo=UTC) <= min(days) < max(days) < datetime(2026, 1, 1, tzinfo=UTC)


def test_exactly_one_entry_is_dated_in_its_own_language() -> None:
    assert sum(_stamp(entry) is None for _, entry in ENTRIES) == 1


def test_the_weekday_of_every_stamp_is_right() -> None:
    found = [stamp for path in FEEDS.iterdir() for stamp in RFC_822.findall(path.read_text(encoding="utf-8"))]
    assert len(found) > 80
    assert [whole for whole, *_ in found if not whole.startswith(f"{parsedate_to_datetime(whole):%a}")] == []


def test_the_offset_of_every_stamp_is_that_of_the_outlets_zone() -> None:
    zones = {feed.url.rpartition("/")[2]: ZoneInfo(feed.zone) for feed in FEED_LIST}
    found = [(p.name, s) for p in FEEDS.iterdir() for s in RFC_822.findall(p.read_text(encoding="utf-8"))]
    stamps = [(name, parsedate_to_datetime(whole)) for name, (whole, *_) in found]
    assert [(name, at) for name, at in stamps if at.utcoffset() != at.astimezone(zones[name]).utcoffset()] == []


def test_one_report_is_copied_word_for_word_by_another_outlet() -> None:
    words = Counter(" ".join(re.sub(r"<[^>]+>", " ", _text(entry)).split()) for _, entry in ENTRIES)
    assert [count for count in words.values() if count > 1] == [2]


def test_the_pages_of_the_teaser_feed_give_their_article_and_nothing_else() -> None:
    for entry in PARSED[TEASER.name].entries:
        text = trafilatura.extract(PAGES[entry.link.removeprefix(BASE)].body) or ""
        assert len(text) > 400
        assert not re.search(r"cookies|newsletter|Most read|Subscribe", text)


def test_teasers_are_shorter_than_their_articles() -> None:
    assert all(len(_text(entry)) < 120 for entry in PARSED[TEASER.name].entries)


def test_no_placeholder_is_left_in_any_page() -> None:
    assert [path for path, page in PAGES.items() if b"{{" in page.body] == []


def test_the_demo_has_three_topics() -> None:
    assert [topic.slug for topic in demo_topics()] == ["russia-dprk", "gamalama", "hervidero-bridge"]
