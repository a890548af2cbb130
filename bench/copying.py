"""A town a hundred times over: the database itself copies what it holds of a network.

The copies refer to each other as the originals do, and what has to be unique is; instants lie some
minutes earlier. Ten times as fast as rows that are sent one by one.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Column,
    Connection,
    DateTime,
    Engine,
    Index,
    Integer,
    String,
    Table,
    TypeDecorator,
    UniqueConstraint,
    Uuid,
    event,
)

from app.tables import metadata

BLOCK = 20_000
"""Rows of a table that are copied, at most."""
FIRST = 2 * 10**9
"""Numbers of copies begin here: beyond those of the originals, within 31 bits."""
LATER = 0x1000
MINUTES = 7
CACHE_KIB = 1_000_000


def copy_over(
    engine: Engine, network_id: UUID, tables: Collection[str], times: int, codes: Collection[str]
) -> None:
    """Until there are `times` as many rows of each of these tables. `codes`: columns that say one
    of a few words, in a key too."""
    event.listen(engine, "connect", _in_a_hurry)
    engine.dispose()
    try:
        for table in metadata.sorted_tables:
            if table.name in tables:
                with engine.begin() as connection:
                    _Copying(connection, table, tables, codes).run(network_id, times)
    finally:
        event.remove(engine, "connect", _in_a_hurry)
        engine.dispose()


def _in_a_hurry(connection: Any, record: Any) -> None:
    """What is copied was checked when it was written."""
    if hasattr(connection, "pgconn"):
        connection.execute("SET session_replication_role = replica")
        connection.commit()
        return
    for pragma in ("foreign_keys=OFF", "synchronous=OFF", f"cache_size=-{CACHE_KIB}"):
        connection.execute(f"PRAGMA {pragma}")


@dataclass(frozen=True)
class _Copying:
    connection: Connection
    table: Table
    tables: Collection[str]
    codes: Collection[str]

    def run(self, network_id: UUID, times: int) -> None:
        here = network_id.hex if self.is_sqlite else str(network_id)
        name = self.table.name
        self.connection.exec_driver_sql(
            f"CREATE TEMPORARY TABLE original AS"
            f" SELECT row_number() OVER () AS nth, {name}.* FROM {name}"
            f" WHERE network_id = '{here}'"
        )
        columns = ", ".join(f'"{one.name}"' for one in self.table.c)
        for copy in range(1, times):
            values = ", ".join(self._value(one, copy) for one in self.table.c)
            self.connection.exec_driver_sql(
                f"INSERT INTO {name} ({columns}) SELECT {values} FROM original"
            )
        self.connection.exec_driver_sql("DROP TABLE original")

    @property
    def is_sqlite(self) -> bool:
        return self.connection.dialect.name == "sqlite"

    def _value(self, column: Column[Any], copy: int) -> str:
        name, kind = f'"{column.name}"', column.type
        kind = kind.impl_instance if isinstance(kind, TypeDecorator) else kind
        if column.name == "network_id" or column.name in self.codes:
            return name
        if isinstance(kind, Uuid):
            return self._id(name, copy) if self._is_copied(column) else name
        if isinstance(kind, DateTime):
            return self._earlier(name, copy * MINUTES)
        number = f"{copy * BLOCK} + nth"
        if column.name in unique_columns(self.table) and isinstance(kind, Integer | String):
            return f"{FIRST} + {number}" if isinstance(kind, Integer) else self._word(number)
        return name

    def _is_copied(self, column: Column[Any]) -> bool:
        """Whether the row that it names has copies of its own."""
        named = [one.column.table.name for one in column.foreign_keys]
        others = [one for one in named if one != "network"]
        if others:
            return all(one in self.tables for one in others)
        return column.name in unique_columns(self.table)

    def _id(self, name: str, copy: int) -> str:
        """Of a later time: ids begin with it."""
        later = f"'{LATER + copy:04x}' || substr({name}"
        return f"{later}, 5)" if self.is_sqlite else f"({later}::text, 5))::uuid"

    def _earlier(self, name: str, minutes: int) -> str:
        if self.is_sqlite:
            return f"strftime('%Y-%m-%d %H:%M:%f000', {name}, '-{minutes} minutes')"
        return f"{name} - interval '{minutes} minutes'"

    def _word(self, number: str) -> str:
        if self.is_sqlite:
            return f"'y' || printf('%07x', {number})"
        return f"'y' || lpad(to_hex({number}), 7, '0')"


def unique_columns(table: Table) -> set[str]:
    """Of keys, constraints and indexes of which no two rows may be the same."""
    return set(_unique(table))


def _unique(table: Table) -> Iterator[str]:
    """Columns of keys, constraints and indexes of which no two rows may be the same."""
    for one in [*table.constraints, *table.indexes]:
        if isinstance(one, UniqueConstraint) or (isinstance(one, Index) and one.unique):
            yield from one.columns.keys()
    yield from table.primary_key.columns.keys()
