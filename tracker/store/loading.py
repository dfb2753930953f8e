"""Whole events, with all their reports, those a list shows, or none: four statements for any number of ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from tracker.store.articles import local
from tracker.store.codec import decode, raw
from tracker.store.engine import chunks
from tracker.store.tables import articles, event_topics, events, mentions
from tracker.store.tables import revisions as revision_rows
from tracker.types import Event, EventFacts, EventId, Field, MentionDate, Report, Revision, Status

__all__ = ["Told", "whole_events"]


class Told(StrEnum):
    """Which reports come with an event.

    ``LISTED`` are those a list of events takes something of: the first of those whose sentence is a title, those that name a
    speaker, and, as they say when it was spoken of, all of an event without a date.
    """

    ALL = "all"
    LISTED = "listed"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class _Quoted:
    """What a report takes of a mention; a page shows hundreds, and the rest of each is for merging."""

    field: Field
    start: int
    end: int
    quote: str
    status: Status
    date: MentionDate | None
    speaker: str = ""
    lead: bool = False
    trace: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Said:
    """What of a mention tells whether a list takes its report."""

    quote: str
    speaker: str = ""


def whole_events(
    db: Connection, ids: Sequence[int], *, revisions: bool = False, reports: Told = Told.ALL
) -> Mapping[int, Event]:
    """Load events by id, with reports in the order of publication and, if asked, revisions."""
    found: dict[int, Event] = {}
    for chunk in chunks(ids):
        rows = db.execute(_EVENTS.where(events.c.id.in_(chunk))).mappings().all()
        facts = {row["id"]: decode(EventFacts, row["facts"]) for row in rows}
        told, slugs = _reports(db, facts, reports), _topics(db, chunk)
        history = _revisions(db, chunk) if revisions else {}
        for row in rows:
            i = row["id"]
            found[i] = _event(row, facts[i], told.get(i, ()), slugs.get(i, ()), history.get(i, ()))
    return found


_EVENTS = sa.select(
    events.c.id, raw(events.c.facts), events.c.first_published, events.c.updated, events.c.revision, events.c.merged_into,
    events.c.quiet,
)  # fmt: skip


def _event(
    row: RowMapping, facts: EventFacts, reports: Sequence[Report], topics: Sequence[str], history: Sequence[Revision]
) -> Event:
    return Event(
        id=EventId(row["id"]),
        facts=facts,
        first_published=row["first_published"],
        updated=row["updated"],
        revision=row["revision"],
        topics=tuple(topics),
        reports=tuple(reports),
        merged_into=EventId(row["merged_into"]) if row["merged_into"] else None,
        quiet=row["quiet"],
        revisions=tuple(history),
    )


def _reports(db: Connection, facts: Mapping[int, EventFacts], wanted: Told) -> dict[int, list[Report]]:
    if wanted is Told.NONE or not facts:
        return {}
    rows = db.execute(_REPORTS.where(mentions.c.event_id.in_(facts)))
    grouped: dict[int, list[Report]] = {}
    for row in rows if wanted is Told.ALL else _listed(rows, facts):
        grouped.setdefault(row[0], []).append(_report(row))
    return grouped


_REPORTS = (
    sa.select(
        mentions.c.event_id, raw(mentions.c.data), mentions.c.reason, articles.c.public_id, articles.c.url, articles.c.title,
        articles.c.outlet, articles.c.language, articles.c.published, articles.c.offset_min, articles.c.has_time,
        articles.c.copy_of,
    )
    .join_from(mentions, articles, mentions.c.article_id == articles.c.id)
    .where(~mentions.c.retired)
    .order_by(sa.func.coalesce(articles.c.published, articles.c.first_seen), mentions.c.id)
)  # fmt: skip


def _listed(rows: Iterable[Sequence[Any]], facts: Mapping[int, EventFacts]) -> Iterator[Sequence[Any]]:  # Any: columns
    """Choose the rows of reports of which a list of these events takes something."""
    titles = {i: {one.title, *(text for _, text in one.titles)} for i, one in facts.items()}
    for row in rows:
        event_id, said = row[0], decode(_Said, row[1])
        if said.quote in titles[event_id]:
            titles[event_id].discard(said.quote)  # the first that says it is enough
        elif not said.speaker and facts[event_id].date.edtf is not None:
            continue
        yield row


def _report(row: Sequence[Any]) -> Report:  # Any: columns of several types, in the order of `_REPORTS`
    _, data, reason, public_id, url, title, outlet, language, published, offset_min, has_time, copy_of = row
    mention = decode(_Quoted, data)
    return Report(
        article_id=public_id,
        url=url,
        title=title,
        outlet=outlet,
        language=language,
        published=local(published, offset_min),
        published_has_time=has_time,
        quote=mention.quote,
        field=mention.field,
        start=mention.start,
        end=mention.end,
        lead=mention.lead,
        status=mention.status,
        speaker=mention.speaker,
        date=mention.date,
        copy=copy_of is not None,
        trace=(*mention.trace, f"joined: {reason}") if reason else mention.trace,
    )


def _topics(db: Connection, ids: Sequence[int]) -> dict[int, list[str]]:
    rows = db.execute(sa.select(event_topics).where(event_topics.c.event_id.in_(ids)).order_by(event_topics.c.topic))
    grouped: dict[int, list[str]] = {}
    for row in rows:
        grouped.setdefault(row.event_id, []).append(row.topic)
    return grouped


def _revisions(db: Connection, ids: Sequence[int]) -> dict[int, list[Revision]]:
    rows = db.execute(sa.select(revision_rows).where(revision_rows.c.event_id.in_(ids)).order_by(revision_rows.c.id))
    grouped: dict[int, list[Revision]] = {}
    for row in rows:
        revision = Revision(row.number, row.kind, row.old, row.new, row.cause, row.changed)
        grouped.setdefault(row.event_id, []).append(revision)
    return grouped
