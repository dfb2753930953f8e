"""Reads of pages, feeds and exports: a bounded number of statements each, whatever the number of events.

``topic`` is a slug, '' means everything. Merged-away and hidden events are left out but by `event`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from tracker.edtf import Precision
from tracker.errors import StoreError
from tracker.filters import NEWEST, Filter
from tracker.rows import Counts, FacetValue, FeedListing, Listing, Mass, State, TopicCount
from tracker.store import changes, health
from tracker.store.engine import read, version
from tracker.store.loading import Told, whole_events
from tracker.store.selecting import FACETS, Condition, conditions, is_sure, visible
from tracker.store.tables import (
    articles,
    event_facets,
    event_topics,
    events,
    feeds,
    mentions,
    possible,
    revisions,
    topics,
    work_items,
)  # fmt: skip
from tracker.types import Event, EventId, Topic

__all__ = [
    "FACET_VALUES",
    "OUTLET_STEPS",
    "QUIET_FILL",
    "Queries",
    "by_first_day",
    "checks",
    "left_out",
    "pick",
    "tray_size",
]

_TRAY = 20  # undated events beside the dated ones
_ALIKE = 5  # events that may be the same; more are no help
QUIET_FILL = 20  # quiet events only fill a feed up to this number
FACET_VALUES = 16  # names of one field that a filter form offers beside those chosen, half of them folded up
OUTLET_STEPS = (1, 2, 5)
_FAR_FUTURE = date.max
_LATE = timedelta(minutes=5)  # after which a feed that is due is said to be overdue
_LAST_ID = 2**31 - 1  # the largest id the column holds; an address may name any number


@dataclass(frozen=True, slots=True)
class Queries:
    """Every read of the site over one database; each call is one transaction, safe from any thread."""

    engine: Engine

    def listing(self, filter_: Filter, *, topic: str, size: int) -> Listing:
        """Give one page: newest first by (latest, earliest), or oldest first by (earliest, latest).

        Of the reports, events have those a list shows something of (`Told.LISTED`).
        """
        where = conditions(filter_, topic=topic)
        dated, undated = [*where, events.c.edtf.is_not(None)], [*where, events.c.edtf.is_(None)]
        with read(self.engine) as db:
            total, placed = _count(db, where), _count(db, dated)
            chosen = sa.select(events.c.id).where(*dated).order_by(*_order(filter_.order))
            ids = db.scalars(chosen.limit(size).offset((filter_.page - 1) * size)).all()
            tray = sa.select(events.c.id).where(*undated).order_by(events.c.first_published.desc(), events.c.id.desc())
            tray_ids = db.scalars(tray.limit(tray_size(filter_, size))).all() if filter_.page == 1 else []
            found = whole_events(db, [*ids, *tray_ids], reports=Told.LISTED)
        pages = max(1, -(-placed // size))
        return Listing(pick(found, ids), pick(found, tray_ids), total, pages)

    def facets(self, filter_: Filter, *, topic: str) -> Mapping[str, Sequence[FacetValue]]:
        """Count the values of every filter field, each of the result without that field, most frequent first."""
        with read(self.engine) as db:
            result = {name: _facet(db, name, filter_, topic) for name in FACETS}
            for name in ("type", "status", "precision"):
                result[name] = _column(db, name, conditions(filter_, topic=topic, without=name))
            where = conditions(filter_, topic=topic, without="min_outlets")
            result["min_outlets"] = [
                FacetValue(str(n), _count(db, [*where, events.c.outlets >= n])) for n in OUTLET_STEPS
            ]
        return result

    def masses(self, filter_: Filter, *, topic: str, today: date) -> Sequence[Mass]:  # noqa: ARG002  # here each bounds alone
        """Count events by bounds, under the filter without from and to."""
        sure, planned = is_sure().label("sure"), (events.c.status == "planned").label("planned")
        columns = (events.c.earliest, events.c.latest, sure, planned)
        with read(self.engine) as db:
            rows = db.execute(
                sa.select(*columns, sa.func.count().label("n"))
                .where(*conditions(filter_, topic=topic, without="dates"))
                .group_by(*columns)
            ).all()
        return [Mass(row.earliest, row.latest, bool(row.sure), bool(row.planned), row.n) for row in rows]

    def version(self) -> str:
        """Give the number of the last change of any event or topic, as a text."""
        with read(self.engine) as db:
            return str(changes.last(db))

    def event(self, event_id: EventId) -> Event | None:
        """Give one event with reports and revisions, also when merged away (``merged_into``) or hidden."""
        if not 0 < event_id <= _LAST_ID:
            return None
        with read(self.engine) as db:
            return next(iter(whole_events(db, [event_id], revisions=True).values()), None)

    def alike(self, event_id: EventId) -> Sequence[Event]:
        """Give the few events that may be the same as one, the most alike first, without their reports."""
        with read(self.engine) as db:
            ids = db.scalars(_alike(event_id).limit(_ALIKE)).all()
            return pick(whole_events(db, ids, reports=Told.NONE), ids)

    def newest(self, filter_: Filter, *, topic: str, limit: int) -> Sequence[Event]:
        """Give the events last first published, newest first; quiet ones only to fill up to 20."""
        where = conditions(filter_, topic=topic)
        order = (events.c.first_published.desc(), events.c.id.desc())
        with read(self.engine) as db:
            loud = db.scalars(sa.select(events.c.id).where(*where, ~events.c.quiet).order_by(*order).limit(limit)).all()
            room = min(limit, QUIET_FILL) - len(loud)
            quiet = sa.select(events.c.id).where(*where, events.c.quiet).order_by(*order).limit(max(0, room))
            ids = [*loud, *db.scalars(quiet)]
            return pick(whole_events(db, ids), ids)

    def weightiest(self, filter_: Filter, *, topic: str, limit: int) -> Sequence[Event]:
        """Give the most important events whose day or span is known, the most important first, without their reports."""
        where = [*conditions(filter_, topic=topic), is_sure(), events.c.earliest.is_not(None)]
        order = (events.c.importance.desc(), events.c.id)
        with read(self.engine) as db:
            ids = db.scalars(sa.select(events.c.id).where(*where).order_by(*order).limit(limit)).all()
            return pick(whole_events(db, ids, reports=Told.NONE), ids)

    def state(self, filter_: Filter, *, topic: str) -> State:
        """Give what decides whether a feed changed."""
        with read(self.engine) as db:
            newest, last = sa.func.max(events.c.updated), sa.func.coalesce(sa.func.max(events.c.change), 0)
            updated, n, change = db.execute(
                sa.select(newest, sa.func.count(), last).where(*conditions(filter_, topic=topic))
            ).one()
            said = db.scalar(sa.select(topics.c.change).where(topics.c.slug == topic)) or 0
        return State(updated, n, max(change, said))

    def after(
        self, filter_: Filter, *, topic: str, cursor: tuple[date | None, date | None, int] | None, size: int
    ) -> Sequence[Event]:
        """Give the events behind a cursor (first day, last day, id) in the order of `listing`, the undated last."""
        where = conditions(filter_, topic=topic)
        placed = [*where, sa.or_(events.c.earliest.is_not(None), events.c.latest.is_not(None))]
        rest = [*where, events.c.earliest.is_(None), events.c.latest.is_(None)]
        in_rest = cursor is not None and cursor[0] is None
        with read(self.engine) as db:
            ids = [] if in_rest else _behind(db, placed, cursor, filter_.order, size)
            if len(ids) < size:
                ids += _behind_undated(db, rest, cursor if in_rest else None, size - len(ids))
            return pick(whole_events(db, ids), ids)

    def happening(self, filter_: Filter, *, topic: str, first: date, limit: int) -> Sequence[Event]:
        """Give what happens on ``first`` or later, by day; without a wanted precision only days and spans.

        Events carry their revisions. Where there are more than ``limit``, those that end last are given.
        """
        later = replace(filter_, from_=max(first, filter_.from_) if filter_.from_ else first)
        where = [*conditions(later, topic=topic), events.c.earliest.is_not(None), events.c.latest.is_not(None)]
        if not filter_.precision:
            where.append(is_sure())
        order = (events.c.latest.desc(), events.c.earliest.desc(), events.c.id.desc())
        with read(self.engine) as db:
            ids = db.scalars(sa.select(events.c.id).where(*where).order_by(*order).limit(limit)).all()
            return by_first_day(pick(whole_events(db, ids, revisions=True), ids))

    def changed(self, *, limit: int) -> Sequence[Event]:
        """Give the events of the ``limit`` newest revisions that changed something, with all their revisions."""
        newest = sa.select(revisions.c.event_id).where(revisions.c.kind != "created").order_by(revisions.c.id.desc())
        with read(self.engine) as db:
            ids = list(dict.fromkeys(db.scalars(newest.limit(limit))))
            return pick(whole_events(db, ids, revisions=True), ids)

    def changes_state(self) -> State:
        """Give what decides whether the feed of changes changed: the newest revision."""
        newest = sa.select(revisions.c.id, revisions.c.changed).order_by(revisions.c.id.desc()).limit(1)
        with read(self.engine) as db:
            row = db.execute(newest.where(revisions.c.kind != "created")).one_or_none()
        return State(row.changed, row.id) if row else State(None, 0)

    def addresses(self, first: int, last: int) -> Sequence[tuple[EventId, datetime]]:
        """Give the shown events with ids from ``first`` to ``last``, with their last change."""
        chosen = sa.select(events.c.id, events.c.updated).where(visible(), events.c.id.between(first, last))
        with read(self.engine) as db:
            return [(EventId(row.id), row.updated) for row in db.execute(chosen.order_by(events.c.id))]

    def last_id(self) -> int:
        """Give the largest id of any event, 0 where there is none."""
        with read(self.engine) as db:
            return db.scalar(sa.select(sa.func.max(events.c.id))) or 0

    def ready(self) -> None:
        """Raises: StoreError when the database does not answer or has another version's schema."""
        has, needs = version(self.engine)
        if has != needs:
            raise StoreError(f"has schema {has}, this version needs {needs}", subject="database")

    def tallies(self, *, now: datetime) -> Mapping[tuple[str, ...], float]:
        """Count what a watcher of the service wants to know: events, articles, feeds by state, work by step and state."""
        n = sa.func.count()
        with read(self.engine) as db:
            result: dict[tuple[str, ...], float] = {
                ("events",): db.scalar(sa.select(n).select_from(events).where(visible())) or 0,
                ("articles",): db.scalar(sa.select(n).select_from(articles)) or 0,
                ("feeds_failing",): db.scalar(sa.select(n).select_from(feeds).where(feeds.c.error != "")) or 0,
            }
            result |= {
                ("feeds", state): count
                for state, count in db.execute(sa.select(feeds.c.state, n).group_by(feeds.c.state))
            }
            work = sa.select(work_items.c.step, work_items.c.state, n).group_by(work_items.c.step, work_items.c.state)
            result |= {("work", step, state): count for step, state, count in db.execute(work)}
            result |= _polls(db, now)
            polled = db.scalar(sa.select(sa.func.max(feeds.c.last_ok)))
            if polled is not None:
                result["polled_seconds",] = polled.timestamp()
        return result

    def topics(self) -> Sequence[TopicCount]:
        """List the topics with their counts."""
        n = sa.func.count(events.c.id)
        with read(self.engine) as db:
            rows = db.execute(
                sa.select(topics, n.label("n"))
                .join_from(topics, event_topics, event_topics.c.topic == topics.c.slug, isouter=True)
                .join(events, sa.and_(events.c.id == event_topics.c.event_id, visible()), isouter=True)
                .group_by(topics.c.slug, topics.c.title, topics.c.query, topics.c.description)
                .order_by(n.desc(), topics.c.title)
            ).all()
        return [TopicCount(Topic(row.slug, row.title, row.query, row.description), row.n) for row in rows]

    def counts(self, *, topic: str) -> Counts:
        """Count what the promise line says."""
        where = conditions(Filter(), topic=topic)
        shown = sa.select(events.c.id).where(*where)
        told = sa.select(event_facets.c.field, sa.func.count(sa.distinct(event_facets.c.value)).label("n"))
        with read(self.engine) as db:
            total, reports = db.execute(
                sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(events.c.reports), 0)).where(*where)
            ).one()
            rows = db.execute(told.where(event_facets.c.event_id.in_(shown)).group_by(event_facets.c.field))
            values: dict[str, int] = {row.field: row.n for row in rows}
            return Counts(total, reports, values.get("outlet", 0), values.get("language", 0), *checks(db))

    def feeds(self, *, sick: bool, first: int, size: int) -> FeedListing:
        """List polled feeds by name from the ``first``-th on, all or those in trouble, with what is wrong in one line."""
        with read(self.engine) as db:
            return health.listed(db, sick=sick, first=first, size=size)

    def export(self, filter_: Filter, *, topic: str = "", batch: int = 500) -> Iterator[Event]:
        """Give every matching event in the order (earliest, latest, id), undated last, with a bounded memory."""
        early = sa.func.coalesce(events.c.earliest, events.c.latest, _FAR_FUTURE)
        late = sa.func.coalesce(events.c.latest, _FAR_FUTURE)
        chosen = sa.select(events.c.id).where(*conditions(filter_, topic=topic)).order_by(early, late, events.c.id)
        with read(self.engine) as db:
            ids = db.scalars(chosen).all()
            for start in range(0, len(ids), batch):
                part = ids[start : start + batch]
                yield from pick(whole_events(db, part), part)


