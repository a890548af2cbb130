"""データ: taking everything along, how long what is kept, and ending it."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form
from pydantic import BaseModel, Field
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from app.audit.commands import record
from app.clock import TOKYO
from app.errors import Invalid
from app.holdings.closing_requests import ask_to_close, withdraw
from app.holdings.exports import ask_for_export, give_out, parts_of
from app.holdings.pages import data_page, kind_rows
from app.networks.retention import Refused, kinds_of, next_run, read_days, shown_days
from app.networks.scope import get_network
from app.web.access import Permission, StaffActor, StaffWith
from app.web.forms import read_form
from app.web.rendering import render, see_other
from app.web.session import Now, SessionDep
from app.web.text import one_line

router = APIRouter(prefix="/office/data")
DataKeeper = Annotated[StaffActor, Depends(StaffWith(Permission.DATA_EXPORT))]
DataEnder = Annotated[StaffActor, Depends(StaffWith(Permission.DATA_END))]
LOOK_AGAIN = "5"
"""Seconds, while an export is being made."""


class ExportForm(BaseModel):
    codes: Annotated[str, Field(max_length=3)] = ""


class ClosingForm(BaseModel):
    municipality: Annotated[str, Field(max_length=80)] = ""
    reason: Annotated[str, Field(max_length=200)] = ""


@router.get("")
def show_data(request: Request, session: SessionDep, actor: DataKeeper, now: Now) -> Response:
    page = data_page(session, actor, now)
    answer = render(request, "holdings/show.html", actor=actor, page=page, network=page.network)
    if page.running:
        answer.headers["Refresh"] = LOOK_AGAIN
    return answer


@router.post("/exports")
def ask(
    session: SessionDep, actor: DataKeeper, now: Now, form: Annotated[ExportForm, Form()]
) -> Response:
    ask_for_export(session, actor, with_codes=form.codes == "yes", now=now)
    return see_other("/office/data")


@router.post("/exports/{export_id}/file")
def fetch(
    request: Request, session: SessionDep, actor: DataKeeper, now: Now, export_id: UUID
) -> Response:
    """A POST, because whoever takes everything along is written down."""
    export = give_out(session, actor, export_id, now)
    slug = get_network(session, actor.network_id).slug
    name = f"{slug}-{export.asked_at.astimezone(TOKYO):%Y%m%d-%H%M}.zip"
    return StreamingResponse(
        parts_of(request.app.state.database, actor.network_id, export.id),
        media_type="application/zip",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Content-Length": str(export.size),
        },
    )


@router.get("/retention")
def show_retention(request: Request, session: SessionDep, actor: DataKeeper, now: Now) -> Response:
    return _retention(request, session, actor, now)


@router.post("/retention")
def change_retention(
    request: Request,
    session: SessionDep,
    actor: DataEnder,
    now: Now,
    form: Annotated[FormData, Depends(read_form)],
) -> Response:
    network = get_network(session, actor.network_id)
    typed = {kind.code: one_line(str(form.get(kind.code, "")))[:8] for kind in kinds_of(network)}
    try:
        wanted = read_days(shown_days(network) | typed)
    except Refused as refused:
        return _retention(request, session, actor, now, typed=typed, refused=refused)
    if wanted != network.retention:
        network.retention = wanted
        session.add(network)
        record(
            session,
            actor.network_id,
            actor=f"staff:{actor.id}",
            action="retention.change",
            object_id=actor.network_id,
            now=now,
            details=dict(wanted),
        )
    return see_other("/office/data/retention")


@router.post("/closing")
def ask_closing(
    request: Request,
    session: SessionDep,
    actor: DataEnder,
    now: Now,
    form: Annotated[ClosingForm, Form()],
) -> Response:
    typed = {"municipality": one_line(form.municipality), "reason": one_line(form.reason).strip()}
    try:
        ask_to_close(session, actor, typed["municipality"].strip(), typed["reason"], now)
    except Invalid as error:
        page = data_page(session, actor, now, ("closing", error), typed)
        return render(
            request, "holdings/show.html", status=422, actor=actor, page=page, network=page.network
        )
    return see_other("/office/data")


@router.post("/closing/withdrawal")
def withdraw_closing(session: SessionDep, actor: DataEnder, now: Now) -> Response:
    withdraw(session, actor, now)
    return see_other("/office/data")


def _retention(
    request: Request,
    session: SessionDep,
    actor: StaffActor,
    now: Now,
    typed: dict[str, str] | None = None,
    refused: Refused | None = None,
) -> Response:
    network = get_network(session, actor.network_id)
    return render(
        request,
        "holdings/retention.html",
        status=422 if refused else 200,
        actor=actor,
        network=network,
        rows=kind_rows(session, network, next_run(now)),
        typed=typed or {},
        refused=refused,
    )
