"""What polls of a feed came to, counted; and the hash of the document read last, so that the same one is not read twice."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the columns; what was polled before is not counted."""
    with op.batch_alter_table("feeds") as feeds:
        feeds.add_column(sa.Column("body_hash", sa.String(64), server_default="", nullable=False))
        feeds.add_column(sa.Column("polls", sa.Integer(), server_default="0", nullable=False))
        feeds.add_column(sa.Column("unchanged", sa.Integer(), server_default="0", nullable=False))
        feeds.add_column(sa.Column("failed", sa.Integer(), server_default="0", nullable=False))
        feeds.add_column(sa.Column("bytes_read", sa.BigInteger(), server_default="0", nullable=False))
