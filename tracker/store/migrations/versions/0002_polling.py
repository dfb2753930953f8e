"""What polls remember of a feed: its rhythm, hours of peace, a server's wish for patience, usual news, its wrong zone."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the columns; feeds polled before learn their values with their next polls."""
    with op.batch_alter_table("feeds") as feeds:
        feeds.add_column(sa.Column("rhythm_s", sa.Integer(), nullable=True))
        feeds.add_column(sa.Column("skips", sa.Text(), server_default="", nullable=False))
        feeds.add_column(sa.Column("patience_until", sa.DateTime(timezone=True), nullable=True))
        feeds.add_column(sa.Column("news_a_day", sa.Float(), server_default="0", nullable=False))
        feeds.add_column(sa.Column("lead_h", sa.Integer(), nullable=True))
        feeds.add_column(sa.Column("lead_seen", sa.Integer(), server_default="0", nullable=False))
    op.create_index("ix_feeds_original_url", "feeds", ["original_url"], unique=False)
