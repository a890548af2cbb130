"""Whose phones an instruction goes to, and from when on they may make a sound."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session

from app.badges.models import Device
from app.badges.queries import phones_of_badge, phones_of_workplace
from app.networks.models import Network
from app.networks.quiet_hours import quiet_until
from app.networks.scope import get_row
from app.reports.models import Report

AT_WORK = timedelta(hours=1)
"""Whoever reported so recently is at work, also at night."""


def phones_of_sender(
    session: Session, network: Network, report: Report, *, urgent: bool, now: datetime
) -> dict[UUID, datetime]:
    """All of their phones → when to push."""
    is_at_work = urgent and now - report.received_at < AT_WORK
    return _times(network, sender_phones(session, report), is_at_work, now)


def sender_phones(session: Session, report: Report) -> list[Device]:
    """The phone that reported, if one did, and the other phones of the same badge."""
    others = phones_of_badge(session, report.network_id, report.badge_id)
    reporting = [get_row(session, Device, report.network_id, report.device_id)]
    known = others if report.came_without_phone else [*reporting, *others]
    phones = {phone.id: phone for phone in known if phone.revoked_at is None}
    return list(phones.values())


def phones_of_colleagues(
    session: Session, network: Network, report: Report, now: datetime
) -> dict[UUID, datetime]:
    """The workplace's other phones, those of people who are on duty just now."""
    mine = {
        report.device_id,
        *(p.id for p in phones_of_badge(session, network.id, report.badge_id)),
    }
    there = phones_of_workplace(session, network.id, report.workplace_id)
    is_at_work = now - report.received_at < AT_WORK
    times = _times(network, [one for one in there if one.id not in mine], is_at_work, now)
    return {phone: at for phone, at in times.items() if at <= now}


def _times(
    network: Network, phones: Iterable[Device], is_at_work: bool, now: datetime
) -> dict[UUID, datetime]:
    """Off duty (きょうは終わり) counts also for whoever reported a moment ago."""
    quiet = None if is_at_work else quiet_until(network, now)
    return {phone.id: max(now, quiet or now, phone.off_duty_at(now) or now) for phone in phones}
