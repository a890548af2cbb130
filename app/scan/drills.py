"""The checklist in a drill: the same ticks, the same outbox, and no number that can be called."""

from dataclasses import replace
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from app.badges.queries import BadgeHolder
from app.drills.acceptance import accept_drill_report
from app.drills.commands import note_opening
from app.drills.models import Drill
from app.drills.queries import drill_for, find_own_drill_report, own_report_in
from app.errors import N_, Conflict
from app.ids import new_id
from app.reports.personal_data import suspicions
from app.reports.plain_reports import PlainReport, envelope_bytes, read_plain_report, seal_note
from app.scan.pages import ChecklistPage, checklist_page
from app.scan.routes import Form, question_kinds, what_is_missing
from app.web.access import PairedPhone, PhoneActor
from app.web.rendering import render, see_other
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/drills")
Phone = Annotated[PhoneActor, Depends(PairedPhone())]
Part = tuple[Drill, BadgeHolder]


def get_part(session: SessionDep, phone: Phone, drill_id: UUID) -> Part:
    return drill_for(session, phone, drill_id)


Taken = Annotated[Part, Depends(get_part)]


@router.get("/{drill_id}")
def show_drill(
    request: Request, session: SessionDep, phone: Phone, part: Taken, now: Now
) -> Response:
    drill, holder = part
    if own := own_report_in(session, drill, phone.device_id):
        return see_other(f"/drills/reports/{own.id}")
    if not drill.is_running_at(now):
        return render(request, "drills/over.html", drill=drill)
    return checklist_answer(request, drill, page_for(session, holder, phone))


def page_for(session: SessionDep, holder: BadgeHolder, phone: PhoneActor) -> ChecklistPage:
    """Nobody has to promise anything about customers who don't exist."""
    return replace(checklist_page(session, holder, phone), agreed=True)


def checklist_answer(
    request: Request,
    drill: Drill,
    page: ChecklistPage,
    *,
    typed: PlainReport | None = None,
    errors: list[Markup] | None = None,
) -> Response:
    return render(
        request,
        "drills/checklist.html",
        status=422 if errors else 200,
        drill=drill,
        page=page,
        typed=typed,
        errors=errors or [],
        suspected=bool(typed and suspicions(typed.note)),
        report_id=typed.report_id if typed else new_id(),
        script_data=page.script_data | {"drill": str(drill.id)},
    )


@router.post("/{drill_id}/opening")
def note_opened(session: SessionDep, phone: Phone, part: Taken, now: Now) -> Response:
    """The phone's own word that the mock case was in sight. Repeatable."""
    note_opening(session, part[0], phone, now)
    return Response(status_code=204)


@router.post("/{drill_id}/reports")
def send_report(
    request: Request, session: SessionDep, phone: Phone, part: Taken, form: Form, now: Now
) -> Response:
    """The same without a script."""
    drill, holder = part
    page = page_for(session, holder, phone)
    report = read_plain_report(form, *question_kinds(page))
    if find_own_drill_report(session, phone, report.report_id):
        return see_other(f"/drills/reports/{report.report_id}")
    if not drill.is_running_at(now):
        raise Conflict(N_("この訓練は終わりました。"))
    if errors := what_is_missing(page, report, form):
        return checklist_answer(request, drill, page, typed=report, errors=errors)
    sealed = seal_note(session, phone.network_id, report)
    raw = envelope_bytes(report, page.document["id"], sealed, now, drill.id)
    accept_drill_report(session, request.app.state.receipts, phone, raw, now)
    return see_other(f"/drills/reports/{report.report_id}")
