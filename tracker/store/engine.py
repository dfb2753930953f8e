"""Opening a database: SQLite as Kronik needs it, PostgreSQL by URL, migrations.

SQLite: write-ahead log, foreign keys on, a minute of patience, and write transactions that begin IMMEDIATE, so that a
reader never has to become a writer half-way (the one way to a deadlock there). Writers of one process queue for a lock of
ours: SQLite itself lets them try again and again, and on a busy machine the unlucky one gives up at last.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import event
from sqlalchemy.engine import URL, Connection, Engine
from sqlalchemy.exc import ArgumentError, DatabaseError, DataError, NoSuchModuleError, OperationalError

from tracker.errors import StoreError

__all__ = ["chunks", "migrate", "open_engine", "read", "version", "write"]

T = TypeVar("T")

_BUSY_MS = 60_000  # how long a writer waits for those of other processes
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "foreign_keys=ON",
    "cache_size=-16000",  # 16 MB a connection: the upper pages of the indexes of half a million events
    f"busy_timeout={_BUSY_MS}",
)
_QUEUE_S = 600.0  # and for those of its own, which all end
_FOREIGN = (
    DatabaseError,
    DataError,
    OperationalError,
)  # the file, the server or a value, not our SQL: a line, no traceback
_SCRIPTS = Path(__file__).resolve().parent / "migrations"


def open_engine(url: str) -> Engine:
    """Make an engine for a SQLite or PostgreSQL URL; nothing is connected yet.

    Raises: StoreError for other databases and for a missing driver; no message holds the password.
    """
    try:
        parsed = sa.make_url(url)
    except (ArgumentError, ValueError) as cause:  # ValueError: a port that is no number
        raise StoreError(
            "is no database address; use sqlite:///file or postgresql://…", subject="database_url"
        ) from cause
    if parsed.drivername in ("postgres", "postgresql"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() not in ("sqlite", "postgresql"):
        raise StoreError("is neither SQLite nor PostgreSQL", subject=parsed.render_as_string(hide_password=True))
    try:
        return (
            _sqlite(parsed) if parsed.get_backend_name() == "sqlite" else sa.create_engine(parsed, pool_pre_ping=True)
        )
    except (ModuleNotFoundError, NoSuchModuleError) as cause:
        raise StoreError(
            "the PostgreSQL driver is missing; run: pip install -r config/scale-requirements.txt",
            subject="database_url",
        ) from cause


def _sqlite(url: URL) -> Engine:
    if url.database and url.database != ":memory:":
        _make_folder(Path(url.database).parent)
    engine = sa.create_engine(url, connect_args={"check_same_thread": False, "timeout": _BUSY_MS / 1000})
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine.execution_options(kronik_turn=threading.Lock())


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as cause:
        raise StoreError(f"this folder cannot be made ({cause.strerror})", subject=str(folder)) from cause


def _set_up_sqlite(connection: Any, _record: object) -> None:  # Any: the driver's connection
    connection.isolation_level = None  # we say BEGIN ourselves, see _begin_sqlite
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
    connection.create_function("lower", 1, _lower, deterministic=True)


def _lower(text: object) -> object:
    """Stand in for SQLite's own lower(), which knows ASCII only; PostgreSQL's knows all letters."""
    return text.lower() if isinstance(text, str) else text


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("kronik_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def chunks(values: Iterable[T]) -> Iterator[list[T]]:
    """Give values in lists short enough for one statement: SQLite takes 32,766, older ones 999; plans stay small with fewer."""
    left = iter(values)
    while some := list(islice(left, 500)):
        yield some


@contextmanager
def read(engine: Engine) -> Iterator[Connection]:
    """One read transaction: a consistent view of the database."""
    with _reachable(engine), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def write(engine: Engine) -> Iterator[Connection]:
    """One write transaction: all of it or nothing."""
    with (
        _turn(engine),
        _reachable(engine),
        engine.connect().execution_options(kronik_write=True) as connection,
        connection.begin(),
    ):
        yield connection


@contextmanager
def _turn(engine: Engine) -> Iterator[None]:
    """Wait until no other thread of this process writes; PostgreSQL needs no such queue."""
    turn: threading.Lock | None = engine.get_execution_options().get("kronik_turn")
    if turn is None:
        yield
        return
    if not turn.acquire(timeout=_QUEUE_S):
        raise StoreError("another write does not end", subject=engine.url.render_as_string(hide_password=True))
    try:
        yield
    finally:
        turn.release()


@contextmanager
def _reachable(engine: Engine) -> Iterator[None]:
    try:
        yield
    except DatabaseError as cause:
        if type(cause) not in _FOREIGN:
            raise
        place = engine.url.render_as_string(hide_password=True)
        raise StoreError(str(cause.orig).strip().splitlines()[0], subject=place) from cause


def migrate(engine: Engine) -> None:
    """Bring the schema to this version; nothing happens when it is there already."""
    with write(engine) as connection:
        config = _config()
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError as cause:  # it has a schema that our migrations do not know
            place = engine.url.render_as_string(hide_password=True)
            raise StoreError("is of a newer version of Kronik; use that version or a backup", subject=place) from cause


def version(engine: Engine) -> tuple[str | None, str | None]:
    """Give the schema version the database has, and the one this code needs."""
    with read(engine) as connection:
        has = MigrationContext.configure(connection).get_current_revision()
    return has, ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    return config
