"""Whoever reads the records reads words, for every action that the code can write."""

import ast
import re
from pathlib import Path

import app.audit
from app.audit.words import ACTIONS

APP = Path(app.audit.__file__).parents[1]
ACTION = re.compile(r"[a-z_]+(\.[a-z_]+)+")
NOT_AN_ACTION = {"report.arrived", "instruction.release", "nafuda.pdf", "nafuda.pulse"}
WRITERS = {"app.audit.commands", "app.instructions.commands"}
ANSWERS = ("acknowledged", "refused", "asking", "result")
BUILT = {
    'f"report.{flag}"': {"report.rescued", "report.phoned"},
    'f"instruction.{kind}"': {f"instruction.{answer}" for answer in ANSWERS},
}


def recorded(path: Path) -> set[str]:
    """Actions in a module that records: texts of that shape."""
    tree = ast.parse(path.read_text("utf-8"))
    names = {one.module for one in ast.walk(tree) if isinstance(one, ast.ImportFrom)}
    if not names & WRITERS:
        return set()
    texts = {one.value for one in ast.walk(tree) if isinstance(one, ast.Constant)}
    return {one for one in texts if isinstance(one, str) and ACTION.fullmatch(one)}


def test_every_action_has_words_and_all_words_are_used() -> None:
    found = set().union(*(recorded(path) for path in APP.rglob("*.py"))) - NOT_AN_ACTION
    assert len(found) > 30
    assert sorted(found | set().union(*BUILT.values())) == sorted(ACTIONS)


def test_built_actions_are_still_built() -> None:
    source = "".join(path.read_text("utf-8") for path in APP.rglob("*.py"))
    assert all(built in source for built in BUILT)
