"""The lists we ship can be used as they are: every key known, zones and countries real, enough languages."""

import tomllib
import urllib.parse
import zoneinfo
from collections import Counter

import pytest
from babel import Locale

from tracker.events import read_topics
from tracker.settings import PROJECT

FEEDS = tomllib.loads((PROJECT / "config/feeds.toml").read_text(encoding="utf-8"))["feed"]
TOPICS = read_topics(PROJECT / "config/topics.toml")
REQUIRED = {"url", "name", "outlet", "language", "zone", "country"}


@pytest.mark.parametrize("feed", FEEDS, ids=lambda feed: feed["name"])
def test_a_shipped_feed_has_all_keys_and_no_other(feed) -> None:
    assert set(feed) - {"full_text", "interval_s", "tags"} == REQUIRED


def test_shipped_feeds_cover_at_least_sixteen_languages() -> None:
    assert len({feed["language"] for feed in FEEDS}) >= 16


def test_no_address_is_listed_twice() -> None:
    assert [url for url, count in Counter(feed["url"] for feed in FEEDS).items() if count > 1] == []


def test_addresses_are_absolute_and_encrypted() -> None:
    parts = [urllib.parse.urlsplit(feed["url"]) for feed in FEEDS]
    assert all(part.scheme == "https" and part.hostname for part in parts)


def test_zones_countries_and_languages_exist() -> None:
    english = Locale("en")
    assert {feed["zone"] for feed in FEEDS} <= zoneinfo.available_timezones()
    assert {feed["country"] for feed in FEEDS} <= set(english.territories)
    assert {feed["language"] for feed in FEEDS} <= set(english.languages)


def test_shipped_topics_include_russia_and_north_korea() -> None:
    assert "russia-dprk" in {topic.slug for topic in TOPICS}


def test_every_shipped_topic_says_what_it_is_about() -> None:
    assert all(topic.description for topic in TOPICS)
