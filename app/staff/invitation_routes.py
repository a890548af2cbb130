"""The page behind an invitation's link: a passkey or a password of one's own, and in."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form
from pydantic import BaseModel, Field
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from webauthn.helpers import options_to_json_dict

from app.errors import N_, DomainError
from app.networks.scope import get_network
from app.staff.browsers import short_name
from app.staff.challenges import Purpose, forget_challenge, give_challenge, take_challenge
from app.staff.commands import note_sign_in
from app.staff.invitations import (
    Invited,
    accept_with_passkey,
    accept_with_password,
    check_guest,
    check_new_password,
    get_invited,
)
from app.staff.passkey_routes import Credential, Party
from app.staff.passkeys import add_passkey, registration_options
from app.staff.passwords import SHORTEST_ALONE
from app.staff.people import Person, field_of, tidy
from app.staff.routes import welcome
from app.web.access import Everyone
from app.web.language import say_plainly
from app.web.rendering import render
from app.web.session import Now, SessionDep

router = APIRouter(
    prefix="/invitations/{secret}", dependencies=[Depends(Everyone("the link itself is the key"))]
)


class PersonForm(BaseModel):
    """Who the first person of a network is; not asked of others."""

    sign_in: Annotated[str, Field(max_length=60)] = ""
    name: Annotated[str, Field(max_length=60)] = ""

    @property
    def person(self) -> Person:
        return tidy(self.sign_in, self.name)


class PasswordForm(PersonForm):
    new_password: Annotated[str, Field(max_length=200)] = ""
    again: Annotated[str, Field(max_length=200)] = ""


class PasskeyForm(PersonForm):
    credential: Credential = ""


def find_invited(session: SessionDep, secret: str, now: Now) -> Invited:
    return get_invited(session, secret, now)


Guest = Annotated[Invited, Depends(find_invited)]


@router.get("")
def show_invitation(request: Request, session: SessionDep, secret: str, guest: Guest) -> Response:
    return invitation_page(request, session, secret, guest)


@router.post("")
def accept_by_password(
    request: Request,
    session: SessionDep,
    secret: str,
    guest: Guest,
    now: Now,
    form: Annotated[PasswordForm, Form()],
) -> Response:
    first = guest.is_unnamed
    try:
        check_guest(session, guest, form.person)
        check_new_password(form.new_password, form.again)
        accept_with_password(session, guest, form.person, form.new_password, now)
    except DomainError as error:
        return invitation_page(request, session, secret, guest, error, form.person)
    return come_in(request, session, guest, first)


@router.post("/passkey/options")
def offer_passkey(request: Request, session: SessionDep, guest: Guest, party: Party) -> Response:
    options = registration_options(session, guest.staff, party, say_plainly(N_("つなぐ名札")))
    answer = JSONResponse(options_to_json_dict(options))
    bound_to = str(guest.invitation.id)
    give_challenge(request, answer, Purpose.REGISTRATION, options.challenge, bound_to=bound_to)
    return answer


@router.post("/passkey")
def accept_by_passkey(
    request: Request,
    session: SessionDep,
    secret: str,
    guest: Guest,
    party: Party,
    now: Now,
    form: Annotated[PasskeyForm, Form()],
) -> Response:
    first = guest.is_unnamed
    challenge = take_challenge(request, Purpose.REGISTRATION, bound_to=str(guest.invitation.id))
    label = short_name(request.headers.get("user-agent", ""))
    try:
        check_guest(session, guest, form.person)
        passkey = add_passkey(session, guest.staff, party, challenge, form.credential, label, now)
        accept_with_passkey(session, guest, form.person, passkey, now)
    except DomainError as error:
        answer = invitation_page(request, session, secret, guest, error, form.person)
    else:
        answer = come_in(request, session, guest, first)
    forget_challenge(request, answer)
    return answer


def come_in(request: Request, session: Session, guest: Invited, first: bool) -> Response:
    note_sign_in(session, guest.staff, "invitation", request.app.state.clock())
    return welcome(request, session, guest.staff, "/setup" if first else "/", [])


def invitation_page(
    request: Request,
    session: Session,
    secret: str,
    guest: Invited,
    trouble: DomainError | None = None,
    typed: Person | None = None,
) -> Response:
    return render(
        request,
        "staff/invitation.html",
        status=trouble.status if trouble else 200,
        secret=secret,
        guest=guest,
        network=get_network(session, guest.staff.network_id),
        typed=typed or Person(guest.staff.sign_in, ""),
        trouble=trouble,
        field=field_of(trouble) if trouble else "",
        shortest=SHORTEST_ALONE,
    )
