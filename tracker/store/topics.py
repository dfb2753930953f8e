"""Topics: named queries. Which events belong to one is written when an event changes, and anew when a query changes."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tracker.store import changes
from tracker.store.tables import event_topics, topics
from tracker.types import EventId, Topic

__all__ = ["assign", "assign_event", "listed", "put", "remove"]


def listed(db: Connection) -> tuple[Topic, ...]:
    """List every topic by its title."""
    rows = db.execute(sa.select(topics).order_by(topics.c.title))
    return tuple(Topic(row.slug, row.title, row.query, row.description) for row in rows)


def put(db: Connection, topic: Topic) -> bool:
    """Add or change a topic; tell whether its events must be found anew."""
    known = db.scalar(sa.select(topics.c.query).where(topics.c.slug == topic.slug))
    values = {"title": topic.title, "query": topic.query, "description": topic.description, "change": changes.CURRENT}
    changes.begin(db)
    if known is None:
        db.execute(sa.insert(topics).values(slug=topic.slug, **values))
    else:
        db.execute(sa.update(topics).where(topics.c.slug == topic.slug).values(**values))
    return known != topic.query


def remove(db: Connection, slug: str) -> bool:
    """Remove a topic; its events stay. Tell whether it was there."""
    changes.begin(db)
    return db.execute(sa.delete(topics).where(topics.c.slug == slug)).rowcount > 0


def assign_event(db: Connection, event_id: EventId, slugs: Iterable[str]) -> None:
    """Say anew to which topics an event belongs, in the transaction that changed it."""
    db.execute(sa.delete(event_topics).where(event_topics.c.event_id == event_id))
    rows = [{"topic": slug, "event_id": event_id} for slug in slugs]
    if rows:
        db.execute(sa.insert(event_topics), rows)


def assign(db: Connection, slug: str, ids: Iterable[EventId]) -> None:
    """Say anew which events belong to a topic."""
    changes.begin(db)
    db.execute(sa.update(topics).where(topics.c.slug == slug).values(change=changes.CURRENT))
    db.execute(sa.delete(event_topics).where(event_topics.c.topic == slug))
    rows = [{"topic": slug, "event_id": i} for i in ids]
    if rows:
        db.execute(sa.insert(event_topics), rows)
