"""試しの通知 for whoever sets a network up: does a push arrive in this browser? Its service worker
says so, and then the subscription ends: nothing else is ever pushed there."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlmodel import Session

from app.badges.models import TRIAL_LIFE
from app.deliveries.messages import alert_staff
from app.deliveries.models import Message
from app.deliveries.subscriptions import end_for_staff
from app.deliveries.trial import NOT_AGAIN, TEXTS
from app.errors import N_, Conflict, NotFound
from app.networks.scope import get_row
from app.staff.models import Staff
from app.web.access import StaffActor

PATH = "/office/settings"


class TrialState(StrEnum):
    """LOST: it lived for ten minutes and didn't arrive."""

    NEVER = "never"
    WAITING = "waiting"
    LOST = "lost"
    ARRIVED = "arrived"


def trial_state(me: Staff, now: datetime) -> TrialState:
    if me.trial_sent_at is None:
        return TrialState.NEVER
    if me.tried_at and me.tried_at >= me.trial_sent_at:
        return TrialState.ARRIVED
    return TrialState.WAITING if now < me.trial_sent_at + TRIAL_LIFE else TrialState.LOST


@dataclass(frozen=True)
class Trial:
    state: TrialState
    arrived_at: datetime | None


def trial_shown(session: Session, actor: StaffActor, now: datetime) -> Trial:
    me = get_row(session, Staff, actor.network_id, actor.id)
    return Trial(trial_state(me, now), me.tried_at)


def send_staff_trial(session: Session, actor: StaffActor, now: datetime) -> None:
    """Pressed again within 20 seconds it stays one. Raises Conflict where no browser of theirs
    subscribed."""
    me = get_row(session, Staff, actor.network_id, actor.id)
    if me.trial_sent_at and now < me.trial_sent_at + NOT_AGAIN:
        return
    told = alert_staff(
        session,
        actor.network_id,
        [actor.id],
        **TEXTS["ja"],
        path=PATH,
        expires_at=now + TRIAL_LIFE,
        now=now,
        is_trial=True,
    )
    if not told:
        raise Conflict(N_("先に、このブラウザーで通知を許可してください。"))
    me.trial_sent_at = now


def note_staff_trial(session: Session, actor: StaffActor, message_id: UUID, now: datetime) -> None:
    """The service worker's own word. Raises NotFound for what isn't this person's newest trial."""
    me = get_row(session, Staff, actor.network_id, actor.id)
    message = get_row(session, Message, actor.network_id, message_id)
    if not message.is_trial or message.created_at != me.trial_sent_at:
        raise NotFound(N_("見つかりません。"))
    me.tried_at = now
    end_for_staff(session, actor, now, "tried")
