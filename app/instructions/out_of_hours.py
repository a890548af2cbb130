"""R19 by push: for whoever can't have read it on the screen after sending."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session

from app.deliveries.messages import send_message
from app.deliveries.outbox import Item
from app.ids import new_id
from app.instructions.recipients import phones_of_sender
from app.instructions.release import push_texts
from app.instructions.standard_templates import standard_templates
from app.networks.opening_hours import is_open, next_opening
from app.networks.scope import get_network, get_row
from app.reports import alerts
from app.reports.cases import gather
from app.reports.models import Report

WAITED = timedelta(minutes=1)
"""What was written so long before it arrived came from a phone that sent it by itself."""
LONGEST_LIFE = timedelta(hours=12)


def receive(session: Session, item: Item, now: datetime) -> str:
    """A report arrived: the desks show it, and a closed centre says so."""
    report = get_row(session, Report, item.network_id, UUID(item.payload["report_id"]))
    waited = report.received_at - report.client_at >= WAITED
    if waited and not report.came_without_phone:
        _tell_if_closed(session, report, now)
    gather(session, report)
    return alerts.show_at_centre(session, item, now)


def _tell_if_closed(session: Session, report: Report, now: datetime) -> None:
    """Only on the phone that sent it, and where it may make a sound just now: in the morning it
    wouldn't be true any more."""
    network = get_network(session, report.network_id)
    if is_open(network.hours, now):
        return
    is_urgent = report.urgency == "now"
    times = phones_of_sender(session, network, report, urgent=is_urgent, now=now)
    if times.get(report.device_id, now + LONGEST_LIFE) > now:
        return
    opening = next_opening(network.hours, now) or now + LONGEST_LIFE
    send_message(
        session,
        network.id,
        new_id(),
        texts=push_texts(standard_templates()["R19"]["push_preview"], report.receipt_no),
        path=f"/reports/{report.id}",
        urgent=is_urgent,
        expires_at=min(opening, now + LONGEST_LIFE),
        phones={report.device_id: now},
        now=now,
    )
