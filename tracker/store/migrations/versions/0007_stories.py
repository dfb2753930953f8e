"""An article's story holds the opening words and names of its text. All articles are read again."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make all articles that had been read due again; what is stored for merging is written when they are."""
    for name in ("telling_keys", "possible", "tellings", "stories"):
        op.execute(sa.delete(sa.table(name)))
    op.execute("UPDATE work_items SET state = 'due', attempts = 0 WHERE step = 'extract' AND state = 'done'")
