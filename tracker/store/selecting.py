"""From a `Filter` to SQL conditions on events; the same for pages, feeds, exports and counts."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from tracker.edtf import Precision
from tracker.filters import Filter
from tracker.store.folding import wanted
from tracker.store.tables import event_facets, event_topics, events

__all__ = ["FACETS", "conditions", "is_sure", "searched", "visible"]

FACETS = ("place", "who", "language", "outlet")
"""Filter fields kept as rows of ``event_facets``; type, status and precision are columns of events."""

Condition = sa.ColumnElement[bool]


def visible() -> Condition:
    """Only events that are shown: neither merged away nor hidden."""
    return sa.and_(events.c.merged_into.is_(None), events.c.hidden.is_(False))


def conditions(filter_: Filter, *, topic: str = "", without: str = "") -> list[Condition]:
    """Give the conditions of a filter, leaving the field ``without`` aside ('dates' leaves out from and to)."""
    parts = [visible()]
    if topic:
        parts.append(events.c.id.in_(sa.select(event_topics.c.event_id).where(event_topics.c.topic == topic)))
    parts += searched(filter_)
    if without != "dates":
        parts += _dates(filter_)
    if without != "min_outlets" and filter_.min_outlets > 1:
        parts.append(events.c.outlets >= filter_.min_outlets)
    if filter_.disputed:
        parts.append(events.c.disputed)
    parts += [part for name in FACETS if name != without for part in _facet(name, getattr(filter_, name))]
    columns = {"type": filter_.type, "status": filter_.status, "precision": filter_.precision}
    parts += [
        events.c[name].in_([str(v) for v in values]) for name, values in columns.items() if values and name != without
    ]
    return parts


def searched(filter_: Filter) -> list[Condition]:
    """Give the conditions of the words and phrases that are searched, none where there are none."""
    return [events.c.search.contains(text, autoescape=True) for text in wanted(filter_.q)]


def is_sure() -> Condition:
    """The day is known, or the days of something that lasted."""
    return sa.or_(
        events.c.precision.in_([Precision.DAY.value, Precision.TIME.value]),
        sa.and_(events.c.precision == Precision.INTERVAL.value, events.c.edtf.contains("/")),
    )


def _dates(filter_: Filter) -> list[Condition]:
    """Events whose bounds touch the window; an open end reaches as far as it may, no date touches nothing."""
    if not (filter_.from_ or filter_.to):
        return []
    parts: list[Condition] = [events.c.edtf.is_not(None)]
    if filter_.from_:
        parts.append(sa.or_(events.c.latest >= filter_.from_, events.c.latest.is_(None)))
    if filter_.to:
        parts.append(sa.or_(events.c.earliest <= filter_.to, events.c.earliest.is_(None)))
    return parts


def _facet(name: str, wanted: Iterable[str]) -> list[Condition]:
    values = list(wanted)
    if not values:
        return []
    named = sa.or_(
        event_facets.c.value.in_(values), sa.func.lower(event_facets.c.label).in_([v.lower() for v in values])
    )
    return [events.c.id.in_(sa.select(event_facets.c.event_id).where(event_facets.c.field == name, named))]
