"""Reading reports: a phone's own, and since when which numbers came."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, func, or_

from app.badges.models import Device, Pairing
from app.networks.numbers import first_number_since
from app.networks.scope import in_network
from app.reports.models import Report
from app.web.access import PhoneActor

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


def find_by_seq(session: Session, network_id: UUID, seq: int) -> Report | None:
    """By its receipt number."""
    if not 0 < seq <= LARGEST_SEQ:
        return None
    return session.exec(in_network(Report, network_id).where(Report.seq == seq)).first()


def newest_seq(session: Session, network_id: UUID) -> int:
    """The last receipt number given out to a report that is still here; 0 before the first."""
    query = in_network(Report, network_id).with_only_columns(col(Report.seq))
    return session.execute(query.order_by(col(Report.seq).desc()).limit(1)).scalar() or 0


def first_seq_since(session: Session, network_id: UUID, since: datetime) -> int:
    """From which number on reports came at or after that moment."""
    every = in_network(Report, network_id)
    return first_number_since(session, every, col(Report.seq), col(Report.received_at), since)
