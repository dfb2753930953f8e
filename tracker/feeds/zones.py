"""The zone a feed's newsroom writes its dates in, where nobody told: by dates that run ahead, else by its country.

A date without a zone, or a local time labelled GMT, makes news of east of Greenwich come from the future. How far tells the
zone: an entry that was not there an hour ago was published within that hour. West of Greenwich such dates only look old;
nothing is guessed there.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tracker.types import Entry

__all__ = ["Lead", "country_zone", "feed_zone", "lead_after"]

_SURE = 3  # sightings of the same lead in a row
_FRESH = timedelta(minutes=70)  # a poll this soon after the last one tells the zone to the hour
_SKEW = timedelta(minutes=10)  # clocks differ
_MOST_H = 14  # Kiribati, the easternmost zone
# The zone of the capital's newsrooms in countries of several zones (IANA, zone.tab lists them without weight).
_CAPITALS = {
    "AR": "America/Argentina/Buenos_Aires", "AU": "Australia/Sydney", "BR": "America/Sao_Paulo", "CA": "America/Toronto",
    "CD": "Africa/Kinshasa", "CL": "America/Santiago", "CN": "Asia/Shanghai", "EC": "America/Guayaquil", "ES": "Europe/Madrid",
    "ID": "Asia/Jakarta", "KZ": "Asia/Almaty", "MN": "Asia/Ulaanbaatar", "MX": "America/Mexico_City", "MY": "Asia/Kuala_Lumpur",
    "NZ": "Pacific/Auckland", "PG": "Pacific/Port_Moresby", "PS": "Asia/Hebron", "PT": "Europe/Lisbon", "RU": "Europe/Moscow",
    "UA": "Europe/Kyiv", "US": "America/New_York", "UZ": "Asia/Tashkent",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lead:
    """By how many whole hours a feed's dates run ahead, and how often in a row that was seen."""

    hours: int | None = None
    seen: int = 0

    @property
    def zone(self) -> str:
        """Give the zone it tells as ±HH:MM, '' while it is not sure."""
        return f"+{self.hours:02d}:00" if self.hours and self.seen >= _SURE else ""


def lead_after(lead: Lead, new: Iterable[Entry], *, last_ok: datetime | None, now: datetime) -> Lead:
    """Learn from the entries that were new in a poll. What is sure stays; a poll long after the last one tells nothing."""
    newest = max((entry.published for entry in new if entry.published), default=None)
    if lead.zone or last_ok is None or newest is None or not timedelta() <= now - last_ok <= _FRESH:
        return lead
    ahead = newest - now
    hours = math.ceil(ahead / timedelta(hours=1))
    if ahead <= _SKEW or hours > _MOST_H:
        return Lead()
    return Lead(hours, lead.seen + 1 if lead.hours == hours else 1)


def feed_zone(said: str, lead: Lead, country: str) -> str:
    """Choose the zone for dates that name none: what a person said, what dates told, the country's; '' is UTC."""
    return said or lead.zone or country_zone(country)


@lru_cache(maxsize=512)
def country_zone(country: str) -> str:
    """Give the zone of a country's newsrooms, '' where several differ and none is known as the capital's."""
    if country in _CAPITALS:
        return _CAPITALS[country]
    zones = [row[2] for row in _zone_table() if row[0] == country]
    return zones[0] if zones and len({_offsets(zone) for zone in zones}) == 1 else ""


@lru_cache(maxsize=1)
def _zone_table() -> tuple[tuple[str, ...], ...]:
    table = files("tzdata.zoneinfo").joinpath("zone.tab").read_text(encoding="utf-8")
    return tuple(tuple(line.split("\t")) for line in table.splitlines() if line and not line.startswith("#"))


def _offsets(zone: str) -> tuple[timedelta | None, ...]:
    try:
        return tuple(
            ZoneInfo(zone).utcoffset(datetime(2026, month, 1, tzinfo=UTC).replace(tzinfo=None)) for month in (1, 7)
        )
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ()
