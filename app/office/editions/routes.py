"""下書き, 確認, 公開 and 履歴: one life for checklists and for templates."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Path
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

from app.editions.commands import (
    ask_for_approval,
    begin_draft,
    drop_draft,
    publish,
    return_draft,
    stop_asking,
)
from app.editions.kinds import EditionKind
from app.editions.queries import get_draft
from app.editions.wording import tidied
from app.errors import N_, Conflict, Invalid
from app.links.queries import find_center
from app.networks.scope import get_network
from app.office.editions.pages import (
    edition_page,
    find_kind,
    home_of,
    version_differences,
    version_rows,
)
from app.web.access import Permission, StaffActor, StaffWith
from app.web.rendering import render, see_other
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/office/editions/{kind}/{subject}")
Reader = Annotated[StaffActor, Depends(StaffWith(Permission.EDITION_READ))]
Writer = Annotated[StaffActor, Depends(StaffWith(Permission.EDITION_WRITE))]
Approver = Annotated[StaffActor, Depends(StaffWith(Permission.EDITION_APPROVE))]


def get_kind(kind: str, subject: str) -> EditionKind:
    return find_kind(kind, subject)


Known = Annotated[EditionKind, Depends(get_kind)]
Version = Annotated[int, Path(ge=1, le=2**31 - 1)]


class BeginForm(BaseModel):
    version: Annotated[int | None, Field(ge=1, le=2**31 - 1)] = None


class AskForm(BaseModel):
    """`alone`: there is nobody else who could look at it, because of `reason`. `center`: the
    中心市 may look at it too."""

    alone: Annotated[str, Field(max_length=3)] = ""
    reason: Annotated[str, Field(max_length=200)] = ""
    center: Annotated[str, Field(max_length=3)] = ""


class ApprovalForm(BaseModel):
    revision: Annotated[int, Field(ge=1, le=2**31 - 1)]


class ReturnForm(BaseModel):
    note: Annotated[str, Field(max_length=400)] = ""


@router.post("/draft")
def begin(
    session: SessionDep,
    actor: Writer,
    kind: Known,
    subject: str,
    now: Now,
    form: Annotated[BeginForm, Form()],
) -> Response:
    """Where an older version is brought back, `version` says which."""
    begin_draft(session, kind, subject, actor, now, form.version)
    return see_other(home_of(kind, subject))


@router.post("/draft/removal")
def drop(session: SessionDep, actor: Writer, kind: Known, subject: str, now: Now) -> Response:
    drop_draft(session, get_draft(session, actor.network_id, kind, subject), actor, now)
    return see_other(home_of(kind, subject))


@router.post("/asking")
def ask(
    session: SessionDep,
    actor: Writer,
    kind: Known,
    subject: str,
    now: Now,
    form: Annotated[AskForm, Form()],
) -> Response:
    reason = tidied(form.reason)
    if form.alone and not reason:
        raise Invalid(N_("ほかに確認する人がいない理由を入れてください。"))
    center = find_center(session, actor.network_id) if form.center else None
    if form.center and center is None:
        raise Conflict(N_("中心市との連携が終わっています。もう一度開いてください。"))
    draft = get_draft(session, actor.network_id, kind, subject)
    link_id = center.link.id if center else None
    ask_for_approval(session, kind, draft, actor, now, reason if form.alone else "", link_id)
    return see_other(home_of(kind, subject))


@router.post("/asking/end")
def end_asking(session: SessionDep, actor: Writer, kind: Known, subject: str, now: Now) -> Response:
    stop_asking(session, get_draft(session, actor.network_id, kind, subject), actor, now)
    return see_other(home_of(kind, subject))


@router.post("/approval")
def approve(
    session: SessionDep,
    actor: Approver,
    kind: Known,
    subject: str,
    now: Now,
    form: Annotated[ApprovalForm, Form()],
) -> Response:
    """Publishes it: what was approved is what phones get, with nothing in between."""
    publish(session, kind, subject, actor, form.revision, now)
    return see_other(home_of(kind, subject))


@router.post("/return")
def give_back(
    session: SessionDep,
    actor: Approver,
    kind: Known,
    subject: str,
    now: Now,
    form: Annotated[ReturnForm, Form()],
) -> Response:
    note = tidied(form.note)
    if not note:
        raise Invalid(N_("直してほしいことを入れてください。"))
    draft = get_draft(session, actor.network_id, kind, subject)
    return_draft(session, draft, actor, note, now)
    return see_other(home_of(kind, subject))


@router.get("/differences")
def show_differences(
    request: Request, session: SessionDep, actor: Reader, kind: Known, subject: str, now: Now
) -> Response:
    """From what is published, and from the standard."""
    return render(
        request,
        "office/editions/differences.html",
        actor=actor,
        network=get_network(session, actor.network_id),
        page=edition_page(session, actor, kind, subject, now),
    )


@router.get("/history")
def show_history(
    request: Request, session: SessionDep, actor: Reader, kind: Known, subject: str, now: Now
) -> Response:
    return render(
        request,
        "office/editions/history.html",
        actor=actor,
        network=get_network(session, actor.network_id),
        page=edition_page(session, actor, kind, subject, now),
        rows=version_rows(session, actor.network_id, kind, subject),
    )


@router.get("/history/{version}")
def show_version(
    request: Request,
    session: SessionDep,
    actor: Reader,
    kind: Known,
    subject: str,
    version: Version,
    now: Now,
) -> Response:
    """What it changed, and the way to bring it back as a draft."""
    return render(
        request,
        "office/editions/version.html",
        actor=actor,
        network=get_network(session, actor.network_id),
        page=edition_page(session, actor, kind, subject, now),
        version=version,
        changes=version_differences(session, actor.network_id, kind, subject, version),
    )
