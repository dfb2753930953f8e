"""What is searched through is folded: without accents, Arabic vowel signs and hamza seats."""

import sqlalchemy as sa
from alembic import op

from tracker.store.folding import folded

revision = "0009"
down_revision = "0008"

_EVENTS = sa.table("events", sa.column("id", sa.Integer), sa.column("search", sa.Text))
_AT_ONCE = 2_000


def upgrade() -> None:
    """Fold the stored texts, a few thousand at a time."""
    db, last = op.get_bind(), 0
    chosen = sa.select(_EVENTS.c.id, _EVENTS.c.search).order_by(_EVENTS.c.id).limit(_AT_ONCE)
    write = sa.update(_EVENTS).where(_EVENTS.c.id == sa.bindparam("key")).values(search=sa.bindparam("text"))
    while rows := db.execute(chosen.where(_EVENTS.c.id > last)).all():
        changed = [{"key": i, "text": text} for i, old in rows if (text := folded(old)) != old]
        if changed:
            db.execute(write, changed)
        last = rows[-1].id
