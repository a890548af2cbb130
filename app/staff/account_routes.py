"""A person's own account: second factor, password and open sessions. All of it plain forms."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

from app.errors import N_, DomainError, Invalid
from app.staff.account import change_password, confirm_password, end_own_session
from app.staff.account_pages import Me, account_page
from app.staff.routes import Mine
from app.staff.second_factor import (
    begin_setup,
    confirm_setup,
    remove_second_factor,
    resume_setup,
)
from app.web.rendering import see_other
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/account")
Password = Annotated[str, Field(max_length=200)]


class ConfirmationForm(BaseModel):
    sealed: Annotated[str, Field(max_length=300)] = ""
    code: Annotated[str, Field(max_length=10)] = ""


class PasswordForm(BaseModel):
    password: Password = ""


class NewPasswordForm(PasswordForm):
    new_password: Password = ""
    again: Password = ""


@router.get("")
def show_account(
    request: Request, session: SessionDep, actor: Mine, me: Me, done: str = ""
) -> Response:
    return account_page(request, session, actor, me, done=done)


@router.get("/totp")
def show_setup(request: Request, session: SessionDep, actor: Mine, me: Me) -> Response:
    """A fresh secret at each look; only the one that is confirmed is kept."""
    setup = begin_setup(request.app.state.master_key, me, actor)
    return account_page(request, session, actor, me, setup=setup)


@router.post("/totp/confirmation")
def confirm(
    request: Request,
    session: SessionDep,
    actor: Mine,
    me: Me,
    now: Now,
    form: Annotated[ConfirmationForm, Form()],
) -> Response:
    master, setup = request.app.state.master_key, None
    try:
        setup = resume_setup(master, form.sealed, actor)
        confirm_setup(session, master, me, setup, form.code, now)
    except DomainError as error:
        return account_page(request, session, actor, me, setup=setup, trouble=("totp", error))
    return see_other("/account?done=totp-on")


@router.post("/totp/removal")
def remove(
    request: Request,
    session: SessionDep,
    actor: Mine,
    me: Me,
    now: Now,
    form: Annotated[PasswordForm, Form()],
) -> Response:
    try:
        confirm_password(session, me, form.password, now)
        remove_second_factor(session, me, form.password, now)
    except DomainError as error:
        return account_page(request, session, actor, me, trouble=("totp", error))
    return see_other("/account?done=totp-off")


@router.post("/password")
def renew_password(
    request: Request,
    session: SessionDep,
    actor: Mine,
    me: Me,
    now: Now,
    form: Annotated[NewPasswordForm, Form()],
) -> Response:
    try:
        confirm_password(session, me, form.password, now)
        if form.new_password != form.again:
            raise Invalid(N_("新しいパスワードの2回の入力が違います。"))
        change_password(session, me, actor, form.new_password, now)
    except DomainError as error:
        return account_page(request, session, actor, me, trouble=("password", error))
    return see_other("/account?done=password")


@router.post("/sessions/{session_id}/end")
def end(session: SessionDep, actor: Mine, session_id: UUID, now: Now) -> Response:
    end_own_session(session, actor, session_id, now)
    return see_other("/account?done=session-ended")
