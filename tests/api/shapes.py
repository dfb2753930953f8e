"""A checker for the part of JSON Schema that our description uses; anything it does not know is an error."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

_KINDS: dict[str, tuple[type, ...]] = {
    "object": (dict,), "array": (list,), "string": (str,), "integer": (int,), "number": (int, float), "boolean": (bool,),
    "null": (type(None),),
}  # fmt: skip
_KNOWN = {
    "$ref", "type", "properties", "required", "additionalProperties", "items", "enum", "anyOf", "format", "minimum", "maximum",
    "pattern", "maxLength", "maxItems", "default", "description",
}  # fmt: skip


def faults(value: Any, schema: dict[str, Any], whole: dict[str, Any], at: str = "$") -> Iterator[str]:
    """Say where a value does not fit its schema."""
    assert set(schema) <= _KNOWN, f"{at}: the checker does not know {set(schema) - _KNOWN}"
    if "$ref" in schema:
        yield from faults(value, resolved(schema["$ref"], whole), whole, at)
        return
    if "anyOf" in schema:
        if all(list(faults(value, one, whole, at)) for one in schema["anyOf"]):
            yield f"{at}: fits none of anyOf"
        return
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if not any(_is(value, kind) for kind in kinds):
        yield f"{at}: {value!r} is no {' or '.join(kinds)}"
        return
    yield from _simple(value, schema, at)
    if isinstance(value, dict):
        yield from _object(value, schema, whole, at)
    if isinstance(value, list):
        for n, one in enumerate(value):
            yield from faults(one, schema["items"], whole, f"{at}[{n}]")


def resolved(reference: str, whole: dict[str, Any]) -> dict[str, Any]:
    """Follow a reference within the document. Raises: KeyError where it leads nowhere."""
    assert reference.startswith("#/")
    found = whole
    for part in reference[2:].split("/"):
        found = found[part]
    return found


def references(value: Any) -> Iterator[str]:
    """Give every reference in a document."""
    if isinstance(value, dict):
        yield from ([value["$ref"]] if "$ref" in value else [])
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from references(one)


def _is(value: Any, kind: str) -> bool:
    if isinstance(value, bool):
        return kind == "boolean"
    return isinstance(value, _KINDS[kind])


def _simple(value: Any, schema: dict[str, Any], at: str) -> Iterator[str]:
    if "enum" in schema and value is not None and value not in schema["enum"]:
        yield f"{at}: {value!r} is none of {schema['enum']}"
    if "minimum" in schema and value < schema["minimum"]:
        yield f"{at}: {value} is too small"
    if "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{at}: {value!r} does not match"
    if "format" in schema and isinstance(value, str) and not _FORMATS[schema["format"]](value):
        yield f"{at}: {value!r} is no {schema['format']}"


def _object(value: dict[str, Any], schema: dict[str, Any], whole: dict[str, Any], at: str) -> Iterator[str]:
    yield from (f"{at}.{name} is missing" for name in schema.get("required", []) if name not in value)
    known, other = schema.get("properties", {}), schema.get("additionalProperties", True)
    for name, one in value.items():
        if name in known:
            yield from faults(one, known[name], whole, f"{at}.{name}")
        elif other is False:
            yield f"{at}.{name} is not described"
        elif isinstance(other, dict):
            yield from faults(one, other, whole, f"{at}.{name}")


def _is_uri(text: str) -> bool:
    return bool(urlsplit(text).scheme and urlsplit(text).netloc)


def _is_day(text: str) -> bool:
    return date.fromisoformat(text).isoformat() == text


def _is_moment(text: str) -> bool:
    return datetime.fromisoformat(text).tzinfo is not None


_FORMATS = {"date": _is_day, "date-time": _is_moment, "uri": _is_uri}
