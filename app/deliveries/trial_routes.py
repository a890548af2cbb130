"""Where the browser of whoever sets a network up subscribes for a trial, and says that it came."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.deliveries.forms import ReceiptForm, SubscriptionForm
from app.deliveries.staff_trial import note_staff_trial, trial_shown
from app.deliveries.subscriptions import keep_for_staff
from app.deliveries.vapid_keys import current_vapid_key
from app.web.access import Permission, StaffActor, StaffWith
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/api/trial")
Tester = Annotated[StaffActor, Depends(StaffWith(Permission.PUSH_TRY))]


@router.get("")
def show_state(session: SessionDep, actor: Tester, now: Now) -> Response:
    return JSONResponse({"state": trial_shown(session, actor, now).state})


@router.get("/push-key")
def show_trial_key(session: SessionDep, actor: Tester) -> Response:
    return JSONResponse({"key": current_vapid_key(session, actor.network_id).public_key})


@router.put("/subscription")
def keep_trial_subscription(
    request: Request, session: SessionDep, actor: Tester, now: Now, form: SubscriptionForm
) -> Response:
    keep_for_staff(session, actor, form, request.app.state.settings.push_origins, now)
    return Response(status_code=204)


@router.post("/{message_id}/receipts")
def add_trial_receipt(
    session: SessionDep, actor: Tester, now: Now, message_id: UUID, form: ReceiptForm
) -> Response:
    """From inside its push event. Repeatable."""
    note_staff_trial(session, actor, message_id, now)
    return Response(status_code=204)
