"""An article's story holds the opening words and names of its text. What is stored is rewritten, and all articles are read again.

Until an article has been read again its tellings and its story say what they said, in the new form: merging that goes on
meanwhile sees every event whole, so that none gives its address away.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_BATCH = 5_000
_TELLINGS = sa.table("tellings", sa.column("id", sa.Integer), sa.column("data", sa.JSON))
_STORIES = sa.table("stories", sa.column("article_id", sa.Integer), sa.column("data", sa.JSON))


def upgrade() -> None:
    """Rewrite both tables in batches, and make all articles that had been read due again."""
    _rewrite(_TELLINGS, _TELLINGS.c.id, _telling)
    _rewrite(_STORIES, _STORIES.c.article_id, _story)
    op.execute("UPDATE work_items SET state = 'due', attempts = 0 WHERE step = 'extract' AND state = 'done'")


def _rewrite(table: sa.TableClause, key: sa.ColumnClause[int], new: Callable[[Any], Any]) -> None:  # Any: JSON
    db, last = op.get_bind(), -1
    changed = sa.update(table).where(key == sa.bindparam("of")).values(data=sa.bindparam("new"))
    while batch := db.execute(sa.select(key, table.c.data).where(key > last).order_by(key).limit(_BATCH)).all():
        db.execute(changed, [{"of": of, "new": new(data)} for of, data in batch])
        last = batch[-1][0]


def _telling(old: list[Any]) -> list[Any]:  # Any: JSON
    """Say in the new places what the old list says: no day of a dateline, telling counts only, no marks."""
    head, (quantities, *middle), tail = old[:17], old[17:23], old[23:]
    counts = sorted({value for value, _ in quantities})
    return [*head[:10], 0, *head[10:], quantities, counts, *middle, [], *tail]


def _story(old: list[Any]) -> list[Any]:  # Any: JSON
    items, _, language = old
    return [items, {}, {}, language]
