"""The instructions a counsellor can send in a tap or two: wording in three languages."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

SOURCE = Path(__file__).parent / "standard" / "templates.yaml"

STARTING_TEMPLATES: dict[str, tuple[str, ...]] = {
    "now": ("R05", "R07", "R08", "R16"),
    "today": ("R02", "R06", "R10", "R09"),
    "info": ("R09", "R02", "R06", "R11"),
}
"""What the desk suggests first, by the urgency of the report."""

CLOSING_TEMPLATES = ("R17", "R18")
"""One of these ends every report: whoever reported learns how it went (S137)."""


@cache
def standard_templates() -> dict[str, dict[str, Any]]:
    """R01 to R20, as templates.yaml lists their fields, each with its `id`. Not to be changed."""
    document = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))
    return {key: {"id": key, **fields} for key, fields in document["templates"].items()}


@cache
def personal_templates() -> frozenset[str]:
    """Those that ask somebody for personal data, or hand some on: R03, R04, R13."""
    return frozenset(
        key
        for key, one in standard_templates().items()
        if "secure_form" in one["variables"] or one["members_only"]
    )
