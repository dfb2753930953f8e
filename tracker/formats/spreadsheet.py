"""CSV (RFC 4180): one row an event, for spreadsheets and scripts.

Nothing foreign is ever a formula: a cell that begins like one gets a leading apostrophe (OWASP, "CSV Injection").
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from tracker.formats.item import inert
from tracker.formats.jsonl import event_object
from tracker.types import Event

__all__ = ["BOM", "COLUMNS", "MEDIA_TYPE", "rows"]

MEDIA_TYPE = "text/csv"
BOM = "\ufeff"  # some spreadsheets read UTF-8 only behind it
COLUMNS = (
    "id", "url", "title", "language", "edtf", "earliest", "latest", "precision", "status", "type", "who", "where", "lat",
    "lon", "importance", "outlets", "languages", "first_published", "updated",
)  # fmt: skip
_FORMULAS = ("=", "+", "-", "@", "\t", "\uff1d", "\uff0b", "\uff0d", "\uff20")  # the full-width ones too


def rows(events: Iterable[Event], *, base_url: str = "") -> Iterator[str]:
    """Write the head and each event as one line with CR LF, in the order given; no line break within a cell."""
    line = io.StringIO(newline="")
    writer = csv.writer(line, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for event in events:
        yield _taken(line)
        writer.writerow(_row(event, base_url))
    yield _taken(line)


def _taken(line: io.StringIO) -> str:
    text = line.getvalue()
    line.seek(0)
    line.truncate()
    return text


def _row(event: Event, base_url: str) -> list[object]:
    found = event_object(event, base_url=base_url)
    place = next((place for place in event.facts.where if place.lat is not None and place.lon is not None), None)
    found |= {
        "who": "; ".join(actor.name for actor in event.facts.who),
        "where": "; ".join(place.name for place in event.facts.where),
        "languages": "; ".join(event.facts.languages),
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
    }
    return [_cell(found[name]) for name in COLUMNS]


def _cell(value: object) -> object:
    """Give numbers as they are, text on one line and never as a formula."""
    if not isinstance(value, str):
        return "" if value is None else value
    text = " ".join(inert(value).splitlines()).strip()  # a blank would hide what some programs skip to
    return f"'{text}" if text.startswith(_FORMULAS) else text
