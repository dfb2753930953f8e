"""JSON Lines: the event object that exports and the API share.

In: events in the order wanted. Out: one JSON object a line, UTF-8, never a line break inside.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Any

from tracker.types import Event, MentionDate, Quantity, Report

__all__ = ["MEDIA_TYPE", "event_object", "in_order", "lines"]

MEDIA_TYPE = "application/jsonl"

JsonObject = dict[str, Any]  # Any: JSON values of every kind


def lines(events: Iterable[Event], *, base_url: str = "") -> Iterator[str]:
    """Write each event as one line with its line end, in the order given."""
    for event in events:
        yield json.dumps(event_object(event, base_url=base_url), ensure_ascii=False, separators=(",", ":")) + "\n"


def in_order(events: Iterable[Event]) -> list[Event]:
    """Sort as exports are sorted: (earliest, latest, id), undated last; an open end sorts by the other bound."""

    def key(event: Event) -> tuple[date, date, int]:
        earliest, latest = event.facts.date.earliest, event.facts.date.latest
        return earliest or latest or date.max, latest or date.max, event.id

    return sorted(events, key=key)


def event_object(event: Event, *, base_url: str = "") -> JsonObject:
    """Build the event object, for people and programs outside; names and order of its keys stay stable.

    ``base_url`` has no slash at its end; '' makes ``url`` a path. Dates are ISO 8601, null when unknown.
    """
    facts = event.facts
    return {
        "id": event.id,
        "url": f"{base_url}/events/{event.id}",
        "title": facts.title,
        "language": facts.title_language,
        "edtf": facts.date.edtf.text if facts.date.edtf else None,
        "earliest": _day(facts.date.earliest),
        "latest": _day(facts.date.latest),
        "precision": facts.date.precision.value,
        "status": facts.status.value,
        "type": facts.type,
        "who": [{"name": actor.name, "kind": actor.kind} for actor in facts.who],
        "where": [{"name": p.name, "geonames_id": p.geonames_id, "lat": p.lat, "lon": p.lon} for p in facts.where],
        "quantities": [_quantity(quantity) for quantity in facts.quantities],
        "titles": dict(facts.titles),
        "importance": facts.importance,
        "outlets": facts.outlets,
        "languages": list(facts.languages),
        "topics": list(event.topics),
        "first_published": _moment(event.first_published),
        "updated": _moment(event.updated),
        "revision": event.revision,
        "merged_into": event.merged_into,
        "disputed": [
            {"field": d.field, "values": [{"value": v, "article_ids": list(ids)} for v, ids in d.values]}
            for d in facts.disputed
        ],
        "reports": [_report(report) for report in event.reports],
    }


def _report(report: Report) -> JsonObject:
    return {
        "article_id": report.article_id,
        "url": report.url,
        "title": report.title,
        "outlet": report.outlet,
        "language": report.language,
        "published": _published(report),
        "quote": report.quote,
        "field": report.field,
        "start": report.start,
        "end": report.end,
        "lead": report.lead,
        "status": report.status.value,
        "speaker": report.speaker,
        "date": _date(report.date) if report.date else None,
    }


def _date(said: MentionDate) -> JsonObject:
    return {
        "phrase": said.phrase,
        "start": said.start,
        "end": said.end,
        "anchor": said.anchor.value,
        "edtf": said.edtf.text if said.edtf else None,
        "rule": said.rule,
    }


def _quantity(quantity: Quantity) -> JsonObject:
    value = float(quantity.value)
    return {
        "value": int(value) if value.is_integer() else value,
        "unit": quantity.unit,
        "text": quantity.text,
    }


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _published(report: Report) -> str | None:
    """Keep the outlet's own offset, so that its calendar day can be read off; a day alone where no hour is known."""
    if report.published is None:
        return None
    return report.published.isoformat() if report.published_has_time else report.published.date().isoformat()
