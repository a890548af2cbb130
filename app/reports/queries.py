"""Reading reports: a phone's own, and the centre's list in the order it is worked off."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, func, or_

from app.badges.models import Device, Pairing
from app.networks.scope import in_network
from app.reports.models import Report
from app.web.access import PhoneActor

PAGE = 50
LARGEST_SEQ = 2**31 - 1


def own_reports(session: Session, phone: PhoneActor, limit: int = 20) -> list[Report]:
    """What this phone sent, and what other phones with the same badge's inbox sent."""
    query = in_network(Report, phone.network_id).where(_is_own(phone))
    return list(session.exec(query.order_by(col(Report.seq).desc()).limit(limit)))


def find_own_report(session: Session, phone: PhoneActor, report_id: UUID) -> Report | None:
    query = in_network(Report, phone.network_id).where(Report.id == report_id, _is_own(phone))
    return session.exec(query).first()


def last_device_seq(session: Session, phone: PhoneActor | None) -> int:
    """Up to where this phone has counted, as far as its reports arrived; 0 before the first."""
    if phone is None:
        return 0
    highest = in_network(Report, phone.network_id).with_only_columns(
        func.max(col(Report.device_seq))
    )
    mine = highest.where(col(Report.device_id) == phone.device_id)
    device = session.get(Device, (phone.network_id, phone.device_id))
    return max(session.execute(mine).scalar() or 0, device.counted_through if device else 0)


def _is_own(phone: PhoneActor):  # type: ignore[no-untyped-def]
    badges = (
        in_network(Pairing, phone.network_id)
        .with_only_columns(col(Pairing.badge_id))
        .where(
            col(Pairing.device_id) == phone.device_id,
            col(Pairing.has_inbox),
            col(Pairing.ended_at).is_(None),
        )
    )
    return or_(Report.device_id == phone.device_id, col(Report.badge_id).in_(badges))


@dataclass(frozen=True)
class Inbox:
    """Open reports, most urgent first and then oldest first; `newer` came after `up_to`."""

    reports: list[Report]
    newest: int
    newer: int


def open_reports(session: Session, network_id: UUID, up_to: int | None) -> Inbox:
    """The list never jumps: with `up_to`, later arrivals are counted but not yet shown.

    An empty list has nothing that could jump, so it fills by itself. What a flood brought lies
    apart (reports.floods).
    """
    still_open = in_network(Report, network_id).where(
        col(Report.closed_at).is_(None), col(Report.quieted_at).is_(None)
    )
    in_order = still_open.order_by(col(Report.rank).desc(), col(Report.seq)).limit(PAGE)
    if not up_to:
        found = list(session.exec(in_order))
        last = session.exec(still_open.order_by(col(Report.seq).desc()).limit(1)).first()
        return Inbox(found, last.seq if last else 0, 0)
    last_shown = max(0, min(up_to, LARGEST_SEQ))
    shown = list(session.exec(in_order.where(col(Report.seq) <= last_shown)))
    newer = still_open.where(col(Report.seq) > last_shown).with_only_columns(col(Report.seq))
    return Inbox(shown, up_to, len(session.execute(newer.limit(PAGE)).all()))


def closed_since(session: Session, network_id: UUID, since: datetime) -> list[Report]:
    query = in_network(Report, network_id).where(col(Report.closed_at) >= since)
    return list(session.exec(query.order_by(col(Report.closed_at).desc()).limit(PAGE)))
