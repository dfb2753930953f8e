"""Feeds: what we know of them, and what a poll brought. A feed's row is the work item of its polls."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from tracker.errors import LeaseLost
from tracker.store.entries import Received, receive, recognise, weekly
from tracker.store.tables import feeds
from tracker.store.work import ACTIVE, Claim
from tracker.types import FeedFacts, FeedId, Validators

__all__ = [
    "FeedRow",
    "Polled",
    "Received",
    "add",
    "failed",
    "listed",
    "load",
    "make_due",
    "mend_clock",
    "polled",
    "recognise",
    "remove",
    "set_state",
    "weekly",
]

_FLOOD, _FLOOD_TIMES = 50, 5  # more new entries than both are an archive published anew
_DAY, _LONGEST = timedelta(days=1), timedelta(days=7)
_MEAN_DAYS = 3.0


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
    rhythm_s: int | None = None
    skips: str | None = None
    lead_h: int | None = None
    lead_seen: int = 0


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
    return _row(db.execute(sa.select(feeds).where(feeds.c.id == feed_id)).mappings().one())


def listed(db: Connection) -> tuple[FeedRow, ...]:
    """List every feed by name and address."""
    rows = db.execute(sa.select(feeds).order_by(sa.func.lower(feeds.c.name), feeds.c.url)).mappings()
    return tuple(_row(row) for row in rows)


def make_due(db: Connection, urls: Sequence[str], *, now: datetime) -> None:
    """Make feeds due now, all of them when no address is given; those whose server asked for patience stay as they are."""
    chosen = sa.or_(feeds.c.url.in_(urls), feeds.c.original_url.in_(urls)) if urls else sa.true()
    patient = sa.or_(feeds.c.patience_until.is_(None), feeds.c.patience_until <= now)
    db.execute(sa.update(feeds).where(feeds.c.state == ACTIVE, chosen, patient).values(not_before=now))


def mend_clock(db: Connection, *, now: datetime) -> int:
    """Bring nearer what lies absurdly far ahead, as after the machine's clock was set back; give the number of feeds.

    No feed is ever put off by more than a week, so anything later is due within one.
    """
    late = sa.update(feeds).where(feeds.c.state == ACTIVE, feeds.c.not_before > now + 1.2 * _LONGEST)
    return db.execute(late.values(not_before=now + _LONGEST, lease_until=None, lease_by=None)).rowcount


def polled(db: Connection, claim: Claim, outcome: Polled) -> int:
    """Record a successful poll and take in its entries, in the caller's one transaction; give the number of new ones.

    Raises: LeaseLost when another worker holds the feed.
    """
    feed = load(db, claim.id)
    sighted = recognise(db, claim.id, outcome.received)
    usual = _usual(feed, outcome.now)
    quiet = feed.last_ok is None or len(sighted.new) > max(_FLOOD, _FLOOD_TIMES * usual)
    new = receive(db, claim.id, sighted, now=outcome.now, quiet=quiet)
    values: dict[str, object] = {
        "rhythm_s": outcome.rhythm_s, "lead_h": outcome.lead_h, "lead_seen": outcome.lead_seen, "patience_until": None,
        "news_a_day": _news_a_day(feed, min(new, max(_FLOOD, _FLOOD_TIMES * usual)), outcome.now),
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
    if outcome.skips is not None:
        values["skips"] = outcome.skips
    if outcome.url and db.scalar(sa.select(feeds.c.id).where(feeds.c.url == outcome.url)) is None:
        values["url"] = outcome.url
    if outcome.name:
        values["name"] = sa.case((feeds.c.name == "", outcome.name), else_=feeds.c.name)
    _end(db, claim, values)
    return new


def failed(
    db: Connection, claim: Claim, error: str, *, now: datetime, next_check: datetime, state: str = ACTIVE,
    why: str = "", patience_until: datetime | None = None,
) -> None:  # fmt: skip
    """Record a failed poll: the reason in words and the next try. Entries, validators and address stay as they were.

    ``patience_until`` is what a server's Retry-After asks for: until then a person's wish does not count either.
    """
    values = {
        "last_try": now, "attempts": feeds.c.attempts + 1, "error": error[:2000], "not_before": next_check,
        "wait_s": int((next_check - now).total_seconds()), "wait_why": why, "patience_until": patience_until,
    }  # fmt: skip
    if state != ACTIVE:  # a feed that a person paused meanwhile stays paused
        values["state"] = state
    _end(db, claim, values)


def _end(db: Connection, claim: Claim, values: dict[str, object]) -> None:
    ended = db.execute(
        sa.update(feeds)
        .where(feeds.c.id == claim.id, feeds.c.lease_by == claim.worker)
        .values(lease_until=None, lease_by=None, **values)
    )
    if ended.rowcount != 1:
        raise LeaseLost("the lease ended before the poll did", subject=f"feed {claim.id}")


def _usual(feed: FeedRow, now: datetime) -> float:
    """Say how many new entries are usual for the time since the last success."""
    return feed.news_a_day * (now - feed.last_ok) / _DAY if feed.last_ok else 0.0


def _news_a_day(feed: FeedRow, new: float, now: datetime) -> float:
    """Let a poll's news count into the daily mean; what is older counts ever less."""
    if feed.last_ok is None or now <= feed.last_ok:
        return feed.news_a_day
    days = (now - feed.last_ok) / _DAY
    kept = math.exp(-days / _MEAN_DAYS)
    return feed.news_a_day * kept + (1 - kept) * new / days


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
        rhythm_s=row["rhythm_s"],
        skips=row["skips"],
        patience_until=row["patience_until"],
        news_a_day=row["news_a_day"],
        lead_h=row["lead_h"],
        lead_seen=row["lead_seen"],
    )
