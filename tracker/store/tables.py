"""The tables. Rows are work items, facts or evidence; what is sorted or filtered by has a column, the rest is JSON.

Times are UTC. An event's order uses ``earliest``/``latest`` only, never the EDTF text.
Columns shared by everything that is claimed (feeds and work items): state, not_before, lease_until, lease_by, attempts,
error (ADR 0003).
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator

__all__ = [
    "articles", "entries", "event_facets", "event_topics", "events", "feeds", "mentions", "meta", "metadata",
    "partitions", "possible", "revisions", "stories", "telling_keys", "tellings", "topics", "work_items",
]  # fmt: skip


class Utc(TypeDecorator[datetime]):
    """An aware datetime, kept as UTC on both databases (SQLite has no zones)."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:  # Any: SQLAlchemy's own
        """Refuse naive values: they would shift silently."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a naive time cannot be stored: {value}")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:  # Any: as above
        """Give the value back aware."""
        del dialect
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.Integer, primary_key=True)


def _claimable() -> tuple[sa.Column[Any], ...]:  # Any: columns of several types
    return (
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("not_before", Utc, nullable=False),
        sa.Column("lease_until", Utc),
        sa.Column("lease_by", sa.String(120)),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("error", sa.Text, nullable=False, server_default=""),
    )


meta = sa.Table(
    "meta", metadata, sa.Column("key", sa.String(40), primary_key=True), sa.Column("value", sa.Text, nullable=False)
)

feeds = sa.Table(
    "feeds",
    metadata,
    _id(),
    sa.Column("url", sa.String(2000), nullable=False, unique=True),
    sa.Column("original_url", sa.String(2000), nullable=False, index=True),
    sa.Column("name", sa.Text, nullable=False, server_default=""),
    sa.Column("outlet", sa.Text, nullable=False, server_default=""),
    sa.Column("language", sa.String(12), nullable=False, server_default=""),
    sa.Column("zone", sa.String(64), nullable=False, server_default=""),
    sa.Column("country", sa.String(2), nullable=False, server_default=""),
    sa.Column("full_text", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("interval_s", sa.Integer),
    sa.Column("tags", sa.Text, nullable=False, server_default=""),
    sa.Column("etag", sa.Text, nullable=False, server_default=""),
    sa.Column("last_modified", sa.Text, nullable=False, server_default=""),
    sa.Column("validators_url", sa.Text, nullable=False, server_default=""),
    sa.Column("ttl_s", sa.Integer),
    *_claimable(),
    sa.Column("subscribed_at", Utc, nullable=False),
    sa.Column("last_try", Utc),
    sa.Column("last_ok", Utc),
    sa.Column("last_new", Utc),
    sa.Column("complaint", sa.Text, nullable=False, server_default=""),
    sa.Column("entries_seen", sa.Integer, nullable=False, server_default="0"),
    sa.Column("wait_s", sa.Integer),
    sa.Column("wait_why", sa.Text, nullable=False, server_default=""),
    sa.Column("rhythm_s", sa.Integer),
    sa.Column("skips", sa.Text, nullable=False, server_default=""),
    sa.Column("patience_until", Utc),
    sa.Column("news_a_day", sa.Float, nullable=False, server_default="0"),
    sa.Column("lead_h", sa.Integer),
    sa.Column("lead_seen", sa.Integer, nullable=False, server_default="0"),
    sa.Column("body_hash", sa.String(64), nullable=False, server_default=""),
    sa.Column("polls", sa.Integer, nullable=False, server_default="0"),
    sa.Column("unchanged", sa.Integer, nullable=False, server_default="0"),
    sa.Column("failed", sa.Integer, nullable=False, server_default="0"),
    sa.Column("bytes_read", sa.BigInteger, nullable=False, server_default="0"),
    sa.Index("ix_feeds_due", "state", "not_before"),
    sqlite_autoincrement=True,
)

articles = sa.Table(
    "articles",
    metadata,
    _id(),
    sa.Column("public_id", sa.String(500), nullable=False, unique=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("language", sa.String(12), nullable=False),
    sa.Column("published", Utc),
    sa.Column("offset_min", sa.Integer, nullable=False, server_default="0"),
    sa.Column("has_time", sa.Boolean, nullable=False, server_default=sa.true()),
    sa.Column("url", sa.Text, nullable=False, server_default=""),
    sa.Column("canonical_url", sa.Text, nullable=False, server_default="", index=True),
    sa.Column("outlet", sa.Text, nullable=False, server_default=""),
    sa.Column("fingerprint", sa.String(64), nullable=False, server_default="", index=True),
    sa.Column("copy_of", sa.ForeignKey("articles.id")),
    sa.Column("quiet", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("revision", sa.Integer, nullable=False, server_default="1"),
    sa.Column("first_seen", Utc, nullable=False),
    sa.Column("decisions", sa.JSON),
    sqlite_autoincrement=True,
)

entries = sa.Table(
    "entries",
    metadata,
    _id(),
    sa.Column("feed_id", sa.ForeignKey("feeds.id", ondelete="CASCADE"), nullable=False),
    sa.Column("key", sa.String(1000), nullable=False),
    sa.Column("link", sa.Text, nullable=False, server_default=""),
    sa.Column("title", sa.Text, nullable=False, server_default=""),
    sa.Column("published", Utc),
    sa.Column("published_raw", sa.Text, nullable=False, server_default=""),
    sa.Column("content_hash", sa.String(64), nullable=False),
    sa.Column("first_seen", Utc, nullable=False),
    sa.Column("article_id", sa.ForeignKey("articles.id"), nullable=False, index=True),
    sa.UniqueConstraint("feed_id", "key"),
    sqlite_autoincrement=True,
)

events = sa.Table(
    "events",
    metadata,
    _id(),
    sa.Column("edtf", sa.String(80)),
    sa.Column("earliest", sa.Date),
    sa.Column("latest", sa.Date),
    sa.Column("precision", sa.String(10), nullable=False),
    sa.Column("status", sa.String(10), nullable=False),
    sa.Column("type", sa.String(40), nullable=False),
    sa.Column("importance", sa.Float, nullable=False),
    sa.Column("outlets", sa.Integer, nullable=False),
    sa.Column("disputed", sa.Boolean, nullable=False),
    sa.Column("facts", sa.JSON, nullable=False),
    sa.Column("search", sa.Text, nullable=False),
    sa.Column("first_published", Utc, nullable=False),
    sa.Column("updated", Utc, nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("merged_into", sa.ForeignKey("events.id"), index=True),
    sa.Column("hidden", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("quiet", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("change", sa.Integer, nullable=False, server_default="0", index=True),
    sa.Column("reports", sa.Integer, nullable=False, server_default="0"),
    sa.Index("ix_events_order", "latest", "earliest", "id"),
    sa.Index("ix_events_first_published", "first_published"),
    sa.Index("ix_events_updated", "updated"),
    sqlite_autoincrement=True,
)

mentions = sa.Table(
    "mentions",
    metadata,
    _id(),
    sa.Column("article_id", sa.ForeignKey("articles.id"), nullable=False, index=True),
    sa.Column("event_id", sa.ForeignKey("events.id"), index=True),
    sa.Column("data", sa.JSON, nullable=False),
    sa.Column("retired", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("reason", sa.Text, nullable=False, server_default=""),
    sqlite_autoincrement=True,
)

stories = sa.Table(
    "stories",
    metadata,
    sa.Column("article_id", sa.ForeignKey("articles.id"), primary_key=True, autoincrement=False),
    sa.Column("data", sa.JSON, nullable=False),
)

tellings = sa.Table(
    "tellings",
    metadata,
    sa.Column("id", sa.ForeignKey("mentions.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    sa.Column("article_id", sa.ForeignKey("articles.id"), nullable=False, index=True),
    sa.Column("data", sa.JSON, nullable=False),
)

telling_keys = sa.Table(
    "telling_keys",
    metadata,
    sa.Column("key", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("telling_id", sa.ForeignKey("tellings.id", ondelete="CASCADE"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)

possible = sa.Table(
    "possible",
    metadata,
    sa.Column("a_id", sa.ForeignKey("mentions.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("b_id", sa.ForeignKey("mentions.id", ondelete="CASCADE"), primary_key=True, index=True),
    sa.Column("score", sa.Float, nullable=False),
)

event_facets = sa.Table(
    "event_facets",
    metadata,
    sa.Column("event_id", sa.ForeignKey("events.id"), primary_key=True),
    sa.Column("field", sa.String(10), primary_key=True),
    sa.Column("value", sa.String(300), primary_key=True),
    sa.Column("label", sa.Text, nullable=False, server_default=""),
    sa.Index("ix_event_facets_value", "field", "value", "event_id"),
)

revisions = sa.Table(
    "revisions",
    metadata,
    _id(),
    sa.Column("event_id", sa.ForeignKey("events.id"), nullable=False, index=True),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("kind", sa.String(10), nullable=False),
    sa.Column("old", sa.Text, nullable=False, server_default=""),
    sa.Column("new", sa.Text, nullable=False, server_default=""),
    sa.Column("cause", sa.Text, nullable=False, server_default=""),
    sa.Column("changed", Utc, nullable=False),
    sqlite_autoincrement=True,
)

topics = sa.Table(
    "topics",
    metadata,
    sa.Column("slug", sa.String(80), primary_key=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("query", sa.Text, nullable=False),
    sa.Column("description", sa.Text, nullable=False, server_default=""),
    sa.Column("change", sa.Integer, nullable=False, server_default="0"),
)

event_topics = sa.Table(
    "event_topics",
    metadata,
    sa.Column("topic", sa.ForeignKey("topics.slug", ondelete="CASCADE"), primary_key=True),
    sa.Column("event_id", sa.ForeignKey("events.id"), primary_key=True, index=True),
)

work_items = sa.Table(
    "work_items",
    metadata,
    _id(),
    sa.Column("step", sa.String(20), nullable=False),
    sa.Column("article_id", sa.ForeignKey("articles.id"), nullable=False),
    *_claimable(),
    sa.UniqueConstraint("step", "article_id"),
    sa.Index("ix_work_items_due", "step", "state", "not_before"),
    sqlite_autoincrement=True,
)

partitions = sa.Table(
    "partitions",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column(
        "changes", sa.Integer, nullable=False, server_default="0"
    ),  # the number of the last change, see changes.py
)
