"""Issuing badges, stopping them, and pairing phones with them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import update
from sqlmodel import Session, col

from app.audit.commands import record
from app.badges.models import Badge, Device, Pairing
from app.badges.queries import BadgeHolder, pairing_with, phones_of_badge
from app.badges.rules import BadgeKind, BadgeState, StopReason, new_code, number_of
from app.badges.secrecy import note_screen_agreement
from app.errors import N_, Conflict, Invalid
from app.networks.numbers import next_number
from app.organizations.models import Workplace
from app.organizations.rules import Industry
from app.web.access import PhoneActor, StaffActor
from app.web.text import one_line

PHONES_PER_BADGE = 5
AT_ONCE = 500


def issue_badges(
    session: Session,
    workplace: Workplace,
    count: int,
    *,
    valid_until: date,
    now: datetime,
    kind: BadgeKind = BadgeKind.PERSONAL,
) -> list[Badge]:
    if count <= 0:
        return []
    letter = Industry(workplace.industry).badge_letter
    first = next_number(session, workplace.network_id, f"badge-{letter}", count)
    badges = [
        Badge(
            network_id=workplace.network_id,
            workplace_id=workplace.id,
            number=number_of(letter, first + offset),
            code=new_code(),
            kind=kind,
            valid_until=valid_until,
            issued_at=now,
        )
        for offset in range(count)
    ]
    session.add_all(badges)
    session.flush()
    return badges


def stop_badges(
    session: Session,
    actor: StaffActor,
    numbers: Mapping[UUID, str],
    reason: StopReason,
    now: datetime,
) -> int:
    """By id with their numbers, each with a record of its own; returns how many. They are stopped
    at once: their phones can report what they had queued, no more. One that was stopped before
    keeps its day and its reason."""
    stopped: list[UUID] = []
    ids = list(numbers)
    for start in range(0, len(ids), AT_ONCE):
        stopped += _stop_some(session, actor.network_id, ids[start : start + AT_ONCE], reason, now)
    for badge_id in stopped:
        record(
            session,
            actor.network_id,
            actor=f"staff:{actor.id}",
            action="badge.stop",
            object_id=badge_id,
            now=now,
            details={"number": numbers[badge_id], "reason": reason},
        )
    return len(stopped)


def _stop_some(
    session: Session, network_id: UUID, ids: Sequence[UUID], reason: StopReason, now: datetime
) -> list[UUID]:
    working = (
        update(Badge)
        .where(col(Badge.network_id) == network_id, col(Badge.id).in_(ids))
        .where(col(Badge.state) != BadgeState.STOPPED)
    )
    values = {"state": BadgeState.STOPPED, "stopped_at": now, "stop_reason": reason}
    stopped = list(session.execute(working.values(values).returning(col(Badge.id))).scalars())
    pairings = update(Pairing).where(
        col(Pairing.network_id) == network_id,
        col(Pairing.badge_id).in_(stopped),
        col(Pairing.ended_at).is_(None),
    )
    session.execute(pairings.values(ended_at=now))
    return stopped


def register_device(session: Session, network_id: UUID, language: str, now: datetime) -> Device:
    device = Device(network_id=network_id, last_heard_at=now, created_at=now, language=language)
    session.add(device)
    session.flush()
    return device


def pair(
    session: Session,
    holder: BadgeHolder,
    phone: PhoneActor | None,
    *,
    agreed_version: int,
    language: str,
    now: datetime,
    call_name: str = "",
    workplace_code: str = "",
    is_vouched_for: bool = False,
) -> Pairing:
    """Pair this phone with the badge, or renew what is there. Raises Conflict for a stopped badge.

    A phone of another network gets a device of its own in this one. `is_vouched_for`: a phone that
    has the badge's inbox stands for this one, so that the workplace's code needn't be typed again.
    """
    if holder.badge.is_stopped:
        raise Conflict(N_("この名札は使えません(紛失などで停止)。事務局に連絡してください。"))
    if agreed_version != holder.network.secrecy_version:
        raise Invalid(N_("お約束(秘密を守ること)を確かめて、✓を付けてください。"))
    network_id = holder.network.id
    device_id = (
        phone.device_id
        if phone and phone.network_id == network_id
        else register_device(session, network_id, language, now).id
    )
    pairing = pairing_with(session, network_id, device_id, holder.badge.id)
    if pairing is None or pairing.ended_at:
        pairing = Pairing(
            network_id=network_id,
            device_id=device_id,
            badge_id=holder.badge.id,
            agreed_version=agreed_version,
            agreed_language=language,
            has_inbox=False,
            paired_at=now,
        )
        record(
            session,
            network_id,
            actor=f"phone:{device_id}",
            action="badge.pair",
            object_id=holder.badge.id,
            now=now,
            details={"version": agreed_version, "language": language},
        )
    note_screen_agreement(session, holder, agreed_version, language, now)
    pairing.paired_at, pairing.agreed_version = now, agreed_version
    pairing.call_name = one_line(call_name).strip()[:12] or pairing.call_name
    if not pairing.has_inbox:
        opens_inbox = is_vouched_for or _opens_inbox(holder, workplace_code)
        pairing.has_inbox = opens_inbox and not is_full(session, holder)
    session.add(pairing)
    session.flush()
    return pairing


def is_full(session: Session, holder: BadgeHolder) -> bool:
    """As many phones have this badge's inbox as may."""
    phones = phones_of_badge(session, holder.network.id, holder.badge.id)
    return len(phones) >= PHONES_PER_BADGE


def _opens_inbox(holder: BadgeHolder, workplace_code: str) -> bool:
    """The workplace code gates inbox and push, never reporting."""
    if holder.network.pairing_policy == "open":
        return True
    given = workplace_code.strip().upper()
    if given and given != holder.workplace.code:
        raise Invalid(N_("職場の番号が違います。お渡しした紙を確かめてください。"))
    return bool(given)
