"""Dates of feeds in local languages, read by dateparser. Its only importer; never used to search in texts.

dateparser is given the language, the zone and the moment of fetching each time: it guesses nothing by itself.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from datetime import datetime

import dateparser

__all__ = ["feed_date"]

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
