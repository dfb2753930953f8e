"""What outputs read of the store: cursors, the calendar, changes, addresses, counts - the same on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from tests.contract.store_builders import (
    NOW,
    Told,
    add_feed,
    apply,
    cluster,
    event,
    incoming,
    later,
    mention,
    read_in,
    take_in,
)
from tracker.edtf import Precision
from tracker.errors import StoreError
from tracker.filters import NEWEST, OLDEST, Filter
from tracker.store import Store, tables
from tracker.types import Event, EventId, MergePlan

ALL = Filter()
pytestmark = pytest.mark.usefixtures("both_reads")
VALUES = {
    "until May": "../2025-05-10", "day": "2025-06-17", "undated": None, "month": "2025-06", "since July": "2025-07-01/..",
    "same day": "2025-06-17", "year": "2024", "also undated": None, "span": "2025-06-17/2025-06-19",
}  # fmt: skip


@pytest.fixture
def calendar(store: Store) -> Store:
    """Give a store with events of every kind of date, told in no order."""
    for title, value in VALUES.items():
        event(store, Told(title, value))
    return store


def walked(store: Store, order: str, size: int) -> list[str]:
    """Follow the cursors from the first page to the last."""
    titles: list[str] = []
    cursor = None
    while found := store.queries.after(replace(ALL, order=order), topic="", cursor=cursor, size=size):
        titles += [one.facts.title for one in found]
        cursor = place(found[-1])
    return titles


def place(told: Event) -> tuple[date | None, date | None, int]:
    earliest, latest = told.facts.date.earliest, told.facts.date.latest
    return earliest or latest, latest or earliest, told.id


@pytest.mark.parametrize("order", [NEWEST, OLDEST])
@pytest.mark.parametrize("size", [1, 2, 4, 20])
def test_cursors_go_through_the_listing_without_a_gap_and_end_with_the_undated(
    calendar: Store, order: str, size: int
) -> None:
    listing = calendar.queries.listing(replace(ALL, order=order), topic="", size=50)
    expected = [one.facts.title for one in listing.events]
    assert walked(calendar, order, size) == [*expected, "undated", "also undated"]


def test_a_cursor_stays_within_its_filter(calendar: Store) -> None:
    given = Filter(q="day", order=OLDEST)
    [first] = calendar.queries.after(given, topic="", cursor=None, size=1)
    rest = calendar.queries.after(given, topic="", cursor=place(first), size=9)
    assert [first.facts.title, *(one.facts.title for one in rest)] == ["day", "same day"]


def happening(store: Store, filter_: Filter = ALL, first: date = date(2025, 6, 1), limit: int = 9) -> list[str]:
    return [one.facts.title for one in store.queries.happening(filter_, topic="", first=first, limit=limit)]


def test_the_calendar_reads_days_and_spans_from_its_first_day_on(calendar: Store) -> None:
    assert happening(calendar) == ["day", "same day", "span"]
    assert happening(calendar, first=date(2025, 6, 18)) == ["span"]
    assert happening(calendar, Filter(from_=date(2025, 6, 18))) == ["span"]
    assert happening(calendar, limit=1) == ["span"]


def test_the_calendar_reads_what_is_vague_where_it_is_wanted(calendar: Store) -> None:
    assert happening(calendar, Filter(precision=(Precision.MONTH, Precision.OPEN))) == ["month"]


def redate(store: Store, value: str, minutes: int) -> EventId:
    """Store an event, and a further report that gives it another date."""
    row = take_in(store, incoming(f"first {value}"))[0]
    [told] = read_in(store, row, mention("It rained."))
    [number] = apply(store, MergePlan((cluster(Told(date="2025-06"), [told]),)), [told])
    apply(store, MergePlan((cluster(Told(date=value), [told], number),)), [told], now=later(minutes=minutes))
    return number


def test_changes_are_those_of_the_newest_revisions_with_the_whole_history(store: Store) -> None:
    assert (store.queries.changed(limit=9), store.queries.changes_state().updated) == ((), None)
    event(store)
    first, second = redate(store, "2025-06-17", 5), redate(store, "2025-06-18", 9)
    found = store.queries.changed(limit=9)
    assert [one.id for one in found] == [second, first]
    assert [r.kind for r in found[0].revisions] == ["created", "redated"]
    assert [one.id for one in store.queries.changed(limit=1)] == [second]
    assert store.queries.changes_state().updated == later(minutes=9)


def test_every_new_change_changes_the_state_of_changes(store: Store) -> None:
    states = []
    for minutes in (5, 5, 7):
        redate(store, f"2025-06-{minutes + len(states):02d}", minutes)
        states.append(store.queries.changes_state())
    assert len(set(states)) == 3


def test_addresses_are_those_of_shown_events_in_a_block(store: Store) -> None:
    ids = [event(store, Told(f"It rained {n}")) for n in range(4)]
    with store.write() as db:
        db.execute(sa.update(tables.events).where(tables.events.c.id == ids[1]).values(hidden=True))
    assert store.queries.addresses(1, ids[2]) == [(ids[0], NOW), (ids[2], NOW)]
    assert store.queries.last_id() == ids[3]


def test_an_empty_store_has_no_last_id(store: Store) -> None:
    assert store.queries.last_id() == 0
    assert store.queries.after(ALL, topic="", cursor=None, size=3) == ()


def test_tallies_count_events_articles_feeds_and_work(store: Store) -> None:
    event(store, Told(outlets=("Gazette", "Herald")))
    add_feed(store)
    found = store.queries.tallies(now=NOW + timedelta(hours=1))
    assert (found["events",], found["articles",], found["feeds", "active"], found["feeds_failing",]) == (1, 2, 1, 0)
    assert sum(n for key, n in found.items() if key[0] == "work") >= 2
    assert ("polled_seconds",) not in found
    assert (found["feeds_overdue",], found["polls", "failed"], found["polled_bytes",]) == (1, 0, 0)


def test_a_store_of_this_version_is_ready_and_another_is_not(store: Store) -> None:
    store.queries.ready()
    with store.write() as db:
        db.execute(sa.text("update alembic_version set version_num = '0000'"))
    with pytest.raises(StoreError, match="this version needs"):
        store.queries.ready()
