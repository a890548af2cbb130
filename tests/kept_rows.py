"""Which rows a PostgreSQL database held at one moment, and how it gets back to them."""

from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

TABLES = (
    "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
)
NOW = "SELECT pg_current_xact_id()::text::bigint"


@dataclass(frozen=True)
class KeptTable:
    """A table's rows as COPY writes them, and how many there are."""

    rows: bytes
    count: int


class KeptRows:
    """Only tables that were written to are filled again. The connection is its own from then on:
    no trigger and no reference is looked at while rows are put back."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self.connection = connection
        connection.execute("SET session_replication_role = replica")
        tables = [name for (name,) in connection.execute(TABLES)]
        self.kept = {name: _kept(connection, name) for name in tables}
        self.since = only(connection, NOW)

    def put_back(self) -> None:
        with self.connection.transaction():
            for name in self._written():
                table = sql.Identifier(name)
                self.connection.execute(sql.SQL("DELETE FROM {}").format(table))
                into = sql.SQL("COPY {} FROM STDIN").format(table)
                with self.connection.cursor().copy(into) as copy:
                    copy.write(self.kept[name].rows)
        self.since = only(self.connection, NOW)

    def close(self) -> None:
        self.connection.close()

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


def _kept(connection: psycopg.Connection[Any], name: str) -> KeptTable:
    table = sql.Identifier(name)
    with connection.cursor().copy(sql.SQL("COPY {} TO STDOUT").format(table)) as copy:
        rows = b"".join(bytes(part) for part in copy)
    return KeptTable(rows, rows.count(b"\n"))


def only(connection: psycopg.Connection[Any], query: str) -> Any:
    """The one value that a query gives."""
    row = connection.execute(query).fetchone()  # type: ignore[arg-type]
    assert row
    return row[0]
