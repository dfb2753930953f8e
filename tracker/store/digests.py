"""Reads of the digest: the articles of a time, with who and where was found in each of their sentences; the events of some days.

A digest works from articles, so that it needs no merging. The number of statements does not grow with the number of articles but for
one per `_CHUNK` of them; at most ``most`` articles are read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tracker.store.articles import row_to_article
from tracker.store.codec import decode, raw
from tracker.store.selecting import visible
from tracker.store.tables import articles, events, mentions
from tracker.types import Article, EventId, EventMention

__all__ = ["DigestArticle", "articles_since", "events_on"]

_CHUNK = 200  # articles in memory at a time; their texts may be long
_EVENTS_A_DAY = 20


@dataclass(frozen=True, slots=True)
class DigestArticle:
    """An article with the event mentions found in it. Copies of what another outlet wrote word for word are not given."""

    row_id: int
    article: Article
    mentions: tuple[EventMention, ...]


def articles_since(db: Connection, first: date | None, *, most: int) -> Iterator[DigestArticle]:
    """Give the articles published on a day or later, the nearest to it first, then those without a date of publication.

    What was published before a day can hardly look back on it. Without a day the latest come first. No more than ``most`` are read.
    """
    where: list[sa.ColumnElement[bool]] = [articles.c.copy_of.is_(None)]
    if first is not None:
        start = datetime.combine(first, time.min, tzinfo=UTC) - timedelta(
            days=1
        )  # wherever in the world that day began
        where.append(sa.or_(articles.c.published >= start, articles.c.published.is_(None)))
    near = articles.c.published.desc() if first is None else articles.c.published
    order = (articles.c.published.is_(None), near, articles.c.id)
    ids = db.scalars(sa.select(articles.c.id).where(*where).order_by(*order).limit(most)).all()
    for start_at in range(0, len(ids), _CHUNK):
        yield from _load(db, ids[start_at : start_at + _CHUNK])


def events_on(
    db: Connection, days: Sequence[date], article_rows: Collection[int]
) -> Mapping[date, tuple[EventId, ...]]:
    """Give the events that happened on exactly each of the days and that one of the articles reports, the most important first."""
    rows = db.execute(
        sa.select(events.c.earliest, events.c.id, events.c.importance, mentions.c.article_id)
        .join_from(events, mentions, mentions.c.event_id == events.c.id)
        .where(visible(), ~mentions.c.retired, events.c.earliest.in_(days), events.c.latest == events.c.earliest)
        .order_by(events.c.importance.desc(), events.c.id)
    )
    wanted = frozenset(article_rows)
    found: dict[date, dict[EventId, None]] = {}
    for row in rows:
        if row.article_id in wanted:
            found.setdefault(row.earliest, {})[EventId(row.id)] = None
    return {day: tuple(ids)[:_EVENTS_A_DAY] for day, ids in found.items()}


def _load(db: Connection, ids: Sequence[int]) -> Iterator[DigestArticle]:
    told: dict[int, list[EventMention]] = {}
    found = sa.select(mentions.c.article_id, raw(mentions.c.data)).where(
        mentions.c.article_id.in_(ids), ~mentions.c.retired
    )
    for row in db.execute(found.order_by(mentions.c.id)):
        told.setdefault(row.article_id, []).append(decode(EventMention, row.data))
    whole = {row["id"]: row for row in db.execute(sa.select(articles).where(articles.c.id.in_(ids))).mappings()}
    for row_id in ids:
        if row_id in whole:
            yield DigestArticle(row_id, row_to_article(whole[row_id]), tuple(told.get(row_id, ())))
