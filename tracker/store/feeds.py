"""Feeds: what we know of them, and what a poll brought. A feed's row is the work item of its polls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from tracker.errors import LeaseLost
from tracker.store import articles as article_rows
from tracker.store.articles import Incoming
from tracker.store.tables import entries, feeds
from tracker.store.work import ACTIVE, Claim
from tracker.types import ArticleId, Entry, FeedFacts, FeedId, Validators

__all__ = [
    "FeedRow",
    "Polled",
    "Received",
    "add",
    "failed",
    "listed",
    "load",
    "polled",
    "remove",
    "set_state",
]


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A feed with the state of its polls."""

    id: FeedId
    facts: FeedFacts
    original_url: str
    validators: Validators
    ttl_s: int | None
    state: str
    next_check: datetime
    failures: int
    error: str
    complaint: str
    subscribed_at: datetime
    last_try: datetime | None
    last_ok: datetime | None
    last_new: datetime | None
    entries_seen: int
    wait_s: int | None
    wait_why: str


@dataclass(frozen=True, slots=True)
class Received:
    """One entry of a poll with the article made of it and the hash by which a later change is noticed."""

    entry: Entry
    content_hash: str
    incoming: Incoming


@dataclass(frozen=True, slots=True)
class Polled:
    """What a successful poll changes on the feed's row; ``received`` is empty after a 304."""

    now: datetime
    next_check: datetime
    wait_s: int
    wait_why: str
    validators: Validators | None = None
    received: tuple[Received, ...] = ()
    url: str | None = None
    name: str = ""
    ttl_s: int | None = None
    complaint: str = ""


def add(db: Connection, facts: FeedFacts, *, now: datetime) -> tuple[FeedId, bool]:
    """Add a feed, due at once; tell whether it is new. A known one takes over the facts given."""
    known = db.scalar(sa.select(feeds.c.id).where(sa.or_(feeds.c.url == facts.url, feeds.c.original_url == facts.url)))
    values = {
        "name": facts.name, "outlet": facts.outlet, "language": facts.language, "zone": facts.zone,
        "country": facts.country, "full_text": facts.full_text, "interval_s": facts.interval_s, "tags": "\n".join(facts.tags),
    }  # fmt: skip
    if known is not None:
        db.execute(sa.update(feeds).where(feeds.c.id == known).values(**values))
        return FeedId(known), False
    new = db.execute(
        sa.insert(feeds)
        .values(
            url=facts.url, original_url=facts.url, state=ACTIVE, not_before=now, subscribed_at=now, **values,
        )
        .returning(feeds.c.id)
    ).scalar_one()  # fmt: skip
    return FeedId(new), True


def remove(db: Connection, url: str) -> bool:
    """Forget a feed and its entries; its articles and their events stay. Tell whether it was there."""
    known = sa.or_(feeds.c.url == url, feeds.c.original_url == url)
    return db.execute(sa.delete(feeds).where(known)).rowcount > 0


def set_state(db: Connection, url: str, state: str, *, now: datetime) -> bool:
    """Pause a feed or take it up again ('active' makes it due now)."""
    changed = db.execute(
        sa.update(feeds)
        .where(sa.or_(feeds.c.url == url, feeds.c.original_url == url))
        .values(state=state, not_before=now, attempts=0)
    )
    return changed.rowcount > 0


def load(db: Connection, feed_id: int) -> FeedRow:
    """Load one feed."""
    return _row(db.execute(sa.select(feeds).where(feeds.c.id == feed_id)).mappings().one())


def listed(db: Connection) -> tuple[FeedRow, ...]:
    """List every feed by name and address."""
    rows = db.execute(sa.select(feeds).order_by(sa.func.lower(feeds.c.name), feeds.c.url)).mappings()
    return tuple(_row(row) for row in rows)


def make_due(db: Connection, urls: Sequence[str], *, now: datetime) -> None:
    """Make feeds due now; all of them when no address is given."""
    chosen = sa.or_(feeds.c.url.in_(urls), feeds.c.original_url.in_(urls)) if urls else sa.true()
    db.execute(sa.update(feeds).where(feeds.c.state == ACTIVE, chosen).values(not_before=now))


