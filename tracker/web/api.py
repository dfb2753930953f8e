"""The read side of API v1: events by pages and one by one, topics, the ribbon's bins, and its own description.

The same filters as pages and feeds, as GET parameters; the event object is that of the JSON Lines export. Lists are
followed by a cursor, so that no event is lost or told twice while new ones come. Errors are RFC 9457 problems.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, request

from tracker.errors import FilterError
from tracker.filters import Filter
from tracker.formats import event_object
from tracker.rows import TopicCount
from tracker.timeline import Bin, ribbon
from tracker.types import Event, EventId
from tracker.web import api_description, context, feeds

__all__ = ["PREFIX", "blueprint", "or_problem"]

PREFIX = "/api/v1"
_MERGED_MAX_AGE = "public, max-age=86400"  # a merge can be undone; an unlimited 301 cannot
_LARGEST_ID = 2**31 - 1  # what a database integer holds
_CURSOR_CHARS = 200
_DEFAULT_LIMIT = 50
_NO_CURSOR = "was not written by this API; take it from next_cursor"

Json = dict[str, Any]  # Any: JSON values of every kind
Cursor = tuple[date | None, date | None, int]
Handler = Callable[[Exception], Response]


def blueprint() -> Blueprint:
    """Give the routes of the API."""
    routes = Blueprint("api", __name__, url_prefix=PREFIX)
    routes.add_url_rule("/events", view_func=events)
    routes.add_url_rule("/events/<int:number>", view_func=event)
    routes.add_url_rule("/topics", view_func=topics)
    routes.add_url_rule("/histogram", view_func=histogram)
    routes.add_url_rule("/openapi.json", view_func=openapi)
    return routes


def events() -> Response:
    """Give a page of events under the filter, with the address of the next page where there is one."""
    site, given, slug = context.site(), _given(), _topic()
    limit, cursor = _limit(), _cursor()
    found = list(site.reads.after(given, topic=slug, cursor=cursor, size=limit + 1))
    shown = found[:limit]
    following = _written(shown[-1]) if len(found) > limit else None
    base = context.base_url()
    answer: Json = {
        "events": [event_object(one, base_url=base) for one in shown],
        "next_cursor": following,
        "next": None,
    }
    if following is not None:
        answer["next"] = f"{base}{PREFIX}/events?{_query(given, slug, limit, following)}"
    response = _json(answer)
    if following is not None:
        response.headers["Link"] = f'<{answer["next"]}>; rel="next"'
    return response


def event(number: int) -> Response:
    """Give one event; 301 to the event it was merged into, 410 where it was withdrawn."""
    found = context.site().reads.event(EventId(number)) if number <= _LARGEST_ID else None
    if found is None:
        abort(404)
    if found.merged_into is not None:
        return _moved(found.id, found.merged_into)
    if found.revisions and found.revisions[-1].kind == "hidden":
        abort(410)
    return _json(event_object(found, base_url=context.base_url()))


def topics() -> Response:
    """List the topics with the number of their events and the addresses of their feeds."""
    base = context.base_url()
    return _json({"topics": [_topic_object(row, base) for row in context.site().reads.topics()]})


def histogram() -> Response:
    """Give the ribbon's bins under the filter; from and to are left aside, as on the page."""
    today = context.today()
    found = ribbon(context.site().reads.masses(_given(), topic=_topic(), today=today), today=today)
    counts = {"earlier": found.earlier, "later": found.later, "open": found.open, "undated": found.undated}
    return _json({"unit": found.unit.value, "bins": [_bin(one) for one in found.bins], **counts})


def openapi() -> Response:
    """Give the API's description (OpenAPI 3.1)."""
    return _json(api_description.document(server=context.base_url()))


def or_problem(page: Handler) -> Handler:
    """Answer an error below the API as a problem, anywhere else as ``page`` does."""

    def answer(error: Exception) -> Response:
        told = page(error)  # logs, and knows the code and the headers
        return _problem(error, told) if _below() and told.status_code >= 400 else told

    return answer


def _below() -> bool:
    return request.path == "/api" or request.path.startswith("/api/")


_TITLES = {
    400: "A parameter is wrong",
    404: "There is nothing at this address",
    405: "This method is not offered",
    410: "This event was withdrawn",
    503: "Not ready",
}


