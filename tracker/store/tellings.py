"""What merging compares, stored short: an article's story, its tellings, and the keys under which these are found.

A key's text is not kept but a 64-bit hash of it: rows of two numbers keep the index of a large store small. Two texts that
share a hash bring a telling to be compared that has nothing to do with the other, no more.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tracker.rows import Prepared, Telling
from tracker.store.tables import mentions, possible, stories, telling_keys, tellings
from tracker.types import ArticleId, EventId, MentionId

__all__ = ["TellingShelf", "key_hash", "write"]


def write(db: Connection, article_id: ArticleId, prepared: Prepared) -> None:
    """Store what was worked out of an article in place of what was before."""
    old = sa.select(tellings.c.id).where(tellings.c.article_id == article_id)
    db.execute(sa.delete(telling_keys).where(telling_keys.c.telling_id.in_(old)))
    for end in (possible.c.a_id, possible.c.b_id):
        db.execute(sa.delete(possible).where(end.in_(old)))
    db.execute(sa.delete(tellings).where(tellings.c.article_id == article_id))
    db.execute(sa.delete(stories).where(stories.c.article_id == article_id))
    if not prepared.tellings:
        return
    db.execute(sa.insert(stories).values(article_id=article_id, data=prepared.story))
    db.execute(sa.insert(tellings), [{"id": i, "article_id": article_id, "data": d} for i, d, _ in prepared.tellings])
    db.execute(sa.insert(telling_keys), list(key_rows(prepared)))


def key_rows(prepared: Prepared) -> Iterable[dict[str, int]]:
    """Give the rows of ``telling_keys`` of an article."""
    for telling, _, keys in prepared.tellings:
        for number in sorted({key_hash(key) for key in keys}):
            yield {"key": number, "telling_id": telling}


def key_hash(key: str) -> int:
    """Give the signed 64-bit number a key is stored as."""
    return int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big", signed=True)


class TellingShelf:
    """Answers what merging asks (tracker.events.Shelf) within one transaction."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def under(self, keys: Collection[str], most: int) -> Mapping[str, Sequence[MentionId]]:
        """Give the tellings under each key, the last stored first: ``most`` index entries a key are read, however many there are."""
        texts = {key_hash(key): key for key in keys}
        found: dict[str, list[MentionId]] = {}
        if not texts:
            return found
        statement = _UNDER[self._db.dialect.name]
        for row in self._db.execute(statement, {"keys": json.dumps(sorted(texts)), "last": most - 1}):
            found.setdefault(texts[row.key], []).append(MentionId(row.telling_id))
        for ids in found.values():
            ids.sort(reverse=True)
        return found

    def events_of(self, ids: Collection[MentionId]) -> Mapping[MentionId, EventId]:
        """Tell which event each living mention belongs to; those that belong to none are left out."""
        if not ids:
            return {}
        return {MentionId(row.id): EventId(row.event_id) for row in self._db.execute(_HOMES, {"ids": list(ids)})}

    def tellings(self, ids: Collection[MentionId]) -> Sequence[Telling]:
        """Load tellings, those whose mentions are retired left out."""
        if not ids:
            return []
        rows = self._db.execute(_TELLINGS, {"ids": list(ids)})
        return [Telling(MentionId(i), ArticleId(article), data) for i, article, data in rows]

    def members(self, events: Collection[EventId]) -> Mapping[EventId, Mapping[MentionId, bool]]:
        """Name the living mentions of events, and tell which name a telling."""
        told: dict[EventId, dict[MentionId, bool]] = {}
        if not events:
            return told
        for row in self._db.execute(_MEMBERS, {"ids": list(events)}):
            told.setdefault(EventId(row.event_id), {})[MentionId(row.id)] = row.telling is not None
        return told

    def linked(self, events: Collection[EventId], least: float) -> Sequence[EventId]:
        """Name the events that a possible pair of at least this score links to these, the most alike first."""
        if not events:
            return ()
        scores: dict[EventId, float] = {}
        for row in self._db.execute(_LINKED, {"ids": list(events), "least": least}):
            scores[EventId(row.event_id)] = max(scores.get(EventId(row.event_id), 0.0), row.score)
        return sorted(scores.keys() - set(events), key=lambda event: (-scores[event], event))

    def stories(self, articles: Collection[ArticleId]) -> Mapping[ArticleId, str]:
        """Load articles' stories, as the text of their JSON."""
        if not articles:
            return {}
        return {ArticleId(row.article_id): row.data for row in self._db.execute(_STORIES, {"ids": list(articles)})}


_IDS: sa.BindParameter[int] = sa.bindparam("ids", expanding=True)
_HOMES = sa.select(mentions.c.id, mentions.c.event_id).where(
    mentions.c.id.in_(_IDS), mentions.c.event_id.is_not(None), ~mentions.c.retired
)
_TELLINGS = (
    sa.select(tellings.c.id, tellings.c.article_id, sa.cast(tellings.c.data, sa.Text))
    .join_from(tellings, mentions, tellings.c.id == mentions.c.id)
    .where(tellings.c.id.in_(_IDS), ~mentions.c.retired)
)
_MEMBERS = (
    sa.select(mentions.c.event_id, mentions.c.id, tellings.c.id.label("telling"))
    .join_from(mentions, tellings, tellings.c.id == mentions.c.id, isouter=True)
    .where(mentions.c.event_id.in_(_IDS), ~mentions.c.retired)
    .order_by(mentions.c.id)
)
_STORIES = sa.select(stories.c.article_id, sa.cast(stories.c.data, sa.Text).label("data")).where(
    stories.c.article_id.in_(_IDS)
)
_NEAR, _FAR = mentions.alias(), mentions.alias()


def _links(near: sa.Column[Any], far: sa.Column[Any]) -> sa.Select[tuple[int, float]]:
    return (
        sa.select(_FAR.c.event_id, possible.c.score)
        .join_from(_NEAR, possible, near == _NEAR.c.id)
        .join(_FAR, far == _FAR.c.id)
        .where(_NEAR.c.event_id.in_(_IDS), possible.c.score >= sa.bindparam("least"))
        .where(_FAR.c.event_id.is_not(None), ~_FAR.c.retired)
    )


_LINKED = sa.union_all(_links(possible.c.a_id, possible.c.b_id), _links(possible.c.b_id, possible.c.a_id))
# The inner query finds where the last few entries of a key begin, so that a key of half a million tellings costs no more
# than one of forty. JSON carries the keys: one parameter, one plan, on both databases.
_FROM_KEYS = (
    "SELECT k.value AS key, t.telling_id FROM {} k JOIN telling_keys t ON t.key = k.value AND t.telling_id >= "
    "COALESCE((SELECT o.telling_id FROM telling_keys o WHERE o.key = k.value "
    "ORDER BY o.telling_id DESC LIMIT 1 OFFSET :last), 0)"
)
_UNDER = {
    "sqlite": sa.text(_FROM_KEYS.format("json_each(:keys)")),
    "postgresql": sa.text(
        _FROM_KEYS.format("(SELECT CAST(value AS bigint) AS value FROM json_array_elements_text(CAST(:keys AS json)))")
    ),
}