def _alike(event_id: EventId) -> sa.Select[int]:
    """Choose the shown events whose mentions merging found alike to one's own, but not enough."""
    own = sa.select(mentions.c.id).where(mentions.c.event_id == event_id, ~mentions.c.retired)
    sides = ((possible.c.a_id, possible.c.b_id), (possible.c.b_id, possible.c.a_id))
    pairs = sa.union_all(
        *(sa.select(other.label("id"), possible.c.score).where(mine.in_(own)) for mine, other in sides)
    ).subquery()
    return (
        sa.select(events.c.id)
        .join_from(pairs, mentions, mentions.c.id == pairs.c.id)
        .join(events, events.c.id == mentions.c.event_id)
        .where(visible(), ~mentions.c.retired, events.c.id != event_id)
        .group_by(events.c.id)
        .order_by(sa.func.max(pairs.c.score).desc(), events.c.id)
    )


def _polls(db: Connection, now: datetime) -> dict[tuple[str, ...], float]:
    """Count polls by result, what they read, and the feeds that should have been asked a while ago."""
    total = [sa.func.coalesce(sa.func.sum(feeds.c[name]), 0) for name in ("polls", "failed", "unchanged", "bytes_read")]
    polls, failed, unchanged, size = db.execute(sa.select(*total)).one()
    late = sa.and_(feeds.c.state == "active", feeds.c.not_before < now - _LATE)
    return {
        ("polls", "failed"): float(failed), ("polls", "unchanged"): float(unchanged),
        ("polls", "read"): float(polls - failed - unchanged), ("polled_bytes",): float(size),
        ("feeds_overdue",): float(db.scalar(sa.select(sa.func.count()).select_from(feeds).where(late)) or 0),
    }  # fmt: skip


