"""番号なし: what a report is filed under when whoever brings it has no badge's number at hand."""

from datetime import datetime

from sqlmodel import Session, col

from app.badges.commands import issue_badges
from app.badges.models import Badge
from app.badges.rules import BadgeKind, BadgeState, StopReason
from app.clock import TOKYO
from app.networks.scope import in_network
from app.organizations.models import Workplace


def badge_without_number(session: Session, workplace: Workplace, now: datetime) -> Badge:
    """The workplace's own shared badge. Where it has none, one that stands for no badge at all: it
    is stopped from its first moment, so that nobody prints it, reports with it or shows it."""
    here = (
        in_network(Badge, workplace.network_id)
        .where(Badge.workplace_id == workplace.id, Badge.kind == BadgeKind.SHARED)
        .order_by(col(Badge.number))
        .limit(1)
    )
    shared = session.exec(here.where(Badge.state != BadgeState.STOPPED)).first()
    return (
        shared
        or session.exec(here.where(Badge.stop_reason == StopReason.UNNUMBERED)).first()
        or _stand_in(session, workplace, now)
    )


def _stand_in(session: Session, workplace: Workplace, now: datetime) -> Badge:
    today = now.astimezone(TOKYO).date()
    kind = BadgeKind.SHARED
    (badge,) = issue_badges(session, workplace, 1, valid_until=today, now=now, kind=kind)
    badge.state, badge.stopped_at = BadgeState.STOPPED, now
    badge.stop_reason = StopReason.UNNUMBERED
    session.flush()
    return badge
