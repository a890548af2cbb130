"""What is typed about leaflets, orders and placements."""

from collections.abc import Collection
from typing import Any

from app.errors import N_
from app.ids import read_id
from app.leaflets.models import Leaflet
from app.web.fields import Fields

Values = dict[str, Any]
MOST = 100_000
WAYS = ("sent", "handed")


def read_leaflet(fields: Fields) -> Values:
    return {
        "name": fields.line("name", 120, needed=True),
        "stock": fields.number("stock", 0, MOST),
    }


def read_change(fields: Fields, known: Leaflet) -> Values:
    """`was`: the stock that stood in the form. Where copies were given out meanwhile, a new name
    leaves the stock alone, and a new stock is refused: it was counted before."""
    values, was = read_leaflet(fields), fields.values.get("was", "")
    if was in {"", str(known.stock)}:
        return values
    if str(values["stock"]) == was:
        return values | {"stock": known.stock}
    fields.refuse(
        "stock",
        N_(
            "その間に在庫が%(was)s部から%(stock)s部に変わりました。確かめて、もう一度入れてください。"
        ),
        was=was[:6],
        stock=known.stock,
    )
    fields.values["was"] = str(known.stock)
    return values


def read_order(fields: Fields, leaflets: Collection[Leaflet]) -> Values:
    return {
        "leaflet_id": chosen_leaflet(fields, leaflets),
        "quantity": fields.number("quantity", 1, MOST),
        "wanted_on": fields.day("wanted_on"),
    }


def read_placement(fields: Fields, leaflets: Collection[Leaflet]) -> Values:
    return {
        "leaflet_id": chosen_leaflet(fields, leaflets),
        "place": fields.line("place", 120, needed=True),
        "since_on": fields.day("since_on", needed=True),
    }


def read_giving(fields: Fields) -> Values:
    return {
        "given_on": fields.day("given_on", needed=True),
        "given_as": fields.choice("given_as", WAYS, needed=True),
    }


def chosen_leaflet(fields: Fields, leaflets: Collection[Leaflet]) -> Any:
    return read_id(fields.choice("leaflet", {str(one.id) for one in leaflets}, needed=True))
