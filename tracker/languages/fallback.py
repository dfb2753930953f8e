"""What dateparser is good for: dates of feeds in local languages, and its locale data. Its only importer; never used to search in texts.

dateparser is given the language, the zone and the moment of fetching each time: it guesses nothing by itself.
"""

from __future__ import annotations

import calendar
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

import dateparser
from dateparser.languages.loader import default_loader

__all__ = ["VERSION", "feed_date", "locale_words"]

VERSION = dateparser.__version__

_LONGEST = 64  # characters of a date (polling.md, section 4)
_ORDERS = {"dmy": "DMY", "mdy": "MDY", "ymd": "YMD"}


def feed_date(raw: str, *, languages: Sequence[str], zone: str, now: datetime, order: str = "") -> datetime | None:
    """Read a date as a feed wrote it; None where it is none.

    ``zone`` (IANA name or ±HH:MM, '' = UTC) counts where the text names none; ``order`` (dmy mdy ymd) decides figures like
    11/12/2026. Gives an aware datetime.
    """
    settings = {
        "TIMEZONE": zone or "UTC", "RETURN_AS_TIMEZONE_AWARE": True, "RELATIVE_BASE": now.replace(tzinfo=None),
        "PREFER_DATES_FROM": "past", "REQUIRE_PARTS": ["day", "month"],
    }  # fmt: skip
    if order in _ORDERS:
        settings["DATE_ORDER"] = _ORDERS[order]
    for chosen in _known(languages):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # its own deprecations are nothing an operator can act on
                found = dateparser.parse(raw[:_LONGEST], languages=[chosen], settings=settings)
        except (ValueError, OverflowError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
            continue  # each of these was seen from dateparser on malformed dates; another language may still read it
        if found is not None:
            return found
    return None


def _known(languages: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for code in (*languages, "en") if code))


def locale_words(code: str) -> Iterator[tuple[str, str, str]]:
    """Give the words of time of a locale as (table, key, word) of base.toml; none for a locale dateparser does not have."""
    try:
        info: Mapping[str, object] = default_loader.get_locale(code).info
    except ValueError:
        return
    for table, key, name in _NAMED:
        yield from ((table, key, word) for word in _listed(info.get(name)))
    relative = info.get("relative-type")
    for said, words in relative.items() if isinstance(relative, Mapping) else ():
        if (place := _relative(said)) is not None:
            yield from ((*place, word) for word in _listed(words))


_NAMED = (
    *(("months", str(n), calendar.month_name[n].lower()) for n in range(1, 13)),
    *(("weekdays", str(n + 1), calendar.day_name[n].lower()) for n in range(7)),
    *(("units", name, name) for name in ("second", "minute", "hour", "day", "week", "month", "year", "decade")),
)  # fmt: skip
_SAID = re.compile(r"(?P<ago>[0-9]+) (?P<of>[a-z]+) ago|in (?P<ahead>[0-9]+) (?P<to>[a-z]+)")


def _listed(words: object) -> Iterator[str]:
    yield from (word for word in words if isinstance(word, str)) if isinstance(words, Sequence) else ()


def _relative(said: str) -> tuple[str, str] | None:
    """Give table and key of dateparser's "1 day ago", "in 1 week"."""
    match = _SAID.fullmatch(said)
    if match is None:
        return None
    unit, offset = match["of"] or match["to"], int(match["ahead"] or 0) - int(match["ago"] or 0)
    if unit == "second":
        return ("refs", "PRESENT_REF") if offset == 0 else None
    # CLDR says nothing of larger units; what dateparser adds by hand takes this century for the last one.
    return ("relative", f"{unit}{offset:+d}") if unit in ("day", "week", "month", "year") else None
