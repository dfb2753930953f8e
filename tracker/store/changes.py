"""Numbers of changes: each write to events or topics takes the next, so that who keeps counts reads only what is new.

The number's row is locked until the transaction ends, hence numbers become visible in their order on both databases.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tracker.store.tables import partitions

__all__ = ["CURRENT", "begin", "last"]

CURRENT = sa.select(partitions.c.changes).where(partitions.c.id == 0).scalar_subquery()
"""The number of the change a transaction has begun, as a value to write."""

_BEGIN = sa.update(partitions).where(partitions.c.id == 0).values(changes=partitions.c.changes + 1)


def begin(db: Connection) -> None:
    """Take the next number; what is written with `CURRENT` after this is seen as changed."""
    db.execute(_BEGIN)


def last(db: Connection) -> int:
    """Give the number of the last change."""
    return db.scalar(sa.select(CURRENT)) or 0
