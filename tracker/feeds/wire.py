"""How parent and child speak: one line of JSON, then as many bytes as it says. Values only, never code (no pickle)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, BinaryIO

from tracker.feeds.options import ParseOptions
from tracker.types import Entry, ParsedFeed

__all__ = ["feed_of", "line_of", "options_of", "read_message", "write_message"]

_HEAD_MOST = 1_000_000


def write_message(stream: BinaryIO, head: Mapping[str, object], body: bytes) -> None:
    """Write one message and flush it."""
    stream.write(json.dumps({**head, "bytes": len(body)}).encode() + b"\n")
    stream.write(body)
    stream.flush()


def read_message(stream: BinaryIO) -> tuple[Mapping[str, Any], bytes] | None:  # Any: JSON
    """Read one message; None when the other side has gone."""
    line = stream.readline(_HEAD_MOST)
    if not line.endswith(b"\n"):
        return None
    head = json.loads(line)
    body = stream.read(head["bytes"])
    return (head, body) if len(body) == head["bytes"] else None


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
