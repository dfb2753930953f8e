"""What a WebSub hub was told: the last event that counts as told, and what came since."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from tracker.store.selecting import visible
from tracker.store.tables import event_topics, events, meta

__all__ = ["News", "mark", "news"]

_KEY = "announced"
_BEGIN = {
    "sqlite": sqlite.insert(meta).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(meta).on_conflict_do_nothing(),
}


@dataclass(frozen=True, slots=True)
class News:
    """New events up to ``last``: the topics whose feeds have them; '' stands for the feeds of everything.

    ``first``: nothing was ever marked; what is there already is no news then.
    """

    last: int
    topics: frozenset[str] = frozenset()
    first: bool = False


def news(db: Connection) -> News | None:
    """Give what came since the last `mark`, None where nothing came. Quiet and hidden events are no news."""
    told = db.scalar(sa.select(meta.c.value).where(meta.c.key == _KEY))
    last = db.scalar(sa.select(sa.func.max(events.c.id))) or 0
    if told is None:
        return News(last, first=True)
    if last == int(told):
        return None
    fresh = sa.and_(events.c.id > int(told), events.c.id <= last, ~events.c.quiet, visible())
    if db.scalar(sa.select(events.c.id).where(fresh).limit(1)) is None:
        return News(last)
    slugs = sa.select(event_topics.c.topic).join(events, events.c.id == event_topics.c.event_id).where(fresh)
    return News(last, frozenset({"", *db.scalars(slugs.distinct())}))


def mark(db: Connection, told: News) -> None:
    """Remember that news were told. Of several processes that mark the first ones, one does."""
    if told.first:
        db.execute(_BEGIN[db.dialect.name], {"key": _KEY, "value": str(told.last)})
        return
    db.execute(sa.update(meta).where(meta.c.key == _KEY).values(value=str(told.last)))
