"""Runs the phone's own code, so that a test can compare it with its Python twin."""

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


def returned(module: str, function: str, calls: Sequence[Sequence[Any]]) -> list[Any]:
    """What `function` of static/js/`module` returns for each list of arguments; one node call."""
    command = ["node", str(ROOT / "tests/js/twin.js"), str(ROOT / "static/js" / module), function]
    run = subprocess.run(
        command, input=json.dumps(calls), capture_output=True, text=True, timeout=60, check=False
    )
    assert run.returncode == 0, run.stderr
    results: list[Any] = json.loads(run.stdout)
    return results
