"""Documents of feeds, and how they are read."""

from __future__ import annotations

from datetime import UTC, datetime

from tracker.feeds.options import ParseOptions
from tracker.feeds.parse import parse
from tracker.types import Download, ParsedFeed

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
URL = "https://news.example/feeds/all.xml"
XML = '<?xml version="1.0" encoding="utf-8"?>'


def options(language: str = "", zone: str = "", country: str = "", most: int = 5000) -> ParseOptions:
    return ParseOptions(language, zone, country, most, NOW)


def item(**parts: str) -> str:
    """Write an RSS item. Texts stand as given, so that a test may break them."""
    return "<item>" + "".join(f"<{name}>{text}</{name}>" for name, text in parts.items()) + "</item>"


def rss(*items: str, head: str = "", declaration: str = XML) -> str:
    return f'{declaration}<rss version="2.0"><channel><title>News</title>{head}{"".join(items)}</channel></rss>'


def atom(*entries: str) -> str:
    return f'{XML}<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title>{"".join(entries)}</feed>'


def read(body: str | bytes, how: ParseOptions | None = None, *, content_type: str = "", url: str = URL) -> ParsedFeed:
    """Read a document in this process."""
    raw = body.encode() if isinstance(body, str) else body
    return parse(raw, {"content-type": content_type}, url, how or options())


def download(body: str | bytes = b"", status: int = 200, **headers: str) -> Download:
    """An answer; underscores in header names are hyphens."""
    raw = body.encode() if isinstance(body, str) else body
    return Download(URL, status, tuple((name.replace("_", "-"), value) for name, value in headers.items()), raw, NOW)
