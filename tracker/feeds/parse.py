"""The entries of a feed's bytes: RSS, Atom, RDF (feedparser, whose only importer this is) and JSON Feed.

In: bytes with their headers. Out: a `ParsedFeed`, or FeedError in one line. Runs in a child process (`tracker.feeds.child`):
what hangs or eats memory here harms nobody.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import feedparser

from tracker.errors import FeedError
from tracker.feeds.clean import plain_line, plain_text
from tracker.feeds.discover import feed_links, looks_like_page
from tracker.feeds.jsonfeed import is_json, read_json
from tracker.feeds.options import ParseOptions
from tracker.feeds.published import read_published
from tracker.links import canonical_link, safe_link
from tracker.types import Entry, ParsedFeed

__all__ = ["parse"]

_ENTRY_END = re.compile(rb"</(?:[A-Za-z]+:)?(?:item|entry)\s*>", re.IGNORECASE)
_ROOT = re.compile(rb"<(?:[A-Za-z]+:)?(?P<root>rss|feed|RDF)[\s>]")
_PERIODS = {"hourly": 3600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000, "yearly": 31_536_000}
_GUID_MOST = 1000
_DATES = ("published", "updated", "created", "date")


@dataclass(frozen=True, slots=True)
class _Raw:
    guid: str
    title: str
    text: str
    link: str
    published: str
    language: str = ""


def parse(body: bytes, headers: Mapping[str, str], url: str, options: ParseOptions) -> ParsedFeed:
    """Read a document of a feed. ``headers`` have lower-case names; ``url`` is where it came from, after redirects.

    Raises: FeedError if it is no feed, naming the feeds it links to where it is a web page.
    """
    if is_json(body) and (feed := read_json(body)) is not None:
        return _from_json(feed, url, options)
    cut, left_out = _cut(body, options.max_entries)
    given = {"content-type": headers.get("content-type", ""), "content-location": url}
    read = feedparser.parse(io.BytesIO(cut), response_headers=given, sanitize_html=False, resolve_relative_uris=False)
    if not read.get("version") and not read.entries:
        raise FeedError(_what_it_is(body, url), subject=url)
    raws = [_raw(entry) for entry in read.entries[: options.max_entries]]
    complaint = _complaint(read, left_out)
    return ParsedFeed(
        title=plain_line(str(read.feed.get("title", ""))),
        language=str(read.feed.get("language", ""))[:12],
        entries=_entries(raws, url, options),
        ttl_s=_ttl(read.feed),
        complaint=complaint,
    )


def _cut(body: bytes, most: int) -> tuple[bytes, int]:
    """Cut a document after its ``most``-th entry and close it; tell how many were left out."""
    ends = [match.end() for match in _ENTRY_END.finditer(body)]
    if len(ends) <= most:
        return body, 0
    root = _ROOT.search(body)
    closing = {b"feed": b"</feed>", b"RDF": b"</rdf:RDF>"}.get(root["root"] if root else b"", b"</channel></rss>")
    return body[: ends[most - 1]] + closing, len(ends) - most


def _what_it_is(body: bytes, url: str) -> str:
    if looks_like_page(body):
        offered = [address for address, _ in feed_links(body, url=url)][:3]
        return "is a web page, no feed" + (f"; it links to {', '.join(offered)}" if offered else " and links to none")
    if b"<opml" in body[:2000].lower():
        return "is a list of feeds (OPML); use `feeds import-opml`"
    return "is no feed that can be read"


def _complaint(read: Any, left_out: int) -> str:  # Any: feedparser's own result
    said = []
    failure = read.get("bozo_exception")
    if read.get("bozo") and failure is not None and not isinstance(failure, feedparser.NonXMLContentType):
        said.append(f"malformed: {plain_line(str(failure))[:200]}")
    if left_out:
        said.append(f"{left_out} entries beyond the limit were left out")
    return "; ".join(said)


def _ttl(feed: Mapping[str, Any]) -> int | None:  # Any: as above
    """Give the rhythm a document asks for: RSS 2.0 ttl (minutes), RSS 1.0 syndication module."""
    ttl = str(feed.get("ttl", "")).strip()
    if ttl.isdecimal() and 0 < len(ttl) < 7:
        return int(ttl) * 60
    period = _PERIODS.get(str(feed.get("sy_updateperiod", "")).strip().lower())
    frequency = str(feed.get("sy_updatefrequency", "1")).strip()
    if period is None or not frequency.isdecimal() or not 0 < int(frequency[:6]) <= 1000:
        return None
    return period // int(frequency[:6])


def _raw(entry: Mapping[str, Any]) -> _Raw:  # Any: as above
    contents = [str(part.get("value", "")) for part in entry.get("content", [])]
    texts = [plain_text(text) for text in (*contents, str(entry.get("summary", "")))]
    return _Raw(
        guid=str(entry.get("id", "")),
        title=plain_line(str(entry.get("title", ""))),
        text=max(texts, key=len),
        link=str(entry.get("link", "")),
        published=next((str(value) for name in _DATES if (value := entry.get(name))), ""),
        language=str(entry.get("language", "") or "")[:12],
    )


def _entries(raws: Sequence[_Raw], url: str, options: ParseOptions) -> tuple[Entry, ...]:
    """Make entries of what was read; one that says nothing at all is left out, one told twice kept once."""
    guids = Counter(raw.guid for raw in raws)
    found: dict[str, Entry] = {}
    for raw in raws:
        link = safe_link(raw.link, url)
        if raw.title or raw.text or link:
            key = _key(raw, link, repeated=guids[raw.guid] > 1)
            found.setdefault(key, _entry(raw, key, link, options))
    return tuple(found.values())


def _entry(raw: _Raw, key: str, link: str, options: ParseOptions) -> Entry:
    return Entry(
        key=key, title=raw.title, text=raw.text, link=link, published=read_published(raw.published, options),
        published_raw=raw.published[:64], language=raw.language,
    )  # fmt: skip


def _key(raw: _Raw, link: str, *, repeated: bool) -> str:
    """Identify an entry in its feed: a guid of its own, guid and link, the link, or its words."""
    canonical = canonical_link(link)
    if raw.guid and not repeated:
        key = raw.guid
    elif raw.guid and canonical:
        key = f"{raw.guid} {canonical}"
    else:
        key = canonical or f"text:{_digest(raw.title + chr(0) + raw.text)}"
    return key if len(key) <= _GUID_MOST else f"long:{_digest(key)}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _from_json(feed: Mapping[str, object], url: str, options: ParseOptions) -> ParsedFeed:
    items = feed["items"]
    rows = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    entries = _entries([_json_raw(row) for row in rows[: options.max_entries]], url, options)
    left_out = len(rows) - options.max_entries
    return ParsedFeed(
        title=plain_line(_said(feed, ("title",))), language=_said(feed, ("language",))[:12], entries=entries,
        complaint=f"{left_out} entries beyond the limit were left out" if left_out > 0 else "",
    )  # fmt: skip


def _json_raw(row: Mapping[str, object]) -> _Raw:
    markup = _said(row, ("content_html",))
    text = plain_text(markup) if markup else _said(row, ("content_text", "summary"))
    raw = _Raw(
        guid=_said(row, ("id",)), title=plain_line(_said(row, ("title",))), text=text, link=_said(row, ("url", "external_url")),
        published=_said(row, ("date_published", "date_modified")), language=_said(row, ("language",))[:12],
    )  # fmt: skip
    return raw if raw.text else replace(raw, text=plain_text(_said(row, ("summary",))))


def _said(row: Mapping[str, object], keys: Iterable[str]) -> str:
    for key in keys:
        value = row.get(key)
        if isinstance(value, str) and value:
            return value
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
    return ""
