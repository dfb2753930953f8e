"""Feasts whose day is a rule: fixed, or counted from Easter, western or orthodox."""

from __future__ import annotations

import re
from datetime import date, timedelta

__all__ = ["feast"]

_RULE = re.compile(r"(?:(?P<month>[0-9]{2})-(?P<day>[0-9]{2}))|(?P<base>easter|orthodox)(?P<offset>[+-][0-9]+)")


def feast(rule: str, year: int) -> date:
    """Give the day of a feast: '12-25', 'easter-2', 'orthodox+0'. Raises: ValueError for any other rule."""
    match = _RULE.fullmatch(rule)
    if match is None:
        raise ValueError(f"{rule!r} is no rule of a feast")
    if match["base"] is None:
        return date(year, int(match["month"]), int(match["day"]))
    base = _western(year) if match["base"] == "easter" else _orthodox(year)
    return base + timedelta(days=int(match["offset"]))


def _western(year: int) -> date:
    """Easter of the Gregorian calendar (the "anonymous" computus, Nature, 20 April 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    f = (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    el = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * el) // 451
    month, day = divmod(h + el - 7 * m + 114, 31)
    return date(year, month, day + 1)


def _orthodox(year: int) -> date:
    """Easter of the Julian calendar (Meeus, Astronomical Algorithms, ch. 8), as a Gregorian day; right from 1900 to 2099."""
    a, b, c = year % 4, year % 7, year % 19
    d = (19 * c + 15) % 30
    e = (2 * a + 4 * b - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    return date(year, month, day + 1) + timedelta(days=13)
