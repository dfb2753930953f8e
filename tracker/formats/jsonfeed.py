"""JSON Feed 1.1: the newest events as a feed for readers and programs.

No null stands in it, and what is ours stands in ``_event``. The same events give the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from tracker.formats import item as items
from tracker.formats.item import Channel, ItemWords, Words, inert
from tracker.types import Event, Report

__all__ = ["MEDIA_TYPE", "VERSION", "feed"]

MEDIA_TYPE = "application/feed+json"
VERSION = "https://jsonfeed.org/version/1.1"

JsonObject = dict[str, Any]  # Any: JSON values of every kind


def feed(channel: Channel, events: Sequence[Event], *, words: Words) -> bytes:
    """Write a feed of the events, in the order given, as UTF-8."""
    document: JsonObject = {
        "version": VERSION,
        "title": inert(channel.title),
        "home_page_url": inert(channel.link),
        "feed_url": inert(channel.self_url),
        "description": inert(channel.description),
        "language": inert(channel.language),
        "authors": [{"name": inert(channel.author)}],
        "items": [_item(event, channel, words(event)) for event in events],
    }
    if channel.hub:
        document["hubs"] = [{"type": "WebSub", "url": inert(channel.hub)}]
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def _item(event: Event, channel: Channel, words: ItemWords) -> JsonObject:
    return _filled(
        id=items.identity(channel, event),
        url=items.address(channel, event),
        title=items.title(event, words),
        content_html=items.body(event, words),
        date_published=items.rfc3339(event.first_published),
        date_modified=items.rfc3339(event.updated),
        tags=items.categories(event),
        language=inert(event.facts.title_language),
        _event=_event(event),
    )


def _event(event: Event) -> JsonObject:
    when = event.facts.date
    return _filled(
        edtf=when.edtf.text if when.edtf else "",
        earliest=_day(when.earliest),
        latest=_day(when.latest),
        precision=when.precision.value,
        status=event.facts.status.value,
        outlets=event.facts.outlets,
        reports=[_report(report) for report in items.quotes(event)],
    )


def _report(report: Report) -> JsonObject:
    url = report.url if items.is_web(report.url) else ""
    return _filled(outlet=inert(report.outlet), url=inert(url), language=inert(report.language))


def _filled(**fields: object) -> JsonObject:
    """Leave out what is not known: JSON Feed has no nulls."""
    return {name: value for name, value in fields.items() if value not in ("", None)}


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""
