"""The index of a process: postings read from the database once, and from then on what changed, by the numbers of changes.

Safe from any thread: `Index.opened` holds the postings, as of now, until its block ends.
"""

from __future__ import annotations

import threading
from array import array
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tracker.store import changes
from tracker.store.engine import chunks
from tracker.store.postings import Postings, Seen
from tracker.store.selecting import is_sure, visible
from tracker.store.tables import event_facets, event_topics, events, topics

__all__ = ["Index"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_COLUMNS = ("type", "status", "precision", "outlets", "reports")


@dataclass(slots=True)
class Index:
    """The postings of one database. ``shown``, ``dated``, ``open``, ``sure``, ``quiet``, ``disputed``: values of 'is'."""

    postings: Postings = field(default_factory=Postings)
    labels: dict[str, dict[str, str]] = field(default_factory=dict)  # of a facet's value; of several the last in order
    meanings: dict[str, dict[str, set[str]]] = field(default_factory=dict)  # values by name, in small letters
    built: Callable[[], object] = int  # is called once, when all events were read
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _last: int = -1  # the number of the last change that is in
    _topics: dict[str, int] = field(default_factory=dict)  # the change each topic was read at

    @contextmanager
    def opened(self, db: Connection) -> Iterator[Postings]:
        """Take in what changed, and give the postings; nobody else has them until the block ends."""
        with self._lock:
            number = changes.last(db)
            if number > self._last:
                self._refresh(db)
                first, self._last = self._last < 0, number
                if first:
                    self.built()
            yield self.postings

    def values(self, name: str, wanted: Iterable[str]) -> set[str]:
        """Give the values of a facet that are meant by values or names."""
        meant = self.meanings.get(name, {})
        return {value for text in wanted for value in (text, *meant.get(text.lower(), ()))}

    def topic_change(self, slug: str) -> int:
        """Give the number of the change a topic was last said at, 0 where there is none."""
        return self._topics.get(slug, 0)

    def _refresh(self, db: Connection) -> None:
        first = self._last < 0
        if first:  # one that broke off leaves nothing behind
            self.postings = Postings()
        changed = None if first else db.scalars(sa.select(events.c.id).where(events.c.change > self._last)).all()
        if changed:
            self.postings.forget(changed)
        for part in [None] if changed is None else chunks(changed):  # None: all events at once
            self.postings.take(_seen(db, part))
            self._take_facets(db, part)
            self._take_topics(db, part)
        self._renew_topics(db, first=first)

    def _take_facets(self, db: Connection, ids: list[int] | None) -> None:
        values = (event_facets.c.field, event_facets.c.value)
        told = sa.select(*values, _joined(event_facets.c.event_id)).group_by(*values)
        self.postings.add(_split(db.execute(_of(told, event_facets.c.event_id, ids))))
        named = sa.select(*values, event_facets.c.label).where(event_facets.c.label != "").distinct()
        for name, value, label in db.execute(_of(named, event_facets.c.event_id, ids)):
            labels = self.labels.setdefault(name, {})
            labels[value] = max(label, labels.get(value, ""))
            self.meanings.setdefault(name, {}).setdefault(label.lower(), set()).add(value)

    def _take_topics(self, db: Connection, ids: list[int] | None) -> None:
        slug = event_topics.c.topic
        told = sa.select(sa.literal("topic"), slug, _joined(event_topics.c.event_id)).group_by(slug)
        self.postings.add(_split(db.execute(_of(told, event_topics.c.event_id, ids))))

    def _renew_topics(self, db: Connection, *, first: bool) -> None:
        """Read again which events belong to the topics that were said anew."""
        known = {row.slug: row.change for row in db.execute(sa.select(topics.c.slug, topics.c.change))}
        for slug, change in known.items():
            if not first and change != self._topics.get(slug):
                ids = sa.select(event_topics.c.event_id).where(event_topics.c.topic == slug)
                self.postings.put("topic", slug, db.scalars(ids).all())
        self._topics = known


def _of(
    query: sa.Select[Any], column: sa.ColumnElement[int], ids: list[int] | None
) -> sa.Select[Any]:  # Any: any columns
    return query if ids is None else query.where(column.in_(ids))


def _joined(ids: sa.ColumnElement[int]) -> sa.ColumnElement[str]:
    """Give the ids of a group as one text: millions of rows are read in a few seconds so, against many."""
    return sa.func.aggregate_strings(sa.cast(ids, sa.Text), ",")


def _split(rows: Iterable[Any]) -> Iterator[tuple[str, str, Iterable[int]]]:  # Any: rows of field, value, ids
    return ((name, value, array("I", map(int, ids.split(",")))) for name, value, ids in rows)


def _seen(db: Connection, ids: list[int] | None) -> Iterator[Seen]:
    query = sa.select(
        events.c.id, events.c.earliest, events.c.latest, events.c.edtf.is_not(None).label("dated"), is_sure().label("sure"),
        events.c.disputed, events.c.quiet, events.c.importance, events.c.first_published, events.c.updated,
        events.c.change, *(events.c[name] for name in _COLUMNS),
    ).where(visible())  # fmt: skip
    rows = db.execute(_of(query, events.c.id, ids), execution_options={"yield_per": 5_000})
    for id_, early, late, dated, sure, disputed, quiet, weight, published, updated, change, *columns in rows:
        flags = (
            ("dated", dated), ("sure", sure), ("disputed", disputed), ("quiet", quiet), ("open", not (early and late)),
        )  # fmt: skip
        yield Seen(
            id_, (early, late, bool(sure), columns[1] == "planned"),
            (("is", "shown"), *(("is", name) for name, holds in flags if holds), *zip(_COLUMNS, columns, strict=True)),
            published=_seconds(published), updated=_seconds(updated), weight=weight, change=change,
        )  # fmt: skip


def _seconds(moment: datetime) -> float:
    return (moment - _EPOCH).total_seconds()
