"""From how many reports on one badge floods the centre."""

import unicodedata
from collections.abc import Mapping
from functools import partial

from app.errors import N_
from app.networks.models import Network
from app.office.settings.fields import Reading, Unusable, read_all

# Fewer would quiet a busy shop; more is no limit.
BOUNDS = {"flood_in_ten_minutes": (3, 100), "flood_in_a_day": (10, 500)}


def shown(network: Network) -> dict[str, str]:
    return {name: str(getattr(network, name)) for name in BOUNDS}


def read(sent: Mapping[str, str]) -> Reading:
    readers = {name: partial(_count, least, most) for name, (least, most) in BOUNDS.items()}
    return Reading(*read_all(sent, readers))


def _count(least: int, most: int, typed: str) -> int:
    plain = unicodedata.normalize("NFKC", typed).strip()
    if plain.isascii() and plain.isdigit() and len(plain) < 6 and least <= int(plain) <= most:
        return int(plain)
    raise Unusable(
        N_("3から100までの数にしてください。")
        if most == BOUNDS["flood_in_ten_minutes"][1]
        else N_("10から500までの数にしてください。")
    )
