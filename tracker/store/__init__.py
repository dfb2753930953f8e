"""What Kronik remembers: one implementation, two databases. The only package with SQL.

`Store` opens a database; the modules beside it are plain functions on a connection, one module a subject. A stage never
sees any of it: the pipeline loads values, computes, and hands back values to write.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from tracker.errors import StoreError
from tracker.store import articles, feeds, merging, polls, topics, work
from tracker.store import engine as engines
from tracker.store.articles import Incoming
from tracker.store.feeds import FeedRow
from tracker.store.index import Index
from tracker.store.indexed import IndexedQueries
from tracker.store.polls import Failed, Held, Polled, Received, Sighted
from tracker.store.queries import Queries
from tracker.store.tables import meta, partitions
from tracker.store.work import Claim, Retry

__all__ = [
    "Claim",
    "Failed",
    "FeedRow",
    "Held",
    "Incoming",
    "IndexedQueries",
    "Polled",
    "Queries",
    "Received",
    "Retry",
    "Sighted",
    "Store",
    "articles",
    "feeds",
    "merging",
    "polls",
    "topics",
    "work",
]


@dataclass(frozen=True, slots=True)
class Store:
    """A database of Kronik's. Safe to share between threads."""

    engine: Engine

    @classmethod
    def open(cls, url: str) -> Store:
        """Open a database by URL; nothing is read or written yet. Raises: StoreError."""
        return cls(engines.open_engine(url))

    @property
    def embedded(self) -> bool:
        """Tell whether it is a SQLite file, which any command may create and migrate."""
        return self.engine.dialect.name == "sqlite"

    @property
    def queries(self) -> Queries:
        """The reads of pages and exports, each asked of the database."""
        return Queries(self.engine)

    def indexed(self, built: Callable[[], object] = int) -> IndexedQueries:
        """Give the reads for a process that serves pages: with an index in memory, built by the first read.

        ``built`` is called once, when it is there.
        """
        return IndexedQueries(self.engine, Index(built=built))

    def migrate(self, *, now: datetime, authority: str) -> None:
        """Bring the schema to this version. Fixes, once, the authority and year of the tag URIs of all feeds."""
        engines.migrate(self.engine)
        with self.write() as db:
            known = set(db.scalars(sa.select(meta.c.key)))
            fresh = {"tag": f"tag:{authority},{now.year}:", "instance": secrets.token_hex(8)}
            rows = [{"key": key, "value": value} for key, value in fresh.items() if key not in known]
            if rows:
                db.execute(sa.insert(meta), rows)
            if db.scalar(sa.select(partitions.c.id).where(partitions.c.id == 0)) is None:
                db.execute(sa.insert(partitions).values(id=0))

    def check(self) -> None:
        """Raises: StoreError naming what to do, when the schema is not this version's."""
        has, needs = engines.version(self.engine)
        if has != needs:
            place = self.engine.url.render_as_string(hide_password=True)
            state = "is empty" if has is None else f"has schema {has}, this version needs {needs}"
            raise StoreError(f"{state}; run: python -m tracker migrate", subject=place)

    def tag(self) -> str:
        """Give the beginning of every tag URI: ``tag:<authority>,<year>:``."""
        with self.read() as db:
            return str(db.scalar(sa.select(meta.c.value).where(meta.c.key == "tag")))

    def read(self) -> AbstractContextManager[Connection]:
        """One read transaction."""
        return engines.read(self.engine)

    def write(self) -> AbstractContextManager[Connection]:
        """One write transaction: all of it or nothing."""
        return engines.write(self.engine)

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()
