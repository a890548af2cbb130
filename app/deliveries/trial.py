"""試しの通知: does a push arrive on this phone? Only its own receipt says so."""

from datetime import datetime, timedelta

from sqlmodel import Session

from app.badges.models import TRIAL_LIFE, Device
from app.deliveries.messages import live_subscriptions, send_message
from app.errors import N_, Conflict
from app.ids import new_id
from app.web.access import PhoneActor

TEXTS = {
    "ja": {"title": "つなぐ名札", "body": "試しの通知です。この端末に届きました。"},
    "easy": {"title": "つなぐ名札", "body": "テストの通知です。このスマートフォンに届きました。"},
    "en": {"title": "Tsunagu Nafuda", "body": "A trial. Notifications reach this phone."},
}
NOT_AGAIN = timedelta(seconds=20)


def send_trial(session: Session, phone: PhoneActor, now: datetime) -> None:
    """To this phone alone. Pressed again within 20 seconds it stays one. Raises Conflict where this
    phone has no live subscription."""
    if not live_subscriptions(session, phone.network_id, [phone.device_id]):
        raise Conflict(N_("先に「通知を受け取る」を押して、この端末を登録してください。"))
    device = session.get_one(Device, (phone.network_id, phone.device_id))
    if device.trial_sent_at and now < device.trial_sent_at + NOT_AGAIN:
        return
    device.trial_sent_at = now
    message = send_message(
        session,
        phone.network_id,
        new_id(),
        texts=TEXTS,
        path="/notifications",
        urgent=True,
        expires_at=now + TRIAL_LIFE,
        phones={phone.device_id: now},
        now=now,
    )
    message.is_trial = True
