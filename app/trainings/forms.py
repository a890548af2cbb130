"""What a clerk types about a training, its material and who was there."""

from collections.abc import Collection
from typing import Any
from urllib.parse import urlsplit

from app.errors import N_
from app.ids import read_id
from app.trainings.models import TrainingMaterial
from app.web.fields import Fields

Values = dict[str, Any]


def read_material(fields: Fields) -> Values:
    """A title, and at least one of the two things that it leads to."""
    values = {
        "title": fields.line("title", 120, needed=True),
        "link": fields.line("link", 500),
        "text": fields.lines("text", 2000),
    }
    if values["link"] and not is_web_address(values["link"]):
        fields.refuse("link", N_("「https://」で始まるアドレスを入れてください。"))
    if not values["link"] and not values["text"]:
        fields.refuse("link", N_("リンクか本文の、どちらかを入れてください。"))
    return values


def read_training(fields: Fields, materials: Collection[TrainingMaterial]) -> Values:
    """`materials`: those that may be chosen."""
    chosen = fields.choice("material", {str(one.id) for one in materials})
    return {
        "held_on": fields.day("held_on", needed=True),
        "place": fields.line("place", 200, needed=True),
        "audience": fields.line("audience", 120),
        "material_id": read_id(chosen),
    }


def is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme == "https" and bool(parts.hostname) and " " not in text
    except ValueError:
        return False
