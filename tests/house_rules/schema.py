"""What the shape of the tables promises: a network in every key, a limit on every text."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)
from sqlalchemy.types import TypeDecorator, TypeEngine

NETWORK = "network_id"


def belongs_to_a_network(table: Table) -> bool:
    return NETWORK in table.columns


def tables_outside(metadata: MetaData) -> set[str]:
    """Tables whose rows belong to no network."""
    return {
        table.name for table in metadata.sorted_tables if NETWORK not in table.primary_key.columns
    }


def unique_beyond_the_network(metadata: MetaData) -> set[str]:
    """`table.column,…` of unique constraints and unique indexes that span networks."""
    return {
        f"{table.name}.{','.join(one.columns.keys())}"
        for table in metadata.sorted_tables
        if belongs_to_a_network(table)
        for one in [*table.constraints, *table.indexes]
        if isinstance(one, UniqueConstraint) or (isinstance(one, Index) and one.unique)
        if NETWORK not in one.columns
    }


def references_that_can_leave(metadata: MetaData) -> set[str]:
    """`table.column` of foreign keys that could point at a row of another network."""
    return {
        f"{table.name}.{','.join(reference.columns.keys())}"
        for table in metadata.sorted_tables
        for reference in table.foreign_key_constraints
        if not _stays_inside(reference)
    }


def _stays_inside(reference: ForeignKeyConstraint) -> bool:
    pairs = {(one.parent.name, one.column.name) for one in reference.elements}
    if belongs_to_a_network(reference.referred_table):
        return (NETWORK, NETWORK) in pairs
    return reference.referred_table.name == "network" and pairs == {(NETWORK, "id")}


def ids_without_a_reference(metadata: MetaData) -> set[str]:
    """`table.column` of ids that name a row somewhere, without the database knowing."""
    return {
        f"{table.name}.{column.name}"
        for table in metadata.sorted_tables
        for column in table.columns
        if column.name.endswith("_id") and not column.foreign_keys
    }


def texts_without_a_limit(metadata: MetaData) -> set[str]:
    return {
        f"{table.name}.{column.name}"
        for table in metadata.sorted_tables
        for column in table.columns
        if _is_endless(column.type)
        if column.name not in set(_checked(table))
    }


def _is_endless(kind: TypeEngine[Any]) -> bool:
    """SQLModel wraps the type of a text in one of its own."""
    kind = kind.impl_instance if isinstance(kind, TypeDecorator) else kind
    return isinstance(kind, String) and kind.length is None


def _checked(table: Table) -> Iterator[str]:
    for constraint in table.constraints:
        if isinstance(constraint, CheckConstraint):
            yield from (column.name for column in _named_in(constraint, table))


def _named_in(constraint: CheckConstraint, table: Table) -> list[Column[object]]:
    return [column for column in table.columns if column.name in str(constraint.sqltext)]
