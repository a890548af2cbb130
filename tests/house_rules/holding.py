"""Everything that a database holds, as it writes it itself, to be compared."""

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import Table, text
from sqlmodel import Session

from app.tables import metadata

NETWORK = "network_id"


def rows_of(session: Session, network_id: UUID | None = None) -> dict[str, list[str]]:
    """By table, of one network or of all. One question for all tables: a house rule compares them
    before and after each of hundreds of doors."""
    is_postgres = session.connection().dialect.name == "postgresql"
    same = {} if network_id is None else {NETWORK: network_id if is_postgres else network_id.hex}
    tables = [one for one in metadata.sorted_tables if network_id is None or NETWORK in one.c]
    found: dict[str, list[str]] = {table.name: [] for table in tables}
    selects = _selects(tables, is_postgres, " WHERE network_id = :network_id" if same else "")
    for name, row in session.execute(text(" UNION ALL ".join(selects)), same):
        found[name].append(row)
    return {name: sorted(rows) for name, rows in found.items()}


def _selects(tables: list[Table], is_postgres: bool, where: str) -> Iterator[str]:
    for table in tables:
        row = "CAST(kept AS text)" if is_postgres else " || ',' || ".join(_quoted(table))
        yield f"""SELECT '{table.name}', {row} FROM "{table.name}" AS kept{where}"""


def _quoted(table: Table) -> Iterator[str]:
    """SQLite has no text of a whole row, but of each value, bytes and nothing included."""
    return (f'quote(kept."{column.name}")' for column in table.c)
