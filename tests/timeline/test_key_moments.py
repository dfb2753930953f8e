"""Key moments: few, one a day, in order, only of what happened, and none where the list is as short."""

from __future__ import annotations

from dataclasses import replace

from tests.web.sample import event, report
from tracker.timeline import key_moments
from tracker.types import Event, Status


def told(number: int, day: str, *, status: Status = Status.OCCURRED) -> Event:
    found = event(number, day, [report(f"It rained, time {number}.", "en", "2025-12-18T08:00")])
    return replace(found, facts=replace(found.facts, status=status))


def days(moments: tuple[Event, ...]) -> list[str]:
    return [str(moment.facts.date.earliest) for moment in moments]


def test_the_most_important_come_in_the_order_they_happened() -> None:
    found = key_moments([told(1, "2025-06-17"), told(2, "2025-03-02"), told(3, "2025-09-01")], total=40)
    assert days(found) == ["2025-03-02", "2025-06-17", "2025-09-01"]


def test_the_day_beside_a_moment_is_no_second_moment() -> None:
    found = key_moments(
        [told(1, "2025-06-17"), told(2, "2025-06-18"), told(3, "2025-06-19"), told(4, "2025-07-01")], total=40
    )
    assert days(found) == ["2025-06-17", "2025-06-19", "2025-07-01"]


def test_what_was_denied_or_cancelled_is_no_moment() -> None:
    untold = [told(1, "2025-01-01", status=Status.DENIED), told(2, "2025-02-01", status=Status.CANCELLED)]
    found = key_moments([*untold, *(told(n, f"2025-{n:02}-10") for n in range(3, 8))], total=40)
    assert days(found)[0] == "2025-03-10"


def test_there_are_at_most_six() -> None:
    assert len(key_moments([told(n, f"2025-{n:02}-10") for n in range(1, 13)], total=40)) == 6


def test_a_short_list_needs_none_and_two_moments_are_none() -> None:
    assert key_moments([told(n, f"2025-{n:02}-10") for n in range(1, 9)], total=8) == ()
    assert key_moments([told(1, "2025-01-10"), told(2, "2025-02-10")], total=40) == ()
