"""How a database means to find rows: whether it goes through all that a network has.

The network is part of every key, so that a search by it alone reads as much as a full scan. Such
a walk is right only along an index in the order that is wanted, until a LIMIT ends it. What isn't
over yet (`left`) is no narrower: a town of a hundred thousand reports has thousands of open ones.
"""

import json
import re
from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import Connection

from tests.house_rules.statements import Asked

STEP = re.compile(r"^(SCAN|SEARCH) (\w+)(?: .*?\((.*)\))?")
NETWORK = "network_id"
Left = Collection[tuple[str, str]]
SORT = re.compile(r"USE TEMP B-TREE FOR (.* OF )?(ORDER|GROUP) BY")


def walks(
    connection: Connection, asked: Asked, growing: Collection[str], left: Left = ()
) -> list[str]:
    """Growing tables of which the statement reads all rows of a network, or all that are left."""
    if connection.dialect.name == "postgresql":
        return sorted(set(_walked_by_postgres(connection, asked, growing, left)))
    return sorted(set(_walked_by_sqlite(connection, asked, growing, left)))


def _walked_by_sqlite(
    connection: Connection, asked: Asked, growing: Collection[str], left: Left
) -> Iterator[str]:
    explained = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked.sql}", asked.parameters)
    steps = [row[3] for row in explained]
    ends_early = " LIMIT " in asked.sql.replace("\n", " ") and not any(map(SORT.match, steps))
    for step in steps:
        if not (found := STEP.match(step)):
            continue
        kind, source, condition = found.groups()
        name = re.sub(r"_\d+$", "", source)
        asks_for = {one.removesuffix("=?") for one in (condition or NETWORK).split(" AND ")}
        is_walk = kind == "SCAN" or _is_all(name, asks_for, left)
        if name in growing and is_walk and not ends_early:
            yield f"{name}: {step}"


def _walked_by_postgres(
    connection: Connection, asked: Asked, growing: Collection[str], left: Left
) -> Iterator[str]:
    """Sorting the few that are left costs little yet, so that the planner sorts or doesn't as it
    guesses: it is enough that one of the two ways is short."""
    for way in ("seqscan", "hashjoin", "mergejoin"):
        connection.exec_driver_sql(f"SET LOCAL enable_{way} = off")
    found = []
    for sort in ("on", "off"):
        connection.exec_driver_sql(f"SET LOCAL enable_sort = {sort}")
        explained = connection.exec_driver_sql(
            f"EXPLAIN (FORMAT JSON) {asked.sql}", asked.parameters
        ).scalar_one()
        plan = explained if isinstance(explained, list) else json.loads(explained)
        found.append(list(_walked_below(plan[0]["Plan"], growing, left, ends_early=False)))
    yield from min(found, key=len)


def _walked_below(
    node: dict[str, Any], growing: Collection[str], left: Left, *, ends_early: bool
) -> Iterator[str]:
    kind = node["Node Type"]
    if kind == "Limit":
        ends_early = True
    if kind in {"Sort", "Incremental Sort", "Aggregate", "Hash", "Materialize"}:
        ends_early = False
    name = node.get("Relation Name", "")
    condition = node.get("Index Cond") or node.get("Recheck Cond") or ""
    if name in growing and not ends_early and _is_all(name, _asks_for(condition), left):
        yield f"{name}: {kind} {condition or node.get('Filter', '')}"
    for below in node.get("Plans", ()):
        yield from _walked_below(below, growing, left, ends_early=ends_early)


def _asks_for(condition: str) -> set[str]:
    """`network_id` and `closed_at` of `((network_id = '…'::uuid) AND (closed_at IS NULL))`; other
    conditions as they stand."""
    terms = re.sub(r"^\((\(.*\))\)$", r"\1", condition).split(" AND ")
    simple = re.compile(rf"\(({NETWORK}) = [^()]*\)|\((\w+) IS NULL\)")
    return {
        next(filter(None, m.groups())) if (m := simple.fullmatch(one)) else one for one in terms
    }


def _is_all(table: str, asks_for: set[str], left: Left) -> bool:
    return asks_for <= {NETWORK, ""} | {column for name, column in left if name == table}
