"""Polls: taking due feeds, and writing down what their polls brought, many in one transaction.

The statements are built once: at hundreds of polls a second the building of statements would cost more than they do.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tracker.errors import LeaseLost
from tracker.store import work
from tracker.store.entries import Arrival, Known, Received, Sighted, known, receive_all, recognise, weekly
from tracker.store.feeds import FeedRow, load, row_to_feed
from tracker.store.tables import feeds
from tracker.store.work import ACTIVE, Claim
from tracker.types import Validators

__all__ = [
    "Failed", "Held", "Known", "Polled", "Received", "Sighted", "failed", "failed_all", "known", "polled", "polled_all", "postpone",
    "recognise", "take", "weekly",
]  # fmt: skip

_FLOOD, _FLOOD_TIMES = 50, 5  # more new entries than both are an archive published anew
_DAY = timedelta(days=1)
_MEAN_DAYS = 3.0
_NOTHING = Sighted()


@dataclass(frozen=True, slots=True)
class Held:
    """A feed held by a worker, as it was when it was taken."""

    claim: Claim
    feed: FeedRow


@dataclass(frozen=True, slots=True)
class Polled:
    """What a successful poll changes on the feed's row.

    ``sighted`` are the entries that are new or may have changed, recognised while the feed was held.
    ``unchanged``: no document came, or the one known already; None for what is to stay as it is.
    """

    now: datetime
    next_check: datetime
    wait_s: int
    wait_why: str
    validators: Validators | None = None
    sighted: Sighted = _NOTHING
    url: str | None = None
    name: str = ""
    ttl_s: int | None = None
    complaint: str | None = ""
    rhythm_s: int | None = None
    skips: str | None = None
    lead_h: int | None = None
    lead_seen: int = 0
    body_hash: str | None = ""
    bytes_read: int = 0
    unchanged: bool = False


@dataclass(frozen=True, slots=True)
class Failed:
    """What a failed poll changes: the reason in words and the next try. Entries, validators and address stay as they were.

    ``patience_until`` is what a server's Retry-After asks for: until then a person's wish does not count either.
    """

    now: datetime
    error: str
    next_check: datetime
    state: str = ACTIVE
    why: str = ""
    patience_until: datetime | None = None
    bytes_read: int = 0


def take(
    db: Connection, *, n: int, now: datetime, lease_s: float, worker: str, only: Collection[int] = ()
) -> tuple[Held, ...]:  # fmt: skip
    """Take up to ``n`` due feeds, those due longest first; if ``only`` some are meant, of these."""
    taken = work.claim(db, "poll", n=n, now=now, lease_s=lease_s, worker=worker, only=only)
    claims = {claim.id: claim for claim in taken}
    if not claims:
        return ()
    rows = db.execute(_ROWS, {"ids": list(claims)}).mappings()
    found = [Held(claims[row["id"]], row_to_feed(row)) for row in rows]
    return tuple(sorted(found, key=lambda held: (held.feed.next_check, held.feed.id)))


def postpone(db: Connection, claims: Sequence[Claim], *, until: datetime) -> None:
    """Give feeds back that could not be asked yet; they are due again at ``until``."""
    rows = [{"b_feed": claim.id, "b_holder": claim.worker, "b_not_before": until} for claim in claims]
    if rows:
        db.execute(_POSTPONE, rows)


def polled(db: Connection, claim: Claim, outcome: Polled) -> int:
    """Record one successful poll; give the number of new entries. Raises: LeaseLost when another worker holds the feed."""
    new = polled_all(db, [(Held(claim, load(db, claim.id)), outcome)])
    if claim.id not in new:
        raise LeaseLost("the lease ended before the poll did", subject=f"feed {claim.id}")
    return new[claim.id]


def polled_all(db: Connection, polls: Sequence[tuple[Held, Polled]]) -> Mapping[int, int]:
    """Record successful polls and take in their entries, in the caller's one transaction.

    Gives the number of new entries by feed; a feed that another worker holds by now is left out, and nothing stored of it.
    """
    mine = _still_held(db, [held.claim for held, _ in polls])
    kept = [(held, outcome) for held, outcome in polls if held.claim.id in mine]
    if not kept:
        return {}
    arrivals = [Arrival(held.claim.id, outcome.sighted, _quiet(held.feed, outcome)) for held, outcome in kept]
    new = receive_all(db, arrivals, now=max(outcome.now for _, outcome in kept))
    for statement, unchanged in ((_POLLED, False), (_UNCHANGED, True)):
        rows = [_values(held, outcome, new[held.claim.id]) for held, outcome in kept if outcome.unchanged is unchanged]
        if rows:
            db.execute(statement, rows)
    for held, outcome in kept:
        _rename(db, held.feed, outcome)
    return new


def failed(db: Connection, claim: Claim, outcome: Failed) -> None:
    """Record one failed poll. Raises: LeaseLost when another worker holds the feed."""
    if claim.id not in failed_all(db, [(claim, outcome)]):
        raise LeaseLost("the lease ended before the poll did", subject=f"feed {claim.id}")


def failed_all(db: Connection, polls: Sequence[tuple[Claim, Failed]]) -> frozenset[int]:
    """Record failed polls; give the feeds that were still held."""
    mine = _still_held(db, [claim for claim, _ in polls])
    rows = [
        {
            "b_feed": claim.id, "b_holder": claim.worker, "b_last_try": outcome.now, "b_error": outcome.error[:2000],
            "b_not_before": outcome.next_check, "b_wait_s": int((outcome.next_check - outcome.now).total_seconds()),
            "b_wait_why": outcome.why, "b_patience_until": outcome.patience_until, "b_read": outcome.bytes_read,
            "b_new_state": None if outcome.state == ACTIVE else outcome.state,
        }
        for claim, outcome in polls
        if claim.id in mine
    ]  # fmt: skip
    if rows:
        db.execute(_FAILED, rows)
    return mine


def _still_held(db: Connection, claims: Iterable[Claim]) -> frozenset[int]:
    """Name the feeds whose lease has not gone to another worker; they are locked until the transaction ends."""
    wanted = {claim.id: claim.worker for claim in claims}
    rows = db.execute(_HOLDERS, {"ids": list(wanted)})
    return frozenset(row.id for row in rows if row.lease_by == wanted[row.id])


def _quiet(feed: FeedRow, outcome: Polled) -> bool:
    """Tell whether what is new is an archive: a first poll, or far more than usual."""
    return feed.last_ok is None or len(outcome.sighted.new) > _most(feed, outcome.now)


def _most(feed: FeedRow, now: datetime) -> float:
    """Say how many new entries may be news after all: some, or several times as many as usual since the last success."""
    usual = feed.news_a_day * (now - feed.last_ok) / _DAY if feed.last_ok else 0.0
    return max(_FLOOD, _FLOOD_TIMES * usual)


def _values(held: Held, outcome: Polled, new: int) -> dict[str, object]:
    feed = held.feed
    validators = outcome.validators or feed.validators
    always: dict[str, object] = {
        "b_feed": held.claim.id, "b_holder": held.claim.worker, "b_tried": outcome.now, "b_not_before": outcome.next_check,
        "b_wait_s": outcome.wait_s, "b_wait_why": outcome.wait_why, "b_validators_url": validators.url, "b_etag": validators.etag,
        "b_last_modified": validators.last_modified, "b_read": outcome.bytes_read, "b_same": int(outcome.unchanged),
        "b_news_a_day": _news_a_day(feed, min(new, _most(feed, outcome.now)), outcome.now),
    }  # fmt: skip
    if outcome.unchanged:
        return always
    return always | {
        "b_rhythm_s": outcome.rhythm_s, "b_lead_h": outcome.lead_h, "b_lead_seen": outcome.lead_seen, "b_new": new,
        "b_complaint": feed.complaint if outcome.complaint is None else outcome.complaint,
        "b_last_new": outcome.now if new else feed.last_new, "b_ttl_s": feed.ttl_s if outcome.ttl_s is None else outcome.ttl_s,
        "b_skips": feed.skips if outcome.skips is None else outcome.skips,
        "b_body_hash": feed.body_hash if outcome.body_hash is None else outcome.body_hash,
    }  # fmt: skip


def _rename(db: Connection, feed: FeedRow, outcome: Polled) -> None:
    """Take over the address a feed moved to, unless another feed has it, and the title of one that has no name."""
    if outcome.url and outcome.url != feed.facts.url:
        taken = db.scalar(sa.select(feeds.c.id).where(feeds.c.url == outcome.url))
        if taken is None:
            db.execute(sa.update(feeds).where(feeds.c.id == feed.id).values(url=outcome.url))
    if outcome.name and not feed.facts.name:
        unnamed = sa.and_(feeds.c.id == feed.id, feeds.c.name == "")
        db.execute(sa.update(feeds).where(unnamed).values(name=outcome.name))


def _news_a_day(feed: FeedRow, new: float, now: datetime) -> float:
    """Let a poll's news count into the daily mean; what is older counts ever less."""
    if feed.last_ok is None or now <= feed.last_ok:
        return feed.news_a_day
    days = (now - feed.last_ok) / _DAY
    kept = math.exp(-days / _MEAN_DAYS)
    return feed.news_a_day * kept + (1 - kept) * new / days


