"""Atom 1.0 (RFC 4287): the newest events as a feed for readers.

``published`` is when we first published the event, ``updated`` its last material change; a further report alone is
none. The same events give the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from tracker.formats import item as items
from tracker.formats.elements import ATOM, EVENT, KRONIK, add, happened, written
from tracker.formats.item import Channel, ItemWords, Words
from tracker.types import Event

__all__ = ["MEDIA_TYPE", "feed"]

MEDIA_TYPE = "application/atom+xml"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def feed(channel: Channel, events: Sequence[Event], *, words: Words) -> bytes:
    """Write a feed of the events, in the order given, as UTF-8 with an XML declaration."""
    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM, "ev": EVENT, "k": KRONIK})
    root.set(_LANGUAGE, items.inert(channel.language))
    _add(root, "id", _identity(channel))
    _add(root, "title", channel.title)
    if channel.description:
        _add(root, "subtitle", channel.description)
    _add(root, "updated", items.rfc3339(items.updated(channel, events)))
    _add(_add(root, "author", ""), "name", channel.author)
    _add(root, "generator", "Kronik")
    _add(root, "link", "", rel="self", type=MEDIA_TYPE, href=channel.self_url)
    _add(root, "link", "", rel="alternate", type="text/html", href=channel.link)
    if channel.hub:
        _add(root, "link", "", rel="hub", href=channel.hub)
    for event in events:
        _entry(_add(root, "entry", ""), event, channel, words(event))
    return written(root, style=channel.style)


def _identity(channel: Channel) -> str:
    """Name the feed after its path and filter, without the host: a move announces nothing anew."""
    return channel.tag + channel.self_url.removeprefix(channel.base_url).lstrip("/")


def _entry(entry: etree._Element, event: Event, channel: Channel, words: ItemWords) -> None:
    if event.facts.title_language:
        entry.set(_LANGUAGE, items.inert(event.facts.title_language))
    _add(entry, "id", items.identity(channel, event))
    _add(entry, "title", items.title(event, words))
    _add(entry, "link", "", rel="alternate", type="text/html", href=items.address(channel, event))
    _add(entry, "published", items.rfc3339(event.first_published))
    _add(entry, "updated", items.rfc3339(event.updated))
    for category in items.categories(event):
        _add(entry, "category", "", term=category)
    _add(entry, "content", items.body(event, words), type="html")
    happened(entry, event)


def _add(parent: etree._Element, name: str, text: str, **attributes: str) -> etree._Element:
    return add(parent, f"{{{ATOM}}}{name}", text, **attributes)
