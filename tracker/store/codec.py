"""Frozen values <-> JSON, for the columns that keep what nobody sorts or filters by.

In: any dataclass of `tracker.types`. Out: plain JSON values. Guarantees: ``decode(type(x), encode(x)) == x``.
EDTF values are written as their text and read back with their bounds.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, TypeVar

from tracker import edtf
from tracker.edtf import Edtf
from tracker.errors import StoreError

__all__ = ["decode", "encode"]

T = TypeVar("T")


def encode(value: object) -> Any:  # Any: what JSON is
    """Give the JSON value of a frozen value."""
    if isinstance(value, Edtf):
        return value.text
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if dataclasses.is_dataclass(value):
        return {field.name: encode(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple | list):
        return [encode(item) for item in value]
    return value


def decode(kind: type[T], value: object) -> T:
    """Read a frozen value back. Fields that were not written yet take their defaults.

    Raises: StoreError when the stored JSON does not fit the type.
    """
    try:
        return typing.cast(T, _decode(kind, value))  # cast: built from the type itself
    except (KeyError, TypeError, ValueError, AttributeError) as cause:
        raise StoreError(f"stored JSON does not fit: {cause}", subject=getattr(kind, "__name__", str(kind))) from cause


def _decode(kind: Any, value: Any) -> Any:  # Any: a reader of types
    if value is None:
        return None
    origin = typing.get_origin(kind)
    if origin is tuple:
        return _decode_tuple(typing.get_args(kind), value)
    if origin in (typing.Union, types.UnionType):
        return _decode(next(arg for arg in typing.get_args(kind) if arg is not type(None)), value)
    if origin is typing.Literal:
        return value
    if isinstance(kind, typing.NewType):
        return _decode(kind.__supertype__, value)
    return _decode_plain(kind, value)


def _decode_plain(kind: Any, value: Any) -> Any:  # Any: as above
    if kind is Edtf:
        return edtf.parse(value)
    if kind in (datetime, date):
        return kind.fromisoformat(value)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        hints = _hints(kind)
        return kind(**{name: _decode(hints[name], item) for name, item in value.items() if name in hints})
    return kind(value)


def _decode_tuple(arguments: tuple[Any, ...], value: Any) -> tuple[Any, ...]:  # Any: as above
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        return tuple(_decode(arguments[0], item) for item in value)
    return tuple(_decode(kind, item) for kind, item in zip(arguments, value, strict=True))


@cache
def _hints(kind: Any) -> dict[str, Any]:  # Any: as above
    return typing.get_type_hints(kind)
