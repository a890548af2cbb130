"""端末: the phones of one badge as the office sees them, and ending one of them."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from app.audit.commands import record
from app.badges.models import Badge, Device, Pairing
from app.badges.queries import live_pairings
from app.networks.scope import get_row
from app.web.access import StaffActor


@dataclass(frozen=True)
class PairedDevice:
    pairing: Pairing
    device: Device


def devices_of_badge(session: Session, badge: Badge) -> list[PairedDevice]:
    """Those that speak for the badge now, with or without its inbox."""
    return [
        PairedDevice(one, get_row(session, Device, badge.network_id, one.device_id))
        for one in session.exec(live_pairings(badge)).all()
    ]


def end_pairing(
    session: Session, badge: Badge, pairing: Pairing, actor: StaffActor, now: datetime
) -> None:
    """From now on nothing is pushed to the phone for this badge, and its page asks to read a badge.
    What it had queued under the badge is still taken."""
    if pairing.ended_at:
        return
    pairing.ended_at = now
    record(
        session,
        badge.network_id,
        actor=f"staff:{actor.id}",
        action="pairing.end",
        object_id=badge.id,
        now=now,
        details={"number": badge.number, "device": str(pairing.device_id)},
    )
