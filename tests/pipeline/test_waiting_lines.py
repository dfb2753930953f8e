"""Feeds wait for their host in line; those that dawdle leave it a place for the others."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.pipeline.conftest import follow
from tracker.parts import Dawdlers, Parts
from tracker.polling.lines import Lines
from tracker.store import Held, polls

SLOW, OTHER_SLOW, QUICK = 1, 2, 3


@pytest.fixture
def held(parts: Parts) -> list[Held]:
    """Three feeds of one host, in the order in which they are due."""
    for name in ("slow", "other-slow", "quick"):
        follow(parts, f"https://one.example/{name}")
    with parts.store.write() as db:
        return list(polls.take(db, n=9, now=parts.now(), lease_s=60, worker="w"))


def asked(lines: Lines) -> list[int]:
    return [found.feed.id for found in iter(lines.next, None)]


def test_feeds_of_a_host_are_asked_in_the_order_in_which_they_were_due(parts: Parts, held: list[Held]) -> None:
    lines = Lines(parts)
    lines.join(held)
    assert asked(lines) == [SLOW, OTHER_SLOW]
    lines.left(held[0])
    assert asked(lines) == [QUICK]


def test_feeds_that_dawdle_do_not_take_the_last_place_of_a_host(parts: Parts, held: list[Held]) -> None:
    for feed_id in (SLOW, OTHER_SLOW):
        parts.dawdlers.note(feed_id, 15.0)
    lines = Lines(parts)
    lines.join(held)
    assert asked(lines) == [SLOW, QUICK]
    lines.left(held[2])
    assert asked(lines) == []
    assert lines.wait_s() > 0.1  # nobody looks again and again
    lines.left(held[0])
    assert asked(lines) == [OTHER_SLOW]
    assert lines.length == 0


def test_the_only_place_of_a_host_is_for_all(parts: Parts, held: list[Held]) -> None:
    one = replace(parts, settings=replace(parts.settings, fetch=replace(parts.settings.fetch, host_parallel=1)))
    one.dawdlers.note(SLOW, 15.0)
    lines = Lines(one)
    lines.join(held)
    assert asked(lines) == [SLOW]


def test_who_answers_soon_dawdles_no_more() -> None:
    dawdlers = Dawdlers()
    dawdlers.note(SLOW, 15.0)
    assert SLOW in dawdlers
    dawdlers.note(SLOW, 0.2)
    assert SLOW not in dawdlers
