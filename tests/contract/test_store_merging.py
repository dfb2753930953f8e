"""A plan of merging becomes events: made, changed, merged away, hidden, with a revision for each material change."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

import pytest
import sqlalchemy as sa
from store_builders import NOW, Told, apply, cluster, facts, incoming, later, mention, read_in, rows, take_in

from tracker import edtf, events
from tracker.events import MergeOptions
from tracker.rows import Prepared, Telling
from tracker.store import Store, articles, merging, tables, tellings
from tracker.store.merging import Change
from tracker.store.tellings import TellingShelf
from tracker.types import (
    Anchor,
    ArticleId,
    Event,
    EventId,
    MentionDate,
    MergePlan,
    Place,
    Status,
    StoredMention,
)


def told_by(store: Store, *names: str) -> tuple[StoredMention, ...]:
    """Store one mention in an article of each name, each of another paper."""
    ids = take_in(store, *(incoming(name, outlet=f"Paper {name}") for name in names))
    return tuple(found for row in ids for found in read_in(store, row, mention()))


def load(store: Store, event_id: EventId) -> Event:
    found = store.queries.event(event_id)
    assert found is not None
    return found


def kinds(store: Store, event_id: EventId) -> list[str]:
    return [revision.kind for revision in load(store, event_id).revisions]


def make(store: Store, told: Told, *mentions: StoredMention) -> EventId:
    return apply(store, MergePlan((cluster(told, mentions),)), mentions)[0]


def test_a_cluster_without_an_event_makes_one_with_all_its_reports(store: Store) -> None:
    said = Told(who=("Sergei Shoigu",), where=("Pyongyang",), disputed=True, outlets=("Paper a", "Paper b"))
    made = load(store, make(store, said, *told_by(store, "a", "b")))
    assert made.facts == facts(said)
    assert [report.article_id for report in made.reports] == ["a", "b"]
    assert made.reports[0].quote == "It rained."
    assert "joined: same day" in made.reports[0].trace
    assert (made.first_published, made.updated, made.revision) == (NOW, NOW, 1)
    assert [(r.number, r.kind, r.new, r.cause) for r in made.revisions] == [
        (1, "created", "It rained", "report of Example Gazette (a)")
    ]


def test_an_event_of_a_first_poll_is_quiet(store: Store) -> None:
    found = told_by(store, "a")
    made = apply(store, MergePlan((cluster(Told(), found),)), found, quiet=True)[0]
    assert load(store, made).quiet


@pytest.mark.parametrize(
    ("told", "kind", "old", "new"),
    [
        (Told(date="2025-06"), "redated", "2025-06-17", "2025-06"),
        (Told(date=None), "redated", "2025-06-17", ""),
        (Told(status=Status.CANCELLED), "status", "occurred", "cancelled"),
        (Told(title="It poured"), "retitled", "It rained", "It poured"),
    ],
    ids=["date", "no date", "status", "title"],
)
def test_a_material_change_is_a_revision_with_old_and_new(
    store: Store, told: Told, kind: str, old: str, new: str
) -> None:
    found = told_by(store, "a")
    event_id = make(store, Told(), *found)
    apply(store, MergePlan((cluster(told, found, event_id),)), found, now=later(hours=1))
    changed = load(store, event_id)
    last = changed.revisions[-1]
    assert (last.kind, last.old, last.new, last.changed) == (kind, old, new, later(hours=1))
    assert (changed.revision, changed.updated, changed.first_published) == (2, later(hours=1), NOW)
    assert changed.facts == facts(told)


def test_a_further_report_is_a_new_revision_number_but_no_change_to_tell(store: Store) -> None:
    first, second = told_by(store, "a", "b")
    event_id = make(store, Told(), first)
    apply(store, MergePlan((cluster(Told(), (first, second), event_id),)), (first, second), now=later(hours=1))
    changed = load(store, event_id)
    assert [report.article_id for report in changed.reports] == ["a", "b"]
    assert (changed.revision, changed.updated, kinds(store, event_id)) == (2, NOW, ["created"])


def test_applying_a_plan_again_changes_nothing(store: Store) -> None:
    found = told_by(store, "a", "b")
    event_id = make(store, Told(), *found)
    plan = MergePlan((cluster(Told(), found, event_id),), possible=((found[0].id, found[1].id, 0.5),))
    apply(store, plan, found)
    before = [rows(store, table) for table in tables.metadata.sorted_tables]
    apply(store, plan, found, now=later(days=1))
    assert [rows(store, table) for table in tables.metadata.sorted_tables] == before


def merged_away(store: Store) -> tuple[EventId, EventId, tuple[StoredMention, ...]]:
    """Store two events and merge the second into the first."""
    found = told_by(store, "a", "b")
    into, away = make(store, Told(), found[0]), make(store, Told("Rain fell"), found[1])
    plan = MergePlan((cluster(Told(), found, into),), redirects=((away, into),))
    apply(store, plan, found, now=later(hours=1))
    return into, away, found


def test_an_event_merged_away_leads_to_the_one_that_stays(store: Store) -> None:
    into, away, _ = merged_away(store)
    assert load(store, away).merged_into == into
    assert load(store, away).reports == ()
    assert len(load(store, into).reports) == 2
    assert kinds(store, away) == kinds(store, into) == ["created", "merged"]
    assert load(store, into).revisions[-1].old == str(away)
    assert {row["event_id"] for row in rows(store, tables.event_facets)} == {into}


def test_a_chain_of_merges_leads_to_its_end(store: Store) -> None:
    middle, first, found = merged_away(store)
    third = told_by(store, "c")
    last = make(store, Told("Flood"), *third)
    everything = (*found, *third)
    plan = MergePlan((cluster(Told("Flood"), everything, last),), redirects=((middle, last),))
    apply(store, plan, everything, now=later(hours=2))
    assert [load(store, i).merged_into for i in (first, middle, last)] == [last, last, None]


def test_merging_away_twice_is_told_once(store: Store) -> None:
    into, away, found = merged_away(store)
    plan = MergePlan((cluster(Told(), found, into),), redirects=((away, into),))
    apply(store, plan, found, now=later(hours=2))
    assert kinds(store, away) == ["created", "merged"]


def test_a_split_leaves_the_old_event_and_makes_a_new_one(store: Store) -> None:
    found = told_by(store, "a", "b")
    event_id = make(store, Told(), *found)
    plan = MergePlan((cluster(Told(), found[:1], event_id), cluster(Told("It snowed"), found[1:])))
    kept, new = apply(store, plan, found, now=later(hours=1))
    assert kept == event_id != new
    assert [[r.article_id for r in load(store, i).reports] for i in (kept, new)] == [["a"], ["b"]]


def read_again_without(store: Store, found: StoredMention) -> None:
    """Read an article again that no longer tells anything, and end what follows from it."""
    with store.write() as db:
        articles.save_mentions(db, found.article_id, (), decisions=(), now=NOW)
        lost = merging.orphaned(db, found.article_id)
        merging.retire_empty(db, lost, Change(later(hours=1), "read again", quiet=False))
        merging.forget_retired(db, found.article_id)


def test_an_event_that_no_report_tells_any_more_is_hidden_not_deleted(store: Store) -> None:
    first, second = told_by(store, "a", "b")
    event_id = make(store, Told(), first, second)
    read_again_without(store, first)
    assert kinds(store, event_id) == ["created"]
    read_again_without(store, second)
    assert kinds(store, event_id) == ["created", "hidden"]
    assert rows(store, tables.events)[0]["hidden"]


def test_a_hidden_event_is_shown_again_when_it_is_told_again(store: Store) -> None:
    first = told_by(store, "a")[0]
    event_id = make(store, Told(), first)
    read_again_without(store, first)
    again = read_in(store, first.article_id, mention())
    apply(store, MergePlan((cluster(Told(), again, event_id),)), again, now=later(hours=2))
    assert not rows(store, tables.events)[0]["hidden"]


def test_facets_follow_the_facts(store: Store) -> None:
    found = told_by(store, "a")
    event_id = make(store, Told(where=("Pyongyang",), who=("Sergei Shoigu",)), *found)
    apply(store, MergePlan((cluster(Told(where=("Kursk",)), found, event_id),)), found)
    kept = {(row["field"], row["value"], row["label"]) for row in rows(store, tables.event_facets)}
    assert kept == {("place", "place:Kursk", "Kursk"), ("language", "en", ""), ("outlet", "Paper a", "Paper a")}


@pytest.mark.parametrize("outlet", ["", "x" * 400])
def test_any_outlet_can_report(store: Store, outlet: str) -> None:
    ids = take_in(store, incoming("a", outlet=outlet), incoming("b", outlet=outlet + "y" * bool(outlet)))
    found = tuple(m for row in ids for m in read_in(store, row, mention()))
    make(store, Told(), *found)
    named = [row["value"] for row in rows(store, tables.event_facets) if row["field"] == "outlet"]
    assert named == ([outlet[:300]] if outlet else [])


def test_pairs_that_may_be_the_same_are_kept_once_and_forgotten_when_decided(store: Store) -> None:
    a, b = told_by(store, "a", "b")
    both = (cluster(Told(), (a,)), cluster(Told(), (b,)))
    first, second = apply(store, MergePlan(both, possible=((b.id, a.id, 0.5),)), (a, b))
    assert [(r["a_id"], r["b_id"], r["score"]) for r in rows(store, tables.possible)] == [(a.id, b.id, 0.5)]
    judged = (a.id, b.id)
    decided = MergePlan(
        tuple(replace(c, event_id=i) for c, i in zip(both, (first, second), strict=True)), compared=judged
    )
    apply(store, decided, (a, b))
    assert rows(store, tables.possible) == []


def prepared(*found: StoredMention, keys: tuple[str, ...] = ()) -> Prepared:
    """Make what is stored of an article's mentions, each a telling under the same keys."""
    return Prepared({"told": len(found)}, tuple((m.id, [m.mention.quote], keys or ("day",)) for m in found))


