"""作り話 for drills, in three languages."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

SOURCE = Path(__file__).parent / "standard" / "mock_cases.yaml"


@cache
def mock_cases() -> dict[str, dict[str, Any]]:
    """By id, each with its `title` and `story` per language. Not to be changed."""
    document = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))
    return {case["id"]: case for case in document["cases"]}
