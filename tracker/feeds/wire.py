"""How a parsed feed and what its reading needs are written as JSON, for the way between parent and child."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tracker.feeds.options import ParseOptions
from tracker.types import Entry, ParsedFeed

__all__ = ["feed_of", "line_of", "options_of"]


def line_of(feed: ParsedFeed) -> bytes:
    """Write a parsed feed as JSON."""
    entries = [
        [e.key, e.title, e.text, e.link, e.published.isoformat() if e.published else None, e.published_raw, e.language]
        for e in feed.entries
    ]
    row = {
        "title": feed.title,
        "language": feed.language,
        "ttl_s": feed.ttl_s,
        "complaint": feed.complaint,
        "entries": entries,
    }
    return json.dumps(row).encode()


def feed_of(body: bytes) -> ParsedFeed:
    """Read what `line_of` wrote."""
    row = json.loads(body)
    entries = tuple(
        Entry(key, title, text, link, datetime.fromisoformat(published) if published else None, raw, language)
        for key, title, text, link, published, raw, language in row["entries"]
    )
    return ParsedFeed(row["title"], row["language"], entries, row["ttl_s"], row["complaint"])


def options_of(head: Mapping[str, Any]) -> ParseOptions:  # Any: JSON
    """Read the options out of a request."""
    now = datetime.fromisoformat(head["now"])
    return ParseOptions(head["language"], head["zone"], head["country"], head["max_entries"], now, head["really"])
