"""A database of an earlier day, with a row in every table, comes up to today and keeps its rows."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import JSON, Column, Connection, MetaData, Table, create_engine, func, select

from alembic import command
from app.operations.migrations import alembic_config, migrate
from app.settings import Settings
from tests.postgres import Cluster
from tests.towns import settings_in

FIRST_RELEASE = "6d1f0b7c52aa"
EARLY_IN_TOKYO = datetime(2026, 9, 24, 18, 30, tzinfo=UTC)
NEEDED = {("subscription", "device_id")}
"""May be empty, but not here: a subscription is somebody's."""
Rows = dict[str, dict[str, Any]]


@pytest.fixture(params=["sqlite", "postgres"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    if request.param == "sqlite":
        yield settings_in(tmp_path)
        return
    cluster: Cluster = request.getfixturevalue("cluster")
    name = f"m{uuid4().hex}"
    cluster.execute(f"CREATE DATABASE {name}")
    yield settings_in(tmp_path, cluster.url(name))
    cluster.execute(f"DROP DATABASE {name} WITH (FORCE)")


def value_of(column: Column[Any], rows: Rows) -> Any:
    for key in column.foreign_keys:
        if key.column.table is not column.table:
            return rows[key.column.table.name][key.column.name]
    if isinstance(column.type, JSON):
        return {}
    kind = column.type.python_type
    plain = {int: 1, bool: True, datetime: EARLY_IN_TOKYO, date: EARLY_IN_TOKYO.date(), bytes: b"x"}
    if kind in plain:
        return plain[kind]
    made = uuid4()
    if kind is not str:
        return made
    length = getattr(column.type, "length", None) or 40
    return made.hex[:length]


def a_row_in_every_table(connection: Connection) -> Rows:
    known = MetaData()
    known.reflect(connection)
    rows: Rows = {}
    for table in known.sorted_tables:
        if table.name == "alembic_version":
            continue
        rows[table.name] = row = {}
        for column in table.columns:
            if not column.nullable or (table.name, column.name) in NEEDED:
                row[column.name] = value_of(column, rows)
        connection.execute(table.insert(), row)
    return rows


def count(connection: Connection, table: str) -> int:
    found = Table(table, MetaData(), autoload_with=connection)
    return int(connection.execute(select(func.count()).select_from(found)).scalar_one())


def test_rows_of_the_first_release_come_along(empty: Settings) -> None:
    command.upgrade(alembic_config(empty), FIRST_RELEASE)
    engine = create_engine(empty.database)
    with engine.begin() as connection:
        rows = a_row_in_every_table(connection)
    migrate(empty)
    with engine.connect() as connection:
        assert {table for table in rows if not count(connection, table)} == set()
        agreement = Table("agreement", MetaData(), autoload_with=connection)
        (kept,) = connection.execute(select(agreement)).mappings()
        assert kept["agreed_on"] == date(2026, 9, 25)
        assert count(connection, "outbox_item") == 2
    engine.dispose()
    command.check(alembic_config(empty))
