"""For those who run the service: is it ready, and numbers in Prometheus' text format (0.0.4).

Requests are counted in this process; with several each tells its own.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from flask import Blueprint, Flask, Response, current_app, g, request

from tracker import __version__
from tracker.errors import StoreError
from tracker.web import context

__all__ = ["blueprint", "watch"]

log = logging.getLogger(__name__)

_KEY = "kronik-requests"
_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_UPPER_S = (0.005, 0.02, 0.05, 0.08, 0.2, 0.5, 2.0)  # bounds of the histogram; 50 and 80 ms are our targets
# tally: (metric, kind, labels, what it tells)
_TOLD = {
    "events": ("kronik_events", (), "Events shown."),
    "articles": ("kronik_articles", (), "Articles stored."),
    "feeds": ("kronik_feeds", ("state",), "Polled feeds by state."),
    "feeds_failing": ("kronik_feeds_failing", (), "Feeds whose last poll failed."),
    "feeds_overdue": ("kronik_feeds_overdue", (), "Feeds due for more than five minutes and not asked yet."),
    "polls": ("kronik_polls_total", ("result",), "Polls of the feeds followed, by result: read, unchanged, failed."),
    "polled_bytes": ("kronik_polled_bytes_total", (), "Bytes of the documents polls brought, uncompressed."),
    "work": ("kronik_work_items", ("step", "state"), "Rows of work by step and state."),
    "polled_seconds": (
        "kronik_last_poll_timestamp_seconds",
        (),
        "When a feed was last polled with success, Unix time.",
    ),
}


@dataclass
class _Requests:
    """What was asked of this process. Safe from any thread."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    answers: Counter[tuple[str, str]] = field(default_factory=Counter)
    within: Counter[float] = field(default_factory=Counter)
    seconds: float = 0.0

    def count(self, name: str, code: int, seconds: float) -> None:
        with self.lock:
            self.answers[name, str(code)] += 1
            self.seconds += seconds
            for upper in _UPPER_S:
                self.within[upper] += seconds <= upper


def blueprint() -> Blueprint:
    """Give the routes for who runs the service."""
    routes = Blueprint("watching", __name__)
    routes.add_url_rule("/readyz", view_func=readyz)
    routes.add_url_rule("/metrics", view_func=metrics)
    return routes


def watch(app: Flask) -> None:
    """Count the application's requests and how long they take."""
    app.extensions[_KEY] = _Requests()
    app.before_request(_begin)
    app.after_request(_counted)


def readyz() -> Response:
    """Say whether requests can be served: 503 while the database is away or of another version."""
    try:
        context.site().reads.ready()
    except StoreError as problem:
        log.warning("not ready", extra={"problem": str(problem)})
        return _text("not ready\n", 503)
    return _text("ok\n", 200)


def metrics() -> Response:
    """Give counts of the database and of this process' requests."""
    found: _Requests = current_app.extensions[_KEY]
    lines = [*_version(), *_database(context.site().reads.tallies(now=context.site().now())), *_asked(found)]
    response = _text("\n".join(lines) + "\n", 200)
    response.content_type = _TYPE
    return response


def _begin() -> None:
    g.begun = time.perf_counter()


def _counted(response: Response) -> Response:
    found: _Requests = current_app.extensions[_KEY]
    begun = g.get("begun")
    seconds = time.perf_counter() - begun if begun is not None else 0.0
    found.count(request.endpoint or "none", response.status_code, seconds)
    return response


def _text(text: str, code: int) -> Response:
    response = Response(text, status=code, content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    return response


def _version() -> Iterable[str]:
    yield from _head("kronik_info", "gauge", "The version that runs.")
    yield f'kronik_info{{version="{_label(__version__)}"}} 1'


def _database(tallies: Mapping[tuple[str, ...], float]) -> Iterable[str]:
    for name, (metric, labels, told) in _TOLD.items():
        rows = sorted((key[1:], value) for key, value in tallies.items() if key[0] == name)
        if rows:
            yield from _head(metric, "gauge", told)
        for values, value in rows:
            yield f"{metric}{_labels(zip(labels, values, strict=True))} {_number(value)}"


def _asked(found: _Requests) -> Iterable[str]:
    with found.lock:
        answers, within, seconds = sorted(found.answers.items()), dict(found.within), found.seconds
    total = sum(count for _, count in answers)
    yield from _head("kronik_http_requests_total", "counter", "Requests of this process by endpoint and status.")
    for (name, code), count in answers:
        yield f"kronik_http_requests_total{_labels((('endpoint', name), ('status', code)))} {count}"
    yield from _head("kronik_http_request_seconds", "histogram", "How long requests of this process took.")
    for upper in _UPPER_S:
        yield f'kronik_http_request_seconds_bucket{{le="{upper}"}} {within.get(upper, 0)}'
    yield f'kronik_http_request_seconds_bucket{{le="+Inf"}} {total}'
    yield f"kronik_http_request_seconds_sum {seconds:.6f}"
    yield f"kronik_http_request_seconds_count {total}"


def _head(metric: str, kind: str, told: str) -> Iterable[str]:
    yield f"# HELP {metric} {told}"
    yield f"# TYPE {metric} {kind}"


def _labels(pairs: Iterable[tuple[str, str]]) -> str:
    written = ",".join(f'{name}="{_label(value)}"' for name, value in pairs)
    return f"{{{written}}}" if written else ""


def _label(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _number(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else repr(float(value))
