"""GeoJSON (RFC 7946): events on the map, longitude first, WGS 84.

One place is a point, several are a multi-point, none is no geometry. Properties are those of the event object without
the reports' quotes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from tracker.formats.jsonl import event_object
from tracker.types import Event, Place

__all__ = ["MEDIA_TYPE", "features"]

MEDIA_TYPE = "application/geo+json"
_QUOTED = ("id", "reports", "titles", "quantities")  # the id is the feature's own; the rest quotes

JsonObject = dict[str, Any]  # Any: JSON values of every kind


def features(events: Iterable[Event], *, base_url: str = "") -> Iterator[str]:
    """Write one FeatureCollection piece by piece, a feature a line, in the order given."""
    yield '{"type":"FeatureCollection","features":['
    mark = "\n"
    for event in events:
        yield mark + json.dumps(_feature(event, base_url), ensure_ascii=False, separators=(",", ":"))
        mark = ",\n"
    yield "\n]}\n"


def _feature(event: Event, base_url: str) -> JsonObject:
    found = event_object(event, base_url=base_url)
    properties = {name: value for name, value in found.items() if name not in _QUOTED}
    return {"type": "Feature", "id": event.id, "geometry": _geometry(event.facts.where), "properties": properties}


def _geometry(places: tuple[Place, ...]) -> JsonObject | None:
    points = [[place.lon, place.lat] for place in places if place.lat is not None and place.lon is not None]
    if not points:
        return None
    return (
        {"type": "MultiPoint", "coordinates": points}
        if len(points) > 1
        else {"type": "Point", "coordinates": points[0]}
    )
