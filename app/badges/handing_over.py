"""引渡し: a badge is in its holder's hands once a push reached their phone, or they have none."""

from datetime import datetime

from sqlmodel import Session

from app.audit.commands import record
from app.badges.models import Badge, Device
from app.badges.queries import current_pairing
from app.errors import N_, Conflict
from app.networks.scope import get_row
from app.web.access import PhoneActor, StaffActor

PUSH, NO_PHONE = "push", "no_phone"


def note_trial(session: Session, phone: PhoneActor, now: datetime) -> None:
    """A trial push arrived on this phone: the badge it speaks for is handed over."""
    session.get_one(Device, (phone.network_id, phone.device_id)).tried_at = now
    pairing = current_pairing(session, phone.network_id, phone.device_id)
    if pairing:
        badge = get_row(session, Badge, phone.network_id, pairing.badge_id)
        _hand_over(session, badge, PUSH, f"phone:{phone.device_id}", now)


def hand_over_without_phone(
    session: Session, badge: Badge, actor: StaffActor, now: datetime
) -> None:
    """Raises Conflict for a stopped badge."""
    if badge.is_stopped:
        raise Conflict(N_("この名札は停止しています。"))
    _hand_over(session, badge, NO_PHONE, f"staff:{actor.id}", now)


def _hand_over(session: Session, badge: Badge, how: str, actor: str, now: datetime) -> None:
    """The first time counts; a push that arrives later is better evidence than having no phone."""
    if badge.handed_over_at and badge.handed_over_as in {PUSH, how}:
        return
    badge.handed_over_at, badge.handed_over_as = now, how
    record(
        session,
        badge.network_id,
        actor=actor,
        action="badge.hand_over",
        object_id=badge.id,
        now=now,
        details={"number": badge.number, "how": how},
    )
