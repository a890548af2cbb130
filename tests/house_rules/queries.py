"""Reading source code for queries that could see rows of another network.

A query of a network's table has to start at `in_network` or `get_row`, to compare the table's
`network_id` with something that isn't a table's column itself, to join on it, or to ask by a key
that begins with one.
"""

import ast
from collections.abc import Iterator

NETWORK = "network_id"
STATEMENTS = {"select", "update", "delete", "query", "join", "outerjoin", "select_from"}
BY_KEY = {"get", "get_one"}
RAW = {"execute", "exec", "scalars", "scalar", "exec_driver_sql", "text"}


def unbound_queries(source: str, module: str, tables: set[str], free: set[str]) -> list[str]:
    """`module:function` of every query that isn't bound to one network.

    `tables`: classes whose rows belong to a network; `free`: classes whose rows don't.
    """
    return [
        f"{module}:{function}"
        for function, expression in _expressions(ast.parse(source))
        for call in ast.walk(expression)
        if isinstance(call, ast.Call)
        if _is_raw(call)
        or _has_no_key(call, tables, free)
        or _asked_for(call, tables, free) - _bound_in(expression)
    ]


def _expressions(node: ast.AST, function: str = "") -> Iterator[tuple[str, ast.expr]]:
    """Every outermost expression, with the function it stands in."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.expr):
            yield function, child
        elif isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from _expressions(child, child.name)
        else:
            yield from _expressions(child, function)


def _called(call: ast.Call) -> str:
    """`select` for `select(…)`, for `sqlmodel.select(…)` and for `….select(…)`."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _is_raw(call: ast.Call) -> bool:
    """SQL as a text can't be read here."""
    first = call.args[0] if call.args else None
    is_text = isinstance(first, ast.JoinedStr) or (
        isinstance(first, ast.Constant) and isinstance(first.value, str)
    )
    return _called(call) == "exec_driver_sql" or (_called(call) in RAW and is_text)


def _has_no_key(call: ast.Call, tables: set[str], free: set[str]) -> bool:
    """`session.get(Model, key)` where the key isn't a tuple that begins with a network's id."""
    if _called(call) not in BY_KEY or len(call.args) < 2:
        return False
    model, key = call.args[0], call.args[1]
    asks_session = ast.unparse(call.func) in {f"session.{way}" for way in BY_KEY}
    name = ast.unparse(model)
    if name in free or not (asks_session or name in tables):
        return False
    first = ast.unparse(key.elts[0]) if isinstance(key, ast.Tuple) else ""
    return not first.endswith((NETWORK, "network.id"))


def _asked_for(call: ast.Call, tables: set[str], free: set[str]) -> set[str]:
    """Names of the tables that a statement begins with or joins."""
    if _called(call) not in STATEMENTS:
        return set()
    asked = {_root(part) for part in call.args}
    if _called(call) == "select":
        return asked - free - {"func", "literal", "exists", ""}
    return asked & tables


def _root(node: ast.expr) -> str:
    """`Badge` for `Badge`, `Badge.id` and `col(Badge.id)`."""
    while isinstance(node, ast.Attribute):
        node = node.value
    if isinstance(node, ast.Call) and _called(node) == "col":
        return _root(node.args[0])
    if isinstance(node, ast.Call):
        return _called(node) if isinstance(node.func, ast.Name) else _root(node.func)
    return node.id if isinstance(node, ast.Name) else ""


def _bound_in(expression: ast.expr) -> set[str]:
    """Tables of which only one network's rows can come, joins included."""
    bound: set[str] = set()
    joins: list[set[str]] = []
    for node in ast.walk(expression):
        if isinstance(node, ast.Call) and _called(node) == "in_network":
            bound.add(_root(node.args[0]))
        if isinstance(node, ast.Compare) and [type(op) for op in node.ops] == [ast.Eq]:
            columns = {_root(side) for side in (node.left, node.comparators[0]) if _is_column(side)}
            bound |= columns if len(columns) == 1 and not _compares_itself(node) else set()
            joins.append(columns)
    for _ in joins:
        for pair in joins:
            bound |= pair if pair & bound else set()
    return bound


def _is_column(side: ast.expr) -> bool:
    """`Badge.network_id` or `col(Badge.network_id)`; `badge.network_id` is a value."""
    if isinstance(side, ast.Call) and _called(side) == "col":
        return _is_column(side.args[0])
    root = _root(side)
    is_class = root[:1].isupper() or root == "model"
    return is_class and isinstance(side, ast.Attribute) and side.attr == NETWORK


def _compares_itself(node: ast.Compare) -> bool:
    return _is_column(node.left) and _is_column(node.comparators[0])
