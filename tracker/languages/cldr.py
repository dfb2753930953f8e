"""Words of time of the Unicode CLDR, as Babel carries them.

Out: what `generate` writes into base.toml. Months, days and parts of the day come from the calendar, forms of units and
the words for "ago" and "in" from phrases that Babel writes about sample numbers ("för 2 dagar sedan").
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Literal, NamedTuple

from babel import Locale, localedata
from babel.core import get_cldr_version
from babel.dates import format_timedelta
from babel.units import format_unit

__all__ = ["Word", "english_name", "order", "version", "words"]


class Word(NamedTuple):
    """A word of a table under a key; ``short``: an abbreviation, which is a date only in company."""

    table: str
    key: str
    text: str
    short: bool = False


_CONTEXTS = ("format", "stand-alone")
_COUNTS = (1, 2, 3, 5, 11, 21, 100)  # at least one of each plural form (CLDR, plural rules)
Unit = Literal["second", "minute", "hour", "day", "week", "month", "year"]
_LENGTHS_S: Mapping[Unit, int] = {
    "second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 7 * 86400, "month": 30 * 86400, "year": 365 * 86400,
}  # fmt: skip
_COUNTED = (*_LENGTHS_S, "decade", "century")  # what CLDR calls a quarter is often a fourth part
Length = Literal["long", "short"]
_DAYPARTS = {"midnight": "NI", "noon": "MI", "morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI"}
_HALVES = {"am": "AM", "pm": "PM"}  # as the root locale has them: a language that says so says nothing
_NO_SUCH_UNIT = "duration-"  # what Babel writes for a unit CLDR does not name
_AROUND_NUMBER = re.compile(r"(?P<before>[^0-9]*?)\s*[0-9]+(?P<after>[^0-9]*)")


def version() -> str:
    """Name the version of CLDR."""
    return str(get_cldr_version())


def english_name(code: str) -> str:
    """Give the English name of a language."""
    return str(Locale("en").languages[code])


def order(code: str) -> str:
    """Give the order in which a date is written out: dmy, mdy or ymd."""
    pattern = str(Locale.parse(code).date_formats["long"].pattern)
    letters = re.findall("y|M|d", re.sub("'[^']*'", "", pattern))
    found = "".join(dict.fromkeys(letter.lower() for letter in letters))
    return found if found in ("dmy", "mdy", "ymd") else "dmy"


def words(codes: Sequence[str]) -> Iterator[Word]:
    """Give every word of time of some locales, repeated and unfiltered. Raises: UnknownLocaleError or OSError for one CLDR does not have."""
    for code in codes:
        # A copy: reading an alias writes into data that Babel shares between locales.
        data = localedata.LocaleDataDict(copy.deepcopy(localedata.load(code)))  # type: ignore[arg-type]  # str keys will do
        for context in _CONTEXTS:
            yield from _names("months", data["months"][context], first=0)
            yield from _names("weekdays", data["days"][context], first=1)
            yield from _parts(data["day_periods"].get(context, {}))
        yield from _units(Locale.parse(code))


def _names(table: str, widths: Mapping[str, Mapping[int, str]], *, first: int) -> Iterator[Word]:
    for width in ("wide", "abbreviated"):
        for key, text in widths[width].items():
            yield Word(table, str(key + first), text, short=width == "abbreviated")


def _parts(widths: Mapping[str, Mapping[str, str]]) -> Iterator[Word]:
    for width in ("wide", "abbreviated"):
        for key, text in widths.get(width, {}).items():
            name = key.rstrip("12")
            if name in _HALVES:
                yield from (Word("marks", name, said) for said in (text,) if said.upper() != _HALVES[name])
            elif name in _DAYPARTS and width == "wide":
                yield Word("dayparts", _DAYPARTS[name], text)


def _units(locale: Locale) -> Iterator[Word]:
    for unit in _COUNTED:
        # Where CLDR has one form for all lengths, Babel finds it as the short one; that of decades is often the root's "dec".
        lengths: tuple[Length, ...] = ("long", "short") if unit in _LENGTHS_S else ("long",)
        for count in _COUNTS:
            written = (format_unit(count, f"duration-{unit}", length, locale=locale) for length in lengths)
            yield from _unit(unit, next((text for text in written if _NO_SUCH_UNIT not in text), ""))
    for unit, length_s in _LENGTHS_S.items():
        for table, sign in (("ago", -1), ("ahead", 1)):
            for count in _COUNTS:
                yield from _directed(unit, table, _distance(sign * count * length_s, unit, locale))


def _distance(seconds: int, unit: Unit, locale: Locale) -> str:
    """Write a distance of time in one unit, however many of it there are."""
    delta = timedelta(seconds=seconds)
    return format_timedelta(delta, granularity=unit, threshold=10**6, add_direction=True, locale=locale)


def _unit(unit: str, counted: str) -> Iterator[Word]:
    match = _AROUND_NUMBER.fullmatch(counted)
    if match and not match["before"]:
        yield Word("units", unit, match["after"].strip())


def _directed(unit: str, table: str, distance: str) -> Iterator[Word]:
    """Split "för 2 dagar sedan": the word behind the number is the unit; what follows it, or else leads, is the direction."""
    match = _AROUND_NUMBER.fullmatch(distance)
    if match is None or not match["after"].startswith((" ", "\u00a0")):
        return
    named, _, behind = " ".join(match["after"].split()).partition(" ")
    if named and (behind or match["before"]):
        yield Word("units", unit, named)
        yield Word(table, "after", behind) if behind else Word(table, "before", match["before"])
