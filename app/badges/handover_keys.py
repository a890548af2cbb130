"""Numbers and tokens that only this installation can make: nothing in the database gives them."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from uuid import UUID

from itsdangerous import BadSignature, URLSafeSerializer

from app.badges.handover_rules import TOKEN_LASTS


@dataclass(frozen=True)
class Invitation:
    """What a token says: which phone invites to which badge, for the how-manieth time, since when.

    By the day, so that a phone's manifest stays the same from one page to the next.
    """

    network_id: UUID
    device_id: UUID
    badge_id: UUID
    turn: int
    day: date

    def is_over(self, now: datetime) -> bool:
        return now >= datetime.combine(self.day, time(), UTC) + TOKEN_LASTS


class HandoverKeys:
    """By a key that follows from the master key."""

    def __init__(self, master: bytes) -> None:
        self._key = hmac.digest(master, b"nafuda/1 handover", hashlib.sha256)
        self._signer = URLSafeSerializer(self._key, salt="handover")

    def number(self, row_id: UUID) -> str:
        made = hmac.digest(self._key, b"number" + row_id.bytes, hashlib.sha256)
        return f"{int.from_bytes(made[:8]) % 1_000_000:06d}"

    def digest(self, text: str) -> str:
        return hmac.new(self._key, f"digest {text}".encode(), hashlib.sha256).hexdigest()

    def invite(self, invitation: Invitation) -> str:
        ids = (invitation.network_id, invitation.device_id, invitation.badge_id)
        words = [one.hex for one in ids]
        return str(self._signer.dumps([*words, invitation.turn, invitation.day.isoformat()]))

    def read(self, token: str) -> Invitation | None:
        try:
            network, device, badge, turn, day = self._signer.loads(token)
            ids = UUID(network), UUID(device), UUID(badge)
            return Invitation(*ids, int(turn), date.fromisoformat(day))
        except (BadSignature, ValueError, TypeError, AttributeError):
            return None
