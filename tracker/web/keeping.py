"""Answers kept: a page that was written once for a state of the database is sent again, and a 304 is said without writing it.

The state is the number of the last change of any event or topic, the minute, the address and the interface language. What is
kept is bounded and belongs to one process.
"""

from __future__ import annotations

import gzip
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from flask import Flask, Response, current_app, request
from werkzeug.wrappers import Response as Answer

from tracker.web import assets, context

__all__ = ["body_of", "keep", "kept"]

_KEY = "kronik-kept"
_PAGES = 200  # of some 10 to 50 kB each
_LEVEL = 6  # of gzip
_VARY = ("Accept-Language", "Accept-Encoding")


@dataclass
class _Kept:
    """Pages by their state, the one used last at the end; zipped, as nearly every reader takes them. Safe from any thread."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    bodies: OrderedDict[str, bytes] = field(default_factory=OrderedDict)

    def get(self, state: str) -> bytes | None:
        with self.lock:
            if state in self.bodies:
                self.bodies.move_to_end(state)
            return self.bodies.get(state)

    def put(self, state: str, body: bytes) -> None:
        with self.lock:
            self.bodies[state] = body
            while len(self.bodies) > _PAGES:
                self.bodies.popitem(last=False)


def keep(app: Flask) -> None:
    """Give the application a place to keep pages."""
    app.extensions[_KEY] = _Kept()


def kept(write: Callable[[], Answer]) -> Answer:
    """Answer 304 where the reader has this state, else the page: as kept, or written now. Only a 200 is kept."""
    state = _state()
    found: _Kept = current_app.extensions[_KEY]
    asked = request.if_none_match.as_set(include_weak=True)  # by name: "*" asks whether there is such a page at all
    body = b"" if state in asked else found.get(state)
    if body is None:
        written = write()
        if written.status_code != 200:
            return written
        body = gzip.compress(written.get_data(), compresslevel=_LEVEL, mtime=0)
        found.put(state, body)
    return _answer(state, body)


def body_of(state: str, write: Callable[[], bytes]) -> bytes:
    """Give the document of a state: as kept, or written now."""
    found: _Kept = current_app.extensions[_KEY]
    zipped = found.get(state)
    if zipped is not None:
        return gzip.decompress(zipped)
    body = write()
    found.put(state, gzip.compress(body, compresslevel=_LEVEL, mtime=0))
    return body


def _answer(state: str, zipped: bytes) -> Response:
    """Give a page from its zipped bytes; without any, the 304."""
    response = Response(status=200 if zipped else 304, content_type="text/html; charset=utf-8")
    if zipped and request.accept_encodings.quality("gzip") > 0:
        response.set_data(zipped)
        response.headers["Content-Encoding"] = "gzip"
    elif zipped:
        response.set_data(gzip.decompress(zipped))
    response.headers["Cache-Control"] = context.PAGE_MAX_AGE
    response.vary.update(_VARY)
    response.set_etag(state, weak=True)
    return response


def _state() -> str:
    site = context.site()
    minute = site.now().replace(second=0, microsecond=0)
    parts = (
        site.reads.version(), minute.isoformat(), request.full_path, context.base_url(), context.speech().code, assets.digest(),
    )  # fmt: skip
    return hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:24]
