"""What waits for somebody to look at it, for the menus."""

from collections import Counter

from sqlmodel import Session, col, select

from app.editions.asked import count_asked
from app.editions.models import Draft
from app.web.access import Permission, StaffActor


def count_waiting(session: Session, actor: StaffActor) -> Counter[str]:
    """By kind, the drafts that wait for this pair of eyes: somebody else's, or one's own where
    there is nobody else. `review`: those of networks around; there only if there are such."""
    if Permission.EDITION_APPROVE not in actor.permissions:
        return Counter()
    waiting = select(Draft.kind, Draft.writers, Draft.alone_reason).where(
        Draft.network_id == actor.network_id, col(Draft.asked_at).is_not(None)
    )
    counted = Counter(
        kind
        for kind, writers, alone_reason in session.exec(waiting)
        if str(actor.id) not in writers or alone_reason
    )
    asked = count_asked(session, actor.network_id)
    if asked is not None:
        counted["review"] = asked
    return counted
