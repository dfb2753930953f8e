"""Events as merging writes them: neighbours by key, and a plan applied in one serialised transaction.

`locked` is the serialisation: SQLite's write transaction already is one, PostgreSQL locks the partition's row (ADR 0002).
Nothing is deleted: a merged-away event redirects, an event whose reports were all re-read away is hidden.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tracker.store.articles import stored_mentions
from tracker.store.codec import decode, encode
from tracker.store.tables import (
    articles,
    event_facets,
    event_topics,
    events,
    mention_keys,
    mentions,
    partitions,
    possible,
    revisions,
)  # fmt: skip
from tracker.types import ArticleId, EventCluster, EventFacts, EventId, MentionId, MergePlan, StoredMention

__all__ = ["Change", "apply", "born", "find", "lock", "mentions_of_article", "mentions_of_events", "orphaned"]

_SEARCH_CHARS = 20_000  # of titles and quotes kept for search; a flood of reports must not grow a row without end
_FACET_CHARS = 300  # of a value one can filter by, as its column is wide


@dataclass(frozen=True, slots=True)
class Change:
    """What made a plan necessary: ``cause`` is written into revisions, ``quiet`` marks events that are not announced."""

    now: datetime
    cause: str
    quiet: bool


def lock(db: Connection) -> None:
    """Wait until no one else merges; held until the transaction ends."""
    db.execute(sa.select(partitions.c.id).where(partitions.c.id == 0).with_for_update()).one()


def mentions_of_article(db: Connection, article_id: ArticleId) -> tuple[StoredMention, ...]:
    """Load an article's living mentions."""
    return tuple(mention for mention, _ in stored_mentions(db, mentions.c.article_id == article_id))


def orphaned(db: Connection, article_id: ArticleId) -> tuple[EventId, ...]:
    """Name the events that lost a mention when the article was read again."""
    ids = db.scalars(
        sa.select(mentions.c.event_id)
        .where(mentions.c.article_id == article_id, mentions.c.retired, mentions.c.event_id.is_not(None))
        .distinct()
    )
    return tuple(EventId(i) for i in ids)


def mentions_of_events(db: Connection, ids: Collection[int]) -> Mapping[EventId, Sequence[StoredMention]]:
    """Load all living mentions of events."""
    grouped: dict[EventId, list[StoredMention]] = {}
    for mention, event_id in stored_mentions(db, mentions.c.event_id.in_(ids)):
        if event_id is not None:
            grouped.setdefault(EventId(event_id), []).append(mention)
    return grouped


def find(db: Connection, keys: Collection[str], most: int) -> Mapping[EventId, Sequence[StoredMention]]:
    """Find the events with a mention stored under one of the keys, those sharing most keys first, at most ``most``."""
    shared = sa.func.count(sa.distinct(mention_keys.c.key))
    near = db.scalars(
        sa.select(mentions.c.event_id)
        .join_from(mention_keys, mentions, mention_keys.c.mention_id == mentions.c.id)
        .where(mention_keys.c.key.in_([key[:200] for key in keys]), mentions.c.event_id.is_not(None))
        .group_by(mentions.c.event_id)
        .order_by(shared.desc(), mentions.c.event_id)
        .limit(most)
    ).all()
    found = mentions_of_events(db, near)
    return {EventId(i): found[EventId(i)] for i in near if EventId(i) in found}


def places(db: Connection, near: Sequence[StoredMention]) -> Mapping[MentionId, EventId]:
    """Tell which event each mention belongs to now; mentions that belong to none are left out."""
    ids = {mention.id for mention in near}
    rows = db.execute(sa.select(mentions.c.id, mentions.c.event_id).where(mentions.c.id.in_(ids)))
    return {MentionId(row.id): EventId(row.event_id) for row in rows if row.event_id is not None}


def born(db: Connection, ids: Collection[EventId]) -> Mapping[EventId, datetime]:
    """Tell when events were first published here."""
    rows = db.execute(sa.select(events.c.id, events.c.first_published).where(events.c.id.in_(ids)))
    return {EventId(row.id): row.first_published for row in rows}


def siblings(db: Connection, near: Sequence[StoredMention]) -> tuple[StoredMention, ...]:
    """Load the other mentions of the articles of ``near``: what else these articles tell."""
    known = {mention.id for mention in near}
    found = stored_mentions(db, mentions.c.article_id.in_({mention.article_id for mention in near}))
    return tuple(mention for mention, _ in found if mention.id not in known)