def test_tellings_are_found_under_their_keys_the_last_stored_first_and_few_of_each(store: Store) -> None:
    a, b, c = told_by(store, "a", "b", "c")
    with store.write() as db:
        for found, keys in ((a, ("day", "x" * 900)), (b, ("day",)), (c, ("day", "day", "place"))):
            tellings.write(db, found.article_id, prepared(found, keys=keys))
        shelf = TellingShelf(db)
        assert shelf.under(["day", "place", "none"], 9) == {"day": [c.id, b.id, a.id], "place": [c.id]}
        assert shelf.under(["day"], 2) == {"day": [c.id, b.id]}
        assert shelf.under(["x" * 900], 2) == {"x" * 900: [a.id]}
        assert shelf.under([], 2) == {}


def test_tellings_and_stories_are_given_as_they_were_prepared(store: Store) -> None:
    a, b = told_by(store, "a", "b")
    event_id = make(store, Told(), a)
    with store.write() as db:
        for found in (a, b):
            tellings.write(db, found.article_id, prepared(found))
        shelf = TellingShelf(db)
        loaded = sorted(shelf.tellings([a.id, b.id]), key=lambda telling: telling.id)
        assert loaded == [
            Telling(a.id, a.article_id, '["It rained."]'),
            Telling(b.id, b.article_id, '["It rained."]'),
        ]
        assert (shelf.events_of([a.id, b.id]), shelf.events_of([])) == ({a.id: event_id}, {})
        assert shelf.stories([a.article_id]) == {a.article_id: '{"told": 1}'}
        assert (shelf.tellings([]), shelf.stories([]), shelf.members([]), shelf.linked([], 0.5)) == ([], {}, {}, ())


