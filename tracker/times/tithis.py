"""The Hindu calendar's feasts as Gregorian days in India: a lunar month, a tithi, and the time of day at which it must run.

Months are reckoned from new moon to new moon and named by the sign the sun enters in them (Lahiri's sidereal zodiac); a
month without such an entry is an extra one and has no feasts. The moon's longitude is after Meeus, Astronomical
Algorithms (2nd ed., chapter 47), its main terms, to some minutes of time. Places west or east of India may keep a feast
a day apart, and so may schools that ask for another hour.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from math import floor, radians, sin

from tracker.times.moons import new_moon, solar_longitude

__all__ = ["hindu"]

_J2000 = datetime(2000, 1, 1, 12)  # noqa: DTZ001  dynamical time; it has no zone
_INDIA = timedelta(hours=5.5)
_HOURS = {"": 6.0, "d": 6.0, "n": 12.0, "e": 18.25, "m": 24.0}  # dawn, noon, evening, midnight
_SYNODIC = 29.530588861
_TITHI = 12  # degrees the moon gains on the sun
# coefficient in degrees; multiples of elongation, sun's anomaly, moon's anomaly, argument of latitude
_TERMS = (
    (6.288774, 0, 0, 1, 0), (1.274027, 2, 0, -1, 0), (0.658314, 2, 0, 0, 0), (0.213618, 0, 0, 2, 0), (-0.185116, 0, 1, 0, 0),
    (-0.114332, 0, 0, 0, 2), (0.058793, 2, 0, -2, 0), (0.057066, 2, -1, -1, 0), (0.053322, 2, 0, 1, 0), (0.045758, 2, -1, 0, 0),
    (-0.040923, 0, 1, -1, 0), (-0.034720, 1, 0, 0, 0), (-0.030383, 0, 1, 1, 0), (0.015327, 2, 0, 0, -2), (-0.012528, 0, 0, 1, 2),
    (0.010980, 0, 0, 1, -2), (0.010675, 4, 0, -1, 0), (0.010034, 0, 0, 3, 0), (0.008548, 4, 0, -2, 0), (-0.007888, 2, 1, -1, 0),
)  # fmt: skip


@lru_cache(maxsize=512)
def hindu(year: int, month: int, tithi: int, hour: str = "") -> date:
    """Give the day of a Gregorian year on which a tithi of a month (1 Chaitra to 12 Phalguna) runs at an hour in India.

    Tithis 1 to 15 lead to the full moon, 16 to 30 to the new one. ``hour`` is d, n, e or m: dawn, noon, evening or midnight.
    A tithi that no such hour of any day falls in gives the day on which it has just passed.
    """
    index = _month_start(year, month)
    first = (new_moon(index) + _INDIA).date() + timedelta(days=tithi - 3)
    for count in range(6):
        day = first + timedelta(days=count)
        moment = datetime(day.year, day.month, day.day) + timedelta(hours=_HOURS[hour]) - _INDIA  # noqa: DTZ001
        ahead = (_elongation(moment) / _TITHI - (tithi - 1)) % 30
        if ahead < _HALF:
            return day
    raise ValueError(f"{year} has no tithi {tithi} of month {month}")


_HALF = 15


def _month_start(year: int, month: int) -> int:
    """Give the new moon that opens a month, the later of two of one name."""
    spring = date(year, 3, 28) + timedelta(days=30.4 * (month - 1 if month < _WINTER else month - 13))
    near = round(((spring - date(2000, 1, 6)).days) / _SYNODIC)
    for index in range(near + 2, near - 3, -1):
        if _named(index) == month:
            return index
    raise ValueError(f"{year} has no month {month}")


_WINTER = 11  # the months that fall before the spring of their Gregorian year


def _named(index: int) -> int:
    moment = new_moon(index)
    ayanamsa = 23.853 + 0.013972 * (moment.year - 2000)
    sign = floor((solar_longitude(moment) - ayanamsa) % 360 / 30)
    return (sign + 1) % 12 + 1


def _elongation(moment: datetime) -> float:
    """Give how many degrees the moon is ahead of the sun."""
    t = (moment - _J2000) / timedelta(days=36525)
    mean = 218.3164477 + 481267.88123421 * t
    elongation = radians(297.8501921 + 445267.1114034 * t)
    sun = radians(357.5291092 + 35999.0502909 * t)
    moon = radians(134.9633964 + 477198.8675055 * t)
    node = radians(93.2720950 + 483202.0175233 * t)
    terms = (c * sin(d * elongation + s * sun + m * moon + f * node) for c, d, s, m, f in _TERMS)
    return (mean + sum(terms) - solar_longitude(moment)) % 360
