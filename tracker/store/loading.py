"""Whole events, with their reports: four statements for any number of ids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from tracker.store.articles import local
from tracker.store.codec import decode
from tracker.store.engine import chunks
from tracker.store.tables import articles, event_topics, events, mentions
from tracker.store.tables import revisions as revision_rows
from tracker.types import Event, EventFacts, EventId, Field, MentionDate, Report, Revision, Status

__all__ = ["whole_events"]


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


def whole_events(
    db: Connection, ids: Sequence[int], *, revisions: bool = False, reports: bool = True
) -> Mapping[int, Event]:
    """Load events by id, with reports in the order of publication unless they are not wanted and, if asked, revisions."""
    found: dict[int, Event] = {}
    for chunk in chunks(ids):
        told, slugs = _reports(db, chunk) if reports else {}, _topics(db, chunk)
        history = _revisions(db, chunk) if revisions else {}
        for row in db.execute(sa.select(events).where(events.c.id.in_(chunk))).mappings():
            i = row["id"]
            found[i] = _event(row, told.get(i, ()), slugs.get(i, ()), history.get(i, ()))
    return found


def _event(row: RowMapping, reports: Sequence[Report], topics: Sequence[str], history: Sequence[Revision]) -> Event:
    return Event(
        id=EventId(row["id"]),
        facts=decode(EventFacts, row["facts"]),
        first_published=row["first_published"],
        updated=row["updated"],
        revision=row["revision"],
        topics=tuple(topics),
        reports=tuple(reports),
        merged_into=EventId(row["merged_into"]) if row["merged_into"] else None,
        quiet=row["quiet"],
        revisions=tuple(history),
    )


def _reports(db: Connection, ids: Sequence[int]) -> dict[int, list[Report]]:
    rows = db.execute(
        sa.select(
            mentions.c.event_id, mentions.c.data, mentions.c.reason, articles.c.public_id, articles.c.url, articles.c.title,
            articles.c.outlet, articles.c.language, articles.c.published, articles.c.offset_min, articles.c.has_time,
            articles.c.copy_of,
        )
        .join_from(mentions, articles, mentions.c.article_id == articles.c.id)
        .where(mentions.c.event_id.in_(ids), ~mentions.c.retired)
        .order_by(sa.func.coalesce(articles.c.published, articles.c.first_seen), mentions.c.id)
    ).mappings()  # fmt: skip
    grouped: dict[int, list[Report]] = {}
    for row in rows:
        grouped.setdefault(row["event_id"], []).append(_report(row))
    return grouped


def _report(row: RowMapping) -> Report:
    mention = decode(_Quoted, row["data"])
    return Report(
        article_id=row["public_id"],
        url=row["url"],
        title=row["title"],
        outlet=row["outlet"],
        language=row["language"],
        published=local(row["published"], row["offset_min"]),
        published_has_time=row["has_time"],
        quote=mention.quote,
        field=mention.field,
        start=mention.start,
        end=mention.end,
        lead=mention.lead,
        status=mention.status,
        speaker=mention.speaker,
        date=mention.date,
        copy=row["copy_of"] is not None,
        trace=(*mention.trace, *([f"joined: {row['reason']}"] if row["reason"] else [])),
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
