"""引き継ぎ: one more app of a paired phone gets its badge (ADR 0020)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, select

from app.audit.commands import record
from app.badges.commands import pair
from app.badges.models import Badge, Device, Pairing
from app.badges.queries import BadgeHolder, holder_of, pairing_with
from app.errors import N_, Conflict
from app.networks.models import Epoch
from app.web.access import PhoneActor


@dataclass(frozen=True)
class Source:
    """The phone that hands over, as long as it speaks for a badge that works."""

    device: Device
    pairing: Pairing
    holder: BadgeHolder


def wait_turn(session: Session) -> None:
    """One handover after the other, and one guess: what is read after this is up to date."""
    session.exec(select(Epoch).limit(1).with_for_update()).first()


def find_source(
    session: Session, network_id: UUID, device_id: UUID, badge_id: UUID
) -> Source | None:
    """None once the phone was revoked, the badge stopped, or the two parted."""
    device = session.get(Device, (network_id, device_id), populate_existing=True)
    badge = session.get(Badge, (network_id, badge_id))
    pairing = pairing_with(session, network_id, device_id, badge_id)
    if device is None or badge is None or pairing is None:
        return None
    if device.revoked_at or badge.is_stopped or pairing.ended_at:
        return None
    return Source(device, pairing, holder_of(session, badge))


def take_over(
    session: Session,
    source: Source,
    phone: PhoneActor | None,
    how: str,
    *,
    language: str,
    now: datetime,
) -> Pairing:
    """Pair `phone` as the source's holder agreed. Raises Conflict when that is out of date."""
    agreed_version = source.pairing.agreed_version
    if agreed_version != source.holder.network.secrecy_version:
        raise Conflict(N_("お約束が新しくなりました。名札を読み取って、もう一度登録してください。"))
    pairing = pair(
        session,
        source.holder,
        phone,
        agreed_version=agreed_version,
        language=language,
        now=now,
        call_name=source.pairing.call_name,
        is_vouched_for=source.pairing.has_inbox,
    )
    source.device.handovers += 1
    record(
        session,
        pairing.network_id,
        actor=f"phone:{pairing.device_id}",
        action="pairing.hand_over",
        object_id=pairing.badge_id,
        now=now,
        details={"how": how, "from": str(source.device.id)},
    )
    return pairing
