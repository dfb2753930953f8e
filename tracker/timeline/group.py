"""Grouping: events -> periods under headings, vague ones in bands, the today line, trays of undated ones.

Pure. A vague event is never put on an invented day: it stands in the band of the smallest period that holds it.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.edtf import Edtf, Precision
from tracker.types import Event, Status

__all__ = ["Chronology", "Mark", "Period", "PeriodKind", "Row", "chronology", "mark_of"]

_MONTHS_BACK = 10  # whole years whose months have headings; older events stand under their year


class Mark(StrEnum):
    """How well the date is known: decides shape, colour and place of an entry."""

    DAY = "day"
    SPAN = "span"
    VAGUE = "vague"
    BEFORE = "before"
    AFTER = "after"
    PLANNED = "planned"
    NONE = "none"
    DISPUTED = "disputed"


class PeriodKind(StrEnum):
    """What a heading names. ``UNIT`` is a season, quarter, half or decade; ``RANGE`` some months or years in a row."""

    MONTH = "month"
    YEAR = "year"
    UNIT = "unit"
    RANGE = "range"


@dataclass(frozen=True, slots=True)
class Row:
    """One event in the list with its mark."""

    event: Event
    mark: Mark


@dataclass(frozen=True, slots=True)
class Period:
    """A heading with its events. ``band`` holds those known to lie somewhere in it, ``rows`` the placed ones.

    ``unit`` is the EDTF value named by a UNIT heading. ``today_at`` is the index in ``rows`` before which the today
    line is drawn, None where it is not in this period.
    """

    kind: PeriodKind
    first: date
    last: date
    unit: Edtf | None
    band: tuple[Row, ...]
    rows: tuple[Row, ...]
    today_at: int | None = None

    @property
    def size(self) -> int:
        """Number of events under the heading."""
        return len(self.band) + len(self.rows)


@dataclass(frozen=True, slots=True)
class Chronology:
    """A list ready to draw. ``today_before`` is the index in ``periods`` before which the today line is drawn;
    len(periods) draws it at the end, None within a period or not at all. ``announced`` are undated plans,
    ``undated`` all other events without a date."""

    periods: tuple[Period, ...]
    announced: tuple[Row, ...]
    undated: tuple[Row, ...]
    today_before: int | None


def chronology(events: Iterable[Event], *, today: date, newest_first: bool = True) -> Chronology:
    """Group events under period headings, in reading order.

    Shapes: n events -> each in exactly one period, in ``announced`` or in ``undated``.
    Order: band first, then placed ones by (latest, earliest); a coarse period stands at its end newest-first and at
    its start oldest-first. Equal dates: the more important first, then by id.
    """
    rows = [Row(event, mark_of(event)) for event in events]
    slots: dict[tuple[PeriodKind, date, date], list[Row]] = {}
    for row in rows:
        value = row.event.facts.date.edtf
        if value is not None:
            slots.setdefault(_slot(value, today), []).append(row)
    keys = sorted(slots, key=lambda slot: _period_order(slot, newest_first=newest_first), reverse=newest_first)
    periods = [_period(key, slots[key], newest_first=newest_first) for key in keys]
    dateless = sorted((row for row in rows if row.mark is Mark.NONE), key=_newest_report, reverse=True)
    announced = tuple(row for row in dateless if row.event.facts.status is Status.PLANNED)
    placed, before = _with_today(periods, today, newest_first=newest_first)
    return Chronology(placed, announced, tuple(row for row in dateless if row not in announced), before)


def mark_of(event: Event) -> Mark:
    """Choose the mark of an event; a disputed date is disputed before it is anything else."""
    value = event.facts.date.edtf
    if value is None:
        return Mark.NONE
    if _is_one_of(value) or any(dispute.field == "date" for dispute in event.facts.disputed):
        return Mark.DISPUTED
    if value.precision is Precision.OPEN:
        return Mark.BEFORE if value.earliest is None else Mark.AFTER
    if value.precision is Precision.INTERVAL and "/" in value.text:
        return Mark.SPAN
    if value.precision not in (Precision.DAY, Precision.TIME) or value.text[-1] in "~?%":
        return Mark.VAGUE
    return Mark.PLANNED if event.facts.status is Status.PLANNED else Mark.DAY


def is_banded(row: Row) -> bool:
    """Tell whether the event stands in its period's band: it happened some time in it, no day can be said."""
    value = row.event.facts.date.edtf
    if value is None or value.precision is Precision.OPEN or _lasted(value) or _is_one_of(value):
        return False
    return value.precision not in (Precision.DAY, Precision.TIME)


