"""A database of an older version keeps what it holds: each migration over rows, on both databases."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from store_builders import NOW, rows

import tracker.store
from tracker.events.compact import unpack_story, unpack_unit
from tracker.events.story import alike
from tracker.events.units import Level
from tracker.store import Store, tables

ORDER = ["2025-06-17T10:00:00", "a1", "text", 0, 40, "visit", 1]
TELLING = [
    ORDER, [1], 1, "a1", "en", "visit", ["visit"], 0, 739419, 739419, 0, 1, ["SK =shoigu"], [], ["KP"], [], ["1871859"],
    [[1000.0, "sapper"]], [["arriv", "shoigu"]], 0, ["a:SK", "p:1871859"], ["d:2025-06-17|visit"], [], 1, [77],
]  # fmt: skip
STORY = [{"a:SK": 1.0, "q:1000": 1.0, "p:1871859": 0.7}, ["arriv", "shoigu"], "en"]


def old(url: str, version: str) -> Store:
    """Give a store whose schema is of an older version."""
    opened = Store.open(url)
    config = Config()
    config.set_main_option("script_location", str(Path(tracker.store.__file__).parent / "migrations"))
    with opened.write() as db:
        config.attributes["connection"] = db
        command.upgrade(config, version)
    return opened


def insert(db: sa.Connection, table: str, **values: object) -> None:
    """Insert a row with the columns an older schema has."""
    types = {c.name: c.type for c in tables.metadata.tables[table].columns}
    columns = [sa.column(name, types[name]) for name in values]
    db.execute(sa.insert(sa.table(table, *columns)).values(values))


def test_what_merging_compares_is_kept_in_its_new_form_until_articles_are_read_again(database_url: str) -> None:
    store = old(database_url, "0005")
    with store.write() as db:
        insert(db, "articles", id=1, public_id="a1", title="t", text="x", language="en", first_seen=NOW)
        insert(
            db, "events", id=7, edtf="2025-06-17", precision="day", status="occurred", type="visit", importance=0.5, outlets=1,
            disputed=False, facts={}, search="", first_published=NOW, updated=NOW, revision=1,
        )  # fmt: skip
        insert(db, "mentions", id=1, article_id=1, event_id=7, data={})
        insert(db, "tellings", id=1, article_id=1, data=TELLING)
        insert(db, "telling_keys", key=42, telling_id=1)
        insert(db, "stories", article_id=1, data=STORY)
        insert(db, "work_items", step="extract", article_id=1, state="done", not_before=NOW)
    store.migrate(now=NOW, authority="kronik.test")
    unit = unpack_unit(rows(store, tables.tellings)[0]["data"])
    assert (unit.level, unit.low, unit.lead, unit.planned, unit.printed) == (Level.DAY, 739419, True, False, False)
    assert (unit.quantities, unit.counts, unit.marks) == ({(1000.0, "sapper")}, {1000.0}, frozenset())
    assert (unit.evidence, unit.kinds, unit.root, unit.quotes) == (
        {"a:SK", "p:1871859"},
        {"d:2025-06-17|visit"},
        1,
        {77},
    )
    story = unpack_story(rows(store, tables.stories)[0]["data"])
    assert alike(story, story).value > 0.5
    assert [row["key"] for row in rows(store, tables.telling_keys)] == [42]
    assert [(row["step"], row["state"]) for row in rows(store, tables.work_items)] == [("extract", "due")]
    assert [(row["id"], row["reports"]) for row in rows(store, tables.events)] == [(7, 1)]
    store.close()


def test_what_is_searched_through_is_folded(database_url: str) -> None:
    store = old(database_url, "0008")
    told = {7: "olaz\u00e1bal", 8: "plain words", 9: "\u0643\u064a\u0645 \u062c\u0648\u0646\u063a \u0623\u0648\u0646"}
    with store.write() as db:
        for number, search in told.items():
            insert(
                db, "events", id=number, edtf="2025-06-17", precision="day", status="occurred", type="visit", importance=0.5, outlets=1,
                disputed=False, facts={}, search=search, first_published=NOW, updated=NOW, revision=1,
            )  # fmt: skip
    store.migrate(now=NOW, authority="kronik.test")
    found = {row["id"]: row["search"] for row in rows(store, tables.events)}
    assert found == {
        7: "olazabal",
        8: "plain words",
        9: "\u0643\u064a\u0645 \u062c\u0648\u0646\u063a \u0627\u0648\u0646",
    }
    store.close()
