"""たくさんの端末が同じ名札: a badge whose code seems to go round."""

from datetime import timedelta

from sqlmodel import Session, col

from app.networks.scope import in_network
from app.reports.models import Report

DAY = timedelta(hours=24)
MANY = 5
READ = 200


def is_used_by_many(session: Session, report: Report) -> bool:
    """Within the day up to this report, so many phones that aren't registered reported with its
    badge. READ: the newest reports that are looked at."""
    query = (
        in_network(Report, report.network_id)
        .with_only_columns(col(Report.device_id), col(Report.received_at), col(Report.flags))
        .where(col(Report.badge_id) == report.badge_id, col(Report.seq) <= report.seq)
        .order_by(col(Report.seq).desc())
        .limit(READ)
    )
    since = report.received_at - DAY
    phones = {
        device
        for device, at, flags in session.execute(query)
        if at > since and "unregistered" in flags
    }
    return len(phones) >= MANY
