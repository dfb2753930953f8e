"""RSS 2.0: the newest events as a feed for readers.

``pubDate`` is when *we* first published the event, never the day it happened: readers hide or rewrite what lies in
the future. When it happened stands in words at the head of the title. The same events give the same bytes: nothing
here knows the time of day.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime

from lxml import etree

from tracker.formats import item as items
from tracker.formats.elements import ATOM, DC, EVENT, KRONIK, add, happened, written
from tracker.formats.item import Channel, ItemWords, Words, inert
from tracker.types import Event

__all__ = ["MEDIA_TYPE", "channel_element", "feed", "rfc822"]

MEDIA_TYPE = "application/rss+xml"
TTL_MINUTES = 15


def feed(channel: Channel, events: Sequence[Event], *, words: Words) -> bytes:
    """Write a feed of the events, in the order given, as UTF-8 with an XML declaration."""
    root = etree.Element("rss", nsmap={"atom": ATOM, "dc": DC, "ev": EVENT, "k": KRONIK}, version="2.0")
    head = channel_element(root, channel, built=max((event.updated for event in events), default=None))
    for event in events:
        _item(etree.SubElement(head, "item"), event, channel, words(event))
    return written(root, style=channel.style)


def channel_element(root: etree._Element, channel: Channel, *, built: datetime | None) -> etree._Element:
    """Append what a channel says of itself; ``built`` is its newest change, None for an empty one."""
    head = etree.SubElement(root, "channel")
    add(head, "title", channel.title)
    add(head, "link", channel.link)
    add(head, "description", channel.description)
    add(head, "language", channel.language)
    if built is not None:
        add(head, "lastBuildDate", rfc822(built))
    add(head, "generator", "Kronik")
    add(head, "ttl", str(TTL_MINUTES))
    add(head, f"{{{ATOM}}}link", "", href=channel.self_url, rel="self", type=MEDIA_TYPE)
    if channel.hub:
        add(head, f"{{{ATOM}}}link", "", href=channel.hub, rel="hub")
    return head


def rfc822(moment: datetime) -> str:
    """Write a moment as RSS wants it, in GMT with a year of four digits."""
    return format_datetime(moment.astimezone(UTC), usegmt=True)


def _item(item: etree._Element, event: Event, channel: Channel, words: ItemWords) -> None:
    add(item, "title", items.title(event, words))
    add(item, "link", items.address(channel, event))
    add(item, "guid", items.identity(channel, event), isPermaLink="false")
    add(item, "pubDate", rfc822(event.first_published))
    add(item, "description", items.body(event, words))
    for category in items.categories(event):
        add(item, "category", category)
    first = next((report for report in event.reports if items.is_web(report.url)), None)
    if first is not None:
        add(item, "source", inert(first.outlet) or first.url, url=first.url)
    if event.facts.title_language:
        add(item, f"{{{DC}}}language", event.facts.title_language)
    happened(item, event)
