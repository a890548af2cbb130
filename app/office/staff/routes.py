"""担当者: who signs in, with which role; adding, changing, inviting and ending them."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Query
from pydantic import BaseModel, Field
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from app.errors import DomainError
from app.networks.scope import get_network, get_row
from app.office.staff.sign_ins import sign_ins
from app.staff.browsers import short_name
from app.staff.invitations import LIFE, invite
from app.staff.models import Staff
from app.staff.people import (
    Person,
    add_person,
    change_person,
    end_person,
    field_of,
    sign_out_person,
    tidy,
)
from app.staff.permission_words import PERMISSION_WORDS
from app.staff.permissions import PERMISSIONS, Role
from app.staff.queries import (
    all_open_sessions,
    everybody,
    last_sign_ins,
    open_invitations,
    passkey_counts,
)
from app.web.access import Permission, StaffActor, StaffWith
from app.web.rendering import render, see_other
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/office/staff")
Before = Annotated[int | None, Query(ge=0, le=2**31 - 1)]
Manager = Annotated[StaffActor, Depends(StaffWith(Permission.STAFF_MANAGE))]


class PersonForm(BaseModel):
    sign_in: Annotated[str, Field(max_length=60)] = ""
    name: Annotated[str, Field(max_length=60)] = ""
    role: Annotated[str, Field(max_length=20)] = ""

    @property
    def person(self) -> Person:
        return tidy(self.sign_in, self.name, self.role)


def find_person(session: SessionDep, actor: Manager, staff_id: UUID) -> Staff:
    return get_row(session, Staff, actor.network_id, staff_id)


ThisPerson = Annotated[Staff, Depends(find_person)]


@router.get("")
def show_staff(
    request: Request, session: SessionDep, actor: Manager, now: Now, done: str = ""
) -> Response:
    return render(
        request,
        "office/staff/staff.html",
        actor=actor,
        network=get_network(session, actor.network_id),
        people=everybody(session, actor.network_id),
        passkeys=passkey_counts(session, actor.network_id),
        seen=last_sign_ins(session, actor.network_id),
        invited={one.staff_id: one for one in open_invitations(session, actor.network_id, now)},
        roles=Role,
        permissions=PERMISSIONS,
        permission_words=PERMISSION_WORDS,
        done=done,
    )


@router.get("/new")
def show_new(request: Request, session: SessionDep, actor: Manager) -> Response:
    return new_page(request, session, actor)


@router.get("/sign-ins")
def show_sign_ins(
    request: Request, session: SessionDep, actor: Manager, before: Before = None
) -> Response:
    return render(
        request,
        "office/staff/sign_ins.html",
        actor=actor,
        network=get_network(session, actor.network_id),
        history=sign_ins(session, actor.network_id, before=before),
        names={str(one.id): one.name for one in everybody(session, actor.network_id)},
    )


@router.post("")
def add(
    request: Request,
    session: SessionDep,
    actor: Manager,
    now: Now,
    form: Annotated[PersonForm, Form()],
) -> Response:
    """No 303: the answer holds the link, which is never shown again."""
    try:
        staff = add_person(session, actor, form.person, now)
    except DomainError as error:
        return new_page(request, session, actor, form.person, error)
    return link_page(request, session, actor, staff)


@router.get("/{staff_id}")
def show_person(
    request: Request, session: SessionDep, actor: Manager, staff: ThisPerson, done: str = ""
) -> Response:
    return person_page(request, session, actor, staff, done=done)


@router.post("/{staff_id}")
def change(
    request: Request,
    session: SessionDep,
    actor: Manager,
    staff: ThisPerson,
    now: Now,
    form: Annotated[PersonForm, Form()],
) -> Response:
    try:
        change_person(session, actor, staff, form.person, now)
    except DomainError as error:
        return person_page(request, session, actor, staff, form.person, error)
    return see_other(f"/office/staff/{staff.id}?done=changed")


@router.post("/{staff_id}/invitation")
def invite_again(
    request: Request, session: SessionDep, actor: Manager, staff: ThisPerson
) -> Response:
    """For somebody who lost their keys. Those count until the link is used."""
    return link_page(request, session, actor, staff)


@router.post("/{staff_id}/sign-out")
def sign_out(session: SessionDep, actor: Manager, staff: ThisPerson, now: Now) -> Response:
    sign_out_person(session, actor, staff, now)
    return see_other(f"/office/staff/{staff.id}?done=signed-out")


@router.post("/{staff_id}/end")
def end(
    request: Request, session: SessionDep, actor: Manager, staff: ThisPerson, now: Now
) -> Response:
    try:
        end_person(session, actor, staff, now)
    except DomainError as error:
        return person_page(request, session, actor, staff, trouble=error)
    return see_other("/office/staff?done=ended")


def new_page(
    request: Request,
    session: Session,
    actor: StaffActor,
    typed: Person | None = None,
    trouble: DomainError | None = None,
) -> Response:
    return render(
        request,
        "office/staff/new.html",
        status=trouble.status if trouble else 200,
        actor=actor,
        network=get_network(session, actor.network_id),
        typed=typed or Person(),
        trouble=trouble,
        field=field_of(trouble) if trouble else "",
        roles=Role,
    )


def link_page(request: Request, session: Session, actor: StaffActor, staff: Staff) -> Response:
    now = request.app.state.clock()
    secret = invite(session, staff, actor=f"staff:{actor.id}", now=now)
    return render(
        request,
        "office/staff/invited.html",
        actor=actor,
        network=get_network(session, actor.network_id),
        staff=staff,
        link=f"{request.app.state.settings.base_url}/invitations/{secret}",
        ends_at=now + LIFE,
    )


def person_page(
    request: Request,
    session: Session,
    actor: StaffActor,
    staff: Staff,
    typed: Person | None = None,
    trouble: DomainError | None = None,
    done: str = "",
) -> Response:
    now = request.app.state.clock()
    sessions = [(one, short_name(one.browser)) for one in all_open_sessions(session, staff, now)]
    return render(
        request,
        "office/staff/person.html",
        status=trouble.status if trouble else 200,
        actor=actor,
        network=get_network(session, actor.network_id),
        staff=staff,
        typed=typed or Person(staff.sign_in, staff.name, staff.role),
        trouble=trouble,
        field=field_of(trouble) if trouble else "",
        sessions=sessions,
        passkeys=passkey_counts(session, actor.network_id).get(staff.id, 0),
        invitations=open_invitations(session, actor.network_id, now, staff),
        history=sign_ins(session, actor.network_id, staff),
        roles=Role,
        done=done,
    )
