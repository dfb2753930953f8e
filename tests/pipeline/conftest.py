"""The parts of a whole Kronik, polling a newsroom on this machine with a clock of the test's own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.pipeline.newsroom import START, Newsroom, newsroom_at_work
from tracker import settings, wiring
from tracker.pipeline import Parts, Step
from tracker.pipeline import run as run_step
from tracker.store import feeds as feed_rows
from tracker.types import FeedFacts


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    """An empty newsroom."""
    with newsroom_at_work() as room:
        yield room


@dataclass
class Clock:
    """A clock that stands still until it is told to go on."""

    moment: datetime = START

    def __call__(self) -> datetime:
        return self.moment

    def pass_by(self, **span: float) -> None:
        """Let time pass."""
        self.moment += timedelta(**span)


@pytest.fixture
def clock() -> Clock:
    """A clock at the start."""
    return Clock()


@pytest.fixture
def parts(migrated_url: str, newsroom: Newsroom, clock: Clock, gazetteer_dir: Path) -> Iterator[Parts]:
    """The parts of a whole Kronik on an empty database."""
    store = wiring.Store.open(migrated_url)
    store.migrate(now=START, authority="kronik.test")
    store.close()
    chosen = settings.load(
        {
            "TRACKER_DATABASE_URL": migrated_url,
            "TRACKER_DATA_DIR": str(gazetteer_dir),
            "TRACKER_FETCH_ALLOW": newsroom.address,
            "TRACKER_FETCH_HOST_GAP_S": "0",
            "TRACKER_FETCH_TOTAL_S": "5",
            "TRACKER_WORK_MAX_ATTEMPTS": "2",
        }
    )
    built = replace(wiring.build(chosen), now=clock, jitter=lambda: 0.0)
    yield built
    wiring.close(built)


def follow(parts: Parts, url: str, **said: object) -> None:
    """Follow a feed of the newsroom."""
    facts = replace(FeedFacts(url, outlet="Example Gazette", language="en"), **said)
    with parts.store.write() as db:
        feed_rows.add(db, facts, now=parts.now())


def run_all(parts: Parts) -> None:
    """Run every step until nothing is due."""
    wiring.run_all(parts, tuple(Step), lambda left: None)


def run_twice(parts: Parts) -> None:
    """Run every step once more, and again."""
    for step in (*Step, *Step):
        run_step(parts, step)
