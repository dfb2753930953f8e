"""Writes are numbered, so that who keeps counts reads only what changed since; an event knows its number of reports."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the columns; reports are counted once for the events there are."""
    op.add_column("partitions", sa.Column("changes", sa.Integer(), server_default="0", nullable=False))
    op.add_column("topics", sa.Column("change", sa.Integer(), server_default="0", nullable=False))
    op.add_column("events", sa.Column("change", sa.Integer(), server_default="0", nullable=False))
    op.add_column("events", sa.Column("reports", sa.Integer(), server_default="0", nullable=False))
    op.execute(
        "UPDATE events SET reports = (SELECT count(DISTINCT article_id) FROM mentions"
        " WHERE mentions.event_id = events.id AND NOT mentions.retired)"
    )
    op.create_index("ix_events_change", "events", ["change"], unique=False)
