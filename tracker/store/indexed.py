"""The reads of the site over an index in memory: counts and order without a scan of the events.

The answers are those of `Queries`, which asks the database each time; contract tests hold both to the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date

import sqlalchemy as sa

from tracker.filters import NEWEST, Filter
from tracker.rows import Counts, FacetValue, Listing, Mass, State, TopicCount
from tracker.store.choosing import COLUMNS, Choice, at_least, choice
from tracker.store.engine import read
from tracker.store.index import Index
from tracker.store.loading import Told, whole_events
from tracker.store.postings import PUBLISHED, WEIGHT, Postings
from tracker.store.queries import (
    FACET_VALUES,
    OUTLET_STEPS,
    QUIET_FILL,
    Queries,
    by_first_day,
    checks,
    left_out,
    pick,
    tray_size,
)
from tracker.store.selecting import FACETS
from tracker.store.stories import is_long
from tracker.store.tables import topics
from tracker.store.wording import Wording
from tracker.types import Event, Topic

__all__ = ["IndexedQueries"]

_MANY = 500  # events; fewer are drawn as fast by their own bounds


@dataclass(frozen=True, slots=True)
class _Opened:
    """What a read works with while nobody else can: the postings and the events chosen. Rows are read when it is over."""

    postings: Postings
    chosen: Choice


@dataclass(frozen=True, slots=True)
class IndexedQueries(Queries):
    """Reads for a process that serves many: the index is built with the first, from then on each takes in what changed."""

    index: Index = field(default_factory=Index)
    wording: Wording = field(default_factory=Wording)

    def listing(self, filter_: Filter, *, topic: str, size: int) -> Listing:
        """Give one page: newest first by (latest, earliest), or oldest first by (earliest, latest).

        Of the reports, events have those a list shows something of (`Told.LISTED`).
        """
        with self._opened(filter_, topic) as at:
            fitting, dated = at.chosen.events(), at.postings.of("is", "dated")
            total, placed = len(fitting), fitting & dated
            skip, newest = (filter_.page - 1) * size, filter_.order == NEWEST
            ids = at.postings.days.page(placed, newest=newest, skip=skip, size=size)
            tray = (
                at.postings.highest(PUBLISHED, fitting - dated, tray_size(filter_, size)) if filter_.page == 1 else []
            )
        with read(self.engine) as db:
            found = whole_events(db, [*ids, *tray], reports=Told.LISTED)
        return Listing(pick(found, ids), pick(found, tray), total, max(1, -(-len(placed) // size)))

    def facets(self, filter_: Filter, *, topic: str) -> Mapping[str, Sequence[FacetValue]]:
        """Count the values of every filter field, each of the result without that field, most frequent first."""
        with self._opened(filter_, topic) as at:
            result: dict[str, Sequence[FacetValue]] = {name: self._named(at, name, filter_) for name in FACETS}
            for name in COLUMNS:
                counted = at.postings.counts(name, at.chosen.events(without=name))
                result[name] = [FacetValue(str(value), n) for value, n in sorted(counted, key=_most_first)]
            loose = at.chosen.events(without="min_outlets")
            result["min_outlets"] = [
                FacetValue(str(n), at_least(at.postings, n).intersection_cardinality(loose)) for n in OUTLET_STEPS
            ]
        return result

    def _named(self, at: _Opened, name: str, filter_: Filter) -> Sequence[FacetValue]:
        """Count the most frequent names of a field, and those that are chosen."""
        loose, labels = at.chosen.events(without=name), self.index.labels.get(name, {})
        found = [
            FacetValue(str(value), n, labels.get(str(value), ""))
            for value, n in at.postings.top(name, loose, FACET_VALUES)
        ]
        for text in left_out(found, getattr(filter_, name)):
            n = at.postings.any_of(name, self.index.values(name, (text,))).intersection_cardinality(loose)
            found.append(FacetValue(text, n, labels.get(text, "")))
        return found

    def masses(self, filter_: Filter, *, topic: str, today: date) -> Sequence[Mass]:
        """Count events by bounds, under the filter without from and to.

        Where there are many over years, those of a month are told together (`Days`), which bars of months and longer do not show.
        """
        with self._opened(filter_, topic) as at:
            fitting, days = at.chosen.events(without="dates"), at.postings.days
            found = days.counts_by_month(fitting, today) if len(fitting) > _MANY else []
            if not is_long(found):
                found = days.counts(fitting)
        return [Mass(*bounds, n) for bounds, n in found]

    def newest(self, filter_: Filter, *, topic: str, limit: int) -> Sequence[Event]:
        """Give the events last first published, newest first; quiet ones only to fill up to 20."""
        with self._opened(filter_, topic) as at:
            fitting, quiet = at.chosen.events(), at.postings.of("is", "quiet")
            ids = at.postings.highest(PUBLISHED, fitting - quiet, limit)
            room = max(0, min(limit, QUIET_FILL) - len(ids))
            ids += at.postings.highest(PUBLISHED, fitting & quiet, room) if room else []
        return pick(self._whole(ids), ids)

    def weightiest(self, filter_: Filter, *, topic: str, limit: int) -> Sequence[Event]:
        """Give the most important events whose day or span is known, the most important first, without their reports."""
        with self._opened(filter_, topic) as at:
            ids = at.postings.highest(WEIGHT, at.chosen.events() & at.postings.of("is", "sure"), limit)
        with read(self.engine) as db:
            return pick(whole_events(db, ids, reports=Told.NONE), ids)

    def state(self, filter_: Filter, *, topic: str) -> State:
        """Give what decides whether a feed changed."""
        with self._opened(filter_, topic) as at:
            fitting = at.chosen.events()
            change = max(at.postings.last_change(fitting), self.index.topic_change(topic))
            return State(at.postings.newest_update(fitting), len(fitting), change)

    def after(
        self, filter_: Filter, *, topic: str, cursor: tuple[date | None, date | None, int] | None, size: int
    ) -> Sequence[Event]:
        """Give the events behind a cursor (first day, last day, id) in the order of `listing`, the undated last."""
        newest = filter_.order == NEWEST
        with self._opened(filter_, topic) as at:
            fitting, dated = at.chosen.events(), at.postings.of("is", "dated")
            ids: list[int] = []
            if cursor is None:
                ids = at.postings.days.page(fitting & dated, newest=newest, skip=0, size=size)
            elif cursor[0] is not None and cursor[1] is not None:
                place = (cursor[0], cursor[1], cursor[2])
                ids = at.postings.days.behind(fitting & dated, place, newest=newest, size=size)
            last = cursor[2] if cursor is not None and cursor[0] is None else 0
            if len(ids) < size:
                ids += [i for i in fitting - dated if i > last][: size - len(ids)]
        return pick(self._whole(ids), ids)

    def happening(self, filter_: Filter, *, topic: str, first: date, limit: int) -> Sequence[Event]:
        """Give what happens on ``first`` or later, by day; without a wanted precision only days and spans.

        Events carry their revisions. Where there are more than ``limit``, those that end last are given.
        """
        later = replace(filter_, from_=max(first, filter_.from_) if filter_.from_ else first)
        with self._opened(later, topic) as at:
            closed = at.chosen.events() - at.postings.of("is", "open")
            fitting = closed if filter_.precision else closed & at.postings.of("is", "sure")
            ids = at.postings.days.page(fitting, newest=True, skip=0, size=limit)
        with read(self.engine) as db:
            return by_first_day(pick(whole_events(db, ids, revisions=True), ids))

    def topics(self) -> Sequence[TopicCount]:
        """List the topics with their counts."""
        with read(self.engine) as db:
            rows = db.execute(sa.select(topics)).all()
        with self._opened(Filter(), "") as at:
            shown = at.chosen.events()
            counted = [
                TopicCount(
                    Topic(row.slug, row.title, row.query, row.description),
                    at.postings.of("topic", row.slug).intersection_cardinality(shown),
                )
                for row in rows
            ]
        return sorted(counted, key=lambda row: (-row.events, row.topic.title))

    def counts(self, *, topic: str) -> Counts:
        """Count what the promise line says."""
        with self._opened(Filter(), topic) as at:
            shown = at.chosen.events()
            outlets, languages = (at.postings.variety(name, shown) for name in ("outlet", "language"))
            reports = sum(int(str(size)) * n for size, n in at.postings.counts("reports", shown))
            total = len(shown)
        with read(self.engine) as db:
            return Counts(total, reports, outlets, languages, *checks(db))

    @contextmanager
    def _opened(self, filter_: Filter, topic: str) -> Iterator[_Opened]:
        with read(self.engine) as db:
            found = self.wording.find(db, filter_)  # outside of the index' lock: it may read the words of all events
            with self.index.opened(db) as postings:
                yield _Opened(postings, choice(self.index, postings, filter_, topic=topic, found=found))

    def _whole(self, ids: Sequence[int]) -> Mapping[int, Event]:
        with read(self.engine) as db:
            return whole_events(db, ids)


def _most_first(row: tuple[object, int]) -> tuple[int, str]:
    return -row[1], str(row[0])
