"""One PostgreSQL database that is put back to the town's rows after each test.

Copying a database costs a test more than everything else it does there.
"""

from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

from tests.postgres import Cluster

SHAPE = """
SELECT md5(string_agg(line, ',' ORDER BY line)) FROM (
  SELECT concat_ws(' ', attrelid::regclass, attname, atttypid::regtype, attnotnull) AS line
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    WHERE relnamespace = 'public'::regnamespace AND attnum > 0
  UNION ALL SELECT conrelid::regclass || pg_get_constraintdef(oid) FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace
  UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
) AS shape
"""
TABLES = (
    "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
)
END_OTHERS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
NOW = "SELECT pg_current_xact_id()::text::bigint"


@dataclass(frozen=True)
class Kept:
    """A table's rows as COPY writes them, and how many there are."""

    rows: bytes
    count: int


class SpareTown:
    """Only tables that a test wrote to are filled again; a test that changed the schema costs a new
    copy. Its one connection stays open: to a new one PostgreSQL reads its whole catalogue again."""

    def __init__(self, cluster: Cluster, name: str, template: str) -> None:
        self.cluster, self.name, self.template = cluster, name, template
        self._copy()

    def put_back(self) -> None:
        self.connection.execute(END_OTHERS)
        if _one(self.connection, SHAPE) == self.shape:
            self._restore()
        else:
            self.close()
            self.cluster.execute(f"DROP DATABASE {self.name} WITH (FORCE)")
            self._copy()

    def close(self) -> None:
        self.connection.close()

    def _copy(self) -> None:
        self.cluster.execute(f"CREATE DATABASE {self.name} TEMPLATE {self.template}")
        address = f"host={self.cluster.folder} user=postgres dbname={self.name}"
        self.connection = psycopg.connect(address, autocommit=True)
        self.connection.execute("SET session_replication_role = replica")
        self.shape = _one(self.connection, SHAPE)
        tables = [name for (name,) in self.connection.execute(TABLES)]
        self.kept = {name: _kept(self.connection, name) for name in tables}
        self.since = _one(self.connection, NOW)

    def _restore(self) -> None:
        with self.connection.transaction():
            for name in self._written():
                table = sql.Identifier(name)
                self.connection.execute(sql.SQL("DELETE FROM {}").format(table))
                into = sql.SQL("COPY {} FROM STDIN").format(table)
                with self.connection.cursor().copy(into) as copy:
                    copy.write(self.kept[name].rows)
        self.since = _one(self.connection, NOW)

    def _written(self) -> list[str]:
        """Any row of a later transaction, or a row too few, gives it away."""
        look = sql.SQL("SELECT {name}, count(*), coalesce(max(xmin::text::bigint), 0) FROM {table}")
        looks = [
            look.format(name=sql.Literal(name), table=sql.Identifier(name)) for name in self.kept
        ]
        found = self.connection.execute(sql.SQL(" UNION ALL ").join(looks)).fetchall()
        return [
            name
            for name, count, newest in found
            if count != self.kept[name].count or newest >= self.since
        ]


def _kept(connection: psycopg.Connection[Any], name: str) -> Kept:
    table = sql.Identifier(name)
    with connection.cursor().copy(sql.SQL("COPY {} TO STDOUT").format(table)) as copy:
        rows = b"".join(bytes(part) for part in copy)
    return Kept(rows, rows.count(b"\n"))


def _one(connection: psycopg.Connection[Any], query: str) -> Any:
    row = connection.execute(query).fetchone()  # type: ignore[arg-type]
    assert row
    return row[0]
