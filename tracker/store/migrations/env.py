"""Runs migrations on the connection it is given; imports nothing of Kronik, so that old migrations stay true."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
