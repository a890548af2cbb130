"""Where phones subscribe to pushes, say how they are, and post their evidence."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.badges.handing_over import note_trial
from app.deliveries import subscriptions
from app.deliveries.evidence import add_evidence
from app.deliveries.forms import DeviceForm, ReceiptForm, SubscriptionForm
from app.deliveries.models import Message, Recipient
from app.deliveries.pulse import bump
from app.deliveries.vapid_keys import current_vapid_key
from app.errors import N_, NotFound
from app.web.access import PairedPhone, Permission, PhoneActor, StaffActor, StaffWith
from app.web.rendering import see_other
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/api")
Phone = Annotated[PhoneActor, Depends(PairedPhone())]
Counsellor = Annotated[StaffActor, Depends(StaffWith(Permission.REPORT_READ))]


@router.get("/push-key")
def show_push_key(session: SessionDep, phone: Phone) -> Response:
    return JSONResponse({"key": current_vapid_key(session, phone.network_id).public_key})


@router.put("/device")
def tell_state(session: SessionDep, phone: Phone, now: Now, form: DeviceForm) -> Response:
    """On every open. The answer says whether the phone has to subscribe, with which key, and
    whether it has to throw away what it has."""
    is_known = subscriptions.compare(session, phone, form, now)
    is_spent = subscriptions.is_spent(session, phone, form.endpoint)
    key = current_vapid_key(session, phone.network_id).public_key
    return JSONResponse({"key": key, "is_known": is_known, "is_spent": is_spent})


@router.put("/subscription")
def keep_subscription(
    request: Request, session: SessionDep, phone: Phone, now: Now, form: SubscriptionForm
) -> Response:
    subscriptions.keep_for_phone(session, phone, form, request.app.state.settings.push_origins, now)
    return Response(status_code=204)


@router.delete("/subscription")
def end_subscription(session: SessionDep, phone: Phone, now: Now) -> Response:
    subscriptions.end_for_phone(session, phone, "by-phone", now)
    return Response(status_code=204)


@router.get("/staff/push-key")
def show_staff_push_key(session: SessionDep, actor: Counsellor) -> Response:
    return JSONResponse({"key": current_vapid_key(session, actor.network_id).public_key})


@router.put("/staff/subscription")
def keep_staff_subscription(
    request: Request, session: SessionDep, actor: Counsellor, now: Now, form: SubscriptionForm
) -> Response:
    """For urgent reports that nobody takes."""
    subscriptions.keep_for_staff(session, actor, form, request.app.state.settings.push_origins, now)
    return Response(status_code=204)


@router.post("/staff/subscription/end")
def end_staff_subscription(session: SessionDep, actor: Counsellor, now: Now) -> Response:
    """A plain form of the account page: all browsers of this person."""
    subscriptions.end_for_staff(session, actor, now)
    return see_other("/desk/duty")


@router.post("/messages/{message_id}/receipts")
def add_receipt(
    session: SessionDep, phone: Phone, now: Now, message_id: UUID, form: ReceiptForm
) -> Response:
    """The phone's own word, from inside its push event, that it has the message. Repeatable."""
    message = session.get(Message, (phone.network_id, message_id))
    recipient = session.get(Recipient, (phone.network_id, message_id, phone.device_id))
    if message is None or recipient is None:
        raise NotFound(N_("見つかりません。"))
    add_evidence(session, phone.network_id, message_id, phone.device_id, form.kind, now)
    if message.is_trial:
        note_trial(session, phone, now)
    bump(session, phone.network_id)
    return Response(status_code=204)
