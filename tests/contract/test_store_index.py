"""The index of a process: after every kind of write it answers as the database does, and reads only what changed."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from datetime import date
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa
from pyroaring import BitMap
from store_builders import NOW, Told, apply, cluster, event, incoming, later, mention, read_in, take_in

from tracker.filters import NEWEST, OLDEST, Filter
from tracker.store import IndexedQueries, Store, merging, tables, topics
from tracker.store.queries import FACET_VALUES
from tracker.store.ranks import Ranks
from tracker.store.wording import Wording
from tracker.types import EventId, MergePlan, Status, Topic

TOPIC = "north"
FILTERS = (
    Filter(), Filter(order=OLDEST), Filter(page=2), Filter(type=("flood",)), Filter(place=("Ust-Luga",)), Filter(min_outlets=2),
    Filter(from_=date(2025, 6, 1), to=date(2025, 6, 20)), Filter(status=(Status.PLANNED,), language=("en", "ru")), Filter(q="rain"),
    Filter(disputed=True), Filter(outlet=("Herald",), who=("nobody", "Anna")),
)  # fmt: skip


def answers(reads: Any, filter_: Filter, topic: str) -> dict[str, object]:  # Any: either kind of reads
    listing = reads.listing(filter_, topic=topic, size=4)
    facets = reads.facets(filter_, topic=topic)
    return {
        "listing": listing,
        "facets": {name: sorted((v.value, v.count, v.label) for v in found) for name, found in facets.items()},
        "masses": sorted(map(repr, reads.masses(filter_, topic=topic, today=date(2025, 6, 18)))),
        "newest": reads.newest(filter_, topic=topic, limit=7),
        "weightiest": reads.weightiest(filter_, topic=topic, limit=3),
        "state": reads.state(filter_, topic=topic),
        "after": [reads.after(filter_, topic=topic, cursor=c, size=3) for c in (None, (date(2025, 6, 17),) * 2 + (3,))],
        "happening": reads.happening(filter_, topic=topic, first=date(2025, 1, 1), limit=5),
        "counts": reads.counts(topic=topic),
        "topics": reads.topics(),
    }


def agree(store: Store, kept: IndexedQueries) -> None:
    for filter_ in FILTERS:
        for topic in ("", TOPIC):
            assert answers(kept, filter_, topic) == answers(store.queries, filter_, topic), (filter_, topic)


def drawn(chance: Random, number: int) -> Told:
    """Draw an event that differs from others in everything one can filter by."""
    dates = (
        None,
        "2025",
        "2025-06",
        "../2025-05-10",
        "2025-07-01/..",
        "2025-06-17/2025-06-19",
        *(["2025-06-17", "2025-06-18"] * 3),
    )
    return Told(
        f"{chance.choice(('It rained', 'The river rose'))} {number}", chance.choice(dates), chance.choice(list(Status)),
        chance.choice(("flood", "visit")), chance.choice(((), ("Anna",), ("Anna", "Boris"))),
        chance.choice(((), ("Ust-Luga",), ("Pyongyang", "Ust-Luga"))), chance.choice((("Gazette",), ("Gazette", "Herald"))),
        chance.choice(("en", "ru")), chance.random() < 0.3, chance.random() < 0.3, later(hours=number), chance.choice((0.2, 0.5, 2.0)),
    )  # fmt: skip


@pytest.fixture
def filled(store: Store) -> Store:
    """Give a store with a dozen of events, half of them in a topic."""
    chance = Random(7)
    ids = [event(store, drawn(chance, number)) for number in range(12)]
    with store.write() as db:
        topics.put(db, Topic(TOPIC, "North", "north"))
        topics.assign(db, TOPIC, ids[::2])
    return store


def test_it_answers_as_the_database_does(filled: Store) -> None:
    agree(filled, filled.indexed())


def test_it_sees_new_and_changed_events_with_the_next_read(filled: Store) -> None:
    kept, chance = filled.indexed(), Random(8)
    agree(filled, kept)
    event(filled, drawn(chance, 90))
    agree(filled, kept)
    row = take_in(filled, incoming("more", outlet="Herald"))[0]
    found = read_in(filled, row, mention("It rained again."))
    told = replace(drawn(chance, 91), title="It rained again", date="2025-06-18")
    apply(filled, MergePlan((cluster(told, found, EventId(3)),)), found, now=later(days=3))
    agree(filled, kept)


def test_it_forgets_merged_and_withdrawn_events(filled: Store) -> None:
    kept = filled.indexed()
    agree(filled, kept)
    apply(filled, MergePlan((), redirects=((EventId(2), EventId(1)),)), (), now=later(days=4))
    agree(filled, kept)
    with filled.write() as db:
        db.execute(sa.update(tables.mentions).where(tables.mentions.c.event_id == 5).values(retired=True))
        merging.retire_empty(db, [EventId(5)], merging.Change(later(days=5), "read again", quiet=False))
    agree(filled, kept)
    assert {2, 5}.isdisjoint(one.id for one in kept.newest(Filter(), topic="", limit=99))


@dataclass
class BreaksOff:
    """A connection that is lost after some statements."""

    db: sa.Connection
    left: int

    def _lose(self) -> sa.Connection:
        self.left -= 1
        if self.left < 0:
            raise ConnectionError("lost")
        return self.db

    def execute(self, *said: Any, **options: Any) -> Any:  # Any: as Connection's
        return self._lose().execute(*said, **options)

    def scalars(self, *said: Any) -> Any:  # Any: as Connection's
        return self._lose().scalars(*said)

    def scalar(self, *said: Any) -> Any:  # Any: as Connection's
        return self._lose().scalar(*said)


def breaks_off(store: Store, kept: IndexedQueries, statements: int) -> None:
    with store.read() as db, pytest.raises(ConnectionError), kept.index.opened(BreaksOff(db, statements)):  # type: ignore[arg-type]
        pass


@pytest.mark.parametrize(("statements", "built"), [(2, False), (4, False), (3, True)])
def test_a_read_that_breaks_off_leaves_nothing_behind(filled: Store, statements: int, built: bool) -> None:
    kept, chance = filled.indexed(), Random(9)
    if built:
        agree(filled, kept)
        event(filled, drawn(chance, 90))
    breaks_off(filled, kept, statements)
    row = take_in(filled, incoming("more", outlet="Herald"))[0]
    found = read_in(filled, row, mention("It rained again."))
    apply(filled, MergePlan((cluster(drawn(chance, 91), found, EventId(3)),)), found, now=later(days=3))
    with filled.write() as db:
        topics.assign(db, TOPIC, [EventId(1), EventId(2)])
    agree(filled, kept)


def test_who_waits_for_the_index_gets_what_was_written_meanwhile(filled: Store) -> None:
    kept, counted = filled.indexed(), list[int]()
    reader = threading.Thread(target=lambda: counted.append(kept.state(Filter(), topic="").events))
    with filled.read() as db, kept.index.opened(db):
        reader.start()
        reader.join(0.2)  # it waits here
        event(filled, Told("meanwhile"))
    reader.join()
    assert counted == [13]


def test_nobody_waits_for_the_index_while_rows_are_read(filled: Store) -> None:
    kept, held = filled.indexed(), list[str]()
    answers(kept, Filter(), TOPIC)

    def note(*said: Any) -> None:  # Any: as the engine tells, the statement third
        if kept.index._lock.locked():
            held.append(said[2])

    sa.event.listen(filled.engine, "before_cursor_execute", note)
    answers(kept, Filter(), TOPIC)
    assert held
    assert {statement.partition("FROM")[2].split()[0] for statement in held} == {"partitions"}  # the last change


def test_it_sees_topics_said_anew_renamed_and_removed(filled: Store) -> None:
    kept = filled.indexed()
    agree(filled, kept)
    with filled.write() as db:
        topics.assign(db, TOPIC, [EventId(1), EventId(2)])
        topics.put(db, Topic("south", "South", "south"))
    agree(filled, kept)
    with filled.write() as db:
        topics.remove(db, TOPIC)
        topics.put(db, Topic(TOPIC, "North again", "another query"))
    agree(filled, kept)
    assert [(row.topic.title, row.events) for row in kept.topics()] == [("North again", 0), ("South", 0)]


def test_the_most_frequent_values_are_exact_though_ranked_long_ago(store: Store) -> None:
    kept = store.indexed()
    for number in range(60):
        event(store, Told(f"once {number}", who=(f"Person {number:02}",)))
    assert len(kept.facets(Filter(), topic="")["who"]) == FACET_VALUES
    for number in range(2):
        event(store, Told(f"again {number}", who=("Person 59",)))
        event(store, Told(f"new {number}", who=("Somebody new",)))
    agree(store, kept)


def test_a_chosen_value_is_counted_though_others_are_more_frequent(store: Store) -> None:
    kept = store.indexed()
    for number in range(30):
        event(store, Told(f"often {number}", who=tuple(f"Person {n}" for n in range(2 * FACET_VALUES))))
    event(store, Told("once", who=("Seldom",)))
    counted = {value.value: value.count for value in kept.facets(Filter(who=("seldom",)), topic="")["who"]}
    assert counted["seldom"] == 1
    assert kept.facets(Filter(who=("seldom",)), topic="") == store.queries.facets(Filter(who=("seldom",)), topic="")


@pytest.mark.parametrize("most", [1, 3, 8])
def test_handfuls_that_cannot_matter_are_left_out_and_nothing_else(most: int) -> None:
    chance = Random(most)
    held = {f"v{n}": BitMap(i for i in range(3_000) if chance.random() < 0.3 / (n + 1)) for n in range(700)}
    ranks = Ranks.of(held)
    for size in (3, 40, 700, 2_900):
        within = BitMap(chance.sample(range(3_000), size))
        for _ in range(2):
            counted = ((value, len(ids & within)) for value, ids in held.items())
            best = sorted((row for row in counted if row[1]), key=lambda row: (-row[1], row[0]))[:most]
            assert ranks.top(within, most) == best
            changed = BitMap(chance.sample(range(3_000), 5))  # they have another value from now on
            ranks.change(changed)
            for ids in held.values():
                ids.difference_update(changed)
            held["v600"].update(changed)


@pytest.mark.parametrize(
    "text",
    [
        "rain",
        "AIN",
        "it r",
        "rained 3",
        "3",
        "дождь",
        "ОЖД",
        "雨が",
        "が降",
        "s_c",
        "100%",
        "%",
        "«",
        "хлынул»",
        "हिन्दी",
        "न्द",
        "nothing",
    ],
)
def test_a_search_finds_what_the_database_finds_before_and_after_changes(store: Store, text: str) -> None:
    kept = store.indexed()
    told = ["It rained 3", "Rain, rain", "дождь «хлынул»", "大雨が降った。港で", "100% of votes_counted", "हिन्दी में"]
    for title in told[:4]:
        event(store, Told(title))
    assert found(kept, text) == found(store.queries, text)
    changed = take_in(store, incoming("more", outlet="Herald"))[0]
    mentions = read_in(store, changed, mention("It snowed."))
    apply(store, MergePlan((cluster(Told("It snowed 3"), mentions, EventId(1)),)), mentions)
    for title in told[4:]:
        event(store, Told(title))
    assert found(kept, text) == found(store.queries, text)


@pytest.mark.parametrize("text", ["rain", "rained,", "rain, r", "snow", "хлынул»", "%"])
def test_a_search_finds_the_same_when_words_are_read_anew_after_many_changes(store: Store, text: str) -> None:
    kept, reads = replace(store.indexed(), wording=Wording(few=3)), reads_of_all_words(store)
    for number in range(7):
        for title in ("It rained, ", "дождь «хлынул»"):
            event(store, Told(f"{title}{number}"))
        changed = take_in(store, incoming(f"more {number}", outlet="Herald"))[0]
        mentions = read_in(store, changed, mention("It snowed."))
        apply(store, MergePlan((cluster(Told(f"It snowed {number}"), mentions, EventId(1)),)), mentions)
        assert found(kept, text) == found(store.queries, text)
    assert len(reads) == (0 if text == "%" else 4)


def reads_of_all_words(store: Store) -> list[str]:
    """Give a list that grows with each statement that reads the words of all events."""
    found = list[str]()

    def note(*said: Any) -> None:  # Any: as the engine tells, the statement third
        if said[2].startswith("SELECT events.id, events.search \n"):
            found.append(said[2])

    sa.event.listen(store.engine, "before_cursor_execute", note)
    return found


def test_words_are_read_anew_once_though_many_search_at_once(store: Store) -> None:
    kept, reads = replace(store.indexed(), wording=Wording(few=2)), reads_of_all_words(store)
    event(store, Told("It rained"))
    assert found(kept, "rain") == [1]
    for number in range(5):
        event(store, Told(f"It rained {number}"))
    came = list[list[int]]()
    readers = [threading.Thread(target=lambda: came.append(found(kept, "rain"))) for _ in range(4)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert came == [[1, 2, 3, 4, 5, 6]] * 4
    assert len(reads) == 2


def found(reads: Any, text: str) -> list[int]:  # Any: either kind of reads
    return sorted(one.id for one in reads.newest(Filter(q=text), topic="", limit=50))


@pytest.mark.parametrize("order", [NEWEST, OLDEST])
def test_pages_hold_every_event_once_in_both_orders(filled: Store, order: str) -> None:
    kept = filled.indexed()
    pages = [kept.listing(Filter(order=order, page=n), topic="", size=3).events for n in range(1, 6)]
    ids = [one.id for page in pages for one in page]
    assert len(ids) == len(set(ids)) == len(kept.listing(Filter(order=order), topic="", size=50).events)


def test_threads_may_read_while_others_write(filled: Store) -> None:
    kept, failures = filled.indexed(), list[BaseException]()

    def read() -> None:
        try:
            for _ in range(20):
                kept.facets(Filter(), topic=TOPIC)
                kept.listing(Filter(), topic="", size=5)
        except BaseException as failure:  # noqa: BLE001  # told by the test
            failures.append(failure)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for number in range(5):
        event(filled, Told(f"meanwhile {number}", born=NOW))
    for reader in readers:
        reader.join()
    assert failures == []
    agree(filled, kept)
