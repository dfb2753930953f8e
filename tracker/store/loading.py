"""Whole events, with all their reports, those a list shows, or none: four statements for any number of ids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

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
    chosen = mentions.c.event_id.in_(facts) if wanted is Told.ALL else mentions.c.id.in_(_listed(db, facts))
    rows = db.execute(
        sa.select(
            mentions.c.event_id, raw(mentions.c.data), mentions.c.reason, articles.c.public_id, articles.c.url, articles.c.title,
            articles.c.outlet, articles.c.language, articles.c.published, articles.c.offset_min, articles.c.has_time,
            articles.c.copy_of,
        )
        .join_from(mentions, articles, mentions.c.article_id == articles.c.id)
        .where(chosen, ~mentions.c.retired)
        .order_by(*_TOLD_FIRST)
    ).mappings()  # fmt: skip
    grouped: dict[int, list[Report]] = {}
    for row in rows:
        grouped.setdefault(row["event_id"], []).append(_report(row))
    return grouped


_TOLD_FIRST = (sa.func.coalesce(articles.c.published, articles.c.first_seen), mentions.c.id)


def _listed(db: Connection, facts: Mapping[int, EventFacts]) -> list[int]:
    """Choose the mentions of which a list of these events takes something."""
    quote, speaker = (mentions.c.data[name].as_string() for name in ("quote", "speaker"))
    rows = db.execute(
        sa.select(mentions.c.event_id, mentions.c.id, quote, speaker)
        .join_from(mentions, articles, mentions.c.article_id == articles.c.id)
        .where(mentions.c.event_id.in_(facts), ~mentions.c.retired)
        .order_by(*_TOLD_FIRST)
    )
    titles = {i: {one.title, *(text for _, text in one.titles)} for i, one in facts.items()}
    seen, chosen = set[tuple[int, str]](), list[int]()
    for i, mention, said, speaks in rows:
        is_title = said in titles[i] and (i, said) not in seen
        if is_title or speaks or facts[i].date.edtf is None:
            chosen.append(mention)
            seen.add((i, said))
    return chosen


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
