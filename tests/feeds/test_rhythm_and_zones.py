"""A feed is left in peace in the hours it asks for, and its dates are read in the zone of its newsroom."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from feed_builders import NOW, item, options, read, rss
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.feeds import (
    FeedState,
    Lead,
    Outcome,
    ScheduleOptions,
    Skips,
    address_to_ask,
    feed_zone,
    lead_after,
    next_check,
    skips_of,
)
from tracker.feeds.rhythm import read_skips
from tracker.types import Entry

HOUR = timedelta(hours=1)
STATE = FeedState(0, NOW, None, None, None, None, None)
OPTIONS = ScheduleOptions(shortest_s=600, longest_s=86_400, unknown_s=1800)


def hours(*numbers: int) -> str:
    return f"<skipHours>{''.join(f'<hour> {n} </hour>' for n in numbers)}</skipHours>"


def days(*names: str) -> str:
    return f"<skipDays>{''.join(f'<day>{name}</day>' for name in names)}</skipDays>"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (hours(0, 1, 24, 23), Skips(frozenset({0, 1, 23}))), (days("Sunday", "Monday"), Skips(days=frozenset({0, 6}))), (hours(*range(24)), Skips()), ("", Skips()),
        (days("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"), Skips()), (hours(99, 7) + days("Someday"), Skips(frozenset({7}))),
        ("<skipHours><hour>1</hour>", Skips()), ("<hour>1</hour>", Skips()),
    ],
)  # fmt: skip
def test_hours_and_days_of_peace_count_if_they_leave_any(head: str, expected: Skips) -> None:
    assert read_skips(rss(item(title="A"), head=head).encode()) == expected


def test_what_an_entry_says_is_no_wish_of_the_feed() -> None:
    assert not read_skips(rss(item(title="A", description=hours(1))).encode())


@settings(max_examples=100)
@given(
    st.frozensets(st.integers(0, 23), max_size=23), st.frozensets(st.integers(0, 6), max_size=6), st.integers(0, 10**7)
)
def test_every_moment_is_moved_to_the_next_open_hour(hours: frozenset[int], days: frozenset[int], second: int) -> None:
    skips, moment = Skips(hours, days), NOW + timedelta(seconds=second)
    after = skips.after(moment)
    assert moment <= after < moment + timedelta(days=7)
    assert after.hour not in hours
    assert after.weekday() not in days
    assert skips_of(str(skips)) == skips


@given(st.binary(max_size=300))
def test_any_bytes_have_peace_or_none(body: bytes) -> None:
    assert isinstance(read_skips(b"<skipHours>" + body + b"</skipHours>"), Skips)


def test_the_next_check_waits_for_the_peace_to_end_and_says_so() -> None:
    outcome = Outcome(ok=True, skips=Skips(frozenset({12, 13, 14})))
    check = next_check(STATE, outcome, options=OPTIONS, now=NOW, jitter=0.0)
    assert (check.at, check.interval_s) == (NOW.replace(hour=15), 3 * 3600)
    assert check.why == "the feed asks for its peace until then"


def test_peace_is_remembered_until_a_document_takes_it_back() -> None:
    state = replace(STATE, skips=Skips(frozenset({12, 13})))
    waits = [
        next_check(state, replace(Outcome(ok=True), skips=said), options=OPTIONS, now=NOW, jitter=0.0).interval_s
        for said in (None, Skips())
    ]
    assert waits == [7200, 1800]


def test_a_feed_of_which_entries_were_missed_is_asked_soon_unless_its_server_minds() -> None:
    missed = Outcome(
        ok=True, missed=True, entries=(Entry("1", "", "", "", NOW), Entry("2", "", "", "", NOW - 9 * HOUR))
    )
    soon = next_check(STATE, missed, options=OPTIONS, now=NOW, jitter=0.0)
    assert (soon.interval_s, soon.why, soon.rhythm_s) == (600, "entries may have been missed", 16_200)
    assert next_check(STATE, replace(missed, floor_s=7200), options=OPTIONS, now=NOW, jitter=0.0).interval_s == 7200


@pytest.mark.parametrize(
    ("silent_days", "failures", "asked"), [(0, 0, "new"), (6, 5, "new"), (8, 5, "old"), (8, 6, "new"), (8, 7, "old")]
)
def test_a_new_address_that_fails_for_a_week_takes_turns_with_the_old(
    silent_days: int, failures: int, asked: str
) -> None:
    state = replace(STATE, failures=failures, last_ok=NOW - timedelta(days=silent_days))
    assert address_to_ask("new", "old", state, now=NOW) == asked


@pytest.mark.parametrize(
    ("country", "zone"),
    [("ID", "Asia/Jakarta"), ("KR", "Asia/Seoul"), ("RU", "Europe/Moscow"), ("DE", "Europe/Berlin"), ("", ""), ("XX", ""), ("FM", "")],
)  # fmt: skip
def test_a_country_tells_the_zone_of_its_newsrooms(country: str, zone: str) -> None:
    assert feed_zone("", Lead(), country) == zone


def test_a_person_knows_best_then_the_dates_then_the_country() -> None:
    sure = Lead(9, 3)
    assert feed_zone("Asia/Tokyo", sure, "ID") == "Asia/Tokyo"
    assert feed_zone("", sure, "ID") == "+09:00"
    assert feed_zone("", Lead(9, 2), "ID") == "Asia/Jakarta"


def learn(lead: Lead, ahead: timedelta, since: timedelta = HOUR / 2) -> Lead:
    return lead_after(lead, [Entry("1", "T", "", "", NOW + ahead)], last_ok=NOW - since, now=NOW)


def test_a_steady_lead_of_whole_hours_is_a_wrong_zone() -> None:
    lead = Lead()
    for minutes in (530, 515, 538):
        assert lead.zone == ""
        lead = learn(lead, timedelta(minutes=minutes))
    assert lead.zone == "+09:00"
    assert learn(lead, -HOUR) == lead


@pytest.mark.parametrize(
    ("ahead", "since", "expected"),
    [(2 * HOUR, HOUR, Lead(2, 1)), (timedelta(minutes=9), HOUR, Lead()), (20 * HOUR, HOUR, Lead()), (8 * HOUR, 5 * HOUR, Lead(9, 2)), (9 * HOUR, -HOUR, Lead(9, 2))],
)  # fmt: skip
def test_only_fresh_entries_tell_the_zone(ahead: timedelta, since: timedelta, expected: Lead) -> None:
    assert learn(Lead(9, 2), ahead, since) == expected


def test_a_local_time_labelled_gmt_is_read_as_what_it_is() -> None:
    how = replace(options(), really="+09:00")
    entries = read(
        rss(*(item(title=raw, pubDate=raw) for raw in ("Tue, 24 Nov 2026 20:00:00 GMT", "2026-11-24T20:00:00+07:00"))),
        how,
    ).entries
    assert [entry.published for entry in entries] == [
        datetime(2026, 11, 24, 11, tzinfo=UTC),
        datetime(2026, 11, 24, 13, tzinfo=UTC),
    ]
