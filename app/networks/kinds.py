"""What a network is of: one municipality, several together, or a prefecture."""

from enum import StrEnum


class NetworkKind(StrEnum):
    """WIDE_AREA: one 協議会, or one centre's network, of several municipalities."""

    MUNICIPALITY = "municipality"
    WIDE_AREA = "wide_area"
    PREFECTURE = "prefecture"
