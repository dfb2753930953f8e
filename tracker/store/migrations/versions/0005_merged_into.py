"""Events that were merged away are found by the one they lead to without reading all events."""

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the index."""
    op.create_index("ix_events_merged_into", "events", ["merged_into"], unique=False)
