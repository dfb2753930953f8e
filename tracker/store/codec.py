"""Frozen values <-> JSON, for the columns that keep what nobody sorts or filters by.

In: any dataclass of `tracker.types`. Out: plain JSON values. Guarantees: ``decode(type(x), json.dumps(encode(x))) == x``.
EDTF values are written as their text and read back with their bounds.
"""

from __future__ import annotations

from collections.abc import Hashable
from functools import cache, lru_cache
from typing import Any, TypeVar, cast

import msgspec
import sqlalchemy as sa

from tracker import edtf
from tracker.edtf import Edtf
from tracker.errors import StoreError

__all__ = ["decode", "encode", "raw"]

T = TypeVar("T")


def encode(value: object) -> Any:  # Any: what JSON is
    """Give the JSON value of a frozen value."""
    return msgspec.to_builtins(value, enc_hook=_written)


def decode(kind: type[T], text: str) -> T:
    """Read a frozen value back from its JSON. Fields that were not written yet take their defaults, unknown ones are left.

    Raises: StoreError when the stored JSON does not fit the type.
    """
    try:
        return cast("T", _decoder(cast("Hashable", kind)).decode(text))  # casts: `cache` knows no types of types
    except msgspec.DecodeError as cause:
        raise StoreError(f"stored JSON does not fit: {cause}", subject=kind.__name__) from cause


def raw(column: sa.Column[Any]) -> sa.ColumnElement[str]:  # Any: JSON
    """Select a JSON column as the text that `decode` reads: a page reads hundreds, and no dictionary is made of them."""
    return sa.cast(column, sa.Text).label(column.name)


@cache
def _decoder(kind: Any) -> msgspec.json.Decoder[Any]:  # Any: as above
    return msgspec.json.Decoder(kind, dec_hook=_read)


def _written(value: object) -> str:
    if isinstance(value, Edtf):
        return value.text
    raise TypeError(f"no JSON is known for {type(value).__name__}")


def _read(kind: type[object], value: object) -> Edtf:
    if kind is not Edtf or not isinstance(value, str):
        raise TypeError(f"{value!r} is no {kind.__name__}")
    return _parsed(value)  # its EdtfError is a ValueError, to which the decoder adds the place


@lru_cache(maxsize=16_384)  # the days of forty years, some 5 MB
def _parsed(text: str) -> Edtf:
    return edtf.parse(text)