def apply(db: Connection, plan: MergePlan, mentions_: Sequence[StoredMention], change: Change) -> tuple[EventId, ...]:
    """Write a plan; give the events it made or changed. Applying the same plan again changes nothing.

    ``mentions_`` are those the plan was made of.
    """
    by_id = {mention.id: mention for mention in mentions_}
    kept = {c.event_id for c in plan.clusters if c.event_id} | {away for away, _ in plan.redirects}
    was = {EventId(i): facts for i, facts in _facts(db, kept).items()}
    before = places(db, mentions_)
    changed = []
    for cluster in plan.clusters:
        if cluster.event_id and was.get(cluster.event_id) == cluster.facts and _same_members(before, cluster):
            continue  # a neighbour that stays as it is costs no write
        event_id = cluster.event_id or _create(db, cluster, change)
        if cluster.event_id:
            _update(db, event_id, was.get(event_id), cluster, change, moved=_moved(before, cluster, event_id))
        _write_parts(db, event_id, cluster, [by_id[i] for i in cluster.mention_ids])
        changed.append(event_id)
    for away, into in plan.redirects:
        _redirect(db, away, into, was.get(away), change)
    _write_possible(db, plan, by_id)
    return tuple(changed)


def retire_empty(db: Connection, ids: Collection[EventId], change: Change) -> None:
    """Hide events that no living mention tells any more."""
    living = set(db.scalars(sa.select(mentions.c.event_id).where(mentions.c.event_id.in_(ids), ~mentions.c.retired)))
    empty = [i for i in ids if i not in living]
    hidden = db.scalars(
        sa.update(events)
        .where(events.c.id.in_(empty), events.c.merged_into.is_(None), ~events.c.hidden)
        .values(hidden=True, updated=change.now, revision=events.c.revision + 1)
        .returning(events.c.id)
    ).all()
    for event_id in hidden:
        _revise(db, event_id, "hidden", "", "no report tells it any more", change)


def forget_retired(db: Connection, article_id: ArticleId) -> None:
    """Drop an article's retired mentions once their events have been decided anew."""
    db.execute(sa.delete(mentions).where(mentions.c.article_id == article_id, mentions.c.retired))


def _facts(db: Connection, ids: Collection[EventId]) -> dict[int, EventFacts]:
    rows = db.execute(sa.select(events.c.id, events.c.facts).where(events.c.id.in_(ids)))
    return {row.id: decode(EventFacts, row.facts) for row in rows}


def _moved(before: Mapping[MentionId, EventId], cluster: EventCluster, event_id: EventId) -> bool:
    """Tell whether a cluster takes mentions it did not have."""
    return any(before.get(i) != event_id for i in cluster.mention_ids)


def _same_members(before: Mapping[MentionId, EventId], cluster: EventCluster) -> bool:
    """Tell whether an event has just the mentions it had."""
    return {i for i, event_id in before.items() if event_id == cluster.event_id} == set(cluster.mention_ids)


def _columns(facts: EventFacts) -> dict[str, object]:
    edtf = facts.date.edtf
    return {
        "edtf": edtf.text if edtf else None, "earliest": facts.date.earliest, "latest": facts.date.latest,
        "precision": facts.date.precision.value, "status": facts.status.value, "type": facts.type,
        "importance": facts.importance, "outlets": facts.outlets, "disputed": bool(facts.disputed),
        "facts": encode(facts),
    }  # fmt: skip


def _create(db: Connection, cluster: EventCluster, change: Change) -> EventId:
    new = sa.insert(events).values(
        **_columns(cluster.facts),
        search="",
        first_published=change.now,
        updated=change.now,
        revision=1,
        quiet=change.quiet,
    )
    event_id = EventId(db.execute(new.returning(events.c.id)).scalar_one())
    _revise(db, event_id, "created", "", cluster.facts.title, change)
    return event_id


