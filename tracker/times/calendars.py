"""Other calendars: when their months and years begin in ours, and where a day or month of theirs lies.

A calendar is named as in the language data: ``islamic`` (Umm al-Qura), ``mabims`` (the same months as south-east Asia
sights them), ``persian`` (the solar Hijri calendar of Iran and Afghanistan), ``lunar`` (the Chinese one).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.times import moons
from tracker.times.islamic import islamic_start, islamic_year

__all__ = ["CALENDARS", "Calendar", "persian_start"]

_PERSIAN_EPOCH = date(622, 3, 21)
# Leap years within the cycle of 33 that the civil calendar has followed since 1244 (1865) and will until 1472 (2093).
_PERSIAN_LEAPS = (1, 5, 9, 13, 17, 22, 26, 30)


def persian_start(year: int, month: int) -> date:
    """Give the first day of a Persian month, the solar one; months beyond the twelfth count on."""
    year, done = year + (month - 1) // 12, (month - 1) % 12
    cycles, rest = divmod(year - 1, 33)
    leaps = cycles * len(_PERSIAN_LEAPS) + sum(1 for n in range(1, rest + 1) if n in _PERSIAN_LEAPS)
    return _PERSIAN_EPOCH + timedelta(days=365 * (year - 1) + leaps + 30 * done + min(done, 6))


def _chinese_start(year: int, month: int) -> date:
    return moons.chinese(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """``start`` gives the first day of a month (13 is the next year's first), ``year_at`` the year a day lies in or the
    one before. ``years`` are those that figures may mean; without any a year of ours must say which."""

    start: Callable[[int, int], date]
    year_at: Callable[[date], int]
    years: range = range(0)

    def month(self, year: int, month: int) -> tuple[date, int]:
        """Give first day and length of a month; month 0 is the whole year."""
        first = self.start(year, month or 1)
        return first, (self.start(year, month + 1 if month else 13) - first).days

    def day(self, year: int, month: int, day: int) -> date:
        """Give a day. Raises: ValueError where the month has no such day."""
        first, length = self.month(year, month)
        if not 1 <= day <= length:
            raise ValueError(f"the month has no day {day}")
        return first + timedelta(days=day - 1)

    def around(self, day: date) -> range:
        """Give the years of this calendar that may hold or neighbour a day."""
        year = self.year_at(day)
        return range(year - 2, year + 4)


CALENDARS: Mapping[str, Calendar] = {
    "islamic": Calendar(islamic_start, islamic_year, range(1250, 1500)),
    "mabims": Calendar(lambda year, month: islamic_start(year, month, asia=True), islamic_year, range(1250, 1500)),
    "persian": Calendar(persian_start, lambda day: day.year - 622, range(1250, 1500)),
    "lunar": Calendar(_chinese_start, lambda day: day.year - 1),
}
