"""How a database means to find rows: whether it goes through all that a network has.

The network is part of every key, so that a search by it alone reads as much as a full scan. Such
a walk is right only along an index in the order that is wanted, until a LIMIT ends it.
"""

import json
import re
from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import Connection

from tests.house_rules.statements import Asked

STEP = re.compile(r"^(SCAN|SEARCH) (\w+)(?: .*?\((.*)\))?")
ALONE = {"network_id=?", ""}
SORTS = ("USE TEMP B-TREE FOR ORDER BY", "USE TEMP B-TREE FOR GROUP BY")


def walks(connection: Connection, asked: Asked, growing: Collection[str]) -> list[str]:
    """Growing tables of which the statement reads all rows of a network."""
    if connection.dialect.name == "postgresql":
        return sorted(set(_walked_by_postgres(connection, asked, growing)))
    return sorted(set(_walked_by_sqlite(connection, asked, growing)))


def _walked_by_sqlite(
    connection: Connection, asked: Asked, growing: Collection[str]
) -> Iterator[str]:
    explained = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked.sql}", asked.parameters)
    steps = [row[3] for row in explained]
    ends_early = " LIMIT " in asked.sql.replace("\n", " ") and not set(steps) & set(SORTS)
    for step in steps:
        if not (found := STEP.match(step)):
            continue
        kind, source, condition = found.groups()
        name = re.sub(r"_\d+$", "", source)
        is_walk = kind == "SCAN" or (condition or "") in ALONE
        if name in growing and is_walk and not ends_early:
            yield f"{name}: {step}"


def _walked_by_postgres(
    connection: Connection, asked: Asked, growing: Collection[str]
) -> Iterator[str]:
    for way in ("seqscan", "hashjoin", "mergejoin"):
        connection.exec_driver_sql(f"SET LOCAL enable_{way} = off")
    explained = connection.exec_driver_sql(
        f"EXPLAIN (FORMAT JSON) {asked.sql}", asked.parameters
    ).scalar_one()
    plan = explained if isinstance(explained, list) else json.loads(explained)
    yield from _walked_below(plan[0]["Plan"], growing, ends_early=False)


def _walked_below(
    node: dict[str, Any], growing: Collection[str], *, ends_early: bool
) -> Iterator[str]:
    kind = node["Node Type"]
    if kind == "Limit":
        ends_early = True
    if kind in {"Sort", "Aggregate", "Hash", "Materialize"}:
        ends_early = False
    name = node.get("Relation Name", "")
    condition = node.get("Index Cond") or node.get("Recheck Cond") or ""
    if name in growing and not ends_early and _is_only_the_network(condition):
        yield f"{name}: {kind} {condition or node.get('Filter', '')}"
    for below in node.get("Plans", ()):
        yield from _walked_below(below, growing, ends_early=ends_early)


def _is_only_the_network(condition: str) -> bool:
    """`(network_id = '…'::uuid)`, or nothing at all."""
    return re.fullmatch(r"(\(network_id = [^()]*\))?", condition) is not None