def polled(db: Connection, claim: Claim, outcome: Polled) -> int:
    """Record a successful poll and take in its entries, in the caller's one transaction; give the number of new ones.

    Raises: LeaseLost when another worker holds the feed.
    """
    first_poll = db.scalar(sa.select(feeds.c.last_ok).where(feeds.c.id == claim.id)) is None
    new = sum(_receive(db, claim.id, item, now=outcome.now, quiet=first_poll) for item in outcome.received)
    values: dict[str, object] = {
        "last_try": outcome.now, "last_ok": outcome.now, "attempts": 0, "error": "", "complaint": outcome.complaint,
        "not_before": outcome.next_check, "wait_s": outcome.wait_s, "wait_why": outcome.wait_why,
        "entries_seen": feeds.c.entries_seen + new,
    }  # fmt: skip
    if new:
        values["last_new"] = outcome.now
    if outcome.validators:
        values |= {
            "validators_url": outcome.validators.url, "etag": outcome.validators.etag,
            "last_modified": outcome.validators.last_modified,
        }  # fmt: skip
    if outcome.ttl_s is not None:
        values["ttl_s"] = outcome.ttl_s
    if outcome.url and db.scalar(sa.select(feeds.c.id).where(feeds.c.url == outcome.url)) is None:
        values["url"] = outcome.url
    if outcome.name:
        values["name"] = sa.case((feeds.c.name == "", outcome.name), else_=feeds.c.name)
    _end(db, claim, values)
    return new


def failed(
    db: Connection, claim: Claim, error: str, *, now: datetime, next_check: datetime, state: str = ACTIVE, why: str = ""
) -> None:
    """Record a failed poll: the reason in words and the next try. Entries, validators and address stay as they were."""
    _end(
        db, claim,
        {"last_try": now, "attempts": feeds.c.attempts + 1, "error": error[:2000], "not_before": next_check,
         "state": state, "wait_s": int((next_check - now).total_seconds()), "wait_why": why},
    )  # fmt: skip


def _end(db: Connection, claim: Claim, values: dict[str, object]) -> None:
    ended = db.execute(
        sa.update(feeds)
        .where(feeds.c.id == claim.id, feeds.c.lease_by == claim.worker)
        .values(lease_until=None, lease_by=None, **values)
    )
    if ended.rowcount != 1:
        raise LeaseLost("the lease ended before the poll did", subject=f"feed {claim.id}")


def _receive(db: Connection, feed_id: int, item: Received, *, now: datetime, quiet: bool) -> int:
    """Take in one entry; 1 when it is new to the feed."""
    key = article_rows.bounded(item.entry.key)
    known = db.execute(
        sa.select(entries.c.id, entries.c.content_hash, entries.c.article_id).where(
            entries.c.feed_id == feed_id, entries.c.key == key
        )
    ).first()
    incoming = replace(item.incoming, quiet=quiet)
    if known is not None:
        if known.content_hash != item.content_hash:
            _change(db, ArticleId(known.article_id), item.entry, incoming, now=now)
            db.execute(sa.update(entries).where(entries.c.id == known.id).values(content_hash=item.content_hash))
        return 0
    elsewhere = article_rows.by_link(db, incoming.canonical_url)
    article_id = elsewhere or article_rows.accept(db, incoming, now=now).id
    db.execute(
        sa.insert(entries).values(
            feed_id=feed_id, key=key, link=item.entry.link, title=item.entry.title,
            published=item.entry.published, published_raw=item.entry.published_raw, content_hash=item.content_hash,
            first_seen=now, article_id=article_id,
        )
    )  # fmt: skip
    return 1


def _change(db: Connection, article_id: ArticleId, entry: Entry, incoming: Incoming, *, now: datetime) -> None:
    """Take over an entry's new text. An article another feed brought first changes with that feed alone.

    Where the entry has no date of its own, its article keeps the one it got when it was first seen.
    """
    stored = article_rows.load(db, article_id)
    if stored.id != incoming.article.id:
        return
    if entry.published is None:
        incoming = replace(incoming, article=replace(incoming.article, published=stored.published))
    article_rows.accept(db, incoming, now=now)


def _row(row: RowMapping) -> FeedRow:
    facts = FeedFacts(
        url=row["url"], name=row["name"], outlet=row["outlet"], language=row["language"], zone=row["zone"],
        country=row["country"], full_text=row["full_text"], interval_s=row["interval_s"],
        tags=tuple(row["tags"].split("\n")) if row["tags"] else (),
    )  # fmt: skip
    return FeedRow(
        id=FeedId(row["id"]),
        facts=facts,
        original_url=row["original_url"],
        validators=Validators(row["validators_url"], row["etag"], row["last_modified"]),
        ttl_s=row["ttl_s"],
        state=row["state"],
        next_check=row["not_before"],
        failures=row["attempts"],
        error=row["error"],
        complaint=row["complaint"],
        subscribed_at=row["subscribed_at"],
        last_try=row["last_try"],
        last_ok=row["last_ok"],
        last_new=row["last_new"],
        entries_seen=row["entries_seen"],
        wait_s=row["wait_s"],
        wait_why=row["wait_why"],
    )
