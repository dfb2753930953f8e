"""Fixtures of all tests: databases, SQLite and PostgreSQL, empty each time; the gazetteer, built once a run."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from hypothesis import settings

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


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database, of either kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'kronik.db'}"
        return
    server = sa.make_url(POSTGRES)
    address = server.set(drivername="postgresql").render_as_string(hide_password=False)
    name = f"kronik_test_{secrets.token_hex(6)}"
    try:
        connection = psycopg.connect(address, autocommit=True, connect_timeout=5)
    except psycopg.OperationalError as failure:
        missing("postgres", str(failure))
    with connection:
        connection.execute(f"create database {name}")
        try:
            yield server.set(database=name).render_as_string(hide_password=False)
        finally:
            connection.execute(f"drop database {name} with (force)")


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """An empty, migrated store."""
    opened = Store.open(database_url)
    opened.migrate(now=NOW, authority="kronik.test")
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def gazetteer_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a gazetteer in it."""
    folder = tmp_path_factory.mktemp("data")
    places.build(folder / "places.db")
    return folder
