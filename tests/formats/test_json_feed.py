"""JSON Feed 1.1: the rules of its specification, as tests; the same bytes for the same events."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formats.feed_samples import CHANNEL, EVERY_KIND, HOSTILE, dated, ids, numbered, titled, words
from tests.web.sample import events
from tracker.formats import Channel, jsonfeed
from tracker.types import Event

TOP = {"version", "title", "home_page_url", "feed_url", "description", "language", "authors", "items"}
ITEM = {"id", "url", "title", "content_html", "date_published", "date_modified", "tags", "language", "_event"}


def read(stored: list[Event], channel: Channel = CHANNEL) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(jsonfeed.feed(channel, stored, words=words))
    return found


def every(value: object) -> Iterator[object]:
    """Give a JSON value and all values within."""
    yield value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for one in inner:
        yield from every(one)


def test_the_feed_follows_the_specification() -> None:
    found = read(events())
    assert set(found) == TOP
    assert found["version"] == "https://jsonfeed.org/version/1.1"
    assert found["feed_url"] == CHANNEL.self_url
    assert None not in list(every(found))
    assert len({item["id"] for item in found["items"]}) == len(events())
    for item in found["items"]:
        assert set(item) <= ITEM
        assert all(isinstance(item[name], str) and item[name] for name in ("id", "url", "title", "content_html"))
        assert re.match(r"https://", item["url"])
        for name in ("date_published", "date_modified"):
            assert item[name].endswith("Z")
            assert datetime.fromisoformat(item[name]).tzinfo is not None
        assert all(isinstance(tag, str) and tag for tag in item["tags"])


def test_items_keep_their_names_and_order() -> None:
    assert [item["id"] for item in read(EVERY_KIND)["items"]] == ids(EVERY_KIND)


def test_what_happened_stands_beside_for_programs() -> None:
    [item] = read([numbered(3)])["items"]
    assert item["_event"] | {"reports": []} == {
        "edtf": "[2025-07-11,2025-07-12]", "earliest": "2025-07-11", "latest": "2025-07-12", "precision": "interval",
        "status": "occurred", "outlets": 3, "reports": [],
    }  # fmt: skip
    assert item["_event"]["reports"][0]["outlet"] == "Hafenbote"


def test_an_unknown_date_is_left_out() -> None:
    [item] = read([dated(None)])["items"]
    assert {"edtf", "earliest", "latest"}.isdisjoint(item["_event"])
    assert item["_event"]["precision"] == "unknown"


def test_the_same_events_give_the_same_bytes() -> None:
    assert jsonfeed.feed(CHANNEL, events(), words=words) == jsonfeed.feed(CHANNEL, events(), words=words)


@pytest.mark.parametrize("text", HOSTILE)
def test_foreign_text_stays_text(text: str) -> None:
    [item] = read([titled(text, url="javascript:alert(1)", outlet=text)])["items"]
    assert "<script" not in item["content_html"]
    assert "<img" not in item["content_html"]
    assert "javascript:" not in json.dumps(item)


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=()), max_size=40))
def test_any_text_gives_json_in_utf_8(text: str) -> None:
    body = jsonfeed.feed(replace(CHANNEL, title=text), [titled(text, url=text, outlet=text)], words=words)
    assert json.loads(body.decode())["items"][0]["id"] == "tag:kronik.example,2025:event/1"