def _problem(error: Exception, told: Response) -> Response:
    """Write a problem (RFC 9457); what failed inside is not told."""
    code = told.status_code
    problem: Json = {"type": "about:blank", "title": _TITLES.get(code, "Something went wrong"), "status": code}
    if isinstance(error, FilterError):
        problem |= {"detail": str(error), "parameter": error.subject}
    response = _json(problem)
    response.status_code = code
    response.content_type = "application/problem+json"
    for name in ("Allow", "Retry-After"):
        if name in told.headers:
            response.headers[name] = told.headers[name]
    return response


def _json(value: Json) -> Response:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    response = Response(text.encode("utf-8", "replace"), content_type="application/json")
    response.headers["Access-Control-Allow-Origin"] = "*"  # public, without cookies: any page may read it
    return response


def _moved(away: EventId, into: EventId) -> Response:
    response = _json({"id": away, "merged_into": into})
    response.status_code = 301
    response.headers["Location"] = f"{PREFIX}/events/{into}"
    response.headers["Cache-Control"] = _MERGED_MAX_AGE
    return response


def _given() -> Filter:
    return replace(context.given_filter(), page=1)


def _topic() -> str:
    slug = _single("topic")
    if slug and slug not in {row.topic.slug for row in context.site().reads.topics()}:
        raise FilterError(f"there is no topic {slug[:80]!r}", subject="topic")
    return slug


def _single(name: str) -> str:
    """Give a parameter's value, '' where it is absent. Raises: FilterError where it is given more than once."""
    given = [value for value in request.args.getlist(name) if value]
    if len(given) > 1:
        raise FilterError(f"is given {len(given)} times; once is possible", subject=name)
    return given[0] if given else ""


def _limit() -> int:
    text, most = _single("limit"), api_description.MOST_EVENTS
    if not text:
        return _DEFAULT_LIMIT
    if not (text.isascii() and text.isdecimal() and len(text) < 6 and 1 <= int(text) <= most):
        raise FilterError(f"{text[:20]!r} is no whole number from 1 to {most}", subject="limit")
    return int(text)


def _cursor() -> Cursor | None:
    """Read where the page before ended. Raises: FilterError for what this API did not write."""
    text = _single("cursor")
    if not text:
        return None
    try:
        early, late, number = json.loads(base64.urlsafe_b64decode(text[:_CURSOR_CHARS] + "=" * (-len(text) % 4)))
        days = (date.fromisoformat(early), date.fromisoformat(late)) if early is not None else (None, None)
    except (ValueError, TypeError, RecursionError, binascii.Error) as cause:
        raise FilterError(_NO_CURSOR, subject="cursor") from cause
    if not (type(number) is int and 0 < number <= _LARGEST_ID):
        raise FilterError(_NO_CURSOR, subject="cursor")
    return *days, number


def _written(event: Event) -> str:
    """Write where a page ended: the two days it is ordered by, and the id."""
    when = event.facts.date
    days = [str(day) if day else None for day in (when.earliest or when.latest, when.latest or when.earliest)]
    return base64.urlsafe_b64encode(json.dumps([*days, event.id]).encode()).decode().rstrip("=")


def _query(given: Filter, slug: str, limit: int, cursor: str) -> str:
    own = [*([("topic", slug)] if slug else []), ("limit", str(limit)), ("cursor", cursor)]
    return "&".join(part for part in (given.query_string(), urlencode(own)) if part)


def _topic_object(row: TopicCount, base: str) -> Json:
    topic = row.topic
    names = {"rss": "feed.rss", "atom": "feed.atom", "json": "feed.json", "calendar": "calendar.ics"}
    return {
        "slug": topic.slug,
        "title": topic.title,
        "description": topic.description,
        "query": topic.query,
        "events": row.events,
        "url": base + context.topic_path(topic.slug),
        "feeds": {name: base + feeds.address(topic.slug, file) for name, file in names.items()},
    }


def _bin(one: Bin) -> Json:
    days = {"first": one.first.isoformat(), "last": one.last.isoformat()}
    return days | {"sure": one.sure, "vague": one.vague, "planned": one.planned}
