"""決まりの登録: the clerk brings a version, and notes which organizations know of it."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from sqlmodel import Session
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from app.bylaws.commands import add_bylaw, note_acknowledgements, withdraw_bylaw
from app.bylaws.models import Bylaw
from app.bylaws.queries import (
    PAGE,
    acknowledgements_of,
    bylaw_rows,
    newest_version,
    organizations_without,
    staff_without,
)
from app.bylaws.rules import LARGEST_FILE, MOST_VERSIONS, BylawKind, Way
from app.bylaws.uploads import BylawBringer, Upload, read_upload
from app.bylaws.words import KINDS, WAYS
from app.clock import TOKYO
from app.errors import N_
from app.ids import read_id
from app.networks.scope import get_network, get_row
from app.web.access import Permission, StaffActor, StaffWith
from app.web.fields import Fields
from app.web.forms import read_form
from app.web.rendering import render, see_other
from app.web.session import Now, SessionDep
from app.web.text import one_line

router = APIRouter(prefix="/office/running/bylaws")
Keeper = Annotated[StaffActor, Depends(StaffWith(Permission.RUNNING_WRITE))]
Text = Annotated[str, Query(max_length=60)]


@router.get("")
def show_bylaws(request: Request, session: SessionDep, actor: Keeper, now: Now) -> Response:
    return _list(request, session, actor, Fields({}), now)


@router.post("")
def bring(
    request: Request,
    actor: BylawBringer,
    upload: Annotated[Upload, Depends(read_upload)],
    session: SessionDep,
    now: Now,
) -> Response:
    """The session comes last: its transaction begins when the file has been read."""
    fields = upload.fields
    kind = fields.choice("kind", set(BylawKind), needed=True)
    title, on = fields.line("title", 120, needed=True), fields.day("holds_from", needed=True)
    newest = newest_version(session, actor.network_id, kind) if kind else 0
    version = fields.number("version", newest + 1, MOST_VERSIONS)
    if fields.wrong or on is None:
        return _list(request, session, actor, fields, now)
    values = (BylawKind(kind), title, version, on, upload.content, upload.pages)
    bylaw = add_bylaw(session, actor, *values, now)
    return see_other(f"/office/running/bylaws/{bylaw.id}")


@router.get("/{bylaw_id}")
def show_bylaw(
    request: Request,
    session: SessionDep,
    actor: Keeper,
    bylaw_id: UUID,
    now: Now,
    text: Text = "",
    after: Annotated[str, Query(max_length=40)] = "",
) -> Response:
    bylaw = get_row(session, Bylaw, actor.network_id, bylaw_id)
    typed = Fields({"acknowledged_on": str(now.astimezone(TOKYO).date())})
    wanted, known = one_line(text).strip(), read_id(after)
    return _one(request, session, actor, bylaw, typed, wanted, after=known)


@router.post("/{bylaw_id}/acknowledgements")
def acknowledge(
    request: Request,
    session: SessionDep,
    actor: Keeper,
    bylaw_id: UUID,
    now: Now,
    form: Annotated[FormData, Depends(read_form)],
) -> Response:
    bylaw, fields = get_row(session, Bylaw, actor.network_id, bylaw_id), Fields(form)
    text = fields.line("text", 60)
    way, who = fields.choice("way", set(Way), needed=True), fields.line("who", 60)
    on = fields.day("acknowledged_on", needed=True)
    if on and on > now.astimezone(TOKYO).date():
        fields.refuse("acknowledged_on", N_("きょうまでの日付を入れてください。"))
    ticked = {str(one) for one in form.getlist("organization")}
    waiting, _ = organizations_without(session, bylaw, text)
    chosen = [one.id for one in waiting if str(one.id) in ticked]
    if not chosen:
        fields.refuse("organizations", N_("団体に✓してください。"))
    if fields.wrong or on is None:
        return _one(request, session, actor, bylaw, fields, text, ticked)
    note_acknowledgements(session, actor, bylaw, chosen, on, Way(way), who, now)
    return see_other(f"/office/running/bylaws/{bylaw.id}")


@router.post("/{bylaw_id}/withdrawal")
def withdraw(session: SessionDep, actor: Keeper, bylaw_id: UUID, now: Now) -> Response:
    bylaw = get_row(session, Bylaw, actor.network_id, bylaw_id)
    withdraw_bylaw(session, actor, bylaw, now)
    return see_other("/office/running/bylaws")


def _list(
    request: Request, session: Session, actor: StaffActor, typed: Fields, now: Now
) -> Response:
    rows = bylaw_rows(session, actor.network_id, now.astimezone(TOKYO).date())
    return render(
        request,
        "bylaws/manage.html",
        status=422 if typed.wrong else 200,
        actor=actor,
        network=get_network(session, actor.network_id),
        kinds=KINDS,
        rows=rows,
        following={
            kind: found[0].bylaw.version + 1 if found else 1 for kind, found in rows.items()
        },
        typed=typed,
        most=LARGEST_FILE // 1024**2,
    )


def _one(
    request: Request,
    session: Session,
    actor: StaffActor,
    bylaw: Bylaw,
    typed: Fields,
    text: str,
    ticked: set[str] | None = None,
    after: UUID | None = None,
) -> Response:
    waiting, count = organizations_without(session, bylaw, text)
    acknowledged = acknowledgements_of(session, bylaw, after)
    return render(
        request,
        "bylaws/bylaw.html",
        status=422 if typed.wrong else 200,
        actor=actor,
        network=get_network(session, actor.network_id),
        bylaw=bylaw,
        kinds=KINDS,
        ways=WAYS,
        readers_missing=staff_without(session, bylaw),
        waiting=waiting,
        count=count,
        acknowledged=acknowledged[:PAGE],
        more=len(acknowledged) > PAGE,
        typed=typed,
        text=text,
        ticked=ticked or set(),
    )
