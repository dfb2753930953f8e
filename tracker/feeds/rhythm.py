"""When a feed asks not to be read: skipHours and skipDays of RSS 0.91 to 2.0, in GMT.

In: the bytes of a document. Out: `Skips`, which move a moment out of the hours and days a feed wants its peace in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

__all__ = ["Skips", "read_skips", "skips_of"]

_BLOCK_MOST = 4000  # bytes of a <skipHours>: 24 hours with generous blanks
_HOUR = re.compile(rb"<hour>\s{0,20}([0-9]{1,2})\s{0,20}</hour>")
_DAY = re.compile(rb"<day>\s{0,20}([A-Z][a-z]{2})[a-z]{3,6}\s{0,20}</day>")
_DAYS = (b"Mon", b"Tue", b"Wed", b"Thu", b"Fri", b"Sat", b"Sun")  # the values RSS 2.0 defines for <day>
_FIRST_ENTRY = re.compile(rb"<(?:item|entry)[\s>]")
_HOURS_A_WEEK = 7 * 24


@dataclass(frozen=True, slots=True)
class Skips:
    """Hours (0 to 23) and days (0 = Monday) of peace. They never fill a day or a week."""

    hours: frozenset[int] = frozenset()
    days: frozenset[int] = frozenset()

    def __str__(self) -> str:
        """Write it as `skips_of` reads it; '' for none."""
        texts = (",".join(map(str, sorted(part))) for part in (self.hours, self.days))
        return ";".join(texts) if self else ""

    def __bool__(self) -> bool:
        """Tell whether there are any."""
        return bool(self.hours or self.days)

    def after(self, moment: datetime) -> datetime:
        """Give the first moment from ``moment`` on at which the feed may be read."""
        for _ in range(_HOURS_A_WEEK):
            gmt = moment.astimezone(UTC)
            if gmt.hour not in self.hours and gmt.weekday() not in self.days:
                break
            moment = gmt.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        return moment


def read_skips(body: bytes) -> Skips:
    """Find what stands in the head of a document; what would leave no hour of the day or no day of the week is ignored."""
    first = _FIRST_ENTRY.search(body)
    head = body[: first.start()] if first else body[:100_000]
    hours = frozenset(int(found[1]) % 24 for found in _HOUR.finditer(_block(head, b"skipHours")) if int(found[1]) <= 24)
    names = (found[1] for found in _DAY.finditer(_block(head, b"skipDays")))
    days = frozenset(_DAYS.index(name) for name in names if name in _DAYS)
    return Skips(hours if len(hours) < 24 else frozenset(), days if len(days) < 7 else frozenset())


def skips_of(text: str) -> Skips:
    """Read what `Skips` writes."""
    hours, _, days = text.partition(";")
    return Skips(*(frozenset(int(number) for number in part.split(",") if number) for part in (hours, days)))


def _block(head: bytes, name: bytes) -> bytes:
    start = head.find(b"<" + name + b">")
    end = head.find(b"</" + name + b">", max(start, 0))
    return head[start : min(end, start + _BLOCK_MOST)] if 0 <= start < end else b""
