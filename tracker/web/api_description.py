"""The description of API v1, as OpenAPI 3.1: written by hand as data, and tested against the real answers."""

from __future__ import annotations

from typing import Any

from tracker import __version__
from tracker.edtf import Precision
from tracker.types import Status

__all__ = ["MOST_EVENTS", "document"]

MOST_EVENTS = 200  # events of one page

Json = dict[str, Any]  # Any: JSON values of every kind


def document(*, server: str) -> Json:
    """Give the whole description; ``server`` is the public address without a slash at its end."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Kronik API",
            "version": f"1 ({__version__})",
            "summary": "Events from the news, each with the date it happened and its evidence.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": f"{server}/api/v1"}],
        "paths": _paths(),
        "components": {"schemas": _schemas(), "responses": _responses(), "parameters": _parameters()},
    }


def _paths() -> Json:
    everything = [_named(name) for name in (*_FILTERS, "topic")]
    number: Json = {"name": "id", "in": "path", "required": True, "schema": {"type": "integer", "minimum": 1}}
    return {
        "/events": _get(
            "listEvents",
            "Events in order of the day they happened, the undated last",
            [*everything, _named("limit"), _named("cursor")],
            {"200": _answer("A page of events", "EventPage"), "400": _failure("Wrong")},
        ),
        "/events/{id}": _get(
            "getEvent",
            "One event with its evidence",
            [number],
            {
                "200": _answer("The event", "Event"),
                "301": _answer("It was merged into another event", "Merged"),
                "404": _failure("Absent"),
                "410": _failure("Withdrawn"),
            },
        ),
        "/topics": _get("listTopics", "The topics", [], {"200": _answer("All topics", "Topics")}),
        "/histogram": _get(
            "getHistogram",
            "How many events happened when; from, to and order are left aside",
            everything,
            {"200": _answer("Bins in order of time", "Histogram"), "400": _failure("Wrong")},
        ),
        "/openapi.json": _get("describe", "This document", [], {"200": _answer("OpenAPI 3.1", "Description")}),
    }


def _get(name: str, summary: str, parameters: list[Json], responses: Json) -> Json:
    told = {"operationId": name, "summary": summary, "responses": responses}
    return {"get": told | ({"parameters": parameters} if parameters else {})}


def _answer(description: str, schema: str) -> Json:
    return {"description": description, "content": {"application/json": {"schema": _of(schema)}}}


def _failure(name: str) -> Json:
    return {"$ref": f"#/components/responses/{name}"}


def _named(name: str) -> Json:
    return {"$ref": f"#/components/parameters/{name}"}


def _of(schema: str) -> Json:
    return {"$ref": f"#/components/schemas/{schema}"}


_DAY_SHAPE = "^((?!0000)[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?)?$"  # empty: as if it were not there
_TEXT: Json = {"type": "string", "maxLength": 200}
_FILTERS: Json = {  # parameter -> schema and what it means; the same as on pages and feeds
    "q": (_TEXT, "Words that stand in the title, a quote or a name."),
    "from": ({"type": "string", "pattern": _DAY_SHAPE}, "What may have happened on that day, or in that month or year, or later."),
    "to": ({"type": "string", "pattern": _DAY_SHAPE}, "What may have happened on that day, or in that month or year, or before."),
    "place": (_TEXT, "Key or name of a place."),
    "who": (_TEXT, "Key or name of an actor."),
    "type": ({"type": "string", "pattern": "^([a-z][a-z0-9_.-]{0,39})?$"}, "Type of event."),
    "status": ({"type": "string", "enum": [status.value for status in Status]}, "How reports say it stands."),
    "language": ({"type": "string", "pattern": "^([a-z]{2,3})?$"}, "Language of a report, ISO 639."),
    "outlet": (_TEXT, "Name of an outlet that reports it."),
    "precision": ({"type": "string", "enum": [precision.value for precision in Precision]}, "How exactly the date is known."),
    "min_outlets": ({"type": "integer", "minimum": 1, "maximum": 1000, "default": 1}, "Outlets that report it, at least."),
    "disputed": ({"type": "string", "enum": ["0", "1"], "default": "0"}, "Only what reports differ on."),
    "order": ({"type": "string", "enum": ["newest", "oldest"], "default": "newest"}, "By the last day, or by the first."),
}  # fmt: skip
_SEVERAL = frozenset({"place", "who", "type", "status", "language", "outlet", "precision"})


def _parameters() -> Json:
    found = {name: _parameter(name, schema, told) for name, (schema, told) in _FILTERS.items()}
    limit = {"type": "integer", "minimum": 1, "maximum": MOST_EVENTS, "default": 50}
    return found | {
        "topic": _parameter("topic", {"type": "string", "maxLength": 80}, "Slug of a topic; see /topics."),
        "limit": _parameter("limit", limit, "Events on a page."),
        "cursor": _parameter("cursor", {"type": "string", "maxLength": 200}, "next_cursor of the page before."),
    }


def _parameter(name: str, schema: Json, told: str) -> Json:
    found: Json = {"name": name, "in": "query", "description": told, "schema": schema}
    if name in _SEVERAL:
        several = {"type": "array", "items": schema, "maxItems": 50}
        found |= {"schema": several, "style": "form", "explode": True}
        found["description"] = f"{told} Several values mean any of them."
    return found


def _responses() -> Json:
    named = {
        "Wrong": "A parameter is wrong",
        "Absent": "There is no such event",
        "Withdrawn": "The event was withdrawn",
    }
    content = {"application/problem+json": {"schema": _of("Problem")}}
    return {name: {"description": told, "content": content} for name, told in named.items()}


def _object(**properties: Json) -> Json:
    """Describe an object that has exactly these keys."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(items: Json) -> Json:
    return {"type": "array", "items": items}


