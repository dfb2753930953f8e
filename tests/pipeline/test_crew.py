"""As many threads ask as it takes to wait for slow servers, few where servers are quick."""

from __future__ import annotations

import pytest

from tracker.polling.crew import Crew


def sizes(poll_s: float, *, looks: int, begun: int = 4) -> list[int]:
    """Let all threads work at polls of this length; give their number after each look."""
    now = [0.0]
    crew, running, seen = Crew(24, clock=lambda: now[0]), begun, []
    for _ in range(looks):
        for _ in range(round(running * 0.25 / poll_s)):
            crew.done()
        now[0] += 0.25
        while crew.wants(running):
            running += 1
        while running > 4 and not crew.wants(running - 1):
            running -= 1
        seen.append(running)
    return seen


@pytest.mark.parametrize(
    ("poll_s", "expected"), [(30.0, [8, 16, 24, 24]), (0.2, [8, 16, 24, 24]), (0.03, [4, 4, 4, 4]), (0.002, [4] * 4)]
)
def test_threads_grow_with_what_a_poll_takes(poll_s: float, expected: list[int]) -> None:
    assert sizes(poll_s, looks=4) == expected


def test_quick_servers_send_threads_home_again() -> None:
    now = [0.0]
    crew = Crew(24, clock=lambda: now[0])
    for _ in range(3):
        now[0] += 0.25
        crew.wants(24)
    assert crew.wants(23)
    for _ in range(1000):
        crew.done()
    now[0] += 0.25
    assert not crew.wants(12)
    assert crew.wants(11)


def test_a_time_without_work_tells_nothing() -> None:
    now = [0.0]
    crew = Crew(24, clock=lambda: now[0])
    now[0] += 60.0
    crew.rest()
    now[0] += 0.1
    assert [crew.wants(3), crew.wants(4)] == [True, False]
