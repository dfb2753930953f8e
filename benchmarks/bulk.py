"""Rows straight into the tables, the driver's fastest way: for stores of a size that no pipeline fills in an afternoon."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tracker.store import Store

__all__ = ["copy_sorted", "filling", "heap", "insert", "settle"]

_AS_THEY_ARE = frozenset({int, str, float, bool, type(None)})


@contextmanager
def filling(store: Store) -> Iterator[Connection]:
    """One transaction for many rows: a large page cache on SQLite; on PostgreSQL no check of keys we made ourselves."""
    with store.engine.connect().execution_options(kronik_write=True) as db, db.begin():
        if db.dialect.name == "sqlite":
            db.exec_driver_sql("PRAGMA cache_size=-400000")  # 400 MB: keys fall all over their index
        else:
            db.exec_driver_sql("SET LOCAL session_replication_role = replica")
        yield db


def insert(db: Connection, table: sa.Table, rows: Iterable[dict[str, object]]) -> None:
    """Insert rows of the same columns."""
    listed = list(rows)
    if not listed:
        return
    names = list(listed[0])
    values = [[_plain(row[name]) for name in names] for row in listed]
    cursor = db.connection.cursor()
    if db.dialect.name == "postgresql":
        with cursor.copy(f"COPY {table.name} ({', '.join(names)}) FROM STDIN") as copy:  # type: ignore[attr-defined]  # psycopg's own
            for row in values:
                copy.write_row(row)
    else:
        marks = ", ".join("?" * len(names))
        cursor.executemany(f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({marks})", values)  # our own names
    cursor.close()


def heap(db: Connection, table: sa.Table) -> sa.Table:
    """Make a table of the same columns without keys: rows for an index of millions are gathered there (see `copy_sorted`)."""
    name = f"heap_{table.name}"
    columns = [sa.Column(column.name, sa.BigInteger) for column in table.columns]
    made = sa.Table(name, sa.MetaData(), *columns)
    made.create(db)
    return made


def copy_sorted(db: Connection, gathered: sa.Table, table: sa.Table) -> None:
    """Move gathered rows into their table in the order of its key: as they come they would fall all over the index."""
    columns = [column for column in gathered.columns if column.name in table.primary_key.columns]
    db.execute(sa.insert(table).from_select(gathered.columns.keys(), sa.select(gathered).order_by(*columns)))
    gathered.drop(db)


def settle(store: Store, tables: Iterable[str]) -> None:
    """Do what a database at work has done by itself: statistics, and sequences behind the ids that were given."""
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
        db.exec_driver_sql("ANALYZE" if db.dialect.name == "sqlite" else "VACUUM ANALYZE")
        if db.dialect.name == "postgresql":
            for table in tables:
                db.exec_driver_sql(
                    f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
                )


def _plain(value: object) -> object:
    if value.__class__ in _AS_THEY_ARE:
        return value
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
    return value.isoformat() if isinstance(value, date) else value