def test_an_article_read_again_has_only_its_new_tellings(store: Store) -> None:
    row = take_in(store, incoming())[0]
    first, second = read_in(store, row, mention(), mention("It snowed.", 20))
    with store.write() as db:
        tellings.write(db, row, prepared(first, second, keys=("old",)))
    (kept,) = read_in(store, row, mention())
    with store.write() as db:
        assert [telling.id for telling in TellingShelf(db).tellings([first.id, second.id])] == [kept.id]
        tellings.write(db, row, prepared(kept, keys=("new",)))
        assert TellingShelf(db).under(["old", "new"], 9) == {"new": [kept.id]}
        tellings.write(db, row, Prepared(None, ()))
    assert [rows(store, table) for table in (tables.tellings, tables.telling_keys, tables.stories)] == [[], [], []]


def test_events_know_their_mentions_and_those_that_may_be_the_same(store: Store) -> None:
    a, b, c = told_by(store, "a", "b", "c")
    first, second, third = (make(store, Told(), found) for found in (a, b, c))
    pairs = ((a.id, b.id, 0.5), (c.id, b.id, 0.6))
    apply(store, MergePlan((), possible=pairs), ())
    with store.write() as db:
        tellings.write(db, a.article_id, prepared(a))
        shelf = TellingShelf(db)
        assert shelf.members([first, second]) == {first: {a.id: True}, second: {b.id: False}}
        assert shelf.linked([second], 0.1) == [third, first]
        assert shelf.linked([second], 0.6) == [third]
        assert shelf.linked([first], 0.1) == [second]


