"""Linked data: an event as schema.org JSON-LD, for machines that read pages."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from tracker.edtf import Edtf, Precision
from tracker.types import Actor, Event, Place, Report, Status

__all__ = ["json_ld"]

Node = dict[str, Any]  # Any: JSON-LD nests objects, lists and texts

_EXACT = frozenset({Precision.DAY, Precision.MONTH, Precision.YEAR, Precision.TIME})
_STATES = {Status.PLANNED: "EventScheduled", Status.CANCELLED: "EventCancelled"}
_ACTORS = {"person": "Person", "organisation": "Organization", "country": "Country", "unknown": "Thing"}
_PLACES = {"country": "Country", "region": "AdministrativeArea", "city": "City", "other": "Place"}


def json_ld(event: Event, *, url: str) -> str:
    """Write an event as one JSON-LD object that may stand inside a script element: it holds no ``<``.

    Dates are given at the precision known (year, month, day, or the days something lasted), none for anything vaguer.
    """
    facts = event.facts
    node: Node = {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": url,
        "url": url,
        "name": facts.title,
        "inLanguage": facts.title_language,
        **_dates(facts.date.edtf),
        "eventStatus": f"https://schema.org/{_STATES[facts.status]}" if facts.status in _STATES else "",
        "location": [_place(place) for place in facts.where],
        "about": [_actor(actor) for actor in facts.who],
        "subjectOf": list(_articles(event.reports)),
    }
    text = json.dumps({name: value for name, value in node.items() if value}, ensure_ascii=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _dates(value: Edtf | None) -> Node:
    """A day, month or year as it stands; a span that names both its ends; else nothing."""
    if value is None or value.text[-1] in "~?%":
        return {}
    if value.precision in _EXACT:
        return {"startDate": value.text}
    start, _, end = value.text.partition("/")
    if value.precision is Precision.INTERVAL and end:
        return {"startDate": start, "endDate": end}
    return {}


def _place(place: Place) -> Node:
    node: Node = {"@type": _PLACES[place.kind], "name": place.name}
    if place.lat is not None and place.lon is not None:
        node["geo"] = {"@type": "GeoCoordinates", "latitude": place.lat, "longitude": place.lon}
    if place.geonames_id is not None:
        node["sameAs"] = f"https://sws.geonames.org/{place.geonames_id}/"
    return node


def _actor(actor: Actor) -> Node:
    return {"@type": _ACTORS[actor.kind], "name": actor.name}


def _articles(reports: Iterable[Report]) -> Iterable[Node]:
    """Each article once; only addresses of the web are named."""
    seen: set[str] = set()
    for report in reports:
        if report.article_id in seen:
            continue
        seen.add(report.article_id)
        node: Node = {
            "@type": "NewsArticle",
            "headline": report.title,
            "url": report.url if report.url.startswith(("https://", "http://")) else "",
            "datePublished": report.published.isoformat() if report.published else "",
            "inLanguage": report.language,
            "publisher": {"@type": "Organization", "name": report.outlet} if report.outlet else "",
        }
        yield {name: value for name, value in node.items() if value}
