"""How the polled feeds fare, for the page of sources: a page of rows at a time, without their secrets."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tracker.links import masked
from tracker.rows import FeedHealth, FeedListing
from tracker.store.feeds import span
from tracker.store.tables import feeds

__all__ = ["listed"]

_TROUBLE = sa.or_(feeds.c.error != "", feeds.c.complaint != "", feeds.c.state != "active")


def listed(db: Connection, *, sick: bool, first: int, size: int) -> FeedListing:
    """List feeds by name from the ``first``-th on, all or those in trouble, with what is wrong in one line."""
    chosen = sa.select(feeds).order_by(sa.func.lower(feeds.c.name), feeds.c.url).offset(first).limit(size)
    rows = db.execute(chosen.where(_TROUBLE) if sick else chosen)
    n = sa.select(sa.func.count()).select_from(feeds)
    return FeedListing(tuple(_health(row) for row in rows), db.scalar(n) or 0, db.scalar(n.where(_TROUBLE)) or 0)


def _health(row: Any) -> FeedHealth:  # Any: a row of feeds
    return FeedHealth(
        title=masked(row.name or row.outlet or row.url), url=masked(row.url), language=row.language, articles=row.entries_seen,
        checked=row.last_ok, next_check=row.not_before if row.state == "active" else None,
        problem=row.error or row.complaint or ("" if row.state == "active" else row.state), succeeded=row.last_ok,
        why=_every(row.wait_s, row.wait_why) if row.state == "active" else "", failures=row.attempts,
    )  # fmt: skip


def _every(wait_s: int | None, why: str) -> str:
    return ": ".join(filter(None, (f"every {span(wait_s)}" if wait_s else "", why)))
