"""What an organization is to its network: its standing and its industry."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

ENDS_SOON = timedelta(days=60)
"""So long before the end of a term the clerk is reminded."""


class Standing(StrEnum):
    """How an organization takes part.

    Only a MEMBER may be asked for personal data (消費者安全法11条の4第3項; S178, template R04).
    """

    AGENCY = "agency"
    MEMBER = "member"
    PARTNER = "partner"
    VOLUNTEER = "volunteer"

    @property
    def label(self) -> str:
        return _STANDING_LABELS[self]


class Ground(StrEnum):
    """On what an organization's standing rests (消費者安全法11条の3, 11条の7)."""

    CHARTER = "charter"
    COMMISSION = "commission"
    APPLICATION = "application"


class Approval(StrEnum):
    """What the head office of a chain says about its shops taking part."""

    NOT_NEEDED = "not_needed"
    ASKING = "asking"
    APPROVED = "approved"
    REFUSED = "refused"


class Industry(StrEnum):
    """The line of work of one workplace; it decides which checklist its badges open."""

    CONVENI = "conveni"
    FINANCE = "finance"
    POST = "post"
    DELIVERY = "delivery"
    INSURANCE = "insurance"
    RETAIL = "retail"
    NEWSPAPER = "newspaper"
    OTHER = "other"

    @property
    def label(self) -> str:
        return _INDUSTRY_LABELS[self]

    @property
    def badge_letter(self) -> str:
        """The letter before the number on a badge's front: A-0142."""
        return _BADGE_LETTERS[self]


# What most towns' rosters say, until a network's own settings say otherwise.
USUAL_STANDINGS: dict[Industry, Standing] = {
    Industry.CONVENI: Standing.PARTNER,
    Industry.FINANCE: Standing.MEMBER,
    Industry.POST: Standing.MEMBER,
    Industry.DELIVERY: Standing.PARTNER,
    Industry.INSURANCE: Standing.PARTNER,
    Industry.RETAIL: Standing.PARTNER,
    Industry.NEWSPAPER: Standing.PARTNER,
    Industry.OTHER: Standing.PARTNER,
}


def usual_standings(saved: Mapping[str, str]) -> dict[Industry, Standing]:
    """As most towns have it, where the network hasn't said otherwise."""
    own = {Industry(industry): Standing(standing) for industry, standing in saved.items()}
    return USUAL_STANDINGS | own


def needs_ground(standing: str) -> bool:
    """Whoever joined from outside was made a member or commissioned, on a day and on a ground.
    Agencies belong by law."""
    return standing != Standing.AGENCY


def ends_soon(ends_on: date | None, today: date) -> bool:
    return ends_on is not None and ends_on <= today + ENDS_SOON


_STANDING_LABELS = {
    Standing.AGENCY: "関係機関",
    Standing.MEMBER: "構成員",
    Standing.PARTNER: "協力団体",
    Standing.VOLUNTEER: "協力員",
}

_INDUSTRY_LABELS = {
    Industry.CONVENI: "コンビニ",
    Industry.FINANCE: "金融機関",
    Industry.POST: "郵便局",
    Industry.DELIVERY: "宅配・運送",
    Industry.INSURANCE: "保険",
    Industry.RETAIL: "スーパー・生協",
    Industry.NEWSPAPER: "新聞",
    Industry.OTHER: "その他",
}

_BADGE_LETTERS = {
    Industry.CONVENI: "A",
    Industry.FINANCE: "B",
    Industry.POST: "P",
    Industry.DELIVERY: "D",
    Industry.INSURANCE: "L",
    Industry.RETAIL: "C",
    Industry.NEWSPAPER: "N",
    Industry.OTHER: "X",
}
