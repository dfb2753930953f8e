"""TimelineJS (its JSON format): events as slides.

A date has only the parts that are known; our words stand in ``display_date``, which the page shows in place of its own.
What is open or undated cannot be placed and is counted on the title slide.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from markupsafe import escape

from tracker import edtf
from tracker.edtf import Edtf, Precision
from tracker.formats import item as items
from tracker.formats.item import Words, inert
from tracker.types import Event

__all__ = ["MEDIA_TYPE", "MOST", "slides"]

MEDIA_TYPE = "application/json"
MOST = 300  # slides above which the page becomes slow (outputs.md, section 7)

JsonObject = dict[str, Any]  # Any: JSON values of every kind


def slides(events: Iterable[Event], *, title: str, words: Words, left_out: Callable[[int], str]) -> Iterator[str]:
    """Write one timeline piece by piece, a slide a line; ``left_out`` says how many could not be placed."""
    yield '{"scale":"human","events":['
    mark, missing = "\n", 0
    for event in events:
        slide = _slide(event, words)
        if slide is None:
            missing += 1
            continue
        yield mark + _json(slide)
        mark = ",\n"
    text = str(escape(inert(left_out(missing)))) if missing else ""
    head = {"text": {"headline": str(escape(inert(title))), "text": text}}
    yield f'\n],"title":{_json(head)}}}\n'


def _slide(event: Event, words: Words) -> JsonObject | None:
    value = event.facts.date.edtf
    if value is None or value.earliest is None or value.latest is None:
        return None
    said = words(event)
    start, end = _ends(value)
    slide: JsonObject = {"unique_id": str(event.id), "start_date": start}
    if end:
        slide["end_date"] = end
    headline = str(escape(inert(event.facts.title)))
    text = items.body(event, said)
    return slide | {
        "display_date": inert(said.date),
        "text": {"headline": headline, "text": text},
        "group": inert(event.facts.type),
    }


def _ends(value: Edtf) -> tuple[JsonObject, JsonObject]:
    """Give start and end with the parts that are known; no end where both are the same."""
    if value.precision in (Precision.DAY, Precision.TIME, Precision.MONTH, Precision.YEAR):
        return _parts(value.text), {}
    if value.precision is Precision.INTERVAL:
        texts = re.split(r"/|,|\.\.", value.text.strip("[]"))
        return _parts(texts[0]), _parts(max(texts[1:], key=_last_day))
    first, last = str(value.earliest), str(value.latest)
    digits = 4 if value.precision is Precision.DECADE else 7  # years of a decade, months of a season
    return _parts(first[:digits]), _parts(last[:digits])


def _last_day(text: str) -> str:
    return str(edtf.parse(text).latest)


def _parts(text: str) -> JsonObject:
    names = ("year", "month", "day")
    return dict(zip(names, (int(part) for part in text.rstrip("~?%").split("-")), strict=False))


def _json(value: JsonObject) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