_ROWS = sa.select(feeds).where(feeds.c.id.in_(sa.bindparam("ids", expanding=True)))
_HOLDERS = (
    sa.select(feeds.c.id, feeds.c.lease_by)
    .where(feeds.c.id.in_(sa.bindparam("ids", expanding=True)))
    .order_by(feeds.c.id)
    .with_for_update()
)
_MINE = sa.and_(feeds.c.id == sa.bindparam("b_feed"), feeds.c.lease_by == sa.bindparam("b_holder"))
_FREE = {"lease_until": None, "lease_by": None}
_POSTPONE = sa.update(feeds).where(_MINE).values(not_before=sa.bindparam("b_not_before"), **_FREE)
_ALWAYS = ("not_before", "wait_s", "wait_why", "validators_url", "etag", "last_modified", "news_a_day")
_OF_DOCUMENTS = ("rhythm_s", "lead_h", "lead_seen", "complaint", "last_new", "ttl_s", "skips", "body_hash")


def _good(names: Iterable[str]) -> sa.Update:
    """Build what records a good poll."""
    return (
        sa.update(feeds)
        .where(_MINE)
        .values(
            **{name: sa.bindparam(f"b_{name}", type_=feeds.c[name].type) for name in names},
            last_try=sa.bindparam("b_tried", type_=feeds.c.last_try.type),
            last_ok=sa.bindparam("b_tried", type_=feeds.c.last_ok.type),
            patience_until=None, attempts=0, error="", polls=feeds.c.polls + 1,
            unchanged=feeds.c.unchanged + sa.bindparam("b_same"), bytes_read=feeds.c.bytes_read + sa.bindparam("b_read"),
            **_FREE,
        )
    )  # fmt: skip


_UNCHANGED = _good(_ALWAYS)
_POLLED = _good((*_ALWAYS, *_OF_DOCUMENTS)).values(entries_seen=feeds.c.entries_seen + sa.bindparam("b_new"))
_FAILED = (
    sa.update(feeds)
    .where(_MINE)
    .values(
        **{
            name: sa.bindparam(f"b_{name}", type_=feeds.c[name].type)
            for name in ("last_try", "error", "not_before", "wait_s", "wait_why", "patience_until")
        },
        # a feed that a person paused meanwhile stays paused
        state=sa.func.coalesce(sa.bindparam("b_new_state", type_=feeds.c.state.type), feeds.c.state),
        attempts=feeds.c.attempts + 1, polls=feeds.c.polls + 1, failed=feeds.c.failed + 1,
        bytes_read=feeds.c.bytes_read + sa.bindparam("b_read"), **_FREE,
    )
)  # fmt: skip
