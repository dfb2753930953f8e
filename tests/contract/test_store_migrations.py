"""The schema: migrations lead from nothing to the tables of the code, once, and refuse what they do not know."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from hypothesis import given, settings
from hypothesis import strategies as st
from store_builders import NOW, incoming, later, rows, take_in

from tracker.errors import StoreError
from tracker.store import Store
from tracker.store.tables import articles, meta, metadata

VERSION = sa.table("alembic_version", sa.column("version_num"))


def test_migrations_from_empty_lead_to_the_tables_of_the_code(store: Store) -> None:
    with store.read() as db:
        options = {"compare_type": True, "compare_server_default": not store.embedded}  # SQLite's "" is read as none
        assert compare_metadata(MigrationContext.configure(db, opts=options), metadata) == []


def test_migrating_again_keeps_everything(store: Store) -> None:
    take_in(store, incoming())
    before = rows(store, meta), rows(store, articles)
    store.migrate(now=later(days=400), authority="moved.test")
    assert (rows(store, meta), rows(store, articles)) == before


def test_the_tag_of_all_feeds_names_authority_and_year_of_the_first_start(store: Store) -> None:
    assert store.tag() == "tag:kronik.test,2025:"


def test_a_migrated_database_passes_the_check(store: Store) -> None:
    store.check()


def test_an_empty_database_is_refused_with_what_to_do(database_url: str) -> None:
    opened = Store.open(database_url)
    with pytest.raises(StoreError, match="is empty; run: python -m tracker migrate"):
        opened.check()
    opened.close()


def test_an_old_schema_is_refused_with_both_versions_and_what_to_do(store: Store) -> None:
    with store.write() as db:
        db.execute(sa.update(VERSION).values(version_num="0000"))
    with pytest.raises(StoreError, match=r"has schema 0000, this version needs \d+; run: python -m tracker migrate"):
        store.check()


def test_a_schema_of_a_newer_version_is_left_alone_in_one_line(store: Store) -> None:
    with store.write() as db:
        db.execute(sa.update(VERSION).values(version_num="9999"))
    with pytest.raises(StoreError, match=r"newer version of Kronik.*") as refused:
        store.migrate(now=NOW, authority="kronik.test")
    assert "\n" not in str(refused.value)


def write_half(store: Store) -> None:
    with store.write() as db:
        db.execute(sa.insert(meta).values(key="half", value="done"))
        raise RuntimeError("halfway")


def test_what_is_written_is_all_there_or_not_at_all(store: Store) -> None:
    with pytest.raises(RuntimeError, match="halfway"):
        write_half(store)
    assert "half" not in {row["key"] for row in rows(store, meta)}


@pytest.mark.parametrize("offset", [-11, 0, 7, 14])
def test_a_time_keeps_its_moment_in_every_zone(store: Store, offset: int) -> None:
    local = datetime(2025, 3, 30, 1, 30, 0, 123456, tzinfo=timezone(timedelta(hours=offset)))
    row = take_in(store, incoming(published=local))[0]
    kept = next(r["published"] for r in rows(store, articles) if r["id"] == row)
    assert kept == local
    assert kept.utcoffset() is not None


def test_a_time_without_a_zone_is_refused(store: Store) -> None:
    naive = datetime(2025, 3, 30, 1, 30)  # noqa: DTZ001  # what is refused
    with pytest.raises(sa.exc.StatementError, match="a naive time cannot be stored"), store.write() as db:
        db.execute(sa.update(articles).values(published=naive))


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("", "is no database address"),
        ("kronik.db", "is no database address"),
        ("postgresql://host:port/kronik", "is no database address"),
        ("mysql://root:s3cret@host/kronik", "is neither SQLite nor PostgreSQL"),
        ("sqlite:////dev/null/kronik.db", "cannot be made"),
    ],
)
def test_an_address_that_leads_nowhere_is_refused_in_words(url: str, words: str) -> None:
    with pytest.raises(StoreError, match=words) as refused:
        Store.open(url)
    assert "s3cret" not in str(refused.value)


@settings(max_examples=60)
@given(st.text(max_size=60) | st.from_regex(r"(postgresql|mysql|oracle)://[ -~]{0,30}", fullmatch=True))
def test_any_text_as_an_address_opens_or_is_refused(text: str) -> None:
    with suppress(StoreError):
        Store.open(text).close()


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear reader, " * 500, encoding="utf-8")
    opened = Store.open(f"sqlite:///{path}")
    with pytest.raises(StoreError, match=r"letter\.txt: file is not a database"):
        opened.check()
    opened.close()


def test_a_server_that_does_not_answer_is_named_without_its_password() -> None:
    opened = Store.open("postgresql://someone:s3cret@127.0.0.1:1/kronik")
    with pytest.raises(StoreError, match=r"127\.0\.0\.1:1/kronik") as refused:
        opened.check()
    assert "s3cret" not in str(refused.value)


@pytest.mark.parametrize("text", ["Шойгу", "ΑΘΗΝΑ", "ÅNGSTRÖM", "Kronik"])
def test_letters_of_every_script_have_a_small_form(store: Store, text: str) -> None:
    with store.read() as db:
        assert db.scalar(sa.select(sa.func.lower(text))) == text.lower()


@pytest.mark.postgres
@pytest.mark.parametrize("migrated_url", ["postgres"], indirect=True)  # SQLite knows no lengths
def test_a_value_too_long_for_its_column_is_a_line_not_a_traceback(store: Store) -> None:
    with pytest.raises(StoreError, match="too long"), store.write() as db:
        db.execute(sa.insert(meta).values(key="k" * 99, value=str(datetime.now(UTC))))
