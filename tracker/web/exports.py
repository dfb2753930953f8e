"""Exports over HTTP: every event of a view, under the parameters of its page, for spreadsheets, maps and programs.

Written while it is read, so an export of a million events needs no more memory than one of a hundred. Few are written at once:
each keeps a thread and a read of the database until its last line.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from flask import Blueprint, Response, abort

from tracker.filters import OLDEST
from tracker.formats import geojson, jsonl, spreadsheet, timelinejs
from tracker.timeline import Speech
from tracker.types import Event
from tracker.web import context, scopes
from tracker.web.feeds import item_words

__all__ = ["blueprint"]

_AT_ONCE = 2  # of the threads of a server; the others answer readers
_AGAIN_S = 30
_TYPES = {name: media_type for name, media_type, _ in context.EXPORTS}


@dataclass(frozen=True, slots=True)
class _Told:
    """What a writer is told: the title of the whole, the site's address, the words of the dates."""

    title: str
    base_url: str
    speech: Speech


def _slides(events: Iterator[Event], told: _Told) -> Iterator[str]:
    def left_out(n: int) -> str:
        return told.speech.say("Not shown, for want of a day: {n}", n=told.speech.number(n))

    return timelinejs.slides(
        events, title=told.title, words=lambda event: item_words(event, told.speech), left_out=left_out
    )


_WRITERS: Mapping[str, Callable[[Iterator[Event], _Told], Iterator[str]]] = {
    "export.csv": lambda events, told: spreadsheet.rows(events, base_url=told.base_url),
    "export.jsonl": lambda events, told: jsonl.lines(events, base_url=told.base_url),
    "export.geojson": lambda events, told: geojson.features(events, base_url=told.base_url),
    "export.timelinejs.json": _slides,
}


def blueprint() -> Blueprint:
    """Give the routes of the exports."""
    routes, gate = Blueprint("exports", __name__), threading.BoundedSemaphore(_AT_ONCE)
    names = ",".join(f'"{name}"' for name in _TYPES)

    def everything(name: str) -> Response:
        return _export(name, "", gate)

    def topic(slug: str, name: str) -> Response:
        return _export(name, slug, gate)

    routes.add_url_rule(f"/<any({names}):name>", view_func=everything)
    routes.add_url_rule(f"/t/<slug>/<any({names}):name>", view_func=topic)
    return routes


def _export(name: str, slug: str, gate: threading.BoundedSemaphore) -> Response:
    """Give all events that fit the request's filter, by date, the undated last."""
    scope = scopes.topic_scope(slug) if slug else scopes.everything()
    if scope is None:
        abort(404)
    site, given = context.site(), replace(context.given_filter(), order=OLDEST, page=1)
    title = f"{scope.name} \u2014 {site.web.site_name}" if scope.name else site.web.site_name
    told = _Told(title, context.base_url(), context.speech())
    if not gate.acquire(blocking=False):
        busy = Response(
            "Others are being written; try again in half a minute.\n", 503, content_type="text/plain; charset=utf-8"
        )
        busy.headers["Retry-After"] = str(_AGAIN_S)
        return busy
    written = _WRITERS[name](site.reads.export(given, topic=slug), told)
    response = Response((part.encode() for part in written), content_type=f"{_TYPES[name]}; charset=utf-8")
    response.call_on_close(gate.release)
    response.headers["Content-Disposition"] = f'attachment; filename="{_file(slug, name)}"'
    response.headers["Cache-Control"] = "no-store"  # it is sent as it is written, so nothing can say what it will hold
    return response


def _file(slug: str, name: str) -> str:
    """Name the file after the topic, in letters that every system can keep."""
    plain = "".join(letter if letter.isascii() and (letter.isalnum() or letter in "-_") else "-" for letter in slug)
    return f"{plain or 'events'}.{name.removeprefix('export.')}"
