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
from dataclasses import replace
from typing import Any

import feedparser

from tracker.errors import FeedError
from tracker.feeds.clean import plain_line, plain_text, unmarked
from tracker.feeds.discover import IS_PAGE, feed_links, looks_like_page
from tracker.feeds.encoding import second_reading
from tracker.feeds.entities import plain_entities
from tracker.feeds.jsonfeed import is_json, read_json
from tracker.feeds.options import ParseOptions
from tracker.feeds.published import read_published
from tracker.feeds.quick import Raw, read_quick
from tracker.links import canonical_link, safe_link
from tracker.types import Entry, ParsedFeed

__all__ = ["parse"]

_ENTRY_END = re.compile(rb"</(?:[A-Za-z]+:)?(?:item|entry)\s*>", re.IGNORECASE)
_ROOT = re.compile(rb"<(?:[A-Za-z]+:)?(?P<root>rss|feed|RDF)[\s>]")
_REFERENCE = re.compile(rb"&#(?:x(?P<hex>[0-9a-f]{1,400})|(?P<number>[0-9]{1,400}));?", re.IGNORECASE)
_DECLARED = re.compile(rb"<\?xml[^>]{0,100}\bencoding\s*=\s*[\"'](?P<name>[A-Za-z0-9_.-]{1,40})")
_PERIODS = {"hourly": 3600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000, "yearly": 31_536_000}
_GUID_MOST = 1000
_OTHER_ENCODING = (feedparser.CharacterEncodingOverride, feedparser.CharacterEncodingUnknown)
_GUESSES = frozenset({"windows-1252", "iso-8859-2"})  # what feedparser falls back on
_DATES = ("published", "updated", "created", "date")


def parse(body: bytes, headers: Mapping[str, str], url: str, options: ParseOptions) -> ParsedFeed:
    """Read a document of a feed. ``headers`` have lower-case names; ``url`` is where it came from, after redirects.

    Raises: FeedError if it is no feed, naming the feeds it links to where it is a web page.
    """
    if is_json(body) and (feed := read_json(body)) is not None:
        return _from_json(feed, url, options)
    cut, left_out = _cut(body, options.max_entries)
    whole = plain_entities(_REFERENCE.sub(_possible, cut))
    kind = headers.get("content-type", "")
    if (quick := read_quick(whole, kind)) is not None:
        left_out += max(0, len(quick.entries) - options.max_entries)
        return _feed(quick.head, quick.entries[: options.max_entries], _left_out("", left_out), url, options)
    read, complaint = _read(whole, kind, options)
    if not read.get("version") and not read.entries:
        raise FeedError(_what_it_is(body, url), subject=url)
    raws = [_raw(entry) for entry in read.entries[: options.max_entries]]
    left_out += max(0, len(read.entries) - options.max_entries)
    return _feed(read.feed, raws, _left_out(complaint, left_out), url, options)


def _feed(
    head: Mapping[str, Any],  # Any: feedparser's own result
    raws: Sequence[Raw], complaint: str, url: str, options: ParseOptions,
) -> ParsedFeed:  # fmt: skip
    return ParsedFeed(
        title=plain_line(str(head.get("title", ""))),
        language=_language(head),
        entries=_entries(raws, url, options),
        ttl_s=_ttl(head),
        complaint=complaint,
    )


def _left_out(complaint: str, count: int) -> str:
    note = f"{count} entries beyond the limit were left out" if count else ""
    return "; ".join(filter(None, (complaint, note)))


def _read(body: bytes, content_type: str, options: ParseOptions) -> tuple[Any, str]:  # Any: feedparser's own result
    """Let feedparser read, once more if it had to guess the encoding; give its result and what was wrong in words."""
    read = _feedparser(body, content_type)
    if read.get("bozo") and isinstance(read.bozo_exception, _OTHER_ENCODING):
        declared = _DECLARED.search(body[:200])
        if read.encoding not in _GUESSES or (declared and declared["name"].decode().lower() == read.encoding):
            return (
                read,
                "",
            )  # RFC 3023 calls text/xml without charset ASCII; RFC 7303, which replaces it, believes the document
        again = second_reading(body, options.language or _language(read.feed))
        if again is not None:
            return _feedparser(
                again[0], "text/xml; charset=utf-8"
            ), f"not in the encoding it declares: read as {again[1]}"
    failure = read.get("bozo_exception")
    if not read.get("bozo") or failure is None or isinstance(failure, feedparser.NonXMLContentType):
        return read, ""
    return read, f"malformed: {plain_line(str(failure))[:200]}"


def _feedparser(body: bytes, content_type: str) -> Any:  # Any: as above
    """No address is given with the bytes: guids are opaque, and would change whenever a feed moves."""
    given = {"content-type": content_type}
    return feedparser.parse(io.BytesIO(body), response_headers=given, sanitize_html=False, resolve_relative_uris=False)


