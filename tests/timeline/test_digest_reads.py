"""What a digest reads from the store, on both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime

import sqlalchemy as sa

from tests.contract.store_builders import Told, event, incoming, mention, read_in, take_in
from tracker.store import Store, digests, tables

DAY = date(2025, 6, 17)


def published(day: int) -> datetime:
    return datetime(2025, 6, day, 9, tzinfo=UTC)


def names(store: Store, first: date | None = None, most: int = 10) -> list[str]:
    with store.read() as db:
        return [found.article.id for found in digests.articles_since(db, first, most=most)]


def fill(store: Store) -> None:
    take_in(
        store, *(incoming(name, published=published(day)) for name, day in (("late", 25), ("old", 3), ("soon", 18)))
    )
    take_in(store, incoming("undated", published=None))


def test_the_articles_nearest_after_a_day_come_first(store: Store) -> None:
    fill(store)
    assert names(store, DAY) == ["soon", "late", "undated"]
    assert names(store, DAY, most=1) == ["soon"]


def test_without_a_day_the_latest_articles_come_first(store: Store) -> None:
    fill(store)
    assert names(store, most=2) == ["late", "soon"]


def test_a_copy_of_another_article_is_not_read(store: Store) -> None:
    first, second = take_in(store, incoming("first"), incoming("second"))
    with store.write() as db:
        db.execute(sa.update(tables.articles).where(tables.articles.c.id == second).values(copy_of=first))
    assert names(store) == ["first"]


def test_an_article_comes_with_what_was_found_in_it(store: Store) -> None:
    (row,) = take_in(store, incoming())
    read_in(store, row, mention("Text of a."))
    with store.read() as db:
        (found,) = digests.articles_since(db, None, most=5)
    assert found.row_id == row
    assert [one.quote for one in found.mentions] == ["Text of a."]


def test_events_of_a_day_are_those_that_the_articles_report(store: Store) -> None:
    one, other = event(store, Told("It rained")), event(store, Told("It snowed", date="2025-06"))
    with store.read() as db:
        rows = {int(row) for row in db.scalars(sa.select(tables.articles.c.id))}
        assert digests.events_on(db, [DAY], rows) == {DAY: (one,)}
        assert digests.events_on(db, [DAY], ()) == {}
        assert digests.events_on(db, [], rows) == {}
    assert other != one
