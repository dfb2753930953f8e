"""Feeds are asked by their own rhythm, never more often than allowed, ever more rarely while they fail."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.feeds import FeedState, Outcome, ScheduleOptions, next_check, state_after
from tracker.types import Entry

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
OPTIONS = ScheduleOptions(shortest_s=600, longest_s=86_400, unknown_s=1800)
NEW = FeedState(failures=0, subscribed_at=NOW, last_ok=None, last_new=None, rhythm_s=None, ttl_s=None, interval_s=None)
OK, FAILED = Outcome(ok=True), Outcome(ok=False, words="broke")
HOUR = timedelta(hours=1)


def entries(*ages: timedelta) -> tuple[Entry, ...]:
    return tuple(Entry(str(n), "T", "", "", NOW - age) for n, age in enumerate(ages))


def wait(state: FeedState = NEW, outcome: Outcome = OK, *, jitter: float = 0.0) -> tuple[float, str]:
    check = next_check(state, outcome, options=OPTIONS, now=NOW, jitter=jitter)
    return (check.at - NOW).total_seconds(), check.why


def test_a_feed_of_unknown_rhythm_is_asked_after_half_an_hour() -> None:
    assert wait() == (1800, "its rhythm is not known yet")


@pytest.mark.parametrize(
    ("hours", "wait_s"), [([0, 2, 4, 6], 3600), ([0, 1, 2, 40], 1800), ([0, 0.1, 0.2], 600), ([0, 100, 200], 86_400), ([6, 0, 4, 2], 3600), ([0, 0, 0], 600)]
)  # fmt: skip
def test_half_the_usual_gap_of_its_entries_is_a_feeds_rhythm(hours: list[float], wait_s: int) -> None:
    assert wait(outcome=replace(OK, entries=entries(*(h * HOUR for h in hours)))) == (wait_s, "the feed's own rhythm")


def test_only_the_newest_twenty_entries_tell_the_rhythm() -> None:
    newest = [n * HOUR for n in range(20)]
    older = [timedelta(days=100 * n) for n in range(1, 200)]
    assert wait(outcome=replace(OK, entries=entries(*newest, *older)))[0] == 1800


def test_without_news_the_last_rhythm_is_kept() -> None:
    assert wait(replace(NEW, rhythm_s=5000)) == (5000, "the feed's own rhythm")


def test_a_feed_silent_for_long_is_asked_rarely() -> None:
    state = replace(NEW, subscribed_at=NOW - timedelta(days=400), last_new=NOW - timedelta(days=10), rhythm_s=600)
    assert wait(state) == (43_200, "it has been silent for long")
    assert wait(replace(state, last_new=NOW - timedelta(days=30)))[0] == 86_400


def test_the_silence_of_a_new_subscription_counts_from_its_start() -> None:
    assert wait(outcome=replace(OK, entries=entries(timedelta(days=900))))[0] == 1800


@pytest.mark.parametrize(
    ("outcome", "state", "expected"),
    [
        (replace(OK, ttl_s=7200), NEW, (7200, "the feed asks for it")), (OK, replace(NEW, ttl_s=7200), (7200, "the feed asks for it")),
        (replace(OK, floor_s=9000), NEW, (9000, "the server asked for it")), (replace(OK, ttl_s=7200, floor_s=9000), NEW, (9000, "the server asked for it")),
        (replace(OK, ttl_s=9000, floor_s=7200), NEW, (9000, "the feed asks for it")), (replace(OK, ttl_s=60, floor_s=60), NEW, (1800, "its rhythm is not known yet")),
        (replace(OK, ttl_s=10**9), NEW, (86_400, "the feed asks for it")), (replace(OK, floor_s=10**9), NEW, (86_400, "the server asked for it")),
        (OK, replace(NEW, interval_s=3600), (3600, "set in the list of feeds")), (OK, replace(NEW, interval_s=5), (600, "set in the list of feeds")),
        (replace(OK, floor_s=9000), replace(NEW, interval_s=3600), (9000, "the server asked for it")),
        (OK, replace(NEW, interval_s=3600, subscribed_at=NOW - timedelta(days=400)), (3600, "set in the list of feeds")),
        (replace(OK, ttl_s=0), replace(NEW, ttl_s=7200), (7200, "the feed asks for it")),
    ],
)  # fmt: skip
def test_who_asks_for_more_patience_gets_it_up_to_a_day(
    outcome: Outcome, state: FeedState, expected: tuple[float, str]
) -> None:
    assert wait(state, outcome) == expected


@pytest.mark.parametrize(
    ("failures", "wait_s"), [(0, 1800), (1, 2400), (2, 4800), (3, 9600), (6, 76_800), (7, 86_400), (10_000, 86_400)]
)
def test_each_failure_doubles_the_wait(failures: int, wait_s: int) -> None:
    assert wait(replace(NEW, failures=failures), FAILED)[0] == wait_s


@pytest.mark.parametrize(("failures", "why"), [(1, "2 failures in a row"), (9, "10 failures in a row")])
def test_the_failures_are_the_reason(failures: int, why: str) -> None:
    assert wait(replace(NEW, failures=failures), FAILED)[1] == why


@pytest.mark.parametrize(
    ("retry_s", "expected"),
    [(60, 1800), (1800, 1800), (7200, 7200), (86_400, 86_400), (3 * 86_400, 3 * 86_400), (7 * 86_400, 7 * 86_400)],
)  # fmt: skip
def test_retry_after_may_exceed_a_day(retry_s: int, expected: int) -> None:
    assert wait(NEW, replace(FAILED, retry_s=retry_s))[0] == expected


def test_retry_after_is_named_as_the_reason() -> None:
    assert wait(NEW, replace(FAILED, retry_s=7200))[1] == "the server asked for it"


def test_a_clock_scale_shortens_the_wait_but_not_the_interval() -> None:
    check = next_check(NEW, OK, options=replace(OPTIONS, scale=600.0), now=NOW, jitter=0.0)
    assert ((check.at - NOW).total_seconds(), check.interval_s) == (3.0, 1800)


SECONDS = st.none() | st.integers(0, 10**9)
STATES = st.builds(
    FeedState, failures=st.integers(0, 10_000), subscribed_at=st.integers(0, 10**8).map(lambda s: NOW - timedelta(seconds=s)),
    last_ok=st.none() | st.just(NOW), last_new=st.none() | st.integers(-86_400, 10**8).map(lambda s: NOW - timedelta(seconds=s)),
    rhythm_s=SECONDS, ttl_s=SECONDS, interval_s=SECONDS,
)  # fmt: skip
OUTCOMES = st.builds(
    Outcome, ok=st.booleans(), ttl_s=SECONDS, floor_s=SECONDS, retry_s=st.none() | st.integers(0, 7 * 86_400),
    entries=st.lists(st.integers(-86_400, 10**8).map(lambda s: timedelta(seconds=s)), max_size=5).map(lambda ages: entries(*ages)),
)  # fmt: skip


@settings(max_examples=200)
@given(STATES, OUTCOMES, st.floats(0, 0.1))
def test_every_wait_keeps_its_bounds_and_jitter_only_adds(state: FeedState, outcome: Outcome, jitter: float) -> None:
    plain = next_check(state, outcome, options=OPTIONS, now=NOW, jitter=0.0)
    shaken = next_check(state, outcome, options=OPTIONS, now=NOW, jitter=jitter)
    wait_s, shaken_s = ((check.at - NOW).total_seconds() for check in (plain, shaken))
    most = OPTIONS.longest_s if outcome.ok else max(OPTIONS.longest_s, outcome.retry_s or 0)
    assert OPTIONS.shortest_s <= wait_s <= most
    assert wait_s <= shaken_s <= wait_s * 1.1 + 0.001
    assert plain.interval_s == shaken.interval_s == int(wait_s)
    assert plain.why


@settings(max_examples=200)
@given(STATES, OUTCOMES)
def test_the_servers_wishes_are_met(state: FeedState, outcome: Outcome) -> None:
    wait_s = wait(state, outcome)[0]
    wishes = [outcome.ttl_s, outcome.floor_s, 0 if outcome.ok else outcome.retry_s]
    assert wait_s >= min(max(wish or 0 for wish in wishes[:2]), OPTIONS.longest_s)
    assert wait_s >= (wishes[2] or 0)


@settings(max_examples=100)
@given(STATES, OUTCOMES, st.integers(0, 50))
def test_more_failures_never_mean_a_shorter_wait(state: FeedState, outcome: Outcome, more: int) -> None:
    failed = replace(outcome, ok=False)
    state = replace(state, failures=max(state.failures, 1))
    assert wait(replace(state, failures=state.failures + more), failed)[0] >= wait(state, failed)[0]
    assert wait(state, failed)[0] >= wait(state, replace(outcome, ok=True))[0]


@pytest.mark.parametrize("jitter", [-1.0, -0.05])
def test_a_negative_jitter_is_none(jitter: float) -> None:
    assert wait(jitter=jitter)[0] == 1800


@pytest.mark.parametrize(
    ("state", "outcome", "scale", "named"),
    [
        (NEW, replace(FAILED, gone=True), 1.0, "gone"), (NEW, FAILED, 1.0, "active"),
        (replace(NEW, last_ok=NOW - timedelta(days=29)), FAILED, 1.0, "active"), (replace(NEW, last_ok=NOW - timedelta(days=31)), FAILED, 1.0, "paused"),
        (replace(NEW, subscribed_at=NOW - timedelta(days=31)), FAILED, 1.0, "paused"),
        (replace(NEW, subscribed_at=NOW - timedelta(days=90), last_ok=NOW - timedelta(days=1)), FAILED, 1.0, "active"),
        (replace(NEW, last_ok=NOW - timedelta(hours=2)), FAILED, 600.0, "paused"), (replace(NEW, last_ok=NOW - timedelta(hours=1)), FAILED, 600.0, "active"),
    ],
)  # fmt: skip
def test_a_feed_is_given_up_after_thirty_days_or_when_it_says_so(
    state: FeedState, outcome: Outcome, scale: float, named: str
) -> None:
    assert state_after(state, outcome, now=NOW, scale=scale) == named
