"""An article's story holds the words it tells most, and its main news is found by when it was published: all articles are read again.

What is stored keeps its form, so until an article has been read again it is merged as it was.
"""

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make all articles that had been read due again."""
    op.execute("UPDATE work_items SET state = 'due', attempts = 0 WHERE step = 'extract' AND state = 'done'")
