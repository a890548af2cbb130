"""Every table, as far as it is one network's."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Table, func, select
from sqlmodel import Session, SQLModel

from app.holdings.headings import (
    ABOUT_REQUESTS,
    CODES,
    CONTENTS,
    LEFT_OUT,
    REQUESTS,
    SECRET,
    SHEETS,
)

AT_ONCE = 500


@dataclass(frozen=True)
class Reading:
    """What somebody may take along: `codes` of badges and workplaces, `contents` of reports."""

    codes: bool
    contents: bool
    requests: bool = True
    """Of personal data: the office's export has no trace of them where that is switched off."""


def tables(reading: Reading) -> list[Table]:
    """All that hold a network's rows, and the network's own; those that are named first, first.
    A table is in it unless it says why not."""
    known = {name: place for place, name in enumerate(SHEETS)}
    hidden = LEFT_OUT.keys() | (set() if reading.requests else {REQUESTS})
    found = [one for one in SQLModel.metadata.sorted_tables if one.name not in hidden]
    return sorted(found, key=lambda one: known.get(one.name, len(known)))


def columns_of(table: Table, reading: Reading) -> list[str]:
    hidden = set(SECRET.get(table.name, ()))
    hidden |= set() if reading.codes else CODES.get(table.name, set())
    hidden |= set() if reading.contents else CONTENTS.get(table.name, set())
    hidden |= set() if reading.requests else ABOUT_REQUESTS.get(table.name, set())
    return [column.name for column in table.columns if column.name not in hidden | {"network_id"}]


def rows_of(
    session: Session, table: Table, network_id: UUID, columns: Sequence[str]
) -> Iterator[Row[Any]]:
    """In the order of their keys, never many at once in memory."""
    query = select(*(table.columns[name] for name in columns)).where(belongs_to(table, network_id))
    ordered = query.order_by(*table.primary_key.columns)
    yield from session.execute(ordered, execution_options={"yield_per": AT_ONCE})


def count_of(session: Session, table: Table, network_id: UUID) -> int:
    query = select(func.count()).select_from(table).where(belongs_to(table, network_id))
    return int(session.execute(query).scalar_one())


def belongs_to(table: Table, network_id: UUID) -> ColumnElement[bool]:
    column = table.columns["id" if table.name == "network" else "network_id"]
    return column == network_id
