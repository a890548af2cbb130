"""The door for staff: password with a second factor here, passkeys in `passkey_routes`."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Form
from pydantic import BaseModel, Field
from sqlmodel import Session
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from app.db import Database
from app.errors import N_
from app.staff.commands import check_sign_in, is_password_right, note_sign_in
from app.staff.known_browsers import KnownBrowser, known_browser, remember_browser
from app.staff.models import Staff
from app.staff.passwords import AT_ONCE
from app.staff.permissions import START_PAGES, Role
from app.staff.sessions import begin_session, cookie_name, end_session, give_cookie
from app.web.access import Everyone, Permission, StaffActor, StaffWith, find_staff
from app.web.forms import read_form
from app.web.rendering import render, see_other
from app.web.resumption import local_path
from app.web.session import Now, SessionDep
from app.web.turns import Turns

router = APIRouter()
door = Depends(Everyone("staff sign in here"))
# Strangers ask for these. A whole office may share one address.
VERDICTS = Turns(AT_ONCE, waiting=40, of_one=10)
Mine = Annotated[StaffActor, Depends(StaffWith(Permission.OWN_ACCOUNT))]


class SignInForm(BaseModel):
    sign_in: Annotated[str, Field(max_length=60)] = ""
    password: Annotated[str, Field(max_length=200)] = ""
    code: Annotated[str, Field(max_length=10)] = ""
    next_path: Annotated[str, Field(max_length=300)] = "/"


@router.get("/sign-in", dependencies=[door])
def show_sign_in(request: Request, session: SessionDep, next: str = "/") -> Response:
    if actor := find_staff(request, session):
        return see_other(START_PAGES[Role(actor.role)])
    return sign_in_page(request, next_path=local_path(next))


async def read_password_verdict(
    request: Request, now: Now, form: Annotated[SignInForm, Form()]
) -> bool:
    asker = request.client.host if request.client else ""
    database: Database = request.app.state.database
    return await VERDICTS.take(asker, find_verdict, database, form, known_browser(request), now)


def find_verdict(
    database: Database, form: SignInForm, browser: KnownBrowser, now: datetime
) -> bool:
    with database.reading() as session:
        return is_password_right(session, form.sign_in, form.password, browser, now)


@router.post("/sign-in", dependencies=[door])
def sign_in(
    request: Request,
    right: Annotated[bool, Depends(read_password_verdict)],
    session: SessionDep,
    now: Now,
    form: Annotated[SignInForm, Form()],
    sent: Annotated[FormData, Depends(read_form)],
) -> Response:
    master = request.app.state.master_key
    browser = known_browser(request)
    staff = check_sign_in(session, master, form.sign_in, right, form.code, browser, now)
    typed = kept_fields(sent)
    if staff is None:
        return sign_in_page(
            request,
            status=401,
            next_path=form.next_path,
            typed=typed,
            sign_in=form.sign_in,
            failed=N_("サインイン名かパスワードが違います。もう一度確かめてください。"),
        )
    note_sign_in(session, staff, "password", now)
    return welcome(request, session, staff, form.next_path, typed)


@router.post("/sign-out")
def sign_out(request: Request, session: SessionDep, now: Now, actor: Mine) -> Response:
    end_session(session, actor.network_id, actor.session_id, now)
    response = see_other("/sign-in")
    secure = request.app.state.settings.secure
    response.delete_cookie(cookie_name(secure), secure=secure, httponly=True)
    return response


def welcome(
    request: Request,
    session: Session,
    staff: Staff,
    next_path: str,
    typed: list[tuple[str, str]],
) -> Response:
    """Signed in: go where they were going, or give back what they had typed."""
    browser = request.headers.get("user-agent", "")
    secret = begin_session(session, staff, browser, request.app.state.clock())
    path = local_path(next_path)
    if typed:
        response: Response = render(
            request, "staff/resume.html", next_path=path, typed=typed, staff=staff
        )
    else:
        response = see_other(path if path != "/" else START_PAGES[Role(staff.role)])
    give_cookie(response, secret, request.app.state.settings.secure)
    remember_browser(request, response, staff.id)
    return response


def kept_fields(sent: FormData) -> list[tuple[str, str]]:
    """What had been typed into another form before the session ran out: `kept-<name>`."""
    return [
        (name.removeprefix("kept-"), value)
        for name, value in sent.multi_items()
        if name.startswith("kept-") and isinstance(value, str)
    ]


def sign_in_page(
    request: Request,
    *,
    next_path: str,
    status: int = 200,
    typed: list[tuple[str, str]] | None = None,
    sign_in: str = "",
    failed: str | None = None,
) -> Response:
    return render(
        request,
        "staff/sign_in.html",
        status=status,
        next_path=next_path,
        typed=typed or [],
        sign_in=sign_in,
        failed=failed,
    )
