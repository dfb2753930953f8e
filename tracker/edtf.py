"""EDTF values: read, write, bounds and precision, for the subset Kronik speaks.

Subset (ADR 0001; Library of Congress EDTF specification, 2019): level 1 plus, from level 2, quarters,
half-years, one-of sets and windows. ``docs/adr/0001-edtf.md`` lists what is never written and why.

    2025-06-17   2025-06   2025   202X   20XX       day, month, year, decade, century
    2025-22      2025-35   2025-40                  season 21-24, quarter 33-36, half-year 40-41
    a/b   a/..   ../b                               it lasted; since; until
    [a..b]                                          at one time in the window
    [a,b]                                           one of several (sources disagree)
    ~ ? %                                           at the end of year, month, day or decade only
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import FrozenInstanceError
from datetime import date, timedelta
from enum import StrEnum
from typing import NoReturn, final

from tracker.errors import EdtfError

__all__ = [
    "Edtf",
    "Precision",
    "century",
    "day",
    "decade",
    "half",
    "month",
    "one_of",
    "parse",
    "quarter",
    "season",
    "since",
    "span",
    "until",
    "window",
    "year",
]


class Precision(StrEnum):
    """What kind of unit a date is known to. ``interval`` is any span, window or one-of set."""

    TIME = "time"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    DECADE = "decade"
    INTERVAL = "interval"
    OPEN = "open"
    UNKNOWN = "unknown"


@final
class Edtf:
    """A date as EDTF text with its closed bounds; like a frozen dataclass, but one value to whoever stores it: its text.

    ``earliest`` or ``latest`` is None where the value is open at that end; never both.
    ``text`` always parses back to the same bounds, hence two values with the same text are equal.
    """

    __slots__ = ("earliest", "latest", "precision", "text")
    text: str
    earliest: date | None
    latest: date | None
    precision: Precision

    def __init__(self, text: str, earliest: date | None, latest: date | None, precision: Precision) -> None:
        fill = object.__setattr__
        fill(self, "text", text)
        fill(self, "earliest", earliest)
        fill(self, "latest", latest)
        fill(self, "precision", precision)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> NoReturn:
        raise FrozenInstanceError(f"cannot delete field {name!r}")

    def __reduce__(self) -> tuple[type[Edtf], tuple[object, ...]]:
        return Edtf, (self.text, self.earliest, self.latest, self.precision)

    def __eq__(self, other: object) -> bool:
        return self.text == other.text if isinstance(other, Edtf) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.text)

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"Edtf({self.text!r})"

    @property
    def days(self) -> int | None:
        """Number of days between the bounds, both included; None when open."""
        if self.earliest is None or self.latest is None:
            return None
        return (self.latest - self.earliest).days + 1

    def contains(self, other: Edtf) -> bool:
        """Tell whether every day of ``other`` lies within this value."""
        low_ok = self.earliest is None or (other.earliest is not None and self.earliest <= other.earliest)
        high_ok = self.latest is None or (other.latest is not None and other.latest <= self.latest)
        return low_ok and high_ok

    def overlaps(self, other: Edtf) -> bool:
        """Tell whether the two values share a day."""
        return not (
            (self.latest is not None and other.earliest is not None and self.latest < other.earliest)
            or (other.latest is not None and self.earliest is not None and other.latest < self.earliest)
        )


# First and last month of the coded sub-year units; 13 and 14 are January and February of the next year,
# because winter carries the year of its December (LoC EDTF leaves seasons to the writer; ADR 0001).
_UNIT_MONTHS: dict[int, tuple[int, int, Precision]] = {
    21: (3, 5, Precision.SEASON),
    22: (6, 8, Precision.SEASON),
    23: (9, 11, Precision.SEASON),
    24: (12, 14, Precision.SEASON),
    33: (1, 3, Precision.QUARTER),
    34: (4, 6, Precision.QUARTER),
    35: (7, 9, Precision.QUARTER),
    36: (10, 12, Precision.QUARTER),
    40: (1, 6, Precision.HALF),
    41: (7, 12, Precision.HALF),
}
_QUALIFIERS = "~?%"
_ATOM = re.compile(
    r"(?P<year>[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(?:-(?P<part>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?(?P<qualifier>[~?%])?"
)


def day(value: date, *, qualifier: str = "") -> Edtf:
    """Build one calendar day."""
    return _build(value.isoformat(), qualifier)


def month(year_: int, month_: int, *, qualifier: str = "") -> Edtf:
    """Build a calendar month, 1-12."""
    return _build(f"{year_:04d}-{month_:02d}", qualifier)


def year(year_: int, *, qualifier: str = "") -> Edtf:
    """Build a calendar year."""
    return _build(f"{year_:04d}", qualifier)


def decade(first_year: int, *, qualifier: str = "") -> Edtf:
    """Build the decade that holds ``first_year``."""
    return _build(f"{first_year // 10:03d}X", qualifier)


def century(first_year: int) -> Edtf:
    """Build the hundred years that share the first two digits of ``first_year``."""
    return _build(f"{first_year // 100:02d}XX", "")


def season(year_: int, code: int) -> Edtf:
    """Build a season: 21 spring, 22 summer, 23 autumn, 24 winter (of the year its December lies in)."""
    return _coded(year_, code, Precision.SEASON)


def quarter(year_: int, number: int) -> Edtf:
    """Build a calendar quarter, 1-4."""
    return _coded(year_, 32 + number, Precision.QUARTER)


def half(year_: int, number: int) -> Edtf:
    """Build a half-year, 1-2."""
    return _coded(year_, 39 + number, Precision.HALF)


def window(first: Edtf | date, last: Edtf | date) -> Edtf:
    """Build ``[first..last]``: at one time in it. Equal ends give the end itself."""
    a, b = _as_edtf(first), _as_edtf(last)
    return a if a.text == b.text else parse(f"[{a.text}..{b.text}]")


def span(first: Edtf | date, last: Edtf | date) -> Edtf:
    """Build ``first/last``: it lasted from one to the other. Equal ends give the end itself."""
    a, b = _as_edtf(first), _as_edtf(last)
    return a if a.text == b.text else parse(f"{a.text}/{b.text}")


def since(first: Edtf | date) -> Edtf:
    """Build ``first/..``; a season or quarter becomes its first day, since intervals hold Y, Y-M, Y-M-D only."""
    return parse(f"{_plain(_as_edtf(first), first_end=True)}/..")


def until(last: Edtf | date) -> Edtf:
    """Build ``../last``."""
    return parse(f"../{_plain(_as_edtf(last), first_end=False)}")


def one_of(*values: Edtf | date) -> Edtf:
    """Build ``[a,b,…]``, sorted and without doubles; a single value is returned as it is."""
    texts = sorted({_as_edtf(v).text for v in values})
    if not texts:
        raise EdtfError("a one-of set needs a value")
    return parse(texts[0]) if len(texts) == 1 else parse(f"[{','.join(texts)}]")


def parse(text: str) -> Edtf:
    """Read an EDTF value of the subset.

    Raises: EdtfError naming the text, also for dates that do not exist and for reversed intervals.
    """
    if text.startswith("[") and text.endswith("]"):
        return _parse_set(text)
    if "/" in text:
        return _parse_interval(text)
    return _parse_atom(text)


def _parse_atom(text: str) -> Edtf:
    match = _ATOM.fullmatch(text)
    if match is None:
        raise EdtfError("is no EDTF value Kronik knows", subject=repr(text))
    year_, part, day_ = match["year"], match["part"], match["day"]
    if "X" in year_ and part:
        raise EdtfError("a decade has no month", subject=repr(text))
    try:
        if part is None:
            return _parse_years(text, year_)
        if int(part) in _UNIT_MONTHS and day_ is None:
            return _parse_unit(text, int(year_), int(part), match["qualifier"])
        if day_ is None:
            last = monthrange(int(year_), int(part))[1]
            first_day = date(int(year_), int(part), 1)
            return Edtf(text, first_day, first_day.replace(day=last), Precision.MONTH)
        exact = date(int(year_), int(part), int(day_))
    except (ValueError, IndexError) as cause:
        raise EdtfError("names a date that does not exist", subject=repr(text)) from cause
    return Edtf(text, exact, exact, Precision.DAY)


def _parse_years(text: str, year_: str) -> Edtf:
    first, last = int(year_.replace("X", "0")), int(year_.replace("X", "9"))
    precision = Precision.YEAR if "X" not in year_ else Precision.DECADE
    return Edtf(text, date(first, 1, 1), date(last, 12, 31), precision)


def _parse_unit(text: str, year_: int, code: int, qualifier: str | None) -> Edtf:
    if qualifier:
        raise EdtfError("seasons, quarters and halves carry no qualifier", subject=repr(text))
    first_month, last_month, precision = _UNIT_MONTHS[code]
    last_year, last_month = (year_, last_month) if last_month <= 12 else (year_ + 1, last_month - 12)
    last = date(last_year, last_month, monthrange(last_year, last_month)[1])
    return Edtf(text, date(year_, first_month, 1), last, precision)


def _parse_interval(text: str) -> Edtf:
    first_text, _, last_text = text.partition("/")
    first = None if first_text == ".." else _interval_end(text, first_text)
    last = None if last_text == ".." else _interval_end(text, last_text)
    if first is None and last is None:
        raise EdtfError("is open at both ends", subject=repr(text))
    earliest = first.earliest if first else None
    latest = last.latest if last else None
    if earliest and latest and earliest > latest:
        raise EdtfError("ends before it begins", subject=repr(text))
    precision = Precision.INTERVAL if first and last else Precision.OPEN
    return Edtf(text, earliest, latest, precision)


def _parse_set(text: str) -> Edtf:
    inner = text[1:-1]
    if ".." in inner:
        parts = inner.split("..")
        if len(parts) != 2:
            raise EdtfError("a window has two ends", subject=repr(text))
    else:
        parts = inner.split(",")
    values = [_interval_end(text, part) for part in parts]
    earliest = min(v.earliest for v in values if v.earliest)
    latest = max(v.latest for v in values if v.latest)
    if ".." in inner and values[0].earliest != earliest:
        raise EdtfError("ends before it begins", subject=repr(text))
    return Edtf(text, earliest, latest, Precision.INTERVAL)


def _interval_end(whole: str, text: str) -> Edtf:
    try:
        value = _parse_atom(text)
    except EdtfError as cause:
        raise EdtfError(f"has a part that is no date: {text!r}", subject=repr(whole)) from cause
    if value.precision not in (Precision.DAY, Precision.MONTH, Precision.YEAR):
        raise EdtfError("intervals and sets hold years, months and days only", subject=repr(whole))
    return value


def _build(text: str, qualifier: str) -> Edtf:
    if qualifier and (len(qualifier) != 1 or qualifier not in _QUALIFIERS):
        raise EdtfError("is no qualifier; use ~, ? or %", subject=repr(qualifier))
    return parse(text + qualifier)


def _coded(year_: int, code: int, precision: Precision) -> Edtf:
    if _UNIT_MONTHS.get(code, (0, 0, None))[2] is not precision:
        raise EdtfError(f"is no {precision}", subject=str(code))
    return parse(f"{year_:04d}-{code:02d}")


def _as_edtf(value: Edtf | date) -> Edtf:
    return day(value) if isinstance(value, date) else value


def _plain(value: Edtf, *, first_end: bool) -> str:
    if value.precision in (Precision.DAY, Precision.MONTH, Precision.YEAR):
        return value.text
    bound = value.earliest if first_end else value.latest
    if bound is None:
        raise EdtfError("an open value cannot bound another", subject=repr(value.text))
    return bound.isoformat()


def clip_after(value: Edtf, bound: date) -> Edtf:
    """Cut ``value`` so that it begins no earlier than ``bound``; unchanged if nothing would remain."""
    if value.earliest is not None and value.earliest >= bound:
        return value
    if value.latest is None:
        return since(bound)
    return value if value.latest < bound else window(bound, value.latest)


def clip_before(value: Edtf, bound: date) -> Edtf:
    """Cut ``value`` so that it ends no later than ``bound``; unchanged if nothing would remain."""
    if value.latest is not None and value.latest <= bound:
        return value
    if value.earliest is None:
        return until(bound)
    return value if value.earliest > bound else window(value.earliest, bound)


def shift(value: date, *, days: int) -> date:
    """Move a day, staying inside what `datetime.date` can hold."""
    try:
        return value + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min
