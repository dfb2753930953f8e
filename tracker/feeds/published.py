"""When an entry was published: the raw date of a feed to an aware datetime, never silently hours off.

1. A date with a numeric offset, Z, GMT or UT is read strictly after RFC 822 or RFC 3339.
2. A zone's name is looked up here, by the feed's country where it means several.
3. All else is read by dateparser in the feed's language and zone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from tracker.feeds.options import ParseOptions
from tracker.languages import fallback

__all__ = ["read_published"]

_LONGEST = 64
_AHEAD = timedelta(hours=24)
_FIRST_YEAR = 1995  # 1970 occurs in real feeds and means "unknown"
# Hours east of Greenwich; what IANA's backward table and national standards say.
_ZONES = {
    "WIB": 7, "WITA": 8, "WIT": 9, "MSK": 3, "KST": 9, "JST": 9, "HKT": 8, "SGT": 8, "PHT": 8, "ICT": 7, "PKT": 5, "NPT": 5.75, "MMT": 6.5,
    "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "WET": 0, "WEST": 1, "TRT": 3, "GST": 4, "EAT": 3, "WAT": 1, "CAT": 2, "SAST": 2, "BRT": -3,
    "ART": -3, "AEST": 10, "AEDT": 11, "ACST": 9.5, "AWST": 8, "NZST": 12, "NZDT": 13, "EST": -5, "EDT": -4, "CDT": -5, "MST": -7, "MDT": -6,
    "PST": -8, "PDT": -7,
}  # fmt: skip
_BY_COUNTRY: Mapping[str, Mapping[str, float]] = {
    "IST": {"IN": 5.5, "IE": 1, "IL": 2}, "CST": {"US": -6, "CA": -6, "MX": -6, "CN": 8, "TW": 8, "CU": -5},
    "BST": {"GB": 1, "BD": 6},
}  # fmt: skip
_COUNTRY_DEFAULT = {"IST": 5.5, "CST": -6, "BST": 1}
_NAMED = re.compile(r"\b(?P<name>[A-Z]{3,4})\s*$")
_OFFSET = re.compile(
    r"(?:(?<=:[0-9]{2})|(?<=\s))(?P<sign>[+-])(?P<hours>[01][0-9]):?(?P<minutes>[0-5][0-9])\s*(?:\([^)]*\))?$"
)
_STRICT = re.compile(r"(?:[+-][0-9]{2}:?[0-9]{2}|Z|\b(?:GMT|UTC?|UT))\s*(?:\([^)]*\))?\s*$", re.IGNORECASE)
_ISO = re.compile(r"[0-9]{4}-?[0-9]{2}-?[0-9]{2}[T ][0-9]{2}:?[0-9]{2}")
_EPOCH = re.compile(r"[0-9]{10}|[0-9]{13}")
# In which order a country writes 3/4: month first in the United States and a few others (Unicode CLDR, short dates).
_MONTH_FIRST = frozenset({"US", "PH", "FM", "PW", "GU"})


def read_published(raw: str, options: ParseOptions) -> datetime | None:
    """Read a feed's date; None where it is missing, unreadable or incredible: over a day ahead, or before 1995."""
    text = " ".join(raw.split())[:_LONGEST]
    if not text:
        return None
    try:
        stamp = _relabelled(_strict(text), options) or _epoch(text) or _loose(text, options)
        credible = stamp is not None and stamp.astimezone(UTC).year >= _FIRST_YEAR and stamp <= options.now + _AHEAD
    except (OverflowError, ValueError):
        return None
    return stamp if credible else None


def _strict(text: str) -> datetime | None:
    if not _STRICT.search(text):
        return None
    try:
        stamp = datetime.fromisoformat(text) if _ISO.match(text) else parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    return stamp if stamp.tzinfo else stamp.replace(tzinfo=UTC)


def _relabelled(stamp: datetime | None, options: ParseOptions) -> datetime | None:
    """Read a local time that was labelled GMT as what it is (see `tracker.feeds.zones`)."""
    if stamp is None or not options.really or stamp.utcoffset():
        return stamp
    return stamp.replace(tzinfo=datetime.strptime(options.really, "%z").tzinfo)


def _epoch(text: str) -> datetime | None:
    if not _EPOCH.fullmatch(text):
        return None
    return datetime.fromtimestamp(int(text[:10]), UTC)


def _loose(text: str, options: ParseOptions) -> datetime | None:
    zone, rest = options.zone, text
    named = _NAMED.search(text)
    if named and (hours := _hours(named["name"], options.country)) is not None:
        zone, rest = _offset(hours), text[: named.start()].strip()
    elif stated := _OFFSET.search(text):  # dateparser would turn it into the feed's zone, and the outlet's day with it
        zone, rest = f"{stated['sign']}{stated['hours']}:{stated['minutes']}", text[: stated.start()].strip()
    order = "mdy" if options.country in _MONTH_FIRST or (not options.country and options.language == "en") else "dmy"
    if re.match(r"[0-9]{4}", rest):
        order = "ymd"
    return fallback.feed_date(rest, languages=(options.language,), zone=zone, now=options.now, order=order)


def _hours(name: str, country: str) -> float | None:
    if name in _BY_COUNTRY:
        return _BY_COUNTRY[name].get(country, _COUNTRY_DEFAULT[name])
    return _ZONES.get(name)


def _offset(hours: float) -> str:
    minutes = round(abs(hours) * 60)
    return f"{'-' if hours < 0 else '+'}{minutes // 60:02d}:{minutes % 60:02d}"
