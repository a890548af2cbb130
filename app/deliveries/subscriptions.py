"""Keeping what browsers subscribe: one live subscription per phone, ten per member of staff, one
owner per browser."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, or_

from app.badges.models import Device
from app.badges.queries import current_pairing
from app.deliveries.endpoints import endpoint_allowed, valid_keys
from app.deliveries.forms import DeviceForm, SubscriptionForm
from app.deliveries.models import Subscription
from app.deliveries.vapid_keys import current_vapid_key
from app.errors import N_, Forbidden, Invalid
from app.networks.scope import in_network
from app.web.access import PhoneActor, StaffActor

GIVEN_UP = frozenset({"gone", "refused"})
MOST_BROWSERS = 10


def keep_for_phone(
    session: Session,
    phone: PhoneActor,
    form: SubscriptionForm,
    allowed_origins: Sequence[str],
    now: datetime,
) -> None:
    """The newest counts. Raises Forbidden without an inbox, which the workplace gates, and Invalid
    for an address that we wouldn't post to."""
    pairing = current_pairing(session, phone.network_id, phone.device_id)
    if pairing is None or not pairing.has_inbox:
        raise Forbidden(N_("通知を受け取るには、職場の番号での登録が必要です。"))
    _check(form, allowed_origins)
    mine = col(Subscription.device_id) == phone.device_id
    same_browser = col(Subscription.endpoint) == form.endpoint
    _end(session, phone.network_id, or_(mine, same_browser), "replaced", now)
    _revive_or_add(session, phone.network_id, {"device_id": phone.device_id}, form, now)
    session.get_one(Device, (phone.network_id, phone.device_id)).last_heard_at = now


def keep_for_staff(
    session: Session,
    actor: StaffActor,
    form: SubscriptionForm,
    allowed_origins: Sequence[str],
    now: datetime,
) -> None:
    """The ten newest browsers count. Raises Invalid for an address that we wouldn't post to."""
    _check(form, allowed_origins)
    same_browser = col(Subscription.endpoint) == form.endpoint
    _end(session, actor.network_id, same_browser, "replaced", now)
    _make_room(session, actor, now)
    _revive_or_add(session, actor.network_id, {"staff_id": actor.id}, form, now)


def end_for_phone(session: Session, phone: PhoneActor, reason: str, now: datetime) -> None:
    mine = col(Subscription.device_id) == phone.device_id
    _end(session, phone.network_id, mine, reason, now)


def end_for_staff(
    session: Session, actor: StaffActor, now: datetime, reason: str = "by-staff"
) -> None:
    """On all of their browsers."""
    _end(session, actor.network_id, col(Subscription.staff_id) == actor.id, reason, now)


def browsers_of(session: Session, actor: StaffActor) -> list[Subscription]:
    """Where this member of staff is told of urgent reports."""
    return _live(session, actor.network_id, col(Subscription.staff_id) == actor.id)


def compare(session: Session, phone: PhoneActor, form: DeviceForm, now: datetime) -> bool:
    """Note what the phone says of itself. Whether its subscription is the one we have, with the
    network's current key. Without permission it has none."""
    device = session.get_one(Device, (phone.network_id, phone.device_id))
    device.permission, device.platform = form.permission, form.platform
    device.is_installed, device.last_heard_at = form.is_installed, now
    if form.permission != "granted":
        end_for_phone(session, phone, form.permission, now)
        return False
    key_id = current_vapid_key(session, phone.network_id).id
    live = _live(session, phone.network_id, col(Subscription.device_id) == phone.device_id)
    return any(one.endpoint == form.endpoint and one.vapid_key_id == key_id for one in live)


def is_spent(session: Session, phone: PhoneActor, endpoint: str | None) -> bool:
    """Whether its push service takes nothing more there. Browsers aren't told, and go on offering
    such a subscription until they are made to throw it away."""
    same = in_network(Subscription, phone.network_id).filter_by(
        device_id=phone.device_id, endpoint=endpoint
    )
    known = session.exec(same).first()
    return known is not None and known.ended_at is not None and known.end_reason in GIVEN_UP


def _make_room(session: Session, actor: StaffActor, now: datetime) -> None:
    """For one more."""
    oldest_first = sorted(browsers_of(session, actor), key=lambda one: (one.created_at, one.id))
    for subscription in oldest_first[: -(MOST_BROWSERS - 1)]:
        subscription.ended_at, subscription.end_reason = now, "too-many"


def _check(form: SubscriptionForm, allowed_origins: Sequence[str]) -> None:
    known = endpoint_allowed(form.endpoint, allowed_origins)
    if not known or not valid_keys(form.keys.p256dh, form.keys.auth):
        raise Invalid(N_("このブラウザーの通知の宛先は使えません。"))


def _live(session: Session, network_id: UUID, whose: Any) -> list[Subscription]:
    live = in_network(Subscription, network_id).where(col(Subscription.ended_at).is_(None))
    return list(session.exec(live.where(whose)))


def _end(session: Session, network_id: UUID, whose: Any, reason: str, now: datetime) -> None:
    for subscription in _live(session, network_id, whose):
        subscription.ended_at, subscription.end_reason = now, reason


def _revive_or_add(
    session: Session,
    network_id: UUID,
    owner: dict[str, Any],
    form: SubscriptionForm,
    now: datetime,
) -> None:
    same = in_network(Subscription, network_id).filter_by(**owner, endpoint=form.endpoint)
    subscription = session.exec(same).first() or Subscription(
        network_id=network_id, **owner, endpoint=form.endpoint, p256dh="", auth="", created_at=now
    )
    subscription.p256dh, subscription.auth = form.keys.p256dh, form.keys.auth
    subscription.vapid_key_id = current_vapid_key(session, network_id).id
    subscription.ended_at, subscription.end_reason = None, ""
    session.add(subscription)
