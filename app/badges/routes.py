"""Pairing a phone with a badge: as a form for people, as JSON for the page's script."""

from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.badges.commands import pair
from app.badges.credentials import Credentials
from app.badges.forms import PairingForm
from app.badges.queries import get_holder, pairing_with
from app.badges.secrecy import promise_lines
from app.badges.workplace_codes import check_workplace_code
from app.errors import N_, Invalid
from app.web.access import Everyone, find_phone
from app.web.forms import read_form
from app.web.language import active
from app.web.rendering import render, see_other
from app.web.session import Now, SessionDep

router = APIRouter()
bearer = Depends(Everyone("whoever holds the badge may pair a phone; the code is the key"))


async def read_pairing(request: Request) -> PairingForm:
    """JSON or form. Raises Invalid for anything else."""
    try:
        if request.headers.get("content-type", "").startswith("application/json"):
            return PairingForm.model_validate_json(await request.body())
        return PairingForm.model_validate(dict(await read_form(request)))
    except ValidationError:
        raise Invalid(N_("入力の形が正しくありません。もう一度お試しください。")) from None


@router.get("/b/{code}/pairing", dependencies=[bearer])
def show_pairing(request: Request, session: SessionDep, code: str) -> Response:
    holder, phone = get_holder(session, code), find_phone(request, session)
    known = (
        pairing_with(session, holder.network.id, phone.device_id, holder.badge.id)
        if phone and phone.network_id == holder.network.id
        else None
    )
    promises = promise_lines(session, holder.network, holder.organization.standing)
    return render(request, "badges/pairing.html", holder=holder, pairing=known, promises=promises)


def read_checked(
    request: Request, code: str, now: Now, form: Annotated[PairingForm, Depends(read_pairing)]
) -> PairingForm:
    check_workplace_code(request.app.state.database, code, form.workplace_code, now)
    return form


@router.post("/b/{code}/pairing", dependencies=[bearer])
def create_pairing(
    request: Request,
    code: str,
    now: Now,
    form: Annotated[PairingForm, Depends(read_checked)],
    session: SessionDep,
) -> Response:
    """The session comes last: a wrong code was counted before, in a transaction of its own."""
    pairing = pair(
        session,
        get_holder(session, code),
        find_phone(request, session),
        agreed_version=form.agreed_version,
        call_name=form.call_name,
        workplace_code=form.workplace_code,
        language=active.get().value,
        now=now,
    )
    as_json = request.headers.get("content-type", "").startswith("application/json")
    response: Response = (
        JSONResponse({"has_inbox": pairing.has_inbox}, 201) if as_json else see_other("/")
    )
    credentials: Credentials = request.app.state.credentials
    credentials.give(response, pairing.network_id, pairing.device_id)
    return response
