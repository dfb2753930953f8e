"""Calendars that follow the moon, as Gregorian days: Chinese, Hebrew, and the moons of Diwali and Vesak.

Sources: new moons and the sun's longitude after Meeus, Astronomical Algorithms (2nd ed., chapters 49 and 25), to some
minutes; the Chinese rule of months without a principal term (GB/T 33661-2017); the Hebrew calendar after Dershowitz and
Reingold, Calendrical Calculations.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from math import floor, radians, sin

__all__ = ["SYNODIC", "chinese", "diwali", "hebrew", "new_moon", "new_moon_day", "solar_longitude", "vesak"]

_J2000 = datetime(2000, 1, 1, 12)  # noqa: DTZ001  dynamical time; it has no zone
SYNODIC = 29.530588861
_CHINA_HOURS, _INDIA_HOURS, _JAVA_HOURS = 8, 5.5, 7
_DUSK = 18.3  # on the clock
_DYNAMICAL_S = 69  # dynamical less universal time about now; under half an hour of error before 1600


def new_moon(index: float) -> datetime:
    """Give the new moon of an index, 0 being that of 6 January 2000, in universal time; halves are full moons."""
    t = index / 1236.85
    days = 5.09766 + SYNODIC * index + 0.00015437 * t * t
    sun = radians(2.5534 + 29.10535670 * index)
    moon = radians(201.5643 + 385.81693528 * index + 0.0107582 * t * t)
    node = radians(160.7108 + 390.67050284 * index - 0.0016118 * t * t)
    days += (
        -0.40720 * sin(moon) + 0.17241 * sin(sun) + 0.01608 * sin(2 * moon) + 0.01039 * sin(2 * node)
        + 0.00739 * sin(moon - sun) - 0.00514 * sin(moon + sun) + 0.00208 * sin(2 * sun)
        - 0.00111 * sin(moon - 2 * node) - 0.00057 * sin(moon + 2 * node)
    )  # fmt: skip
    return _J2000 + timedelta(days=days, seconds=-_DYNAMICAL_S)


def new_moon_day(index: int, hours: float) -> date:
    """Give the day of a new moon where clocks are ``hours`` ahead of universal time."""
    return (new_moon(index) + timedelta(hours=hours)).date()


def _index_near(day: date) -> int:
    """Give the index of the last new moon on or before a day, counted in China."""
    index = floor(((day - date(2000, 1, 6)).days) / SYNODIC) + 1
    while new_moon_day(index, _CHINA_HOURS) > day:
        index -= 1
    return index


def _sun(day: date) -> float:
    """Give the sun's apparent longitude in degrees at midnight in China."""
    return solar_longitude(datetime(day.year, day.month, day.day) - timedelta(hours=_CHINA_HOURS))  # noqa: DTZ001


def solar_longitude(moment: datetime) -> float:
    """Give the sun's apparent longitude in degrees at a moment of universal time."""
    t = (moment - _J2000) / timedelta(days=36525)
    anomaly = radians(357.52911 + 35999.05029 * t)
    centre = (1.914602 - 0.004817 * t) * sin(anomaly) + 0.019993 * sin(2 * anomaly) + 0.000289 * sin(3 * anomaly)
    node = radians(125.04 - 1934.136 * t)
    return (280.46646 + 36000.76983 * t + centre - 0.00569 - 0.00478 * sin(node)) % 360


def _solstice(year: int) -> date:
    """Give the day in China on which the sun reaches 270 degrees."""
    day = date(year, 12, 19)
    while _sun(day + timedelta(days=1)) < 270:
        day += timedelta(days=1)
    return day


@lru_cache(maxsize=512)
def chinese(year: int, month: int, day: int) -> date:
    """Give a day of the Chinese calendar: of the year that begins in Gregorian ``year``. Leap months are skipped."""
    if month > 10:
        return _winter(year, month, day)
    first = _index_near(_solstice(year - 1))  # the month of the winter solstice is the eleventh
    last = _index_near(_solstice(year))
    leap = _leap(first, last) if last - first == 13 else last + 1
    index = first + month + 1
    index += index >= leap
    return new_moon_day(index, _CHINA_HOURS) + timedelta(days=day - 1)


def _winter(year: int, month: int, day: int) -> date:
    """Give a day of the eleventh month, which holds the solstice, or of the twelfth."""
    first, last = _index_near(_solstice(year)), _index_near(_solstice(year + 1))
    leap = _leap(first, last) if last - first == 13 else last + 1
    index = first + month - 11
    index += month > 11 and index >= leap
    return new_moon_day(index, _CHINA_HOURS) + timedelta(days=day - 1)


def _leap(first: int, last: int) -> int:
    """Give the first month in which the sun enters no sign."""
    for index in range(first + 1, last):
        here, there = new_moon_day(index, _CHINA_HOURS), new_moon_day(index + 1, _CHINA_HOURS)
        if floor(_sun(here) / 30) == floor(_sun(there) / 30):
            return index
    return last


@lru_cache(maxsize=256)
def diwali(year: int) -> date:
    """Give the evening of the autumn's new moon in India (Kartik amavasya): the last dusk before it."""
    index = _index_near(date(year, 11, 15))
    return (new_moon(index) + timedelta(hours=_INDIA_HOURS - _DUSK)).date()


@lru_cache(maxsize=256)
def vesak(year: int) -> date:
    """Give the full moon of May or of early June in Java, Indonesia's day; others may keep it a day or month apart."""
    end = datetime(year, 6, 5)  # noqa: DTZ001  universal time
    index = floor((end - _J2000) / timedelta(days=SYNODIC)) + 0.5
    while new_moon(index) >= end:
        index -= 1
    return (new_moon(index) + timedelta(hours=_JAVA_HOURS)).date()


def _hebrew_new_year(year: int) -> int:
    """Count the days from the Hebrew epoch to 1 Tishri."""
    months = (235 * year - 234) // 19
    day = 29 * months + (12084 + 13753 * months) // 25920
    return day + (3 * (day + 1) % 7 < 3)


@lru_cache(maxsize=512)
def hebrew(gregorian: int, days: int) -> date:
    """Give the day ``days`` after (or before) the Jewish new year that lies in a Gregorian year."""
    year = gregorian + 3761
    before, this, after = (_hebrew_new_year(year + n) for n in (-1, 0, 1))
    correction = 2 if after - this == 356 else 1 if this - before == 382 else 0
    return date.fromordinal(this + correction - 1373427) + timedelta(days=days)
