"""Fixtures of all tests: databases, SQLite and PostgreSQL, empty each time; the gazetteer, built once a run."""

from __future__ import annotations

import fcntl
import logging
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from hypothesis import settings
from psycopg import sql

from tracker import places
from tracker.store import Store

settings.register_profile("no clock", deadline=None)  # a busy machine fails no test
settings.load_profile("no clock")

POSTGRES = os.environ.get("KRONIK_TEST_POSTGRES", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres")
REQUIRED = frozenset(filter(None, os.environ.get("KRONIK_REQUIRE", "").split(",")))
NOW = datetime(2025, 11, 24, 12, tzinfo=UTC)


def missing(what: str, reason: str) -> None:
    """Skip a test for want of a server, or fail where KRONIK_REQUIRE names it."""
    if what in REQUIRED:
        pytest.fail(f"{what} is required (KRONIK_REQUIRE): {reason}")
    pytest.skip(f"no {what}: {reason}")


@pytest.fixture(autouse=True)
def _root_logger() -> Iterator[None]:
    """Give the root logger back as it was: a command that a test runs in this process sets its level and its handlers."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database, of either kind, without a schema."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'kronik.db'}"
    else:
        with _server_database() as url:
            yield url


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def migrated_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database of either kind that has the schema and no row: a server's is made once and emptied."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'kronik.db'}"
        return
    url, version = request.getfixturevalue("migrated_server")
    yield url
    _empty(url, version)


@pytest.fixture(scope="session")
def migrated_server() -> Iterator[tuple[str, str]]:
    """One database for all tests of a process, and its schema's version: making and dropping one takes a server seconds."""
    with _server_database() as url:
        opened = Store.open(url)
        opened.migrate(now=NOW, authority="kronik.test")
        with opened.read() as db:
            version = db.scalar(sa.text("select version_num from alembic_version"))
        opened.close()
        _empty(url, version)
        yield url, version


@pytest.fixture
def store(migrated_url: str) -> Iterator[Store]:
    """An empty, migrated store."""
    opened = Store.open(migrated_url)
    opened.migrate(now=NOW, authority="kronik.test")
    yield opened
    opened.close()


@pytest.fixture(params=["asked each time", "by an index"])
def both_reads(request: pytest.FixtureRequest, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let ``store.queries`` be what commands read with, or what pages do: both must give the same."""
    if request.param == "by an index":
        kept = store.indexed()
        monkeypatch.setattr(Store, "queries", property(lambda _: kept))


@pytest.fixture(scope="session")
def gazetteer_dir(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A data folder with a gazetteer in it, built by one process for all of a run."""
    if worker_id == "master":
        folder = tmp_path_factory.mktemp("data")
        places.build(folder / "places.db")
        return folder
    folder = tmp_path_factory.getbasetemp().parent / "data"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "places.db").exists():
            places.build(folder / "places.db")
    return folder


@contextmanager
def _server_database() -> Iterator[str]:
    server = sa.make_url(POSTGRES)
    address = server.set(drivername="postgresql").render_as_string(hide_password=False)
    name = f"kronik_test_{secrets.token_hex(6)}"
    try:
        connection = psycopg.connect(address, autocommit=True, connect_timeout=5)
    except psycopg.OperationalError as failure:
        missing("postgres", str(failure))
    with connection:
        connection.execute(f"create database {name}")
        connection.execute(f"alter database {name} set synchronous_commit = off")  # tests need not outlive a power cut
        try:
            yield server.set(database=name).render_as_string(hide_password=False)
        finally:
            connection.execute(f"drop database {name} with (force)")


def _empty(url: str, version: str) -> None:
    """Take every row out of a server's database, whoever may still hold one; the schema stays, as that version."""
    address = sa.make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address) as connection:
        others = "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
        connection.execute(others)
        connection.execute("set local session_replication_role = replica")  # no order among the tables
        for (table,) in connection.execute(_TABLES).fetchall():
            connection.execute(
                sql.SQL("delete from {}").format(sql.Identifier(table))
            )  # of few rows: sooner done than truncate
        connection.execute(
            "select setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false) from pg_sequences"
        )
        connection.execute("update alembic_version set version_num = %s", (version,))


_TABLES = "select tablename from pg_tables where schemaname = 'public' and tablename <> 'alembic_version'"