def _count(db: Connection, where: Sequence[Condition]) -> int:
    return db.scalar(sa.select(sa.func.count()).select_from(events).where(*where)) or 0


def tray_size(filter_: Filter, size: int) -> int:
    """Tell how many undated events come with a page: the last published few, unless they are what is asked for."""
    return size if Precision.UNKNOWN in filter_.precision else min(size, _TRAY)


def checks(db: Connection) -> tuple[datetime | None, datetime | None]:
    """Tell when a feed was last asked, and when the next is due."""
    asked, due = sa.func.max(feeds.c.last_try), sa.func.min(feeds.c.not_before)
    row = db.execute(sa.select(asked, due).where(feeds.c.state == "active")).one()
    return row[0], row[1]


def by_first_day(found: Sequence[Event]) -> Sequence[Event]:
    """Sort events by the first day they may have happened on."""
    return sorted(found, key=lambda event: (event.facts.date.earliest or _FAR_FUTURE, event.id))


def _order(order: str) -> tuple[sa.ColumnElement[object], ...]:
    """Sort by the bound that comes first in reading; an open end stands at its other bound."""
    early = sa.func.coalesce(events.c.earliest, events.c.latest)
    late = sa.func.coalesce(events.c.latest, events.c.earliest)
    if order == NEWEST:
        return late.desc(), early.desc(), events.c.id.desc()
    return early, late, events.c.id.asc()


