"""Feasts whose day is a rule: fixed, the n-th weekday of a month, counted from Easter, or of a calendar of the moon."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

from tracker.times import moons
from tracker.times.calendars import persian_start
from tracker.times.islamic import islamic_day
from tracker.times.tithis import hindu

__all__ = ["feast", "happened"]

_RULE = re.compile(
    r"(?:(?P<year>[0-9]{4})-)?(?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?:!(?P<never>[1-7])(?P<instead>[+-][0-9]+))?|(?P<in>[0-9]{2})w(?P<nth>[1-5L])d(?P<weekday>[1-7])(?P<past>[+-][0-9]+)?"
    r"|(?P<moon>lunar|islamic|mabims)(?P<a>[0-9]{2})-(?P<b>[0-9]{2})(?:<(?P<eve>[1-7]))?(?P<shift>[+-][0-9]+)?"
    r"|hindu(?P<lunation>[0-9]{2})-(?P<tithi>[0-9]{2})(?P<hour>[dnem]?)(?P<after>[+-][0-9]+)?"
    r"|(?P<base>easter|orthodox|hebrew|diwali|vesak|nowruz|advent|sun[0-9]{3})(?P<offset>[+-][0-9]+)"
)


def feast(rule: str, year: int) -> date:
    """Give the day of a feast in a Gregorian year.

    '12-25'; '04-27!7-1' the day before if it were a Sunday; '1969-07-20' a day that is known by its date alone,
    or its anniversary; 'easter-2', 'orthodox+0', 'hebrew+9' (from the Jewish new year), 'diwali+0', 'vesak+0', 'nowruz+0'; '11w4d4' the fourth Thursday of
    November, '05wLd1' the last Monday of May; 'lunar08-15' of the Chinese, 'islamic10-01' of the Islamic calendar ('mabims10-01' as south-east
    Asia sights it), 'islamic10-01<5' the last Friday before it; 'hindu01-09n' the ninth tithi of Chaitra at noon in India; 'advent+0' the first Sunday of Advent; 'sun180+0' the day
    on which the sun's longitude reaches 180 degrees, in Europe. Raises: ValueError for any other rule.
    """
    match = _RULE.fullmatch(rule)
    if match is None:
        raise ValueError(f"{rule!r} is no rule of a feast")
    if match["month"]:
        day = date(year, int(match["month"]), int(match["day"]))
        return day + timedelta(days=int(match["instead"])) if day.isoweekday() == int(match["never"] or 0) else day
    if match["in"]:
        return _weekday(year, match) + timedelta(days=int(match["past"] or 0))
    if match["moon"]:
        day = _lunar(year, match) + timedelta(days=int(match["shift"] or 0))
        return day - timedelta(days=(day.isoweekday() - int(match["eve"]) - 1) % 7 + 1) if match["eve"] else day
    if match["lunation"]:
        day = hindu(year, int(match["lunation"]), int(match["tithi"]), match["hour"])
        return day + timedelta(days=int(match["after"] or 0))
    if match["base"].startswith("sun"):
        return _sun_at(year, int(match["base"][3:])) + timedelta(days=int(match["offset"]))
    return _BASES[match["base"]](year) + timedelta(days=int(match["offset"]))


def happened(rule: str) -> date | None:
    """Give the day of a rule that names its own year; None for every other rule."""
    return date.fromisoformat(rule) if rule[:4].isdigit() else None


def _weekday(year: int, match: re.Match[str]) -> date:
    first = date(year, int(match["in"]), 1)
    days = [first + timedelta(days=n) for n in range(31)]
    fitting = [d for d in days if d.month == first.month and d.isoweekday() == int(match["weekday"])]
    return fitting[-1 if match["nth"] == "L" else min(int(match["nth"]), len(fitting)) - 1]


def _lunar(year: int, match: re.Match[str]) -> date:
    month, day = int(match["a"]), int(match["b"])
    if match["moon"] == "lunar":
        return moons.chinese(year, month, day)
    return islamic_day(year, month, day, asia=match["moon"] == "mabims")


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


def _advent(year: int) -> date:
    """Give the fourth Sunday before Christmas."""
    eve = date(year, 12, 24)
    return eve - timedelta(days=eve.isoweekday() % 7 + 21)


def _sun_at(year: int, degrees: int) -> date:
    """Give the day in Europe (an hour ahead of universal time) in which the sun reaches a longitude."""
    day = datetime(year, 1, 1) - timedelta(hours=1)  # noqa: DTZ001  universal time
    start = moons.solar_longitude(day)
    ahead = (degrees - start) % 360
    day += timedelta(days=max(0, int(ahead / 360 * 365.24) - 4))
    while (degrees - moons.solar_longitude(day + timedelta(days=1))) % 360 < _CIRCLE / 2:
        day += timedelta(days=1)
    return (day + timedelta(hours=1)).date()


_CIRCLE = 360
_BASES: dict[str, Callable[[int], date]] = {
    "easter": _western,
    "orthodox": _orthodox,
    "hebrew": lambda year: moons.hebrew(year, 0),
    "diwali": moons.diwali,
    "vesak": moons.vesak,
    "nowruz": lambda year: persian_start(year - 621, 1),
    "advent": _advent,
}
