"""What a WebSub hub was told: the last event that counts as told, and what came since."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tracker.store.selecting import visible
from tracker.store.tables import event_topics, events, meta

__all__ = ["News", "mark", "news"]

_KEY = "announced"


@dataclass(frozen=True, slots=True)
class News:
    """New events up to ``last``: the topics whose feeds have them; '' stands for the feeds of everything."""

    last: int
    topics: frozenset[str]


def news(db: Connection) -> News | None:
    """Give what came since the last `mark`, None where nothing was ever marked. Quiet and hidden events are no news."""
    told = db.scalar(sa.select(meta.c.value).where(meta.c.key == _KEY))
    if told is None:
        return None
    last = db.scalar(sa.select(sa.func.max(events.c.id))) or 0
    fresh = sa.and_(events.c.id > int(told), events.c.id <= last, ~events.c.quiet, visible())
    if db.scalar(sa.select(events.c.id).where(fresh).limit(1)) is None:
        return News(last, frozenset())
    slugs = sa.select(event_topics.c.topic).join(events, events.c.id == event_topics.c.event_id).where(fresh)
    return News(last, frozenset({"", *db.scalars(slugs.distinct())}))


def mark(db: Connection, told: News | None) -> None:
    """Remember that news were told; None marks all there is."""
    if told is None:
        last = db.scalar(sa.select(sa.func.max(events.c.id))) or 0
        db.execute(sa.insert(meta).values(key=_KEY, value=str(last)))
        return
    db.execute(sa.update(meta).where(meta.c.key == _KEY, meta.c.value != str(told.last)).values(value=str(told.last)))
