"""A database that has grown: thousands of rows like those it holds, and as different as rows are.

What refers to another row refers to one that is there, each of them in turn; what has to be unique
is; days and instants lie within the year before. Every other column has the value of an example.
"""

import random
import string
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Column,
    Connection,
    Date,
    Engine,
    Table,
    insert,
    select,
)

from app.clock import system_clock
from app.ids import new_id
from app.tables import metadata
from bench.copying import copy_over, unique_columns

NETWORK = "network_id"
AT_ONCE = 5_000
ONE_BY_ONE = 10_000
"""Of each table; beyond, the database copies them."""
DAYS = 365
NUMBERS = range(10**6, 2 * 10**9)
LETTERS = string.ascii_lowercase + string.digits
LONGEST_WORD = 11
STILL_OPEN = 0.02
CODES = {"kind", "industry", "phase"}
"""Part of a key, and one of a few words all the same."""
Row = dict[str, Any]


def multiply(
    engine: Engine,
    network_id: UUID,
    counts: Mapping[str, int],
    ended: Mapping[str, Collection[str]],
) -> None:
    """Bring each table to so many rows of this network, those that others refer to first.

    `ended`: by table, the columns that say since when a row is over. Two in a hundred are open.
    """
    times = max(1, max(counts.values()) // ONE_BY_ONE)
    with engine.begin() as connection:
        for table in metadata.sorted_tables:
            if wanted := counts.get(table.name, 0) // times:
                Copies(connection, table, network_id, ended.get(table.name, ())).add(wanted)
    if times > 1:
        copy_over(engine, network_id, counts, times, CODES)
    with engine.begin() as connection:
        connection.exec_driver_sql("ANALYZE")
    engine.dispose()


class Copies:
    """Of the rows that one table has of a network."""

    def __init__(
        self, connection: Connection, table: Table, network_id: UUID, ended: Collection[str]
    ) -> None:
        self.connection, self.table, self.network_id = connection, table, network_id
        self.ended, self.dice = ended, random.Random(len(table.name))
        here = select(table).where(table.c[NETWORK] == network_id)
        self.found = [dict(row._mapping) for row in connection.execute(here)]
        self.ids = dict(self._referred())
        self.own = unique_columns(table) - CODES
        self.numbers: dict[str, Iterator[int]] = {}
        self.wanted = 0

    def add(self, wanted: int) -> None:
        """None where there is no example to go by."""
        if not self.found:
            return
        self.wanted = wanted
        rows = (self._another(number) for number in range(wanted - len(self.found)))
        while batch := list(islice(rows, AT_ONCE)):
            self._insert(batch)

    def _another(self, number: int) -> Row:
        example = self.dice.choice(self.found)
        row = {
            name: self._value(self.table.c[name], value, number) for name, value in example.items()
        }
        return row | self._end()

    def _end(self) -> Row:
        if self.dice.random() < STILL_OPEN:
            return dict.fromkeys(self.ended)
        now = system_clock() - timedelta(days=self.dice.random() * DAYS)
        days = {name for name in self.ended if isinstance(self.table.c[name].type, Date)}
        return {name: now.date() if name in days else now for name in self.ended}

    def _value(self, column: Column[Any], value: Any, number: int) -> Any:
        if value is None or column.name == NETWORK:
            return value
        if ids := self.ids.get(column.name):
            return ids[number % len(ids)]
        if isinstance(value, datetime | date):
            return value - timedelta(days=self.dice.random() * DAYS)
        return self._like(column, value) if column.name in self.own else value

    def _like(self, column: Column[Any], value: Any) -> Any:
        """Another one, that is nobody else's."""
        if isinstance(value, UUID):
            return new_id()
        if isinstance(value, int):
            return next(self._numbers(column.name))
        if isinstance(value, str):
            length = min(getattr(column.type, "length", None) or LONGEST_WORD, LONGEST_WORD)
            return "".join(self.dice.choices(LETTERS, k=length))
        return value

    def _numbers(self, name: str) -> Iterator[int]:
        """Of a column, in no order, each once."""
        if name not in self.numbers:
            self.numbers[name] = iter(self.dice.sample(NUMBERS, self.wanted))
        return self.numbers[name]

    def _referred(self) -> Iterator[tuple[str, list[UUID]]]:
        """Ids of the rows that a column may name, those that none names yet if there are any."""
        for reference in self.table.foreign_key_constraints:
            other = reference.referred_table
            for name in set(reference.columns.keys()) - {NETWORK}:
                here = select(other.c.id).where(other.c[NETWORK] == self.network_id)
                every, named = set(self.connection.scalars(here)), {one[name] for one in self.found}
                ids = sorted(every - named or every)
                self.dice.shuffle(ids)
                yield name, ids

    def _insert(self, batch: list[Row]) -> None:
        if self.connection.dialect.name == "postgresql":
            self._copy(batch)
        else:
            self.connection.execute(insert(self.table), batch)

    def _copy(self, batch: list[Row]) -> None:
        dialect = self.connection.dialect
        names = ", ".join(f'"{name}"' for name in batch[0])
        written = {
            name: self.table.c[name].type.dialect_impl(dialect).bind_processor(dialect)
            for name in batch[0]
        }
        driver: Any = self.connection.connection.driver_connection
        with (
            driver.cursor() as cursor,
            cursor.copy(f'COPY "{self.table.name}" ({names}) FROM STDIN') as copy,
        ):
            for row in batch:
                copy.write_row(
                    [as_sent(value) if (as_sent := written[name]) and value is not None else value
                     for name, value in row.items()]
                )  # fmt: skip