def _behind(
    db: Connection,
    where: Sequence[Condition],
    cursor: tuple[date | None, date | None, int] | None,
    order: str,
    size: int,
) -> list[int]:
    """Continue a list of placed events behind a cursor, by comparing whole rows: no page is counted through."""
    early = sa.func.coalesce(events.c.earliest, events.c.latest)
    late = sa.func.coalesce(events.c.latest, events.c.earliest)
    key = sa.tuple_(late, early, events.c.id) if order == NEWEST else sa.tuple_(early, late, events.c.id)
    chosen = sa.select(events.c.id).where(*where).order_by(*_order(order)).limit(size)
    if cursor is not None:
        days = [sa.literal(day, sa.Date) for day in (cursor[:2][::-1] if order == NEWEST else cursor[:2])]
        place = sa.tuple_(*days, sa.literal(cursor[2], sa.Integer))
        leading = late <= days[0] if order == NEWEST else early >= days[0]  # lets an index be entered at the cursor
        chosen = chosen.where(leading, key < place if order == NEWEST else key > place)
    return list(db.scalars(chosen))


def _behind_undated(
    db: Connection, where: Sequence[Condition], cursor: tuple[date | None, date | None, int] | None, size: int
) -> list[int]:
    chosen = sa.select(events.c.id).where(*where).order_by(events.c.id).limit(size)
    return list(db.scalars(chosen.where(events.c.id > cursor[2]) if cursor is not None else chosen))


