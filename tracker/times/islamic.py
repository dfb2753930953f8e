"""The Islamic calendar as Gregorian days: the Umm al-Qura calendar, and the months as south-east Asia sights them.

Umm al-Qura, Saudi Arabia's civil calendar, is a published table (here 1365 to 1500, December 1945 to November 2077);
outside it, and in south-east Asia, a month begins where the new moon is old enough at sunset, after Meeus. Where the
crescent itself is looked for, a month may begin a day apart.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate

from tracker.times.moons import SYNODIC, new_moon_day

__all__ = ["islamic_day", "islamic_start", "islamic_year"]

_TABLE_YEAR, _TABLE_DAY = 1365, date(1945, 12, 5)
# Three hexadecimal figures a year, a bit for each month from Muharram on: 1 where it has 30 days, 0 for 29.
_LENGTHS = (
    "aabaaaaaaaabab6aaaa5754b555ab3aa64ea95baaa555aaab4ab655aaaaab2ecab2ab6aaaabab4aab2aba2baa6b4aba55aaab5556d2b54aea57526e9"
    "36aaad555aa5b52ba95b49ba4db25d52daa5ad4aea56d4bd23d91da95b4ab5a56d2b693b49b6556a9754b6a56caad555b29b92ba95d4ada55aaab595"
    "749764baa5b52b6a56d2ae9572a75535a95d49ba4dd26d535aaaad4b6a57527a95b4ab5536c9ae4b6a96b4ada55d25d92dc96d4ad6556d2b693749b6"
    "4d72ab54b6a5752b6956b2ad94dc95d4aea56caad5556c97"
)
# Hours from a new moon to the end of the day whose sunset sees the month begin: the new moon lies before sunset in
# Mecca; it is eight hours old at sunset in south-east Asia, and since 1443 (2021) high and far enough from the sun.
_MECCA_HOURS, _ASIA_HOURS, _ASIA_HOURS_NOW = 9, 21, 23
_ASIA_NEW_RULE = 1443


@lru_cache(maxsize=1)
def _table() -> tuple[date, ...]:
    """Give the first days of all months of the table, and the day after it."""
    bits = "".join(f"{int(_LENGTHS[at : at + 3], 16):012b}" for at in range(0, len(_LENGTHS), 3))
    lengths = (29 + int(bit) for bit in bits)
    return tuple(_TABLE_DAY + timedelta(days=days) for days in accumulate(lengths, initial=0))


@lru_cache(maxsize=1024)
def islamic_start(year: int, month: int, *, asia: bool = False) -> date:
    """Give the first day of a month of an Islamic year; months beyond the twelfth count on."""
    index = (year - _TABLE_YEAR) * 12 + month - 1
    if not asia and 0 <= index < len(_table()):
        return _table()[index]
    year, month = _TABLE_YEAR + index // 12, index % 12 + 1
    hours = (_ASIA_HOURS_NOW if year >= _ASIA_NEW_RULE else _ASIA_HOURS) if asia else _MECCA_HOURS
    days = (year - 1) * 354 + (11 * year + 3) // 30 + 29 * (month - 1) + month // 2  # the tabular calendar, near enough
    tabular = date(622, 7, 19) + timedelta(days=days)
    index = round(((tabular - date(2000, 1, 6)).days - 1.2) / SYNODIC)
    return new_moon_day(index, hours) + timedelta(days=1)


def islamic_year(day: date) -> int:
    """Give the Islamic year a day lies in, or the one before."""
    return (day.year - 622) * 33 // 32


def islamic_day(gregorian: int, month: int, day: int, *, asia: bool = False) -> date:
    """Give the first day in a Gregorian year that is this one of the Islamic calendar; every year has one or two."""
    around = islamic_year(date(gregorian, 1, 1))
    for year in range(around - 1, around + 4):
        found = islamic_start(year, month, asia=asia) + timedelta(days=day - 1)
        if found.year == gregorian:
            return found
    raise ValueError(f"{gregorian} has no day {day} of month {month}")
