"""Passkeys: signing in with one, and adding, naming and removing one's own.

The browser's answers come in as fields of plain forms, so that what was typed before a session ran
out (`kept-…`) and the messages of the pages work as they do with passwords.
"""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form
from pydantic import BaseModel, Field
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from webauthn.helpers import options_to_json_dict

from app.errors import N_, DomainError
from app.staff.account_pages import Me, account_page
from app.staff.browsers import short_name
from app.staff.challenges import Purpose, forget_challenge, give_challenge, take_challenge
from app.staff.commands import note_sign_in
from app.staff.passkey_sign_in import check_passkey, sign_in_options
from app.staff.passkeys import (
    RelyingParty,
    add_passkey,
    get_passkey,
    registration_options,
    relying_party,
    remove_passkey,
    rename_passkey,
)
from app.staff.routes import Mine, door, kept_fields, sign_in_page, welcome
from app.web.forms import read_form
from app.web.language import say_plainly
from app.web.rendering import see_other
from app.web.session import Now, SessionDep
from app.web.text import one_line

router = APIRouter()
Credential = Annotated[str, Field(max_length=20_000)]
Label = Annotated[str, Field(max_length=40)]


class PasskeySignInForm(BaseModel):
    credential: Credential
    next_path: Annotated[str, Field(max_length=300)] = "/"


class NewPasskeyForm(BaseModel):
    credential: Credential
    label: Label = ""


class LabelForm(BaseModel):
    label: Label = ""


def get_party(request: Request) -> RelyingParty:
    return relying_party(request.app.state.settings.base_url)


Party = Annotated[RelyingParty, Depends(get_party)]


@router.post("/sign-in/passkey/options", dependencies=[door])
def offer_sign_in(request: Request, party: Party) -> Response:
    options = sign_in_options(party)
    answer = JSONResponse(options_to_json_dict(options))
    give_challenge(request, answer, Purpose.SIGN_IN, options.challenge)
    return answer


@router.post("/sign-in/passkey", dependencies=[door])
def sign_in_with_passkey(
    request: Request,
    session: SessionDep,
    party: Party,
    now: Now,
    form: Annotated[PasskeySignInForm, Form()],
    sent: Annotated[FormData, Depends(read_form)],
) -> Response:
    challenge = take_challenge(request, Purpose.SIGN_IN)
    staff = check_passkey(session, party, challenge, form.credential, now)
    if staff is None:
        answer = sign_in_page(
            request,
            status=401,
            next_path=form.next_path,
            typed=kept_fields(sent),
            failed=N_("パスキーを確かめられませんでした。もう一度お試しください。"),
        )
    else:
        note_sign_in(session, staff, "passkey", now)
        answer = welcome(request, session, staff, form.next_path, kept_fields(sent))
    forget_challenge(request, answer)
    return answer


@router.post("/account/passkeys/options")
def offer_registration(
    request: Request, session: SessionDep, actor: Mine, me: Me, party: Party
) -> Response:
    options = registration_options(session, me, party, say_plainly(N_("つなぐ名札")))
    answer = JSONResponse(options_to_json_dict(options))
    give_challenge(
        request, answer, Purpose.REGISTRATION, options.challenge, bound_to=str(actor.session_id)
    )
    return answer


@router.post("/account/passkeys")
def register_passkey(
    request: Request,
    session: SessionDep,
    actor: Mine,
    me: Me,
    party: Party,
    now: Now,
    form: Annotated[NewPasskeyForm, Form()],
) -> Response:
    challenge = take_challenge(request, Purpose.REGISTRATION, bound_to=str(actor.session_id))
    label = one_line(form.label).strip() or short_name(request.headers.get("user-agent", ""))
    try:
        add_passkey(session, me, party, challenge, form.credential, label, now)
    except DomainError as error:
        answer = account_page(request, session, actor, me, trouble=("passkeys", error))
    else:
        answer = see_other("/account?done=passkey-added")
    forget_challenge(request, answer)
    return answer


@router.post("/account/passkeys/{passkey_id}/label")
def name_passkey(
    session: SessionDep,
    actor: Mine,
    me: Me,
    passkey_id: UUID,
    now: Now,
    form: Annotated[LabelForm, Form()],
) -> Response:
    rename_passkey(session, get_passkey(session, me, passkey_id), one_line(form.label).strip(), now)
    return see_other("/account?done=passkey-named")


@router.post("/account/passkeys/{passkey_id}/removal")
def delete_passkey(
    request: Request, session: SessionDep, actor: Mine, me: Me, passkey_id: UUID, now: Now
) -> Response:
    passkey = get_passkey(session, me, passkey_id)
    try:
        remove_passkey(session, me, passkey, now)
    except DomainError as error:
        return account_page(request, session, actor, me, trouble=("passkeys", error))
    return see_other("/account?done=passkey-removed")
