"""Frozen values <-> JSON, for the columns that keep what nobody sorts or filters by.

In: any dataclass of `tracker.types`. Out: plain JSON values. Guarantees: ``decode(type(x), encode(x)) == x``.
EDTF values are written as their text and read back with their bounds.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable
from datetime import date, datetime
from enum import Enum
from functools import cache, lru_cache
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
        return typing.cast(
            T, _reader(typing.cast(Any, kind))(value)
        )  # casts: a type is hashable, the value made from it
    except (KeyError, TypeError, ValueError, AttributeError) as cause:
        raise StoreError(f"stored JSON does not fit: {cause}", subject=getattr(kind, "__name__", str(kind))) from cause


Reader = Callable[[Any], Any]  # Any: JSON in, a value of the type out


@cache
def _reader(kind: Any) -> Reader:  # Any: a type, or what typing makes of types
    """Make, once, what reads values of a type: pages read hundreds of them."""
    origin = typing.get_origin(kind)
    if origin is tuple:
        return _or_none(_tuple_reader(typing.get_args(kind)))
    if origin in (typing.Union, types.UnionType):
        return _reader(next(arg for arg in typing.get_args(kind) if arg is not type(None)))
    if origin is typing.Literal or kind in _PLAIN:
        return _as_it_is
    if isinstance(kind, typing.NewType):
        return _reader(kind.__supertype__)
    if kind is Edtf:
        return _or_none(_parsed)
    if kind in (datetime, date):
        return _or_none(kind.fromisoformat)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _or_none({member.value: member for member in kind}.__getitem__)
    return _or_none(_fields_reader(kind) if dataclasses.is_dataclass(kind) else kind)


def _fields_reader(kind: Any) -> Reader:  # Any: a dataclass
    """Read a dataclass; fields the JSON does not have take their defaults, those the type does not have are dropped."""
    hints = typing.get_type_hints(kind)
    readers = [(name, reader) for name, hint in hints.items() if (reader := _reader(hint)) is not _as_it_is]

    def read(value: dict[str, Any]) -> Any:  # Any: as Reader
        given = value.copy() if value.keys() <= hints.keys() else {name: value[name] for name in value if name in hints}
        for name, reader in readers:
            if name in given:
                given[name] = reader(given[name])
        return kind(**given)

    return read


def _tuple_reader(arguments: tuple[Any, ...]) -> Reader:  # Any: as above
    readers = [_reader(kind) for kind in arguments if kind is not Ellipsis]
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        [read] = readers
        return tuple if read is _as_it_is else lambda value: tuple([read(item) for item in value]) if value else ()
    return lambda value: tuple(read(item) for read, item in zip(readers, value, strict=True))


@lru_cache(maxsize=4096)
def _parsed(text: str) -> Edtf:
    return edtf.parse(text)


def _or_none(read: Reader) -> Reader:
    return lambda value: None if value is None else read(value)


def _as_it_is(value: Any) -> Any:  # Any: as Reader
    return value


_PLAIN = frozenset({str, int, float, bool, Any})