def test_where_mentions_are_and_when_their_events_were_born_is_known(store: Store) -> None:
    found = told_by(store, "a", "b")
    event_id = make(store, Told(), found[0])
    with store.read() as db:
        assert merging.homes(db, [m.id for m in found]) == {found[0].id: event_id}
        assert merging.born(db, {event_id}) == {event_id: NOW}
        assert db.scalar(sa.select(tables.events.c.first_published)) == NOW


class Apart:
    """Places that do not lie in one another."""

    def related(self, a_key: str, b_key: str) -> bool:
        return a_key == b_key


def merge_article(store: Store, article_id: ArticleId) -> None:
    """Merge one article as a worker does: all in one transaction that holds the lock."""
    with store.write() as db:
        merging.lock(db)
        own = articles.mentions_of_article(db, article_id)
        tell = partial(articles.mentions_by_id, db)
        options, shelf = MergeOptions(), TellingShelf(db)
        touched = set(merging.homes(db, [m.id for m in own]).values())
        near = events.nearby(own, touched, shelf, options=options, relations=Apart(), limit=50)
        plan = events.merge(near, born=merging.born(db, set(near.current.values())), options=options, tell=tell)
        told = tell([i for cluster in plan.clusters for i in cluster.mention_ids])
        merging.apply(db, plan, told, Change(NOW, "a report", quiet=False))


def test_two_workers_at_once_neither_lose_nor_double_an_event(store: Store) -> None:
    town = Place("Pyongyang", "city", "KP", "1871859")
    ids = take_in(store, *(incoming(f"w{n}", outlet=f"Paper {n}") for n in range(12)))
    for number, row in enumerate(ids):
        date = MentionDate(edtf.parse(f"2025-06-{10 + number % 2 * 9}"), Anchor.EXPLICIT, "day", 1.0, "then", 0, 4)
        found = read_in(store, row, mention(f"Rain {number}.", where=(town,), lead=True, date=date))
        with store.write() as db:
            tellings.write(db, row, events.prepare(found))
    with ThreadPoolExecutor(2) as workers:
        list(workers.map(partial(merge_article, store), ids))
    homes = [row["event_id"] for row in rows(store, tables.mentions)]
    living = [row["id"] for row in rows(store, tables.events) if row["merged_into"] is None]
    assert len(homes) == 12
    assert set(homes) == set(living)
    assert sorted(homes.count(event_id) for event_id in living) == [6, 6]


def test_a_worker_that_dies_before_it_commits_leaves_nothing(store: Store) -> None:
    row = take_in(store, incoming("dies"))[0]
    found = read_in(store, row, mention())
    with store.write() as db:
        tellings.write(db, row, events.prepare(found))
    plan = MergePlan((cluster(Told(), found),))

    def die_half_way() -> None:
        with store.write() as db:
            merging.lock(db)
            merging.apply(db, plan, found, Change(NOW, "a report", quiet=False))
            raise ConnectionError

    with pytest.raises(ConnectionError):
        die_half_way()
    assert rows(store, tables.events) == []
    merge_article(store, row)
    assert len(rows(store, tables.events)) == 1
