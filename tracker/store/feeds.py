"""Feeds: the list of them and what we know of each. A feed's row is the work item of its polls (see `tracker.store.polls`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from tracker.store.tables import feeds
from tracker.store.work import ACTIVE
from tracker.types import FeedFacts, FeedId, Validators

__all__ = ["FeedRow", "add", "listed", "load", "make_due", "mend_clock", "remove", "row_to_feed", "set_state", "span"]

_LONGEST = timedelta(days=7)


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
    rhythm_s: int | None = None
    skips: str = ""
    news_a_day: float = 0.0
    patience_until: datetime | None = None  # a server's Retry-After: even a person waits until then
    lead_h: int | None = None
    lead_seen: int = 0
    body_hash: str = ""  # of the document read last, '' when it is to be read again


def add(db: Connection, facts: FeedFacts, *, now: datetime) -> tuple[FeedId, bool]:
    """Add a feed, due at once; tell whether it is new. A known one takes over the facts given."""
    known = db.scalar(sa.select(feeds.c.id).where(sa.or_(feeds.c.url == facts.url, feeds.c.original_url == facts.url)))
    values = {
        "name": facts.name, "outlet": facts.outlet, "language": facts.language, "zone": facts.zone,
        "country": facts.country, "full_text": facts.full_text, "interval_s": facts.interval_s, "tags": "\n".join(facts.tags),
    }  # fmt: skip
    if known is not None:
        db.execute(
            sa.update(feeds).where(feeds.c.id == known).values(body_hash="", **values)
        )  # to be read anew by them
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
    """Pause a feed or take it up again ('active' makes it due now, or when its server's wish for patience ends)."""
    due = sa.case((feeds.c.patience_until > now, feeds.c.patience_until), else_=now)
    changed = db.execute(
        sa.update(feeds)
        .where(sa.or_(feeds.c.url == url, feeds.c.original_url == url))
        .values(state=state, not_before=due, attempts=0)
    )
    return changed.rowcount > 0


def load(db: Connection, feed_id: int) -> FeedRow:
    """Load one feed."""
    return row_to_feed(db.execute(sa.select(feeds).where(feeds.c.id == feed_id)).mappings().one())


def listed(db: Connection) -> tuple[FeedRow, ...]:
    """List every feed by name and address."""
    rows = db.execute(sa.select(feeds).order_by(sa.func.lower(feeds.c.name), feeds.c.url)).mappings()
    return tuple(row_to_feed(row) for row in rows)


def make_due(db: Connection, urls: Sequence[str], *, now: datetime, spacing: timedelta = timedelta()) -> None:
    """Make feeds due now, all of them when no address is given.

    Those whose server asked for patience and those asked less than ``spacing`` ago stay as they are.
    """
    chosen = sa.or_(feeds.c.url.in_(urls), feeds.c.original_url.in_(urls)) if urls else sa.true()
    patient = sa.or_(feeds.c.patience_until.is_(None), feeds.c.patience_until <= now)
    rested = sa.or_(feeds.c.last_try.is_(None), feeds.c.last_try <= now - spacing)
    db.execute(sa.update(feeds).where(feeds.c.state == ACTIVE, chosen, patient, rested).values(not_before=now))


def mend_clock(db: Connection, *, now: datetime) -> int:
    """Bring nearer what lies absurdly far ahead, as after the machine's clock was set back; give the number of feeds.

    No feed is ever put off by more than a week, so anything later is due within one.
    """
    late = sa.update(feeds).where(feeds.c.state == ACTIVE, feeds.c.not_before > now + 1.2 * _LONGEST)
    return db.execute(late.values(not_before=now + _LONGEST, lease_until=None, lease_by=None)).rowcount


def span(seconds: int) -> str:
    """Say roughly how long a wait is."""
    for size, name in ((86_400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= size:
            count = round(seconds / size)
            return f"{count} {name}{'s' if count > 1 else ''}"
    return f"{seconds} s"


def row_to_feed(row: RowMapping) -> FeedRow:
    """Make the feed of a row of ``feeds``."""
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
        rhythm_s=row["rhythm_s"],
        skips=row["skips"],
        patience_until=row["patience_until"],
        news_a_day=row["news_a_day"],
        lead_h=row["lead_h"],
        lead_seen=row["lead_seen"],
        body_hash=row["body_hash"],
    )