def _possible(reference: re.Match[bytes]) -> bytes:
    """Drop a numeric reference to what is no character of XML 1.0 (section 2.2): feedparser gives up on the whole feed."""
    digits = reference["hex"] or reference["number"]
    number = int(digits, 16 if reference["hex"] else 10)
    fit = number in {9, 10, 13} or 0x20 <= number < 0xD800 or 0xE000 <= number < 0xFFFE or 0x10000 <= number < 0x110000
    return reference[0] if fit else b""


def _language(tagged: Mapping[str, Any]) -> str:  # Any: as above
    return unmarked(str(tagged.get("language", "") or ""))[:12]


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
        return IS_PAGE + (f"; it links to {', '.join(offered)}" if offered else " and links to none")
    if b"<opml" in body[:2000].lower():
        return "is a list of feeds (OPML); use `feeds import-opml`"
    return "is no feed that can be read"


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


def _raw(entry: Mapping[str, Any]) -> Raw:  # Any: as above
    contents = [str(part.get("value", "")) for part in entry.get("content", [])]
    guid, link = unmarked(str(entry.get("id", ""))), str(entry.get("link", ""))
    if entry.get("guidislink") and link == entry.get("id") and "://" not in link:
        link = ""  # a guid that says it is a link (RSS 2.0 assumes so) and is none
    stamps = [entry[name] for name in _DATES if name in entry]
    texts = [plain_text(text) for text in (*contents, str(entry.get("summary", "")))]
    return Raw(
        guid=guid,
        title=plain_line(str(entry.get("title", ""))),
        text=max(texts, key=len),
        link=link,
        published=next((str(stamp) for stamp in stamps if stamp), ""),
        language=_language(entry),
    )


def _entries(raws: Sequence[Raw], url: str, options: ParseOptions) -> tuple[Entry, ...]:
    """Make entries of what was read; one that says nothing at all is left out, one told twice kept once."""
    told = list(dict.fromkeys(replace(raw, link=safe_link(raw.link, url)) for raw in raws))
    told = [raw for raw in told if raw.title or raw.text or raw.link]
    found: dict[str, Entry] = {}
    for raw, key in zip(told, _keys(told), strict=True):
        found.setdefault(key, _entry(raw, key if len(key) <= _GUID_MOST else f"long:{_digest(key)}", options))
    return tuple(found.values())


def _keys(told: Sequence[Raw]) -> Sequence[str]:
    """Give each entry the first of its names that no other of the document has; its guid, as a rule."""
    guids = [raw.guid for raw in told]
    if all(guids) and len(set(guids)) == len(guids):
        return guids
    named = [_names(raw) for raw in told]
    uses = Counter(name for names in named for name in names)
    return [next((name for name in names if uses[name] == 1), names[-1]) for names in named]


def _entry(raw: Raw, key: str, options: ParseOptions) -> Entry:
    return Entry(
        key=key, title=raw.title, text=raw.text, link=raw.link, published=read_published(raw.published, options),
        published_raw=unmarked(raw.published)[:64], language=raw.language,
    )  # fmt: skip


def _names(raw: Raw) -> tuple[str, ...]:
    """Name an entry ever more closely, for the first name no other entry of the document shares to be its key.

    Outlets give all items of a live page one guid or one link: guid, guid and link, both and the title.
    """
    canonical, words = canonical_link(raw.link), f"text:{_digest(raw.title or raw.text)}"
    if raw.guid and canonical:
        return raw.guid, f"{raw.guid} {canonical}", f"{raw.guid} {canonical} {words}"
    if raw.guid or canonical:
        name = raw.guid or canonical
        return name, f"{name} {words}"
    return (f"text:{_digest(raw.title + chr(0) + raw.text)}",)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _from_json(feed: Mapping[str, object], url: str, options: ParseOptions) -> ParsedFeed:
    items = feed["items"]
    rows = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    entries = _entries([_json_raw(row) for row in rows[: options.max_entries]], url, options)
    left_out = len(rows) - options.max_entries
    return ParsedFeed(
        title=plain_line(_said(feed, ("title",))), language=_language(feed), entries=entries,
        complaint=f"{left_out} entries beyond the limit were left out" if left_out > 0 else "",
    )  # fmt: skip


def _json_raw(row: Mapping[str, object]) -> Raw:
    markup = _said(row, ("content_html",))
    text = plain_text(markup) or unmarked(_said(row, ("content_text", "summary")))
    return Raw(
        guid=unmarked(_said(row, ("id",))), title=plain_line(_said(row, ("title",))), text=text, link=_said(row, ("url", "external_url")),
        published=_said(row, ("date_published", "date_modified")), language=_language(row),
    )  # fmt: skip


def _said(row: Mapping[str, object], keys: Iterable[str]) -> str:
    for key in keys:
        value = row.get(key)
        if isinstance(value, str) and value:
            return value
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
    return ""
