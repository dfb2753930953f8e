"""Hosts are asked one gap apart, few at a time, and more patiently after they asked for patience."""

import threading
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from raw_server import RawServer, answer, fetcher

from tracker.downloads import Request
from tracker.downloads.gaps import KEPT_HOSTS, LONGEST_GAP_S, TOTAL_PARALLEL, HostTurns


@dataclass
class Clock:
    """Monotonic seconds that pass when told."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_a_host_is_asked_again_after_its_gap(clock: Clock) -> None:
    turns = HostTurns(gap_s=2.0, parallel=2, clock=clock)
    assert turns.start("a") == 0.0
    clock.now += 0.5
    assert turns.start("a") == pytest.approx(1.5)
    clock.now += 1.5
    assert turns.start("a") == 0.0


def test_other_hosts_do_not_wait_for_it(clock: Clock) -> None:
    turns = HostTurns(gap_s=2.0, parallel=1, clock=clock)
    assert (turns.start("a"), turns.start("b")) == (0.0, 0.0)


def test_no_more_than_the_allowed_run_at_once_on_one_host(clock: Clock) -> None:
    turns = HostTurns(gap_s=0.0, parallel=2, clock=clock)
    assert [turns.start("a") for _ in range(3)] == [0.0, 0.0, None]
    turns.finish("a")
    assert turns.start("a") == 0.0


def test_no_more_than_sixteen_run_at_once_in_all(clock: Clock) -> None:
    turns = HostTurns(gap_s=0.0, parallel=2, clock=clock)
    assert [turns.start(f"h{n}") for n in range(TOTAL_PARALLEL + 1)] == [0.0] * TOTAL_PARALLEL + [None]
    turns.finish("h0")
    assert turns.start("late") == 0.0


def test_a_clock_scale_shortens_the_gap(clock: Clock) -> None:
    turns = HostTurns(gap_s=60.0, parallel=2, clock_scale=600.0, clock=clock)
    turns.start("a")
    assert turns.start("a") == pytest.approx(0.1)


def test_the_gap_doubles_to_a_minute_and_halves_to_the_usual(clock: Clock) -> None:
    turns = HostTurns(gap_s=1.0, parallel=2, clock=clock)
    waits = []
    for _ in range(8):
        turns.slow_down("a")
        waits.append(turns.start("a"))
    assert waits == [2, 4, 8, 16, 32, LONGEST_GAP_S, LONGEST_GAP_S, LONGEST_GAP_S]
    for _ in range(9):
        turns.speed_up("a")
    clock.now += LONGEST_GAP_S
    assert turns.start("a") == 0.0
    assert turns.start("a") == 1.0


def test_patience_holds_from_the_moment_it_was_asked_for(clock: Clock) -> None:
    turns = HostTurns(gap_s=1.0, parallel=2, clock=clock)
    turns.start("a")
    clock.now += 20
    turns.slow_down("a")
    assert turns.start("a") == 2.0


def test_idle_hosts_are_forgotten_and_busy_ones_are_not(clock: Clock) -> None:
    turns = HostTurns(gap_s=1.0, parallel=1, clock=clock)
    turns.start("busy")
    for number in range(KEPT_HOSTS):
        turns.slow_down(f"h{number}")
        clock.now += 10
    assert len(turns._hosts) < KEPT_HOSTS
    assert turns.start("busy") is None


STEPS = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from(["start", "finish", "slow", "fast"]), st.floats(0, 3)),
    max_size=60,
)


@settings(max_examples=100)
@given(STEPS)
def test_whatever_happens_the_promises_hold(steps: list[tuple[str, str, float]]) -> None:
    clock, starts, running = Clock(), dict[str, float](), dict.fromkeys("abc", 0)
    turns = HostTurns(gap_s=1.0, parallel=2, clock=clock)
    for host, step, passed in steps:
        clock.now += passed
        if step == "start" and turns.start(host) == 0.0:
            assert clock.now - starts.get(host, 0.0) >= 1.0
            starts[host], running[host] = clock.now, running[host] + 1
        elif step == "finish" and running[host]:
            turns.finish(host)
            running[host] -= 1
        elif step == "slow":
            turns.slow_down(host)
        elif step == "fast":
            turns.speed_up(host)
        assert max(running.values()) <= 2


def test_a_waiting_turn_begins_when_another_ends() -> None:
    turns, order = HostTurns(gap_s=0.0, parallel=1), []

    def second() -> None:
        with turns.turn("a"):
            order.append("second")

    with turns.turn("a"):
        thread = threading.Thread(target=second)
        thread.start()
        order.append("first")
    thread.join(5)
    assert order == ["first", "second"]


def test_a_turn_ends_when_its_work_fails(clock: Clock) -> None:
    turns = HostTurns(gap_s=0.0, parallel=1, clock=clock)
    with pytest.raises(OSError, match="lost"), turns.turn("a"):
        raise OSError("lost")
    assert turns.start("a") == 0.0


@pytest.mark.parametrize(("status", "gap_s"), [(429, 100.0), (503, 100.0), (200, 50.0), (404, 50.0), (500, 50.0)])
def test_only_429_and_503_widen_the_gap_of_their_host(server: RawServer, status: int, gap_s: float) -> None:
    server.answers["/f"] = answer(status=status)
    own = fetcher(server, host_gap_s=50.0)
    own.fetch(Request(server.url("/f")))
    own.close()
    wait_s = own._turns.start("news.example")
    assert wait_s is not None
    assert min(gap_s, LONGEST_GAP_S) - 10 < wait_s <= min(gap_s, LONGEST_GAP_S)
