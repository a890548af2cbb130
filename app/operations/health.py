"""Is this server fit to take reports? Answers for load balancers and for whoever looks after it."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from app.deliveries.models import OutboxItem
from app.printing.fonts import FACES

LATEST = timedelta(minutes=5)


def overdue_items(session: Session, now: datetime) -> int:
    """Outbox items that should have been done five minutes ago; 50 stands for 50 or more."""
    late = (
        select(OutboxItem.id)
        .where(col(OutboxItem.done_at).is_(None), col(OutboxItem.due_at) < now - LATEST)
        .limit(50)
    )
    return len(session.exec(late).all())


def readiness(session: Session, now: datetime) -> dict[str, object]:
    """What must hold before traffic is sent here. Reading the outbox proves the database."""
    overdue = overdue_items(session, now)
    return {
        "database": True,
        "fonts": all(face.exists() for face in FACES),
        "outbox_overdue": overdue,
    }
