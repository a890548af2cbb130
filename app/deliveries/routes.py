"""Where phones subscribe to pushes and post their evidence."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from sqlmodel import col, or_
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.badges.models import Device
from app.badges.queries import current_pairing
from app.deliveries.endpoints import endpoint_allowed, valid_keys
from app.deliveries.forms import ReceiptForm, SubscriptionForm
from app.deliveries.messages import add_evidence
from app.deliveries.models import Message, Subscription
from app.deliveries.pulse import bump
from app.deliveries.vapid_keys import current_vapid_key
from app.errors import N_, Forbidden, Invalid, NotFound
from app.networks.scope import in_network
from app.web.access import PairedPhone, PhoneActor
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/api")
Phone = Annotated[PhoneActor, Depends(PairedPhone())]


@router.get("/push-key")
def show_push_key(session: SessionDep, phone: Phone) -> Response:
    return JSONResponse({"key": current_vapid_key(session, phone.network_id).public_key})


@router.put("/subscription")
def keep_subscription(
    request: Request, session: SessionDep, phone: Phone, now: Now, form: SubscriptionForm
) -> Response:
    """One live subscription per phone, the newest, and one phone per browser. Needs an inbox, which
    the workplace gates."""
    pairing = current_pairing(session, phone.network_id, phone.device_id)
    if pairing is None or not pairing.has_inbox:
        raise Forbidden(N_("通知を受け取るには、職場の番号での登録が必要です。"))
    origins = request.app.state.settings.push_origins
    sound = endpoint_allowed(form.endpoint, origins) and valid_keys(
        form.keys.p256dh, form.keys.auth
    )
    if not sound:
        raise Invalid(N_("このブラウザーの通知の宛先は使えません。"))
    mine, same_browser = (
        Subscription.device_id == phone.device_id,
        Subscription.endpoint == form.endpoint,
    )
    live = in_network(Subscription, phone.network_id).where(
        or_(mine, same_browser), col(Subscription.ended_at).is_(None)
    )
    for other in session.exec(live):
        other.ended_at, other.end_reason = now, "replaced"
    revive_or_add(session, phone, form, now)
    session.get_one(Device, (phone.network_id, phone.device_id)).last_heard_at = now
    return Response(status_code=204)


def revive_or_add(session: SessionDep, phone: PhoneActor, form: SubscriptionForm, now: Now) -> None:
    earlier = session.exec(
        in_network(Subscription, phone.network_id).where(
            Subscription.device_id == phone.device_id, Subscription.endpoint == form.endpoint
        )
    ).first()
    subscription = earlier or Subscription(
        network_id=phone.network_id,
        device_id=phone.device_id,
        endpoint=form.endpoint,
        p256dh="",
        auth="",
        created_at=now,
    )
    subscription.p256dh, subscription.auth = form.keys.p256dh, form.keys.auth
    subscription.ended_at, subscription.end_reason = None, ""
    session.add(subscription)


@router.delete("/subscription")
def end_subscription(session: SessionDep, phone: Phone, now: Now) -> Response:
    mine = in_network(Subscription, phone.network_id).where(
        Subscription.device_id == phone.device_id, col(Subscription.ended_at).is_(None)
    )
    for subscription in session.exec(mine):
        subscription.ended_at, subscription.end_reason = now, "by-phone"
    return Response(status_code=204)


@router.post("/messages/{message_id}/receipts")
def add_receipt(
    session: SessionDep, phone: Phone, now: Now, message_id: UUID, form: ReceiptForm
) -> Response:
    """The phone's own word, from inside its push event, that it has the message. Repeatable."""
    message = session.get(Message, (phone.network_id, message_id))
    if message is None or str(phone.device_id) not in message.device_ids:
        raise NotFound(N_("見つかりません。"))
    add_evidence(session, phone.network_id, message_id, phone.device_id, form.kind, now)
    bump(session, phone.network_id)
    return Response(status_code=204)
