"""The API told to people: the OpenAPI description as a page of this site, without scripts or anything from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response

from tracker.web import api_description, context

__all__ = ["Field", "Operation", "blueprint", "operations"]

Json = dict[str, Any]  # Any: JSON values of every kind
_TRIED = {
    "/events": "/events?limit=2",
    "/topics": "/topics",
    "/histogram": "/histogram",
    "/openapi.json": "/openapi.json",
}


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter, an answer or a part of one: its name, its shape in a few words, what it means."""

    name: str
    shape: str
    told: str


@dataclass(frozen=True, slots=True)
class Operation:
    """What one can ask: a path under the API's address. ``tried`` is such an address that answers anywhere, '' for none."""

    path: str
    told: str
    parameters: tuple[Field, ...]
    answers: tuple[Field, ...]
    tried: str


def blueprint() -> Blueprint:
    """Give the route of the page."""
    routes = Blueprint("api_page", __name__)
    routes.add_url_rule("/api", view_func=told)
    return routes


def told() -> Response:
    """Show what can be asked and what is answered."""
    document = api_description.document(server=context.base_url())
    return context.page(
        "api.html",
        root=document["servers"][0]["url"],
        operations=tuple(operations(document)),
        shapes={
            name: tuple(_fields(schema))
            for name, schema in document["components"]["schemas"].items()
            if "properties" in schema
        },
    )


def operations(document: Json) -> Iterator[Operation]:
    """Give the operations of an OpenAPI document, in its order."""
    parts = document["components"]
    for path, methods in document["paths"].items():
        asked = methods["get"]
        parameters = [_resolved(one, parts, "parameters") for one in asked.get("parameters", ())]
        answers = {code: _resolved(one, parts, "responses") for code, one in asked["responses"].items()}
        yield Operation(
            path,
            asked["summary"],
            tuple(Field(one["name"], _shape(one["schema"]), one.get("description", "")) for one in parameters),
            tuple(Field(code, _content(one), one["description"]) for code, one in answers.items()),
            _TRIED.get(path, ""),
        )


def _resolved(one: Json, parts: Json, kind: str) -> Json:
    found: Json = parts[kind][_name(one)] if "$ref" in one else one
    return found


def _name(reference: Json) -> str:
    return str(reference["$ref"]).rpartition("/")[2]


def _content(answer: Json) -> str:
    return ", ".join(_shape(one["schema"]) for one in answer["content"].values())


def _fields(schema: Json) -> Iterator[Field]:
    for name, one in schema["properties"].items():
        yield Field(name, _shape(one), one.get("description", ""))


def _shape(schema: Json) -> str:
    """Say what a value is: "integer, 1 to 200 (50)", "string: newest, oldest (newest)", "list of Event"."""
    if "$ref" in schema:
        return _name(schema)
    if "anyOf" in schema:
        return " or ".join(_shape(one) for one in schema["anyOf"])
    kind = schema["type"]
    if kind == "array":
        return f"list of {_shape(schema['items'])}"
    if kind == "object" and "properties" in schema:
        return f"object of {', '.join(schema['properties'])}"
    text = " or ".join(kind) if isinstance(kind, list) else str(kind)
    if "enum" in schema:
        text += ": " + ", ".join(schema["enum"])
    elif "format" in schema:
        text += f", {schema['format']}"
    if "minimum" in schema and "maximum" in schema:
        text += f", {schema['minimum']} to {schema['maximum']}"
    return f"{text} ({schema['default']})" if "default" in schema else text
