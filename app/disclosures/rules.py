"""Who may be asked for personal data, on what ground, for how long (消費者安全法11条の4第3項)."""

from datetime import timedelta
from enum import StrEnum

ITEMS = ("name", "address", "telephone", "age_band", "other")
PURPOSES = ("safety", "stop", "recover", "support", "own")
CONSENTS = ("written", "oral", "on_behalf")
REASONS = ("advice", "protect", "hand_on", "transcribe", "check")
"""Why somebody opens an answer."""

LIVES = {
    "4": timedelta(hours=4),
    "24": timedelta(hours=24),
    "48": timedelta(hours=48),
    "168": timedelta(days=7),
}
USUAL_LIFE = "48"
LONGEST_FIELD = 200
MEMBER = "member"


class Ground(StrEnum):
    """COUNCIL: 法11条の4の求め. LIFE, DUTY: 個情法27条1項2号, 4号. CONSENT: the person's."""

    COUNCIL = "council"
    LIFE = "life"
    DUTY = "duty"
    CONSENT = "consent"

    @property
    def template(self) -> str:
        return "R03" if self is Ground.CONSENT else "R04"

    @property
    def given(self) -> str:
        """The option of the template that says: here it is."""
        return "yes" if self is Ground.CONSENT else "sent"

    @property
    def refusals(self) -> tuple[str, ...]:
        return ("no", "not_asked") if self is Ground.CONSENT else ("unknown", "decline")


def grounds_for(standing: str) -> tuple[Ground, ...]:
    """Only of a 構成員 may the council ask; of all others nothing without the person's consent."""
    return tuple(Ground) if standing == MEMBER else (Ground.CONSENT,)
