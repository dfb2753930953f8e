"""What merging compares is stored short, once an article has been read; keys are numbers. All articles are read again."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables; an article's rows are written when it is read, which is due now for all that had been."""
    op.drop_table("mention_keys")
    op.create_table(
        "stories",
        sa.Column("article_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_stories_article_id"),
        sa.PrimaryKeyConstraint("article_id", name="pk_stories"),
    )
    op.create_table(
        "tellings",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["mentions.id"], name="fk_tellings_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_tellings_article_id"),
        sa.PrimaryKeyConstraint("id", name="pk_tellings"),
    )
    op.create_index("ix_tellings_article_id", "tellings", ["article_id"], unique=False)
    op.create_table(
        "telling_keys",
        sa.Column("key", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("telling_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["telling_id"], ["tellings.id"], name="fk_telling_keys_telling_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", "telling_id", name="pk_telling_keys"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_telling_keys_telling_id", "telling_keys", ["telling_id"], unique=False)
    op.execute("UPDATE work_items SET state = 'due', attempts = 0 WHERE step = 'extract' AND state = 'done'")
