"""Whoever reads the records reads words, for every action that the code can write."""

import ast
import re
from pathlib import Path

import app.audit
from app.audit.words import ACTIONS, DETAILS
from app.web.access import Permission
from app.worker import HANDLERS

APP = Path(app.audit.__file__).parents[1]
ACTION = re.compile(r"[a-z_]+(\.[a-z_]+)+")
FILE = re.compile(r".+\.(typ|csv|xlsx|json|ya?ml|pdf|docx|sql|svg|db|txt|ini|po|pot)")
HOST = re.compile(r".+\.(com|net|org)")
# Kinds of the outbox with a lane of their own, and names of other things.
NOT_AN_ACTION = {
    *(HANDLERS.keys() - {"retention.run"}),
    "push.many",
    "print.part",
    "nafuda.pulse",
    "network.id",
    "babel.messages.frontend",
    "http.disconnect",
    "http.request",
    "http.response.body",
    "http.response.start",
}
ALSO_A_PERMISSION = {
    "bylaw.read",
    "badge.issue",
    "badge.print",
    "badge.stop",
    "data.export",
    "report.claim",
    "roster.import",
}
ANSWERS = ("acknowledged", "refused", "asking", "result")
STEPS = ("begin", "change", "drop", "ask", "stop_asking", "return", "publish")
BUILT = {
    'f"claim.{kind}"': {"claim.handed", "claim.taken"},
    'f"report.{flag}"': {"report.rescued", "report.paper", "report.phoned"},
    'f"instruction.{kind}"': {f"instruction.{answer}" for answer in ANSWERS},
    'f"review.{what}"': {"review.return", "review.publish"},
    'f"link.{what}"': {"link.begin", "link.end"},
    'f"edition.{what}"': {f"edition.{step}" for step in STEPS},
}


def written(path: Path) -> set[str]:
    """Every text of the shape of an action."""
    nodes = ast.walk(ast.parse(path.read_text("utf-8")))
    texts = {node.value for node in nodes if isinstance(node, ast.Constant)}
    return {text for text in texts if isinstance(text, str) and ACTION.fullmatch(text)}


def test_every_action_has_words_and_all_words_are_used() -> None:
    sources = [path for path in APP.rglob("*.py") if path.name != "words.py"]
    found = set().union(*(written(path) for path in sources))
    found -= NOT_AN_ACTION | (set(Permission) - ALSO_A_PERMISSION)
    found = {one for one in found if not FILE.fullmatch(one) and not HOST.fullmatch(one)}
    assert len(found) > 60
    assert sorted(found | set().union(*BUILT.values())) == sorted(ACTIONS)


def test_built_actions_are_still_built() -> None:
    source = "".join(path.read_text("utf-8") for path in APP.rglob("*.py"))
    assert all(built in source for built in BUILT)


WRITERS = {"record", "note", "_note", "_record"}
NO_DETAIL = {"session", "actor", "action", "object_id", "now", "details", "workplace"}


def detailed(call: ast.Call) -> set[str]:
    """What stands beside an action where this call writes it: keywords, and keys of a dict."""
    named = {one.arg for one in call.keywords if one.arg} - NO_DETAIL
    dicts = [*call.args, *(one.value for one in call.keywords)]
    keys = [key for one in dicts if isinstance(one, ast.Dict) for key in one.keys]
    return named | {str(key.value) for key in keys if isinstance(key, ast.Constant)}


def named(call: ast.Call) -> str:
    return str(getattr(call.func, "id", getattr(call.func, "attr", "")))


def test_what_stands_beside_an_action_has_words_too() -> None:
    trees = [ast.parse(path.read_text("utf-8")) for path in APP.rglob("*.py")]
    calls = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]
    found = set().union(*(detailed(call) for call in calls if named(call) in WRITERS))
    assert len(found) > 25
    assert sorted(found - set(DETAILS)) == []
