"""Filters: GET parameters <-> one frozen `Filter`, the same for pages, feeds, exports and API.

In: parameters as text, repeated or comma-separated (a comma inside a name is written ``\\,``). Out: a `Filter`, or a
`FilterError` that says in words what is wrong; names of parameters that are not ours are ignored.
Values of one field mean OR, different fields AND.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from tracker.edtf import Precision
from tracker.errors import FilterError
from tracker.types import Status

__all__ = ["NEWEST", "OLDEST", "Filter"]

NEWEST: Final = "newest"
OLDEST: Final = "oldest"

_MAX_CHARS = 200  # one value; longer ones are no name and no search anyone types
_MAX_VALUES = 50  # per field; bounds the SQL that is made of it
_MAX_OUTLETS = 1000
_MAX_PAGE = 10_000
_YES = frozenset({"1", "true", "yes", "on"})
_NO = frozenset({"0", "false", "no", "off"})
_ORDERS = (NEWEST, OLDEST)


@dataclass(frozen=True, slots=True)
class Filter:
    """Which events are wanted, and in which order; an empty tuple or None means "any".

    ``from_`` and ``to`` are calendar days, both included. ``place`` holds gazetteer keys or names, ``who`` actor keys
    or names, ``language`` ISO 639 codes, ``precision`` values of `Precision`. ``page`` counts from 1.
    """

    q: str = ""
    from_: date | None = None
    to: date | None = None
    place: tuple[str, ...] = ()
    who: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    status: tuple[Status, ...] = ()
    language: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    precision: tuple[Precision, ...] = ()
    min_outlets: int = 1
    disputed: bool = False
    order: str = NEWEST
    page: int = 1

    @classmethod
    def read(cls, args: Mapping[str, Sequence[str]]) -> Filter:
        """Read a filter from parameters; empty values count as absent.

        Raises: FilterError whose subject is the parameter, for values that are unknown or contradict one another.
        """
        given = {name: texts for name in PARAMETERS if (texts := _texts(name, args.get(name, ())))}
        values: dict[str, Any] = {}  # Any: each field has a type of its own, given by its reader
        for name, texts in given.items():
            values[_field(name)] = _read(name, texts)
        result = cls(**values)
        if result.from_ and result.to and result.from_ > result.to:
            raise FilterError(
                f"{result.from_} is later than to = {result.to}: no day lies between them", subject="from"
            )
        return result

    def parameters(self) -> tuple[tuple[str, str], ...]:
        """Give the parameters that differ from the defaults, in their fixed order, one pair a field."""
        plain = type(self)()
        pairs = ((name, getattr(self, _field(name)), getattr(plain, _field(name))) for name in PARAMETERS)
        return tuple((name, _write(value)) for name, value, default in pairs if value != default)

    def query_string(self) -> str:
        """Write the canonical query string, '' for the default filter; `read` gives the same filter back."""
        return urlencode(self.parameters(), safe=":,")

    def without(self, name: str, values: Collection[str] = ()) -> Filter:
        """Give the filter with some values of a field dropped, or the whole field; it starts at page 1 again."""
        field = _field(name)
        kept = tuple(value for value in getattr(self, field) if str(value) not in values) if values else None
        changed: dict[str, Any] = {field: getattr(type(self)(), field) if kept is None else kept}  # Any: as in read
        return replace(self, **{"page": 1, **changed})

    @property
    def narrows(self) -> bool:
        """Tell whether the filter leaves anything out; order and page do not."""
        return bool(replace(self, order=NEWEST, page=1).parameters())


PARAMETERS: Final = tuple(field.name.rstrip("_") for field in fields(Filter))


def _field(name: str) -> str:
    return "from_" if name == "from" else name


def _texts(name: str, given: Sequence[str]) -> tuple[str, ...]:
    """Split, clean and order the values of one parameter; the search text is one value, commas and all."""
    parts = given if name == "q" else [part for text in given for part in _split(text[: _MAX_CHARS * _MAX_VALUES])]
    cleaned = tuple(dict.fromkeys(clean for part in parts if (clean := _clean(part))))
    if len(cleaned) > _MAX_VALUES:
        raise FilterError(f"has {len(cleaned)} values; at most {_MAX_VALUES} are possible", subject=name)
    too_long = next((text for text in cleaned if len(text) > _MAX_CHARS), None)
    if too_long:
        raise FilterError(f"{too_long[:20]!r}… is longer than {_MAX_CHARS} characters", subject=name)
    return cleaned if name == "q" else tuple(sorted(cleaned))


def _split(text: str) -> list[str]:
    parts = re.findall(r"(?:\\[\\,]|[^,])+", text)
    return [re.sub(r"\\([\\,])", r"\1", part) for part in parts]


def _clean(text: str) -> str:
    """Drop control characters and doubled blanks; NFC, so that the same word is the same text."""
    visible = "".join(" " if unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} else c for c in text)
    return " ".join(unicodedata.normalize("NFC", visible).split())


def _read(name: str, texts: tuple[str, ...]) -> object:
    if name in _LISTS:
        return _LISTS[name](name, texts)
    if len(texts) > 1:
        raise FilterError(f"is given {len(texts)} times; one value is possible", subject=name)
    return _SINGLES[name](name, texts[0])


def _write(value: object) -> str:
    if isinstance(value, tuple):
        return ",".join(re.sub(r"([\\,])", r"\\\1", str(part)) for part in value)
    if isinstance(value, bool):
        return "1" if value else "0"
    return str(value)


def _names(_name: str, texts: tuple[str, ...]) -> tuple[str, ...]:
    return texts


def _statuses(name: str, texts: tuple[str, ...]) -> tuple[Status, ...]:
    known = {status.value: status for status in Status}
    return tuple(status for key, status in known.items() if key in _known(name, texts, tuple(known)))


def _precisions(name: str, texts: tuple[str, ...]) -> tuple[Precision, ...]:
    known = {precision.value: precision for precision in Precision}
    return tuple(precision for key, precision in known.items() if key in _known(name, texts, tuple(known)))


def _known(name: str, texts: tuple[str, ...], known: tuple[str, ...]) -> tuple[str, ...]:
    unknown = next((text for text in texts if text not in known), None)
    if unknown is not None:
        raise FilterError(f"{unknown!r} is none of {', '.join(known)}", subject=name)
    return texts


def _codes(name: str, texts: tuple[str, ...]) -> tuple[str, ...]:
    return _shaped(name, texts, r"[a-z]{2,3}", "language code such as en, id, ko")


def _types(name: str, texts: tuple[str, ...]) -> tuple[str, ...]:
    return _shaped(name, texts, r"[a-z][a-z0-9_.-]{0,39}", "type of event: a short name in small letters")


def _shaped(name: str, texts: tuple[str, ...], shape: str, wanted: str) -> tuple[str, ...]:
    wrong = next((text for text in texts if not re.fullmatch(shape, text)), None)
    if wrong is not None:
        raise FilterError(f"{wrong!r} is no {wanted}", subject=name)
    return texts


def _search(_name: str, text: str) -> str:
    return text


def _first_day(name: str, text: str) -> date:
    return _day(name, text, last=False)


def _last_day(name: str, text: str) -> date:
    return _day(name, text, last=True)


def _day(name: str, text: str, *, last: bool) -> date:
    """Read 2025-06-17, or the first or last day of 2025-06 and 2025."""
    match = re.fullmatch(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12][0-9]|3[01]))?)?", text)
    try:
        year, month, day = (int(part or 0) for part in (match.groups() if match else ()))
        month = month or (12 if last else 1)
        return date(year, month, day or (monthrange(year, month)[1] if last else 1))
    except (ValueError, IndexError) as cause:
        raise FilterError(f"{text!r} is no date; write 2025-06-17, 2025-06 or 2025", subject=name) from cause


def _yes_no(name: str, text: str) -> bool:
    if text.lower() not in _YES | _NO:
        raise FilterError(f"{text!r} is neither 1 (yes) nor 0 (no)", subject=name)
    return text.lower() in _YES


def _outlets(name: str, text: str) -> int:
    return _whole(name, text, _MAX_OUTLETS)


def _page(name: str, text: str) -> int:
    return _whole(name, text, _MAX_PAGE)


def _whole(name: str, text: str, most: int) -> int:
    if not re.fullmatch(r"[0-9]{1,6}", text) or not 1 <= int(text) <= most:
        raise FilterError(f"{text!r} is no whole number from 1 to {most}", subject=name)
    return int(text)


def _order(name: str, text: str) -> str:
    return _known(name, (text,), _ORDERS)[0]


_LISTS = {
    "place": _names,
    "who": _names,
    "type": _types,
    "status": _statuses,
    "language": _codes,
    "outlet": _names,
    "precision": _precisions,
}
_SINGLES = {
    "q": _search,
    "from": _first_day,
    "to": _last_day,
    "min_outlets": _outlets,
    "disputed": _yes_no,
    "order": _order,
    "page": _page,
}