def _slot(value: Edtf, today: date) -> tuple[PeriodKind, date, date]:
    if value.precision in _UNITS:
        return PeriodKind.UNIT, *_bounds(value)
    if value.precision is Precision.OPEN or _lasted(value) or _is_one_of(value):
        placed = value.latest if value.earliest is None else value.earliest
        return _month_or_year(placed or date.min, today)
    first, last = _bounds(value)
    if (first.year, first.month) == (last.year, last.month):
        return _month_or_year(first, today)
    if (first.year == last.year and first.year < today.year - _MONTHS_BACK) or value.precision is Precision.YEAR:
        return PeriodKind.YEAR, date(first.year, 1, 1), date(first.year, 12, 31)
    return PeriodKind.RANGE, first.replace(day=1), last.replace(day=monthrange(last.year, last.month)[1])


_UNITS = frozenset({Precision.SEASON, Precision.QUARTER, Precision.HALF, Precision.DECADE})


def _month_or_year(day: date, today: date) -> tuple[PeriodKind, date, date]:
    if day.year < today.year - _MONTHS_BACK:
        return PeriodKind.YEAR, date(day.year, 1, 1), date(day.year, 12, 31)
    return PeriodKind.MONTH, day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])


def _period_order(slot: tuple[PeriodKind, date, date], *, newest_first: bool) -> tuple[int, int]:
    """Sort by the end that comes first in reading; of two at the same end the longer one first."""
    _, first, last = slot
    length = (last - first).days
    return (last.toordinal(), length) if newest_first else (first.toordinal(), -length)


def _period(slot: tuple[PeriodKind, date, date], rows: Sequence[Row], *, newest_first: bool) -> Period:
    kind, first, last = slot
    ordered = sorted(rows, key=lambda row: (-row.event.facts.importance, row.event.id))
    ordered.sort(key=_place, reverse=newest_first)
    unit = ordered[0].event.facts.date.edtf if kind is PeriodKind.UNIT else None
    band = tuple(row for row in ordered if is_banded(row))
    return Period(kind, first, last, unit, band, tuple(row for row in ordered if not is_banded(row)))


def _place(row: Row) -> tuple[date, date]:
    """Where a row sorts: (latest, earliest); what lasted and what is disputed stands at its first day."""
    value = row.event.facts.date.edtf
    if value is None:
        return date.min, date.min
    if value.earliest is not None and (value.latest is None or _lasted(value) or _is_one_of(value)):
        return value.earliest, value.earliest
    latest = value.latest or date.max
    return latest, value.earliest or date.min


def _with_today(periods: list[Period], today: date, *, newest_first: bool) -> tuple[tuple[Period, ...], int | None]:
    """Draw the today line between what lies ahead and what does not."""
    for index, period in enumerate(periods):
        if period.rows and period.first <= today <= period.last:
            passed = [_begins(row) <= today for row in period.rows]
            at = passed.index(newest_first) if newest_first in passed else len(passed)
            periods[index] = Period(
                period.kind, period.first, period.last, period.unit, period.band, period.rows, today_at=at
            )
            return tuple(periods), None
    above = [(period.first > today) == newest_first for period in periods]
    after = len(above) - above[::-1].index(True) if True in above else 0
    return tuple(periods), after if periods else None


def _begins(row: Row) -> date:
    value = row.event.facts.date.edtf
    return (value.earliest or value.latest or date.min) if value else date.min


def _newest_report(row: Row) -> tuple[float, int]:
    published = [report.published for report in row.event.reports if report.published]
    newest = max((moment.timestamp() for moment in published), default=row.event.first_published.timestamp())
    return newest, -row.event.id


def _lasted(value: Edtf) -> bool:
    return value.precision is Precision.INTERVAL and "/" in value.text


def _is_one_of(value: Edtf) -> bool:
    return value.text.startswith("[") and ".." not in value.text


def _bounds(value: Edtf) -> tuple[date, date]:
    return value.earliest or date.min, value.latest or date.max
