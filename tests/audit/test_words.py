"""Whoever reads the records reads words, for every action that the code can write."""

import ast
import re
from pathlib import Path

import app.audit
from app.audit.words import ACTIONS
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
    'f"report.{flag}"': {"report.rescued", "report.phoned"},
    'f"instruction.{kind}"': {f"instruction.{answer}" for answer in ANSWERS},
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
