"""JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1): the one format feedparser does not read."""

from __future__ import annotations

import json
from collections.abc import Mapping

__all__ = ["is_json", "read_json"]

_VERSION = "https://jsonfeed.org/version/"


def is_json(body: bytes) -> bool:
    """Tell whether bytes begin like a JSON object."""
    return body[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")


def read_json(body: bytes) -> Mapping[str, object] | None:
    """Give the feed object; None where it is no JSON Feed."""
    try:
        feed = json.loads(body.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        return None
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        return None
    version = feed.get("version")
    return feed if isinstance(version, str) and version.startswith((_VERSION, "http://jsonfeed.org/version/")) else None
