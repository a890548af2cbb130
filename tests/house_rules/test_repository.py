"""What no file of the repository may hold, and what the documents have to say."""

import ast
import json
import re
import sys

import pytest

from app.networks.models import Network
from app.settings import Settings
from tests.house_rules.repository import text_files

FILES = text_files()
PYTHON = {path: text for path, text in FILES.items() if path.endswith(".py")}
RULE = re.compile(r"app/(?:\w+/)+(?:rules|personal_data)\.py")
RULES = sorted(path for path in PYTHON if RULE.fullmatch(path))
LONGEST = 250
GENERATED = "alembic/versions/"
SPEAKS_TO_A_TERMINAL = "app/demo/"
MACHINE_PATH = re.compile(r"(?<![\w.*])(?:/(?:home|root|Users|work|shared|mnt)/|[A-Z]:\\\\?)\w")
LOCKS = [*(path for path in FILES if path.startswith("requirements/")), "package-lock.json"]
HOST = re.compile(r"\w+://|--(?:extra-)?index-url|\b(?:pypi|npmjs|pythonhosted|yarnpkg)\.\w+")
# The glossary that the code keeps to: one code word for one word of the field.
# What a network is and is called, and how far it came.
NO_SETTINGS = {
    "id", "slug", "kind", "municipality", "municipalities", "name", "center_name", "center_tel",
    "police_name", "police_tel", "houkatsu_name", "houkatsu_tel", "office_name", "office_tel",
    "setup_saved", "setup_ended_at", "secrecy_version", "backed_up_through", "created_at",
}  # fmt: skip
GLOSSARY = """
network organization workplace standing industry badge pairing device checklist item guidance
report instruction acknowledgement outcome delivery bulletin relay referral watch_list watch_entry
clerk counsellor supervisor staff drill
"""


def test_the_whole_repository_is_looked_at() -> None:
    known = {".ci/run", "alembic.ini", "app/main.py", "docs/words.md", "tests/cast.py"}
    assert known <= set(FILES)
    assert not any(path.startswith((".venv", "node_modules", "static/built")) for path in FILES)


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    assert {path: found[0] for path in FILES if (found := MACHINE_PATH.search(FILES[path]))} == {}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_names_no_host(lock: str) -> None:
    assert len(LOCKS) >= 3
    assert HOST.search(FILES[lock]) is None


def test_npm_keeps_hosts_out_of_its_lock() -> None:
    assert "omit-lockfile-registry-resolved=true" in FILES[".npmrc"]
    packages = json.loads(FILES["package-lock.json"])["packages"].values()
    assert not [one for one in packages if "resolved" in one]


def test_nothing_is_left_to_be_done_later() -> None:
    later = re.compile("|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X"]))
    assert [path for path, text in FILES.items() if later.search(text)] == []


def test_no_python_file_is_too_long() -> None:
    lengths = {path: len(text.splitlines()) for path, text in PYTHON.items()}
    too_long = {path: lines for path, lines in lengths.items() if lines > LONGEST}
    assert {p: lines for p, lines in too_long.items() if not p.startswith(GENERATED)} == {}


def test_only_the_demo_prints() -> None:
    printing = {
        path
        for path, text in PYTHON.items()
        if path.startswith("app/") and not path.startswith(SPEAKS_TO_A_TERMINAL)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Name) and node.id == "print"
    }
    assert printing == set()


@pytest.mark.parametrize("path", RULES)
def test_rules_need_the_standard_library_alone(path: str) -> None:
    tree = list(ast.walk(ast.parse(PYTHON[path])))
    names = {node.module or "." for node in tree if isinstance(node, ast.ImportFrom)}
    names |= {one.name for node in tree if isinstance(node, ast.Import) for one in node.names}
    assert {name for name in names if name.split(".")[0] not in sys.stdlib_module_names} == set()


@pytest.mark.parametrize("setting", sorted(Settings.model_fields))
def test_every_setting_is_explained(setting: str) -> None:
    assert f"`NAFUDA_{setting.upper()}`" in FILES["docs/operations.md"]


@pytest.mark.parametrize("setting", sorted(set(Network.model_fields) - NO_SETTINGS))
def test_every_setting_of_a_network_is_explained(setting: str) -> None:
    assert f"`{setting}`" in FILES["docs/operations.md"]


@pytest.mark.parametrize("word", GLOSSARY.split())
def test_every_word_of_the_code_is_in_the_glossary(word: str) -> None:
    assert f"`{word}`" in FILES["docs/words.md"]