def _facet(db: Connection, name: str, filter_: Filter, topic: str) -> list[FacetValue]:
    """Count the most frequent names of a field, and those that are chosen."""
    n, where = sa.func.count().label("n"), conditions(filter_, topic=topic, without=name)
    label = sa.func.max(event_facets.c.label).label("label")
    counted = (
        sa.select(event_facets.c.value, label, n)
        .join_from(event_facets, events, events.c.id == event_facets.c.event_id)
        .where(event_facets.c.field == name, *where)
        .group_by(event_facets.c.value)
        .order_by(n.desc(), event_facets.c.value)
        .limit(FACET_VALUES)
    )
    found = [FacetValue(row.value, row.n, row.label) for row in db.execute(counted)]
    for text in left_out(found, getattr(filter_, name)):
        only: dict[str, Any] = {name: (text,)}  # Any: as the fields of a filter
        called = sa.select(label).where(event_facets.c.field == name, event_facets.c.value == text)
        number = _count(db, conditions(replace(filter_, **only), topic=topic))
        found.append(FacetValue(text, number, db.scalar(called) or ""))
    return found


def left_out(found: Sequence[FacetValue], chosen: Sequence[str]) -> list[str]:
    """Give the chosen values that are not among those found."""
    known = {value.value for value in found}
    return [text for text in chosen if text not in known]


def _column(db: Connection, name: str, where: Sequence[Condition]) -> list[FacetValue]:
    n = sa.func.count().label("n")
    column = events.c[name]
    rows = db.execute(sa.select(column, n).where(*where).group_by(column).order_by(n.desc(), column))
    return [FacetValue(row[0], row.n) for row in rows]


def pick(found: Mapping[int, Event], ids: Sequence[int]) -> tuple[Event, ...]:
    """Give the events of ids in their order, as far as they were found."""
    return tuple(found[i] for i in ids if i in found)