def _update(
    db: Connection, event_id: EventId, was: EventFacts | None, cluster: EventCluster, change: Change, *, moved: bool
) -> None:
    """Write changed facts; a revision for each material change. ``updated`` moves on material changes only."""
    material = _material(was, cluster.facts)
    if was == cluster.facts and not moved:
        return
    values = _columns(cluster.facts) | {"revision": events.c.revision + 1, "hidden": False}
    if material:
        values["updated"] = change.now
    db.execute(sa.update(events).where(events.c.id == event_id).values(**values))
    for kind, old, new in material:
        _revise(db, event_id, kind, old, new, change)


def _material(was: EventFacts | None, facts: EventFacts) -> list[tuple[str, str, str]]:
    if was is None:
        return []
    old_date, new_date = (str(f.date.edtf or "") for f in (was, facts))
    pairs = (("redated", old_date, new_date), ("status", was.status.value, facts.status.value),
             ("retitled", was.title, facts.title))  # fmt: skip
    return [pair for pair in pairs if pair[1] != pair[2]]


def _revise(db: Connection, event_id: int, kind: str, old: str, new: str, change: Change) -> None:  # one row's columns
    number = sa.select(events.c.revision).where(events.c.id == event_id).scalar_subquery()
    db.execute(
        sa.insert(revisions).values(
            event_id=event_id, number=number, kind=kind, old=old, new=new, cause=change.cause, changed=change.now
        )
    )


def _write_parts(db: Connection, event_id: EventId, cluster: EventCluster, members: Sequence[StoredMention]) -> None:
    """Write what hangs on an event: its mentions, facets and search text."""
    reasons = dict(cluster.reasons)
    for mention in members:
        db.execute(
            sa.update(mentions)
            .where(mentions.c.id == mention.id)
            .values(event_id=event_id, reason=reasons.get(mention.id, ""))
        )
    db.execute(sa.delete(event_facets).where(event_facets.c.event_id == event_id))
    if facets := [{"event_id": event_id, **row} for row in _facets(cluster.facts, members)]:
        db.execute(sa.insert(event_facets), facets)
    search = search_text(cluster.facts, members)
    db.execute(sa.update(events).where(events.c.id == event_id).values(search=search))


def _facets(facts: EventFacts, members: Sequence[StoredMention]) -> list[dict[str, str]]:
    rows = {("place", place.key): place.name for place in facts.where}
    rows |= {("who", actor.key): actor.name for actor in facts.who}
    rows |= {("language", language): "" for language in facts.languages}
    rows |= {("outlet", mention.outlet): mention.outlet for mention in members}
    short = {(field, value[:_FACET_CHARS]): label for (field, value), label in rows.items() if value}
    return [{"field": field, "value": value, "label": label} for (field, value), label in short.items()]


def search_text(facts: EventFacts, members: Sequence[StoredMention]) -> str:
    """What a search looks through: title, quotes, names; casefolded, each once."""
    parts = [
        facts.title,
        *(m.mention.quote for m in members),
        *(a.name for a in facts.who),
        *(p.name for p in facts.where),
    ]
    return "\n".join(dict.fromkeys(part.casefold() for part in parts))[:_SEARCH_CHARS]


def _redirect(db: Connection, away: EventId, into: EventId, was: EventFacts | None, change: Change) -> None:
    gone = db.execute(
        sa.update(events)
        .where(events.c.id == away, events.c.merged_into.is_(None))
        .values(merged_into=into, updated=change.now, revision=events.c.revision + 1)
    )
    db.execute(sa.update(events).where(events.c.merged_into == away).values(merged_into=into))
    if gone.rowcount:
        _revise(db, away, "merged", was.title if was else "", str(into), change)
        _revise(db, into, "merged", str(away), was.title if was else "", change)
        for table in (event_facets, event_topics):
            db.execute(sa.delete(table).where(table.c.event_id == away))


def _write_possible(db: Connection, plan: MergePlan, by_id: Collection[MentionId]) -> None:
    db.execute(sa.delete(possible).where(possible.c.a_id.in_(by_id), possible.c.b_id.in_(by_id)))
    rows = {(min(a, b), max(a, b)): score for a, b, score in plan.possible}
    if rows:
        db.execute(sa.insert(possible), [{"a_id": a, "b_id": b, "score": score} for (a, b), score in rows.items()])


def article_quiet(db: Connection, article_id: ArticleId) -> bool:
    """Tell whether an article came with a feed's first poll."""
    return bool(db.scalar(sa.select(articles.c.quiet).where(articles.c.id == article_id)))
