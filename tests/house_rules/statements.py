"""What a request asks of the database, and whether the answer can grow with the town.

A statement is bounded when each growing table in it is asked by a whole key, by a column that few
rows share (`few`), through a join from such a table, or when a LIMIT ends it. A count has to be
bounded without a LIMIT.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    Alias,
    BinaryExpression,
    BooleanClauseList,
    Column,
    ColumnElement,
    CompoundSelect,
    Engine,
    Grouping,
    Index,
    Select,
    Subquery,
    Table,
    UniqueConstraint,
    event,
)
from sqlalchemy.sql import operators, visitors
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.selectable import Join, ScalarSelect

NETWORK = "network_id"
ADDS_UP = {"count", "sum"}
Few = Collection[tuple[str, str]]


@dataclass(frozen=True)
class Asked:
    """One statement as it went to the database, and as it was written, if it was no text."""

    sql: str
    parameters: Any
    written: Any


@contextmanager
def listening(engine: Engine) -> Iterator[list[Asked]]:
    """Everything that is asked meanwhile."""
    heard: list[Asked] = []

    def hear(connection: Any, cursor: Any, sql: str, parameters: Any, context: Any, many: bool):  # type: ignore[no-untyped-def]
        compiled = getattr(context, "compiled", None)
        heard.append(Asked(sql, parameters, compiled.statement if compiled else None))

    event.listen(engine, "before_cursor_execute", hear)
    try:
        yield heard
    finally:
        event.remove(engine, "before_cursor_execute", hear)


def faults_of(asked: Asked, growing: Collection[str], few: Few) -> list[str]:
    """What makes the statement slower the more rows there are."""
    return [] if asked.written is None else list(_faults(asked.written, growing, few))


def _faults(statement: Any, growing: Collection[str], few: Few) -> Iterator[str]:
    if isinstance(statement, CompoundSelect):
        for one in statement.selects:
            yield from _faults(one, growing, few)
    if not isinstance(statement, Select):
        return
    if statement._offset_clause is not None:
        yield "OFFSET"
    counts = any(_adds_up(column) for column in statement.selected_columns)
    unbound = sorted(_unbound(statement, growing, few))
    if unbound and counts:
        yield f"counts all of {', '.join(unbound)}"
    elif unbound and statement._limit_clause is None:
        yield f"reads all of {', '.join(unbound)}"
    for inner in _inner(statement):
        yield from _faults(inner, growing, few)


def _adds_up(column: Any) -> bool:
    return any(
        isinstance(part, FunctionElement) and getattr(part, "name", "") in ADDS_UP
        for part in visitors.iterate(column)
    )


def _inner(statement: Select[Any]) -> Iterator[Select[Any]]:
    """Selects that the statement reads from."""
    for source in _sources(statement):
        if isinstance(source, Subquery) and isinstance(source.element, Select):
            yield source.element


def _sources(statement: Select[Any]) -> Iterator[Any]:
    waiting: list[Any] = list(statement.get_final_froms())
    while waiting:
        source = waiting.pop()
        if isinstance(source, Join):
            waiting += [source.left, source.right]
        else:
            yield source


def _conditions(statement: Select[Any]) -> Iterator[ColumnElement[Any]]:
    """Every condition that has to hold, those of joins included."""
    waiting: list[Any] = [one for one in [statement.whereclause] if one is not None]
    sources = list(statement.get_final_froms())
    while sources:
        source = sources.pop()
        if isinstance(source, Join):
            waiting.append(source.onclause)
            sources += [source.left, source.right]
    while waiting:
        condition = waiting.pop()
        if isinstance(condition, Grouping):
            waiting.append(condition.element)
        elif isinstance(condition, BooleanClauseList) and condition.operator is operators.and_:
            waiting += list(condition.clauses)
        else:
            yield condition


@dataclass
class Narrowing:
    """By name of a source: columns that a given value narrows, and those tied to another's."""

    given: dict[str, set[str]] = field(default_factory=dict)
    tied: list[tuple[Column[Any], Column[Any]]] = field(default_factory=list)


def _unbound(statement: Select[Any], growing: Collection[str], few: Few) -> set[str]:
    tables = {
        source.name: (source.element if isinstance(source, Alias) else source)
        for source in _sources(statement)
        if isinstance(source, Table | Alias)
    }
    narrowing = _narrowing(statement, growing, few)
    unbound = set(tables)
    was: set[str] = set()
    while was != unbound:
        was = set(unbound)
        for name in was:
            known = narrowing.given.get(name, set()) | {
                mine.name
                for one, other in narrowing.tied
                for mine, theirs in ((one, other), (other, one))
                if mine.table.name == name and theirs.table.name not in was
            }
            if _is_enough(tables[name], known, few):
                unbound.discard(name)
    return {tables[name].name for name in unbound} & set(growing)


def _narrowing(statement: Select[Any], growing: Collection[str], few: Few) -> Narrowing:
    found = Narrowing()
    for condition in _conditions(statement):
        if not isinstance(condition, BinaryExpression):
            continue
        if condition.operator not in {operators.eq, operators.in_op, operators.is_}:
            continue
        left, right = _bare(condition.left), _bare(condition.right)
        columns = [one for one in (left, right) if isinstance(one, Column)]
        if len(columns) == 2:
            found.tied.append((columns[0], columns[1]))
        elif columns and not _is_endless(right, growing, few):
            found.given.setdefault(columns[0].table.name, set()).add(columns[0].name)
    return found


def _bare(side: Any) -> Any:
    while isinstance(side, Grouping):
        side = side.element
    return side


def _is_endless(side: Any, growing: Collection[str], few: Few) -> bool:
    """A list that another select finds, as long as a growing table."""
    inner = side.element if isinstance(side, ScalarSelect) else side
    return isinstance(inner, Select | CompoundSelect) and bool(list(_faults(inner, growing, few)))


def _is_enough(table: Table, known: set[str], few: Few) -> bool:
    keys = [
        set(one.columns.keys())
        for one in [table.primary_key, *table.constraints, *table.indexes]
        if isinstance(one, UniqueConstraint)
        or one is table.primary_key
        or (isinstance(one, Index) and one.unique)
    ]
    return any(key <= known for key in keys) or any((table.name, name) in few for name in known)
