"""RSS 2.0: the newest events as a feed for readers.

``pubDate`` is when *we* first published the event, never the day it happened: readers hide or rewrite what lies in
the future. When it happened stands in words at the head of the title. The same events give the same bytes: nothing
here knows the time of day.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime

from lxml import etree
from markupsafe import Markup

from tracker.edtf import Edtf, Precision
from tracker.types import Event, Report

__all__ = ["MEDIA_TYPE", "Channel", "ItemWords", "feed", "inert"]

MEDIA_TYPE = "application/rss+xml"
ATOM = "http://www.w3.org/2005/Atom"
DC = "http://purl.org/dc/elements/1.1/"
EVENT = "http://purl.org/rss/1.0/modules/event/"  # the proposal of 2001; feedparser reads it as ev_startdate
KRONIK = "urn:x-kronik:event:1"  # our own elements; chosen once, never changed
TTL_MINUTES = 15
_QUOTES = 3  # a feed quotes; the reports hold the rest
_QUOTE_CHARS = 300


@dataclass(frozen=True, slots=True)
class Channel:
    """What a feed says of itself. ``self_url`` holds all its parameters; ``tag`` is ``tag:<authority>,<year>:``."""

    title: str
    description: str
    link: str
    self_url: str
    base_url: str
    tag: str
    language: str = "en"


@dataclass(frozen=True, slots=True)
class ItemWords:
    """An event's date and remarks in the feed's language: "17 June 2025", ("planned", …)."""

    date: str
    remarks: tuple[str, ...] = ()


def feed(channel: Channel, events: Sequence[Event], *, words: Callable[[Event], ItemWords]) -> bytes:
    """Write a feed of the events, in the order given, as UTF-8 with an XML declaration."""
    root = etree.Element("rss", nsmap={"atom": ATOM, "dc": DC, "ev": EVENT, "k": KRONIK}, version="2.0")
    head = etree.SubElement(root, "channel")
    _add(head, "title", channel.title)
    _add(head, "link", channel.link)
    _add(head, "description", channel.description)
    _add(head, "language", channel.language)
    if events:
        _add(head, "lastBuildDate", _rfc822(max(event.updated for event in events)))
    _add(head, "generator", "Kronik")
    _add(head, "ttl", str(TTL_MINUTES))
    etree.SubElement(head, f"{{{ATOM}}}link", href=inert(channel.self_url), rel="self", type=MEDIA_TYPE)
    for event in events:
        _item(etree.SubElement(head, "item"), event, channel, words(event))
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8"))


def _item(item: etree._Element, event: Event, channel: Channel, words: ItemWords) -> None:
    facts = event.facts
    _add(item, "title", f"{words.date} \u2014 {facts.title}")
    _add(item, "link", f"{channel.base_url}/events/{event.id}")
    etree.SubElement(item, "guid", isPermaLink="false").text = inert(f"{channel.tag}event/{event.id}")
    _add(item, "pubDate", _rfc822(event.first_published))
    _add(item, "description", _description(event, words))
    for category in _categories(event):
        _add(item, "category", category)
    first = next((report for report in event.reports if report.url.startswith(("http://", "https://"))), None)
    if first is not None:
        etree.SubElement(item, "source", url=inert(first.url)).text = inert(first.outlet or first.url)
    if facts.title_language:
        _add(item, f"{{{DC}}}language", facts.title_language)
    _happened(item, event)


def _happened(item: etree._Element, event: Event) -> None:
    """Say when and where it happened, for programs; ``ev:`` dates are W3CDTF, so seasons stand in ``k:edtf`` only."""
    value = event.facts.date.edtf
    start, end = _w3cdtf(value) if value else ("", "")
    if start:
        _add(item, f"{{{EVENT}}}startdate", start)
    if end:
        _add(item, f"{{{EVENT}}}enddate", end)
    if event.facts.where:
        _add(item, f"{{{EVENT}}}location", event.facts.where[0].name)
    _add(item, f"{{{EVENT}}}type", event.facts.type)
    if value:
        _add(item, f"{{{KRONIK}}}edtf", value.text)
    _add(item, f"{{{KRONIK}}}status", event.facts.status.value)


def _w3cdtf(value: Edtf) -> tuple[str, str]:
    """Give start and end as W3CDTF; '' where the format cannot say it. A window or one-of set is no span: neither."""
    if value.precision in (Precision.DAY, Precision.MONTH, Precision.YEAR):
        return value.text.rstrip("~?%"), ""
    if "/" in value.text:
        start, _, end = value.text.partition("/")
        return ("" if start == ".." else start.rstrip("~?%")), ("" if end == ".." else end.rstrip("~?%"))
    return "", ""


def _description(event: Event, words: ItemWords) -> str:
    """Write date, places, remarks and up to three short quotes as HTML; all foreign text is escaped."""
    parts = [words.date, *(place.name for place in event.facts.where), *words.remarks]
    html = [Markup("<p>{}</p>").format(" \u00b7 ".join(parts))]
    html += [_quote(report) for report in _distinct(event.reports)[:_QUOTES]]
    return str(Markup("").join(html))


def _quote(report: Report) -> Markup:
    quote = report.quote if len(report.quote) <= _QUOTE_CHARS else report.quote[:_QUOTE_CHARS] + "\u2026"
    name = report.outlet or report.title or report.article_id
    published = report.published.date().isoformat() if report.published else ""
    source = Markup("<bdi>{}</bdi>").format(name)
    if report.url.startswith(("http://", "https://")):
        source = Markup('<a href="{}"><bdi>{}</bdi></a>').format(report.url, name)
    cited = Markup('<blockquote lang="{}" dir="auto">{}</blockquote>').format(report.language, quote)
    return cited + Markup("<p>\u2014 {} {}</p>").format(source, published)


def _distinct(reports: Sequence[Report]) -> list[Report]:
    """One report a quote: the same words from several outlets are one quote."""
    return list({report.quote: report for report in reversed(reports)}.values())[::-1]


def _categories(event: Event) -> list[str]:
    names = [place.name for place in event.facts.where] + [actor.name for actor in event.facts.who] + [event.facts.type]
    return list(dict.fromkeys(name for name in names if name.strip()))


def _add(parent: etree._Element, tag: str, text: str) -> None:
    etree.SubElement(parent, tag).text = inert(text)


_UNFIT = r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"  # XML 1.0, production 2 (Char), turned round
_TURNING = (
    r"[\u202a-\u202e\u2066-\u2069]"  # embeddings, overrides, isolates: left open, they turn a reader's own text round
)


def inert(text: str) -> str:
    """Drop what XML 1.0 forbids (control characters, lone surrogates, U+FFFE, U+FFFF) and what turns text round."""
    return re.sub(f"{_UNFIT}|{_TURNING}", "", text)


def _rfc822(moment: datetime) -> str:
    return format_datetime(moment.astimezone(UTC), usegmt=True)
