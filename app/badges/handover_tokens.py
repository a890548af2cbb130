"""The token in an installed app's start address: seven days, one use, nothing without a tap."""

from datetime import UTC, datetime

from sqlmodel import Session

from app.badges.handover import Source, find_source, take_over, wait_turn
from app.badges.handover_keys import HandoverKeys, Invitation
from app.badges.models import Device, Pairing
from app.web.access import PhoneActor


def invitation(session: Session, keys: HandoverKeys, pairing: Pairing, now: datetime) -> str:
    """The same token all day, until somebody took over from this phone."""
    device = session.get_one(Device, (pairing.network_id, pairing.device_id))
    ids = pairing.network_id, pairing.device_id, pairing.badge_id
    return keys.invite(Invitation(*ids, device.handovers, now.astimezone(UTC).date()))


def find_invited(session: Session, keys: HandoverKeys, token: str, now: datetime) -> Source | None:
    """Which phone a token speaks for; None when it is over, used, revoked, or never was one."""
    read = keys.read(token)
    if read is None or read.is_over(now):
        return None
    source = find_source(session, read.network_id, read.device_id, read.badge_id)
    return source if source and source.device.handovers == read.turn else None


def take_over_by_token(
    session: Session,
    keys: HandoverKeys,
    token: str,
    phone: PhoneActor | None,
    *,
    language: str,
    now: datetime,
) -> Pairing | None:
    wait_turn(session)
    source = find_invited(session, keys, token, now)
    if source is None:
        return None
    return take_over(session, source, phone, "token", language=language, now=now)
