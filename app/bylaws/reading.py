"""決まり as members of staff and paired phones read them."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from app.bylaws.commands import note_reading
from app.bylaws.models import Bylaw
from app.bylaws.pages import file_of
from app.bylaws.queries import bylaw_rows, unread_of
from app.bylaws.words import KINDS
from app.clock import TOKYO
from app.networks.scope import get_network, get_row
from app.web.access import PairedPhone, Permission, PhoneActor, StaffActor, StaffWith
from app.web.rendering import render, see_other
from app.web.session import Now, SessionDep

router = APIRouter()
Reader = Annotated[StaffActor, Depends(StaffWith(Permission.BYLAW_READ))]
Phone = Annotated[PhoneActor, Depends(PairedPhone())]


@router.get("/office/bylaws")
def show_to_staff(request: Request, session: SessionDep, actor: Reader, now: Now) -> Response:
    return render(
        request,
        "bylaws/show.html",
        actor=actor,
        network=get_network(session, actor.network_id),
        kinds=KINDS,
        rows=bylaw_rows(session, actor.network_id, _today(now)),
        unread=unread_of(session, actor.network_id, actor.id),
    )


@router.get("/office/bylaws/{bylaw_id}.pdf")
def fetch_by_staff(session: SessionDep, actor: Reader, bylaw_id: UUID) -> Response:
    return file_of(session, actor, bylaw_id)


@router.post("/office/bylaws/{bylaw_id}/reading")
def mark_read(session: SessionDep, actor: Reader, bylaw_id: UUID, now: Now) -> Response:
    note_reading(session, actor, get_row(session, Bylaw, actor.network_id, bylaw_id), now)
    return see_other("/office/bylaws")


@router.get("/bylaws")
def show_to_phone(request: Request, session: SessionDep, phone: Phone, now: Now) -> Response:
    return render(
        request,
        "bylaws/phone.html",
        kinds=KINDS,
        rows=bylaw_rows(session, phone.network_id, _today(now)),
    )


@router.get("/bylaws/{bylaw_id}.pdf")
def fetch_by_phone(session: SessionDep, phone: Phone, bylaw_id: UUID) -> Response:
    return file_of(session, phone, bylaw_id)


def _today(now: datetime) -> date:
    return now.astimezone(TOKYO).date()
