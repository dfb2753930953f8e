"""What pages, feeds and exports read: order and pages, the tray, filters, counts - the same on both databases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from store_builders import (
    FEED,
    NOW,
    Told,
    add_feed,
    apply,
    claim,
    cluster,
    event,
    incoming,
    later,
    mention,
    poll,
    read_in,
    take_in,
)

from tracker.filters import NEWEST, OLDEST, Filter
from tracker.rows import Mass, State
from tracker.store import Failed, Store, changes, polls, tables, topics
from tracker.types import Event, EventId, MergePlan, Status, Topic

ALL = Filter()


pytestmark = pytest.mark.usefixtures("both_reads")


def titles(found: Sequence[Event]) -> list[str]:
    return [e.facts.title for e in found]


def listed(store: Store, filter_: Filter = ALL, *, topic: str = "", size: int = 50) -> list[str]:
    page = store.queries.listing(filter_, topic=topic, size=size)
    return titles(page.events) + titles(page.undated)


@pytest.fixture
def calendar(store: Store) -> Store:
    """Give a store with events of every kind of date, told in no order."""
    for title, value in {
        "until May": "../2025-05-10", "day": "2025-06-17", "undated": None, "month": "2025-06", "since July": "2025-07-01/..",
        "same day": "2025-06-17", "year": "2024", "also undated": None,
    }.items():  # fmt: skip
        event(store, Told(title, value))
    return store


def test_newest_first_goes_by_the_last_day_then_the_first(calendar: Store) -> None:
    page = calendar.queries.listing(ALL, topic="", size=50)
    assert titles(page.events) == ["since July", "month", "same day", "day", "until May", "year"]


def test_oldest_first_goes_by_the_first_day_then_the_last(calendar: Store) -> None:
    page = calendar.queries.listing(Filter(order=OLDEST), topic="", size=50)
    assert titles(page.events) == ["year", "until May", "month", "day", "same day", "since July"]


@pytest.mark.parametrize("order", [NEWEST, OLDEST])
def test_pages_hold_every_dated_event_once_and_the_tray_comes_with_the_first(calendar: Store, order: str) -> None:
    pages = [calendar.queries.listing(Filter(order=order, page=n), topic="", size=4) for n in (1, 2, 3)]
    whole = calendar.queries.listing(Filter(order=order), topic="", size=50)
    assert [len(page.events) for page in pages] == [4, 2, 0]
    assert titles([e for page in pages for e in page.events]) == titles(whole.events)
    assert [titles(page.undated) for page in pages] == [["also undated", "undated"], [], []]
    assert {(page.total, page.pages) for page in pages} == {(8, 2)}


def test_the_weightiest_are_those_of_known_days_by_importance(store: Store) -> None:
    for title, value, importance in (
        ("small", "2025-06-17", 0.2), ("great", "2025-03-02", 2.5), ("span", "2025-05-01/2025-05-03", 1.0),
        ("month", "2025-06", 9.0), ("undated", None, 9.0),
    ):  # fmt: skip
        event(store, Told(title, value, importance=importance))
    assert titles(store.queries.weightiest(ALL, topic="", limit=10)) == ["great", "span", "small"]
    assert titles(store.queries.weightiest(ALL, topic="", limit=1)) == ["great"]
    assert titles(store.queries.weightiest(Filter(from_=date(2025, 5, 1)), topic="", limit=10)) == ["span", "small"]


def test_an_empty_store_has_one_empty_page(store: Store) -> None:
    page = store.queries.listing(ALL, topic="", size=4)
    assert (page.events, page.undated, page.total, page.pages) == ((), (), 0, 1)


@pytest.mark.parametrize(
    ("filter_", "expected"),
    [
        (Filter(from_=date(2025, 6, 18)), {"month", "since July"}),
        (Filter(to=date(2025, 5, 10)), {"until May", "year"}),
        (Filter(from_=date(2025, 6, 17), to=date(2025, 6, 17)), {"day", "same day", "month"}),
        (Filter(from_=date(2030, 1, 1)), {"since July"}),
        (Filter(to=date(1990, 1, 1)), {"until May"}),
    ],
    ids=["from", "to", "one day", "far future", "far past"],
)
def test_a_window_keeps_what_touches_it_and_nothing_undated(
    calendar: Store, filter_: Filter, expected: set[str]
) -> None:
    assert set(listed(calendar, filter_)) == expected


def test_an_export_goes_by_date_and_holds_the_undated_last(calendar: Store) -> None:
    exported = titles(list(calendar.queries.export(ALL, batch=3)))
    assert exported == ["year", "until May", "month", "day", "same day", "since July", "undated", "also undated"]


@pytest.fixture
def news(store: Store) -> Store:
    """Give a store with events that differ in every field one can filter by."""
    for told in (
        Told("Шойгу прибыл", "2025-06-17", who=("Сергей Шойгу",), where=("Pyongyang",), type="visit", language="ru"),
        Told("Flood in Ust-Luga", "2025-06", where=("Ust-Luga",), outlets=("Gazette", "Herald"), disputed=True),
        Told("100% of votes_counted", None, status=Status.PLANNED, where=("Pyongyang",), outlets=("Herald",)),
    ):
        event(store, told)
    return store


VISIT, FLOOD, VOTES = "Шойгу прибыл", "Flood in Ust-Luga", "100% of votes_counted"


@pytest.mark.parametrize(
    ("filter_", "expected"),
    [
        (Filter(q="flood"), {FLOOD}),
        (Filter(q="Fl\u00f3OD"), {FLOOD}),
        (Filter(q="ПРИБЫЛ шойгу"), {VISIT}),
        (Filter(q="flood шойгу"), set()),
        (Filter(q="100%"), {VOTES}),
        (Filter(q="s_c"), {VOTES}),
        (Filter(q="%"), {VOTES}),
        (Filter(q="\\"), set()),
        (Filter(place=("place:Pyongyang",)), {VISIT, VOTES}),
        (Filter(place=("pyongyang",)), {VISIT, VOTES}),
        (Filter(place=("Pyongyang", "Ust-Luga")), {VISIT, FLOOD, VOTES}),
        (Filter(place=("Pyongyang",), language=("ru",)), {VISIT}),
        (Filter(who=("Сергей Шойгу",)), {VISIT}),
        (Filter(who=("СЕРГЕЙ ШОЙГУ",)), {VISIT}),
        (Filter(who=("nobody",)), set()),
        (Filter(type=("visit",)), {VISIT}),
        (Filter(status=(Status.PLANNED, Status.DENIED)), {VOTES}),
        (Filter(language=("en",)), {FLOOD, VOTES}),
        (Filter(outlet=("Herald",)), {FLOOD, VOTES}),
        (Filter(precision=("day", "month")), {VISIT, FLOOD}),
        (Filter(min_outlets=2), {FLOOD}),
        (Filter(disputed=True), {FLOOD}),
    ],
    ids=lambda value: value.query_string() if isinstance(value, Filter) else "",
)
def test_a_filter_leaves_what_fits_it(news: Store, filter_: Filter, expected: set[str]) -> None:
    assert set(listed(news, filter_)) == expected
    assert {e.facts.title for e in news.queries.newest(filter_, topic="", limit=9)} == expected
    assert {e.facts.title for e in news.queries.export(filter_)} == expected
    assert news.queries.state(filter_, topic="").events == len(expected)


def facet(store: Store, filter_: Filter, name: str) -> dict[str, int]:
    return {value.value: value.count for value in store.queries.facets(filter_, topic="")[name]}


def test_facets_count_each_value_most_frequent_first(news: Store) -> None:
    facets = news.queries.facets(ALL, topic="")
    assert [(f.value, f.count, f.label) for f in facets["place"]] == [
        ("place:Pyongyang", 2, "Pyongyang"), ("place:Ust-Luga", 1, "Ust-Luga"),
    ]  # fmt: skip
    assert [(f.value, f.count) for f in facets["outlet"]] == [("Herald", 2), ("Example Gazette", 1), ("Gazette", 1)]
    assert [(f.value, f.count) for f in facets["min_outlets"]] == [("1", 3), ("2", 1), ("5", 0)]


@pytest.mark.parametrize(
    ("filter_", "name", "expected"),
    [
        (Filter(language=("ru",)), "language", {"en": 2, "ru": 1}),
        (Filter(language=("ru",)), "place", {"place:Pyongyang": 1}),
        (Filter(place=("Pyongyang",)), "place", {"place:Pyongyang": 2, "place:Ust-Luga": 1, "Pyongyang": 2}),
        (Filter(place=("Nowhere",)), "place", {"place:Pyongyang": 2, "place:Ust-Luga": 1, "Nowhere": 0}),
        (Filter(status=(Status.PLANNED,)), "status", {"occurred": 2, "planned": 1}),
        (Filter(type=("visit",)), "type", {"flood": 2, "visit": 1}),
        (Filter(precision=("day",)), "precision", {"day": 1, "month": 1, "unknown": 1}),
        (Filter(min_outlets=2), "min_outlets", {"1": 3, "2": 1, "5": 0}),
        (Filter(q="flood"), "who", {}),
    ],
)
def test_a_facet_leaves_its_own_field_out_of_the_filter(
    news: Store, filter_: Filter, name: str, expected: dict[str, int]
) -> None:
    assert facet(news, filter_, name) == expected


def test_masses_count_events_of_equal_bounds_without_the_window(calendar: Store) -> None:
    masses = calendar.queries.masses(Filter(from_=date(2030, 1, 1)), topic="", today=date(2025, 6, 18))
    day = date(2025, 6, 17)
    assert Mass(day, day, sure=True, planned=False, count=2) in masses
    assert Mass(date(2025, 6, 1), date(2025, 6, 30), sure=False, planned=False, count=1) in masses
    assert Mass(None, None, sure=False, planned=False, count=2) in masses
    assert Mass(date(2025, 7, 1), None, sure=False, planned=False, count=1) in masses
    assert sum(mass.count for mass in masses) == 8


@pytest.mark.parametrize(
    ("value", "sure"), [("2025-07-01/2025-07-03", True), ("[2025-07-01..2025-07-03]", False), ("2025-07-01~", True)]
)
def test_a_span_is_sure_and_a_window_is_not(store: Store, value: str, sure: bool) -> None:
    event(store, Told("It rained", value))
    assert [mass.sure for mass in store.queries.masses(ALL, topic="", today=date(2025, 6, 18))] == [sure]


def test_the_newest_are_the_last_first_published_and_quiet_ones_only_fill(store: Store) -> None:
    for n in range(3):
        event(store, Told(f"loud {n}", born=later(hours=n)))
        event(store, Told(f"quiet {n}", born=later(hours=n + 10), quiet=True))
    newest = store.queries.newest(ALL, topic="", limit=5)
    assert titles(newest) == ["loud 2", "loud 1", "loud 0", "quiet 2", "quiet 1"]
    assert titles(store.queries.newest(ALL, topic="", limit=2)) == ["loud 2", "loud 1"]


def test_quiet_events_fill_a_feed_to_twenty_and_no_further(store: Store) -> None:
    for n in range(22):
        event(store, Told(f"quiet {n}", quiet=True))
    event(store, Told("loud"))
    newest = store.queries.newest(ALL, topic="", limit=100)
    assert len(newest) == 20
    assert newest[0].facts.title == "loud"


def hide(store: Store, title: str, **values: object) -> None:
    with store.write() as db:
        chosen = tables.events.c.search.contains(title.casefold())
        changes.begin(db)
        db.execute(sa.update(tables.events).where(chosen).values(change=changes.CURRENT, **values))


def test_hidden_and_merged_away_events_are_shown_by_their_address_only(news: Store) -> None:
    hide(news, "flood", hidden=True)
    hide(news, "прибыл", merged_into=3)
    assert listed(news) == [VOTES]
    assert titles(list(news.queries.export(ALL))) == [VOTES]
    assert facet(news, ALL, "place") == {"place:Pyongyang": 1}
    assert news.queries.counts(topic="").events == 1
    assert [e.facts.title for i in (1, 2) if (e := news.queries.event(EventId(i)))] == [VISIT, FLOOD]


@pytest.mark.parametrize("number", [0, -1, 99, 2**31 - 1, 2**31, 2**70])
def test_an_event_that_never_was_is_none(store: Store, number: int) -> None:
    assert store.queries.event(EventId(number)) is None


def test_the_state_of_a_feed_is_the_newest_change_and_the_count(store: Store) -> None:
    assert store.queries.state(ALL, topic="") == State(None, 0)
    event(store, Told("a", born=later(hours=1)))
    event(store, Told("b", born=later(hours=3)))
    state = store.queries.state(ALL, topic="")
    assert (state.updated, state.events) == (later(hours=3), 2)
    assert state.change > 0


def test_the_state_of_a_feed_moves_with_a_further_report_and_only_where_the_event_fits(store: Store) -> None:
    first = event(store, Told("It rained", type="flood"))
    event(store, Told("A visit", type="visit"))
    floods, visits = Filter(type=("flood",)), Filter(type=("visit",))
    before = [store.queries.state(filter_, topic="") for filter_ in (floods, visits)]
    more = read_in(store, take_in(store, incoming("more", outlet="Herald"))[0], mention("It rained again."))
    apply(store, MergePlan((cluster(Told("It rained", type="flood"), more, first),)), more)
    after = [store.queries.state(filter_, topic="") for filter_ in (floods, visits)]
    assert after[0].change > before[0].change
    assert after[1] == before[1]


def test_counts_tell_events_articles_outlets_languages_and_the_next_check(news: Store) -> None:
    read_in(news, take_in(news, incoming("told of nothing"))[0])
    feed_id = add_feed(news)
    poll(news, feed_id)
    counts = news.queries.counts(topic="")
    assert (counts.events, counts.reports, counts.outlets, counts.languages) == (3, 4, 3, 2)
    assert (counts.checked, counts.next_check) == (NOW, NOW + timedelta(hours=1))


def test_reports_stand_in_the_order_of_publication(store: Store) -> None:
    event_id = event(store, Told(outlets=("Late", "Early", "Undated")))
    with store.write() as db:
        for outlet, moment in (("Late", later(days=2)), ("Early", later(days=-2)), ("Undated", None)):
            chosen = tables.articles.c.outlet == outlet
            db.execute(sa.update(tables.articles).where(chosen).values(published=moment, first_seen=NOW))
    found = store.queries.event(event_id)
    assert found is not None
    assert [report.outlet for report in found.reports] == ["Early", "Undated", "Late"]


def test_feeds_tell_how_they_fare_in_one_line(store: Store) -> None:
    fine = add_feed(store, FEED, name="Fine")
    poll(store, fine, complaint="malformed: line 3")
    add_feed(store, "https://gone.example/", name="Gone")
    held = claim(store)[0]
    with store.write() as db:
        polls.failed(db, held, Failed(NOW, "is gone for good (410)", NOW, "gone"))
    add_feed(store, "https://new.example/")
    found = store.queries.feeds(sick=False, first=0, size=9)
    health = found.rows
    assert (found.known, found.sick) == (3, 2)
    assert [(row.title, row.problem) for row in health] == [
        ("https://new.example/", ""), ("Fine", "malformed: line 3"), ("Gone", "is gone for good (410)"),
    ]  # fmt: skip
    assert [row.next_check for row in health] == [NOW, NOW + timedelta(hours=1), None]
    assert [row.checked for row in health] == [None, NOW, None]  # a failure is no reading
    assert [row.why for row in health] == ["", "every 1 hour: its own rhythm", ""]
    assert store.queries.feeds(sick=True, first=0, size=9).rows == health[1:]
    assert store.queries.feeds(sick=True, first=1, size=1).rows == health[2:]
    assert store.queries.feeds(sick=False, first=3, size=9).rows == ()


def put_topic(store: Store, slug: str, *events: EventId, title: str = "") -> bool:
    with store.write() as db:
        fresh = topics.put(db, Topic(slug, title or slug.title(), f"query of {slug}"))
        topics.assign(db, slug, events)
        return fresh


def test_a_topic_shows_its_own_events_everywhere(news: Store) -> None:
    put_topic(news, "north", EventId(1), EventId(3))
    assert set(listed(news, topic="north")) == {VISIT, VOTES}
    assert {e.facts.title for e in news.queries.export(ALL, topic="north")} == {VISIT, VOTES}
    assert {e.topics for e in news.queries.newest(ALL, topic="north", limit=9)} == {("north",)}
    assert news.queries.counts(topic="north").events == news.queries.state(ALL, topic="north").events == 2
    assert listed(news, topic="no such topic") == []


def test_topics_are_listed_by_the_number_of_events_shown(news: Store) -> None:
    put_topic(news, "one", EventId(1))
    put_topic(news, "two", EventId(2), EventId(3))
    put_topic(news, "none")
    assert [(row.topic.slug, row.events) for row in news.queries.topics()] == [("two", 2), ("one", 1), ("none", 0)]
    hide(news, "flood", hidden=True)
    hide(news, "votes", hidden=True)
    assert [(row.topic.slug, row.events) for row in news.queries.topics()] == [("one", 1), ("none", 0), ("two", 0)]


def test_a_topics_events_are_found_anew_only_when_its_query_is_new(store: Store) -> None:
    changes = [Topic("a", "A", "x"), Topic("a", "B", "x", "About x."), Topic("a", "B", "y")]
    with store.write() as db:
        assert [topics.put(db, topic) for topic in changes] == [True, False, True]
        assert topics.listed(db) == (Topic("a", "B", "y"),)


def test_a_removed_topic_leaves_its_events(news: Store) -> None:
    put_topic(news, "north", EventId(1))
    with news.write() as db:
        assert topics.remove(db, "north")
        assert not topics.remove(db, "north")
    assert len(listed(news)) == 3
    assert news.queries.topics() == []


def test_an_event_belongs_to_the_topics_said_last(news: Store) -> None:
    put_topic(news, "a", EventId(1))
    put_topic(news, "b")
    with news.write() as db:
        topics.assign_event(db, EventId(1), ["b"])
        topics.assign_event(db, EventId(2), [])
    found = read_event(news, 1)
    assert found.topics == ("b",)


def read_event(store: Store, number: int) -> Event:
    found = store.queries.event(EventId(number))
    assert found is not None
    return found


def test_an_event_reads_as_its_mention_was_written(store: Store) -> None:
    event(store)
    assert read_event(store, 1).reports[0].date == mention().date


def test_events_that_may_be_the_same_are_given_the_most_alike_first(store: Store) -> None:
    ids = [event(store, Told(f"It rained {n}")) for n in range(4)]
    with store.write() as db:
        pairs = [(1, 2, 0.5), (1, 3, 0.6), (2, 4, 0.5)]
        db.execute(sa.insert(tables.possible), [{"a_id": a, "b_id": b, "score": score} for a, b, score in pairs])
    assert [one.id for one in store.queries.alike(ids[0])] == [ids[2], ids[1]]
    assert [one.id for one in store.queries.alike(ids[3])] == [ids[1]]
    hide(store, "rained 2", hidden=True)
    assert [one.id for one in store.queries.alike(ids[0])] == [ids[1]]
