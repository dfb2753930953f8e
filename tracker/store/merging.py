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

from tracker.store import changes
from tracker.store.codec import decode, encode, raw
from tracker.store.folding import folded
from tracker.store.tables import (
    articles,
    event_facets,
    event_topics,
    events,
    mentions,
    partitions,
    possible,
    revisions,
)  # fmt: skip
from tracker.types import ArticleId, EventCluster, EventFacts, EventId, MentionId, MergePlan, StoredMention

__all__ = [
    "Change",
    "apply",
    "article_quiet",
    "born",
    "forget_retired",
    "homes",
    "lock",
    "orphaned",
    "retire_empty",
    "search_text",
]

_SEARCH_CHARS = 20_000  # of titles and quotes kept for search; a flood of reports must not grow a row without end
_NEW = EventId(0)  # of an event that is not stored yet
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


def orphaned(db: Connection, article_id: ArticleId) -> tuple[EventId, ...]:
    """Name the events that lost a mention when the article was read again."""
    return tuple(EventId(i) for i in db.scalars(_ORPHANED, {"article": article_id}))


def homes(db: Connection, ids: Collection[MentionId]) -> Mapping[MentionId, EventId]:
    """Tell which event each mention belongs to now; mentions that belong to none are left out."""
    rows = db.execute(_HOMES, {"ids": list(ids)})
    return {MentionId(row.id): EventId(row.event_id) for row in rows if row.event_id is not None}


def born(db: Connection, ids: Collection[EventId]) -> Mapping[EventId, datetime]:
    """Tell when events were first published here."""
    if not ids:
        return {}
    rows = db.execute(_BORN, {"ids": list(ids)})
    return {EventId(row.id): row.first_published for row in rows}


def apply(db: Connection, plan: MergePlan, mentions_: Sequence[StoredMention], change: Change) -> tuple[EventId, ...]:
    """Write a plan; give the events it made or changed. Applying the same plan again changes nothing.

    ``mentions_`` are those of the plan's clusters.
    """
    by_id = {mention.id: mention for mention in mentions_}
    kept = {c.event_id for c in plan.clusters if c.event_id} | {away for away, _ in plan.redirects}
    was = {EventId(i): facts for i, facts in _facts(db, kept).items()}
    before = homes(db, by_id.keys())
    due = [c for c in plan.clusters if was.get(c.event_id or _NEW) != c.facts or not _same_members(before, c)]
    if due or plan.redirects:  # an event that was read again and found the same is not written
        changes.begin(db)
    changed = []
    for cluster in due:
        members = [by_id[i] for i in cluster.mention_ids]
        event_id = cluster.event_id or _create(db, cluster, members, change)
        if cluster.event_id:
            _update(db, event_id, was.get(event_id), cluster, members, change)
        _write_members(db, event_id, cluster, before)
        _write_facets(db, event_id, cluster.facts, members)
        changed.append(event_id)
    for away, into in plan.redirects:
        _redirect(db, away, into, was.get(away), change)
    _write_possible(db, plan)
    return tuple(changed)


def retire_empty(db: Connection, ids: Collection[EventId], change: Change) -> None:
    """Hide events that no living mention tells any more."""
    if not ids:
        return
    living = set(db.scalars(sa.select(mentions.c.event_id).where(mentions.c.event_id.in_(ids), ~mentions.c.retired)))
    empty = [i for i in ids if i not in living]
    changes.begin(db)
    hidden = db.scalars(
        sa.update(events)
        .where(events.c.id.in_(empty), events.c.merged_into.is_(None), ~events.c.hidden)
        .values(hidden=True, updated=change.now, revision=events.c.revision + 1, change=changes.CURRENT)
        .returning(events.c.id)
    ).all()
    for event_id in hidden:
        _revise(db, event_id, "hidden", "", "no report tells it any more", change)


def forget_retired(db: Connection, article_id: ArticleId) -> None:
    """Drop an article's retired mentions once their events have been decided anew."""
    db.execute(sa.delete(mentions).where(mentions.c.article_id == article_id, mentions.c.retired))


def _facts(db: Connection, ids: Collection[EventId]) -> dict[int, EventFacts]:
    if not ids:
        return {}
    rows = db.execute(_FACTS, {"ids": list(ids)})
    return {row.id: decode(EventFacts, row.facts) for row in rows}


def _same_members(before: Mapping[MentionId, EventId], cluster: EventCluster) -> bool:
    """Tell whether an event has just the mentions it had."""
    return {i for i, event_id in before.items() if event_id == cluster.event_id} == set(cluster.mention_ids)


def _columns(facts: EventFacts, members: Sequence[StoredMention]) -> dict[str, object]:
    edtf = facts.date.edtf
    return {
        "edtf": edtf.text if edtf else None, "earliest": facts.date.earliest, "latest": facts.date.latest,
        "precision": facts.date.precision.value, "status": facts.status.value, "type": facts.type,
        "importance": facts.importance, "outlets": facts.outlets, "disputed": bool(facts.disputed),
        "facts": encode(facts), "search": search_text(facts, members),
        "reports": len({member.article_id for member in members}), "change": changes.CURRENT,
    }  # fmt: skip


def _create(db: Connection, cluster: EventCluster, members: Sequence[StoredMention], change: Change) -> EventId:
    new = sa.insert(events).values(
        **_columns(cluster.facts, members),
        first_published=change.now,
        updated=change.now,
        revision=1,
        quiet=change.quiet,
    )
    event_id = EventId(db.execute(new.returning(events.c.id)).scalar_one())
    _revise(db, event_id, "created", "", cluster.facts.title, change)
    return event_id


