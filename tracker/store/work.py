"""Claiming due rows, ending leases, pushing failures ahead. One claim expression serves feeds and work items.

Guarantees: a row is held by at most one worker at a time; a worker that lost its lease writes nothing (its transaction
rolls back with `LeaseLost`); a failing row comes back later and later, and is set aside at the end.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.sql.dml import ReturningUpdate

from tracker.errors import LeaseLost
from tracker.store.tables import feeds, work_items

__all__ = [
    "DONE",
    "DUE",
    "FAILED",
    "Claim",
    "Retry",
    "claim",
    "counts",
    "due_steps",
    "fail",
    "finish",
    "free_dead",
    "give_back",
    "put",
    "put_all",
    "put_new",
]

DUE, DONE, FAILED = "due", "done", "failed"
ACTIVE = "active"  # a feed that is polled; its row is due again and again


@dataclass(frozen=True, slots=True)
class Claim:
    """A row held by a worker until ``lease_until``. ``subject_id``: the article of a work item, the feed itself."""

    id: int
    subject_id: int
    attempts: int
    worker: str
    step: str


@dataclass(frozen=True, slots=True)
class Retry:
    """How failures come back: wait ``base_s * 2**attempts``, set aside after ``max_attempts``."""

    base_s: float
    max_attempts: int


def claim(
    db: Connection, step: str, *, n: int, now: datetime, lease_s: float, worker: str, only: Collection[int] = ()
) -> tuple[Claim, ...]:  # fmt: skip
    """Take up to ``n`` due rows of a step, oldest first, by one UPDATE … RETURNING. ``only``: of these feeds.

    The condition stands twice: PostgreSQL re-checks it on the locked row, SQLite has one writer anyway. The choice is a
    CTE, which PostgreSQL makes once; a subquery it may run again for each row and so take more than ``n``.
    """
    given = {"b_now": now, "b_n": n, "b_until": now + timedelta(seconds=lease_s), "b_worker": worker}
    if only:
        statement, given = _CLAIM_NAMED, given | {"b_only": list(only)}
    elif step == "poll":
        statement = _CLAIM_FEEDS
    else:
        statement, given = _CLAIM_ITEMS, given | {"b_step": step}
    taken = db.execute(statement, given)
    return tuple(Claim(row.id, row.subject, row.attempts, worker, step) for row in sorted(taken, key=lambda r: r.id))


def put(db: Connection, step: str, article_id: int, *, now: datetime) -> None:
    """Make a step due for an article, once more if it was done or set aside before."""
    row = {"state": DUE, "not_before": now, "lease_until": None, "lease_by": None, "attempts": 0, "error": ""}
    known = db.execute(
        sa.update(work_items).where(work_items.c.step == step, work_items.c.article_id == article_id).values(**row)
    )
    if known.rowcount == 0:
        db.execute(sa.insert(work_items).values(step=step, article_id=article_id, **row))


def put_new(db: Connection, steps: Iterable[tuple[str, int]], *, now: datetime) -> None:
    """Make steps due for articles that were just stored and have no work yet."""
    row = {"state": DUE, "not_before": now, "attempts": 0, "error": ""}
    rows = [{"step": step, "article_id": article_id, **row} for step, article_id in steps]
    if rows:
        db.execute(_INSERT, rows)


def put_all(db: Connection, step: str, chosen: sa.Select[int], *, now: datetime) -> int:
    """Make a step due for many articles, once more where it was done or set aside; give their number. Leases that run end."""
    row = {"state": DUE, "not_before": now, "lease_until": None, "lease_by": None, "attempts": 0, "error": ""}
    mine = work_items.c.step == step
    known = sa.select(work_items.c.article_id).where(mine)
    db.execute(sa.update(work_items).where(mine, work_items.c.article_id.in_(chosen)).values(**row))
    fresh = db.scalars(chosen.where(~chosen.selected_columns[0].in_(known))).all()
    put_new(db, ((step, article_id) for article_id in fresh), now=now)
    return db.scalar(sa.select(sa.func.count()).select_from(chosen.subquery())) or 0


def finish(db: Connection, claim_: Claim) -> None:
    """End a lease in the transaction of the result. Raises: LeaseLost when another worker holds the row."""
    ended = db.execute(
        sa.update(work_items)
        .where(work_items.c.id == claim_.id, work_items.c.lease_by == claim_.worker, work_items.c.state == DUE)
        .values(state=DONE, lease_until=None, lease_by=None, error="")
    )
    if ended.rowcount != 1:
        raise LeaseLost("the lease ended before the work did", subject=f"{claim_.step} {claim_.subject_id}")


def fail(db: Connection, claim_: Claim, error: str, *, now: datetime, retry: Retry) -> bool:
    """Record a failure: due again later, or set aside for good. Tell whether it was set aside.

    Changes nothing when another worker holds the row.
    """
    attempts = claim_.attempts + 1
    gone = attempts >= retry.max_attempts
    ended = db.execute(
        sa.update(work_items)
        .where(work_items.c.id == claim_.id, work_items.c.lease_by == claim_.worker)
        .values(
            state=FAILED if gone else DUE,
            attempts=attempts,
            error=error[:2000],
            not_before=now + timedelta(seconds=retry.base_s * 2 ** (attempts - 1)),
            lease_until=None,
            lease_by=None,
        )
    )
    return gone and ended.rowcount == 1


def give_back(db: Connection, claims: Sequence[Claim]) -> None:
    """End leases without having done the work: the rows are free again at once."""
    for table in (feeds, work_items):
        mine = [c for c in claims if (c.step == "poll") is (table is feeds)]
        db.execute(
            sa.update(table)
            .where(table.c.id.in_([c.id for c in mine]), table.c.lease_by.in_({c.worker for c in mine}))
            .values(lease_until=None, lease_by=None)
        )


def due_steps(db: Connection, *, now: datetime) -> tuple[str, ...]:
    """Name the steps that have a due, free row."""
    free = sa.or_(work_items.c.lease_until.is_(None), work_items.c.lease_until < now)
    steps = db.scalars(
        sa.select(work_items.c.step).where(work_items.c.state == DUE, work_items.c.not_before <= now, free).distinct()
    )
    feed_free = sa.or_(feeds.c.lease_until.is_(None), feeds.c.lease_until < now)
    poll = db.scalar(
        sa.select(feeds.c.id).where(feeds.c.state == ACTIVE, feeds.c.not_before <= now, feed_free).limit(1)
    )
    return (*(["poll"] if poll is not None else []), *sorted(steps))


def counts(db: Connection) -> Mapping[tuple[str, str], int]:
    """Count work items by (step, state)."""
    rows = db.execute(
        sa.select(work_items.c.step, work_items.c.state, sa.func.count()).group_by(
            work_items.c.step, work_items.c.state
        )
    )
    return {(step, state): n for step, state, n in rows}


def set_aside(db: Connection, *, limit: int) -> tuple[tuple[str, int, str], ...]:
    """List articles that were set aside: (step, article row, error)."""
    rows = db.execute(
        sa.select(work_items.c.step, work_items.c.article_id, work_items.c.error)
        .where(work_items.c.state == FAILED)
        .order_by(work_items.c.id)
        .limit(limit)
    )
    return tuple((row.step, row.article_id, row.error) for row in rows)


def free_dead(db: Connection, dead: Sequence[str]) -> int:
    """End the leases of workers known to be dead; give their number."""
    freed = 0
    for table in (feeds, work_items):
        ended = db.execute(sa.update(table).where(table.c.lease_by.in_(dead)).values(lease_until=None, lease_by=None))
        freed += ended.rowcount
    return freed


def holders(db: Connection) -> tuple[str, ...]:
    """Name every worker that holds a lease."""
    names = sa.union(sa.select(feeds.c.lease_by), sa.select(work_items.c.lease_by))
    return tuple(name for name in db.scalars(names) if name)


_INSERT = sa.insert(work_items)


def _claim(
    table: sa.Table, subject: sa.ColumnElement[int], state: str, *more: sa.ColumnElement[bool]
) -> ReturningUpdate[Any]:  # Any: of two tables
    """Build a claim once: at each tick of a clock the building would cost more than the choice."""
    now = sa.bindparam("b_now", type_=table.c.not_before.type)
    free = sa.and_(
        table.c.state == state,
        table.c.not_before <= now,
        sa.or_(table.c.lease_until.is_(None), table.c.lease_until < now),
        *more,
    )
    oldest = sa.select(table.c.id).where(free).order_by(table.c.not_before, table.c.id).limit(sa.bindparam("b_n"))
    chosen = oldest.with_for_update(skip_locked=True).cte("chosen")
    return (
        sa.update(table)
        .where(table.c.id.in_(sa.select(chosen.c.id)), free)
        .values(lease_until=sa.bindparam("b_until", type_=table.c.not_before.type), lease_by=sa.bindparam("b_worker"))
        .returning(table.c.id, subject.label("subject"), table.c.attempts)
    )


_CLAIM_FEEDS = _claim(feeds, feeds.c.id, ACTIVE)
_CLAIM_NAMED = _claim(feeds, feeds.c.id, ACTIVE, feeds.c.id.in_(sa.bindparam("b_only", expanding=True)))
_CLAIM_ITEMS = _claim(work_items, work_items.c.article_id, DUE, work_items.c.step == sa.bindparam("b_step"))
