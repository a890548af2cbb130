"""名簿の取り込み: bring a file, see what it would change, confirm, see what became of it."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from sqlmodel import Session
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from app.badges.rules import end_of_validity
from app.clock import TOKYO
from app.errors import N_, DomainError, Invalid
from app.networks.scope import get_network, get_row
from app.office.roster.drafts import (
    Decision,
    Outdated,
    TakenOver,
    keep_draft,
    latest_with_problems,
    take_over,
    waiting_drafts,
)
from app.office.roster.models import RosterDraft
from app.office.roster.pages import draft_page, told_problems
from app.office.roster.rules import ENDED_AT_ONCE, LARGEST_FILE, is_usable_end
from app.office.roster.sheet import csv_of, workbook_of
from app.office.roster.uploads import RosterBringer, Upload, read_upload
from app.organizations.roster.written import roster_of
from app.organizations.rules import Industry, Standing
from app.web.access import Permission, StaffActor, StaffWith
from app.web.forms import read_form
from app.web.rendering import render, see_other
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/office/roster")
RosterImporter = Annotated[StaffActor, Depends(StaffWith(Permission.ROSTER_IMPORT))]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Typed:
    """What stands in the form: as it was typed, or as it is proposed."""

    valid_until: str
    ends: frozenset[UUID] = frozenset()
    fingerprint: str = ""
    error: DomainError | None = None


@router.get("")
def show_roster(request: Request, session: SessionDep, actor: RosterImporter) -> Response:
    return _form(request, session, actor, Upload("", None))


@router.post("")
def bring(
    request: Request,
    actor: RosterBringer,
    upload: Annotated[Upload, Depends(read_upload)],
    session: SessionDep,
    now: Now,
) -> Response:
    """The session comes last: its transaction begins when the file has been read."""
    if upload.roster is None:
        return _form(request, session, actor, upload, status=422)
    draft = keep_draft(session, upload.roster, upload.filename, actor, now)
    return see_other(f"/office/roster/{draft.id}")


@router.get("/{draft_id}")
def show_draft(
    request: Request,
    session: SessionDep,
    actor: RosterImporter,
    draft_id: UUID,
    now: Now,
    show: Annotated[str, Query(max_length=12)] = "",
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> Response:
    draft = get_row(session, RosterDraft, actor.network_id, draft_id)
    if draft.taken_over_at:
        return _outcome(request, session, actor, draft)
    typed = Typed(str(end_of_validity(_today(now))))
    return _preview(request, session, actor, draft, typed, show=show, page=page)


@router.post("/{draft_id}/import")
def confirm(
    request: Request,
    session: SessionDep,
    actor: RosterImporter,
    draft_id: UUID,
    now: Now,
    form: Annotated[FormData, Depends(read_form)],
) -> Response:
    draft = get_row(session, RosterDraft, actor.network_id, draft_id)
    typed = _typed(form)
    try:
        take_over(session, draft, _decision(typed, _today(now)), actor, now)
    except TakenOver as twice:
        return _outcome(request, session, actor, draft, twice)
    except (Outdated, Invalid) as refused:
        again = Typed(typed.valid_until, typed.ends, typed.fingerprint, refused)
        return _preview(request, session, actor, draft, again)
    return see_other(f"/office/roster/{draft.id}")


@router.post("/{draft_id}/rows")
def show_rows(
    request: Request,
    session: SessionDep,
    actor: RosterImporter,
    draft_id: UUID,
    form: Annotated[FormData, Depends(read_form)],
    show: Annotated[str, Query(max_length=12)] = "",
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> Response:
    """Other rows of the same draft. What was ticked and typed comes along; nothing is changed."""
    draft = get_row(session, RosterDraft, actor.network_id, draft_id)
    if draft.taken_over_at:
        return see_other(f"/office/roster/{draft.id}")
    return _preview(request, session, actor, draft, _typed(form), show=show, page=page)


@router.post("/{draft_id}/discard")
def discard(session: SessionDep, actor: RosterImporter, draft_id: UUID) -> Response:
    draft = get_row(session, RosterDraft, actor.network_id, draft_id)
    session.delete(draft)
    return see_other("/office/roster")


@router.get("/{draft_id}/problems.xlsx")
def show_problem_workbook(session: SessionDep, actor: RosterImporter, draft_id: UUID) -> Response:
    draft = get_row(session, RosterDraft, actor.network_id, draft_id)
    return _file(workbook_of(roster_of(draft.content)), XLSX, "meibo-kakunin.xlsx")


@router.get("/{draft_id}/problems.csv")
def show_problem_csv(session: SessionDep, actor: RosterImporter, draft_id: UUID) -> Response:
    draft = get_row(session, RosterDraft, actor.network_id, draft_id)
    return _file(csv_of(roster_of(draft.content)), "text/csv; charset=utf-8", "meibo-kakunin.csv")


def _form(
    request: Request, session: Session, actor: StaffActor, upload: Upload, status: int = 200
) -> Response:
    return render(
        request,
        "office/roster/show.html",
        status=status,
        actor=actor,
        network=get_network(session, actor.network_id),
        upload=upload,
        waiting=waiting_drafts(session, actor.network_id),
        unsettled=latest_with_problems(session, actor.network_id),
        most=LARGEST_FILE // 1024**2,
        industries=Industry,
        standings=Standing,
    )


def _preview(
    request: Request,
    session: Session,
    actor: StaffActor,
    draft: RosterDraft,
    typed: Typed,
    *,
    show: str = "",
    page: int = 1,
) -> Response:
    seen = draft_page(session, draft, show, page)
    return render(
        request,
        "office/roster/preview.html",
        status=typed.error.status if typed.error else 200,
        actor=actor,
        network=get_network(session, actor.network_id),
        page=seen,
        problems=told_problems(seen.roster),
        typed=typed,
        most_ended=ENDED_AT_ONCE,
        today=_today(request.app.state.clock()),
    )


def _outcome(
    request: Request,
    session: Session,
    actor: StaffActor,
    draft: RosterDraft,
    error: DomainError | None = None,
) -> Response:
    roster = roster_of(draft.content)
    return render(
        request,
        "office/roster/outcome.html",
        status=error.status if error else 200,
        actor=actor,
        network=get_network(session, actor.network_id),
        draft=draft,
        roster=roster,
        problems=told_problems(roster),
        error=error,
    )


def _typed(form: FormData) -> Typed:
    ends = set()
    for one in form.getlist("end"):
        with suppress(ValueError):
            ends.add(UUID(str(one)))
    until, fingerprint = (str(form.get(name, ""))[:64] for name in ("valid_until", "fingerprint"))
    return Typed(until, frozenset(ends), fingerprint)


def _decision(typed: Typed, today: date) -> Decision:
    """Raises Invalid for a day that no badge could be valid until."""
    with suppress(ValueError):
        day = date.fromisoformat(typed.valid_until)
        if is_usable_end(day, today):
            return Decision(typed.fingerprint, typed.ends, day)
    raise Invalid(N_("名札の有効期限は、あすから10年後までの日付にしてください。"))


def _today(now: datetime) -> date:
    return now.astimezone(TOKYO).date()


def _file(content: bytes, media_type: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, media_type=media_type, headers=headers)
