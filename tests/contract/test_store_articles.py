"""Articles are taken in once and read again when changed; what was found in them keeps its row."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa
from store_builders import NOW, article, claim, incoming, later, mention, read_in, rows, take_in

from tracker.edtf import parse
from tracker.errors import StoreError
from tracker.rows import Prepared
from tracker.store import Store, articles, merging, tables, tellings, work
from tracker.store.engine import chunks
from tracker.types import Actor, Anchor, Article, EventMention, MentionDate, Place, Quantity, Status


def accept(store: Store, *items: articles.Incoming) -> list[str]:
    with store.write() as db:
        return [articles.accept(db, item, now=NOW).outcome for item in items]


def load(store: Store, name: str) -> Article:
    with store.read() as db:
        row = articles.find(db, name)
        assert row is not None
        return articles.load(db, row)


def test_an_article_is_taken_in_once(store: Store) -> None:
    assert accept(store, incoming(), incoming(), incoming("b")) == ["new", "known", "new"]
    assert len(rows(store, tables.articles)) == 2


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Corrected"},
        {"text": "Corrected."},
        {"published": datetime(2025, 11, 21, tzinfo=UTC)},
        {"published": None},
    ],
    ids=["title", "text", "published", "undated"],
)
def test_a_changed_article_is_a_new_revision_and_is_read_again(store: Store, change: dict[str, object]) -> None:
    take_in(store, incoming())
    with store.write() as db:
        work.finish(db, work.claim(db, "extract", n=1, now=NOW, lease_s=60, worker="w")[0])
    assert accept(store, incoming(**change), incoming(**change)) == ["changed", "known"]
    assert rows(store, tables.articles)[0]["revision"] == 2
    assert len(claim(store, "extract")) == 1


def test_a_known_article_is_not_read_again(store: Store) -> None:
    take_in(store, incoming())
    with store.write() as db:
        work.finish(db, work.claim(db, "extract", n=1, now=NOW, lease_s=60, worker="w")[0])
    accept(store, incoming())
    assert claim(store, "extract") == ()


def test_the_first_step_of_an_article_is_the_one_it_needs(store: Store) -> None:
    accept(store, replace(incoming(), step="read"))
    assert claim(store, "extract") == ()
    assert len(claim(store, "read")) == 1


@pytest.mark.parametrize("hours", [-9.5, 0, 5.75, 9])
def test_an_article_comes_back_as_it_went_in_with_the_offset_of_its_outlet(store: Store, hours: float) -> None:
    published = datetime(2025, 12, 31, 23, 30, tzinfo=timezone(timedelta(hours=hours)))
    given = article(
        published=published, published_has_time=False, url="https://news.example/a?b=c", title="北 ☂ \u202e"
    )
    take_in(store, articles.Incoming(given))
    kept = load(store, "a")
    assert kept == given
    assert kept.dct == given.dct


def test_an_article_without_a_date_stays_without(store: Store) -> None:
    take_in(store, incoming(published=None))
    assert load(store, "a").published is None


@pytest.mark.parametrize("length", [200, 500])
def test_an_id_may_be_as_long_as_an_import_allows(store: Store, length: int) -> None:
    take_in(store, incoming("n" * length))
    assert load(store, "n" * length).id == "n" * length


def test_an_article_that_never_was_is_not_found(store: Store) -> None:
    with store.read() as db:
        assert articles.find(db, "nobody") is None


def test_the_text_of_a_page_takes_the_place_of_a_teaser(store: Store) -> None:
    row = take_in(store, incoming())[0]
    with store.write() as db:
        articles.replace_text(db, row, article(text="All of it.", language="id"), "print of the page")
    assert (load(store, "a").text, load(store, "a").language) == ("All of it.", "id")


def copies(store: Store) -> list[int | None]:
    return [row["copy_of"] for row in rows(store, tables.articles)]


def test_a_later_article_with_the_same_words_is_a_copy_of_the_first(store: Store) -> None:
    same = [replace(incoming(name, outlet=f"Paper {name}"), fingerprint="same") for name in ("a", "b", "c")]
    first, second, third = take_in(store, *same)
    for row in (third, second, first):
        read_in(store, row, mention())
    assert copies(store) == [None, first, first]


def test_articles_without_a_fingerprint_are_no_copies(store: Store) -> None:
    for row in take_in(store, *(replace(incoming(name), fingerprint="") for name in ("a", "b"))):
        read_in(store, row, mention())
    assert copies(store) == [None, None]


FULL = EventMention(
    "title", 3, 20, "Цитата «с» ☂", "talks", Status.ALLEGED,
    MentionDate(parse("[2025-06-21..2025-06-30]"), Anchor.DCT, "late June", 0.8, "in late June", 3, 15, "title"),
    who=(Actor("Сергей Шойгу", "person", "srg|shg"),),
    where=(Place("Pyongyang", "city", "KP", "1871859", 1871859, 39.03, 125.75),),
    quantities=(Quantity(1000.0, "sapper", "seribu sapper"),),
    speaker="A. Rudenko", lead=True, salience=0.25, tokens=("ціт", "с"), trace=("rule 1", "rule 2"),
)  # fmt: skip


@pytest.mark.parametrize(
    "given", [FULL, mention(), mention(date=None), replace(FULL, date=replace(FULL.date, edtf=None))]
)
def test_what_was_found_comes_back_as_it_was_found(store: Store, given: EventMention) -> None:
    row = take_in(store, incoming(language="ru", outlet="Gazette"))[0]
    stored = read_in(store, row, given)
    assert [m.mention for m in stored] == [given]
    assert (stored[0].article_id, stored[0].article_public_id) == (row, "a")
    assert (stored[0].language, stored[0].outlet) == ("ru", "Gazette")


def test_a_mention_found_again_keeps_its_row_and_takes_the_new_facts(store: Store) -> None:
    row = take_in(store, incoming())[0]
    before = read_in(store, row, mention(), mention("It snowed.", 20))
    after = read_in(store, row, mention(status=Status.DENIED), mention("It snowed.", 20))
    assert [m.id for m in after] == [m.id for m in before]
    assert after[0].mention.status is Status.DENIED


def test_a_mention_found_in_most_of_the_same_words_keeps_its_row(store: Store) -> None:
    row = take_in(store, incoming())[0]
    rain, snow = read_in(store, row, mention("It rained all day."), mention("It snowed.", 20))
    after = read_in(store, row, mention("rained all day.", 3, type="storm"), mention("It thawed.", 40))
    assert after[0].id == rain.id
    assert snow.id not in {m.id for m in after}


def test_a_mention_of_the_same_words_elsewhere_in_the_text_keeps_its_row(store: Store) -> None:
    row = take_in(store, incoming())[0]
    rain, snow = read_in(store, row, mention("It rained."), mention("It snowed.", 20))
    after = read_in(store, row, mention("It rained.", 30), mention("It snowed.", 50))
    assert [m.id for m in after] == [rain.id, snow.id]


def test_a_mention_keeps_no_row_of_another_field(store: Store) -> None:
    row = take_in(store, incoming())[0]
    before = read_in(store, row, mention("It rained."))
    after = read_in(store, row, mention("It rained.", field="title"))
    assert before[0].id not in {m.id for m in after}


@pytest.mark.parametrize(("since", "chosen"), [(None, 3), (NOW, 2), (later(days=30), 0)])
def test_stored_articles_are_made_due_again_from_a_day_on(store: Store, since: datetime | None, chosen: int) -> None:
    old, new, undated = take_in(
        store, incoming("old", published=later(days=-400)), incoming("new", published=later(days=1)),
        incoming("undated", published=None),
    )  # fmt: skip
    with store.write() as db:
        for held in work.claim(db, "extract", n=9, now=NOW, lease_s=60, worker="w"):
            work.finish(db, held)
        assert articles.reread(db, since=since, now=NOW) == chosen
    due = {r["article_id"] for r in rows(store, tables.work_items) if r["state"] == "due"}
    assert due == {None: {old, new, undated}, NOW: {new, undated}}.get(since, set())


def test_a_mention_no_longer_found_is_retired_with_its_telling(store: Store) -> None:
    row = take_in(store, incoming())[0]
    gone, kept = read_in(store, row, mention("It rained."), mention("It snowed.", 20))
    with store.write() as db:
        tellings.write(db, row, Prepared([], tuple((m.id, [], ("day:2025-06-17",)) for m in (gone, kept))))
    assert [m.id for m in read_in(store, row, mention("It snowed.", 20))] == [kept.id]
    assert {r["telling_id"] for r in rows(store, tables.telling_keys)} == {kept.id}


def test_a_retired_mention_that_is_found_again_lives_again(store: Store) -> None:
    row = take_in(store, incoming())[0]
    before = read_in(store, row, mention())
    assert read_in(store, row) == ()
    assert [m.id for m in read_in(store, row, mention())] == [m.id for m in before]


def test_retired_mentions_are_forgotten_for_good(store: Store) -> None:
    row = take_in(store, incoming())[0]
    read_in(store, row, mention())
    read_in(store, row, mention("It snowed.", 20))
    with store.write() as db:
        merging.forget_retired(db, row)
    assert [r["data"]["quote"] for r in rows(store, tables.mentions)] == ["It snowed."]


def test_reading_the_same_twice_adds_no_row_even_where_two_mentions_share_a_place(store: Store) -> None:
    row = take_in(store, incoming())[0]
    twins = (mention(), mention(status=Status.PLANNED))
    before = read_in(store, row, *twins)
    after = read_in(store, row, *twins)
    assert [m.id for m in after] == [m.id for m in before]
    assert len(rows(store, tables.mentions)) == 2


def test_what_was_found_makes_merging_due(store: Store) -> None:
    row = take_in(store, incoming())[0]
    read_in(store, row, mention())
    assert [c.subject_id for c in claim(store, "merge")] == [row]


def test_stored_json_of_an_unknown_shape_is_named(store: Store) -> None:
    row = take_in(store, incoming())[0]
    read_in(store, row, mention())
    with store.write() as db:
        db.execute(sa.update(tables.mentions).values(data={"field": "text", "status": "shouted"}))
    with pytest.raises(StoreError, match="EventMention: stored JSON does not fit"), store.read() as db:
        articles.mentions_of_article(db, row)


def test_an_article_seen_first_keeps_the_day_it_was_seen(store: Store) -> None:
    take_in(store, incoming(), now=NOW)
    take_in(store, incoming(text="Changed."), now=later(days=3))
    assert rows(store, tables.articles)[0]["first_seen"] == NOW


def test_values_are_told_in_lists_that_a_statement_can_hold() -> None:
    parts = list(chunks(iter(range(1_001))))
    assert [len(part) for part in parts] == [500, 500, 1]
    assert [value for part in parts for value in part] == list(range(1_001))
    assert list(chunks(())) == []
