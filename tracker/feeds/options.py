"""What the reading of one document of a feed needs to know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

__all__ = ["ParseOptions"]


@dataclass(frozen=True, slots=True)
class ParseOptions:
    """``language`` ISO 639-1, ``zone`` an IANA name, ``country`` ISO 3166-1 alpha-2; each '' when unknown.

    ``really`` is the zone (±HH:MM) of dates that say GMT although they are a local time; '' when they are to be believed.
    ``max_entries`` caps what is read of one document; ``now`` is when it was fetched, aware.
    """

    language: str
    zone: str
    country: str
    max_entries: int
    now: datetime
    really: str = ""