def _or_null(schema: Json) -> Json:
    return {**schema, "type": [schema["type"], "null"]}


_STRING: Json = {"type": "string"}
_WHOLE: Json = {"type": "integer"}
_NUMBER: Json = {"type": "number"}
_COUNT: Json = {"type": "integer", "minimum": 0}
_YES_NO: Json = {"type": "boolean"}
_DAY: Json = {"type": "string", "format": "date"}
_MOMENT: Json = {"type": "string", "format": "date-time"}
_URL: Json = {"type": "string", "format": "uri"}
_STATUS: Json = {"type": "string", "enum": [status.value for status in Status]}
_PRECISION: Json = {"type": "string", "enum": [precision.value for precision in Precision]}


def _schemas() -> Json:
    return {
        "Event": _event(),
        "Report": _report(),
        "EventPage": _object(events=_list(_of("Event")), next_cursor=_or_null(_STRING), next=_or_null(_URL)),
        "Merged": _object(id=_WHOLE, merged_into=_WHOLE),
        "Topics": _object(topics=_list(_of("Topic"))),
        "Topic": _object(
            slug=_STRING, title=_STRING, description=_STRING, query=_STRING, events=_COUNT, url=_URL,
            feeds=_object(rss=_URL, atom=_URL, json=_URL, calendar=_URL),
        ),
        "Histogram": _object(
            unit={"type": "string", "enum": ["day", "week", "month", "quarter", "year"]},
            bins=_list(_of("Bin")), earlier=_COUNT, later=_COUNT, open=_COUNT, undated=_COUNT,
        ),
        "Bin": _object(first=_DAY, last=_DAY, sure=_COUNT, vague=_NUMBER, planned=_NUMBER),
        "Description": {"type": "object", "required": ["openapi", "info", "paths"]},
        "Problem": {
            "type": "object",
            "description": "RFC 9457",
            "properties": {"type": _STRING, "title": _STRING, "status": _WHOLE, "detail": _STRING, "parameter": _STRING},
            "required": ["type", "title", "status"],
        },
    }  # fmt: skip


def _event() -> Json:
    kinds = {"type": "string", "enum": ["person", "organisation", "country", "unknown"]}
    place = _object(name=_STRING, geonames_id=_or_null(_WHOLE), lat=_or_null(_NUMBER), lon=_or_null(_NUMBER))
    dispute = _object(field=_STRING, values=_list(_object(value=_STRING, article_ids=_list(_STRING))))
    return _object(
        id=_WHOLE, url=_URL, title=_STRING, language=_STRING,
        edtf=_or_null({"type": "string", "description": "EDTF (2019), level 1 and parts of 2; null when unknown."}),
        earliest=_or_null(_DAY), latest=_or_null(_DAY), precision=_PRECISION, status=_STATUS, type=_STRING,
        who=_list(_object(name=_STRING, kind=kinds)), where=_list(place),
        quantities=_list(_object(value=_NUMBER, unit=_STRING, text=_STRING)),
        titles={"type": "object", "additionalProperties": _STRING}, importance=_NUMBER, outlets=_COUNT,
        languages=_list(_STRING), topics=_list(_STRING), first_published=_MOMENT, updated=_MOMENT, revision=_WHOLE,
        merged_into=_or_null(_WHOLE), disputed=_list(dispute), reports=_list(_of("Report")),
    )  # fmt: skip


def _report() -> Json:
    anchors = {"type": "string", "enum": ["explicit", "dct", "previous", "narrative", "holiday", "event", "published"]}
    date = _object(
        phrase=_STRING,
        start=_or_null(_WHOLE),
        end=_or_null(_WHOLE),
        anchor=anchors,
        edtf=_or_null(_STRING),
        rule=_STRING,
    )
    return _object(
        article_id=_STRING, url=_STRING, title=_STRING, outlet=_STRING, language=_STRING,
        published=_or_null({"type": "string", "description": "A moment with the outlet's own offset, or a day alone."}),
        quote=_STRING, field={"type": "string", "enum": ["title", "text"]}, start=_COUNT, end=_COUNT, lead=_YES_NO,
        status=_STATUS, speaker=_STRING, date={"anyOf": [date, {"type": "null"}]},
    )  # fmt: skip