def _update(
    db: Connection, event_id: EventId, was: EventFacts | None, cluster: EventCluster, members: Sequence[StoredMention],
    change: Change,
) -> None:  # fmt: skip
    """Write changed facts; a revision for each material change. ``updated`` moves on material changes only."""
    material = _material(was, cluster.facts)
    values = _columns(cluster.facts, members) | {"revision": events.c.revision + 1, "hidden": False}
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


def _write_members(
    db: Connection, event_id: EventId, cluster: EventCluster, before: Mapping[MentionId, EventId]
) -> None:
    """Write which mentions an event has: those that come, and why each that was judged is in it."""
    reasons = dict(cluster.reasons)
    came = [i for i in cluster.mention_ids if before.get(i) != event_id]
    judged = [{"row": i, "because": reasons[i]} for i in cluster.mention_ids if i in reasons]
    if came:
        db.execute(sa.update(mentions).where(mentions.c.id.in_(came)).values(event_id=event_id))
    if judged:
        db.execute(_BECAUSE, judged)


def _write_facets(db: Connection, event_id: EventId, facts: EventFacts, members: Sequence[StoredMention]) -> None:
    have = {tuple(row) for row in db.execute(_FACETS, {"event": event_id})}
    facets = _facets(facts, members)
    if have == {(row["field"], row["value"], row["label"]) for row in facets}:
        return
    if have:
        db.execute(sa.delete(event_facets).where(event_facets.c.event_id == event_id))
    if facets:
        db.execute(sa.insert(event_facets), [{"event_id": event_id, **row} for row in facets])


def _facets(facts: EventFacts, members: Sequence[StoredMention]) -> list[dict[str, str]]:
    rows = {("place", place.key): place.name for place in facts.where}
    rows |= {("who", actor.key): actor.name for actor in facts.who}
    rows |= {("language", language): "" for language in facts.languages}
    rows |= {("outlet", mention.outlet): mention.outlet for mention in members}
    short = {(field, value[:_FACET_CHARS]): label for (field, value), label in rows.items() if value}
    return [{"field": field, "value": value, "label": label} for (field, value), label in short.items()]


def search_text(facts: EventFacts, members: Sequence[StoredMention]) -> str:
    """What a search looks through: title, quotes, names; folded, each once."""
    parts = [
        facts.title,
        *(m.mention.quote for m in members),
        *(a.name for a in facts.who),
        *(p.name for p in facts.where),
    ]
    return "\n".join(dict.fromkeys(folded(part) for part in parts))[:_SEARCH_CHARS]


def _redirect(db: Connection, away: EventId, into: EventId, was: EventFacts | None, change: Change) -> None:
    gone = db.execute(
        sa.update(events)
        .where(events.c.id == away, events.c.merged_into.is_(None))
        .values(merged_into=into, updated=change.now, revision=events.c.revision + 1, change=changes.CURRENT)
    )
    db.execute(sa.update(events).where(events.c.merged_into == away).values(merged_into=into))
    if gone.rowcount:
        _revise(db, away, "merged", was.title if was else "", str(into), change)
        _revise(db, into, "merged", str(away), was.title if was else "", change)
        for table in (event_facets, event_topics):
            db.execute(sa.delete(table).where(table.c.event_id == away))


def _write_possible(db: Connection, plan: MergePlan) -> None:
    """Keep the pairs that may be the same, and forget those that were judged to be it or not."""
    rows = {(min(a, b), max(a, b)): score for a, b, score in plan.possible}
    judged = {*plan.compared, *(i for pair in rows for i in pair)}
    pairs = db.execute(_PAIRS, {"ids": list(judged)}) if len(judged) > 1 else ()
    have = {(a, b): score for a, b, score in pairs}
    gone = [{"a": a, "b": b} for (a, b), score in have.items() if rows.get((MentionId(a), MentionId(b))) != score]
    new = [{"a_id": a, "b_id": b, "score": score} for (a, b), score in rows.items() if have.get((a, b)) != score]
    if gone or new:
        changes.begin(db)
    if gone:
        db.execute(_NO_PAIR, gone)
    if new:
        db.execute(sa.insert(possible), new)


def article_quiet(db: Connection, article_id: ArticleId) -> bool:
    """Tell whether an article came with a feed's first poll."""
    return bool(db.scalar(sa.select(articles.c.quiet).where(articles.c.id == article_id)))


_IDS: sa.BindParameter[int] = sa.bindparam("ids", expanding=True)
_ORPHANED = (
    sa.select(mentions.c.event_id)
    .where(mentions.c.article_id == sa.bindparam("article"), mentions.c.retired, mentions.c.event_id.is_not(None))
    .distinct()
)
_HOMES = sa.select(mentions.c.id, mentions.c.event_id).where(mentions.c.id.in_(_IDS))
_BORN = sa.select(events.c.id, events.c.first_published).where(events.c.id.in_(_IDS))
_FACTS = sa.select(events.c.id, raw(events.c.facts)).where(events.c.id.in_(_IDS))
_FACETS = sa.select(event_facets.c.field, event_facets.c.value, event_facets.c.label).where(
    event_facets.c.event_id == sa.bindparam("event")
)
_PAIRS = sa.select(possible.c.a_id, possible.c.b_id, possible.c.score).where(
    possible.c.a_id.in_(_IDS), possible.c.b_id.in_(_IDS)
)
_BECAUSE = (
    sa.update(mentions)
    .where(mentions.c.id == sa.bindparam("row"), mentions.c.reason != sa.bindparam("because"))
    .values(reason=sa.bindparam("because"))
)
_NO_PAIR = sa.delete(possible).where(possible.c.a_id == sa.bindparam("a"), possible.c.b_id == sa.bindparam("b"))
