"""訓練 at the desk: a report made in a drill, its answer, and how the drill goes."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form
from pydantic import BaseModel, Field
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from app.badges.models import Badge
from app.badges.queries import holder_of
from app.checklists.queries import current_checklist, find_version
from app.desk.dependencies import Reader
from app.desk.report.notes import Opened, open_text
from app.desk.report.pages import starting_templates
from app.drills.commands import instruct_in_drill
from app.drills.measuring import measured
from app.drills.models import Drill, DrillReport
from app.errors import DomainError
from app.instructions.wording import variables_for, wording_of
from app.networks.scope import get_network, get_row
from app.reports.forms import read_envelope
from app.sealing.custody import MasterKey
from app.sealing.envelope import Context
from app.web.access import Permission, StaffActor, StaffWith
from app.web.language import Language, say
from app.web.rendering import render, see_other
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/desk/drills")
Instructor = Annotated[StaffActor, Depends(StaffWith(Permission.INSTRUCTION_SEND))]


class AnswerForm(BaseModel):
    template: Annotated[str, Field(max_length=4)] = ""


@router.get("/{drill_id}")
def show_measured(
    request: Request, session: SessionDep, actor: Reader, drill_id: UUID, now: Now
) -> Response:
    drill = get_row(session, Drill, actor.network_id, drill_id)
    return render(
        request,
        "desk/drills/drill.html",
        actor=actor,
        drill=drill,
        measured=measured(session, drill),
        is_running=drill.is_running_at(now),
    )


@router.get("/reports/{drill_report_id}")
def show_drill_report(
    request: Request, session: SessionDep, actor: Reader, drill_report_id: UUID, now: Now
) -> Response:
    return page(request, session, actor, drill_report_id, now)


@router.post("/reports/{drill_report_id}/instruction")
def answer(
    request: Request,
    session: SessionDep,
    actor: Instructor,
    drill_report_id: UUID,
    now: Now,
    form: Annotated[AnswerForm, Form()],
) -> Response:
    report = get_row(session, DrillReport, actor.network_id, drill_report_id)
    try:
        instruct_in_drill(session, report, actor, form.template, now)
    except DomainError as refused:
        return page(request, session, actor, report.id, now, refused)
    return see_other(f"/desk/drills/reports/{report.id}")


def page(
    request: Request,
    session: Session,
    actor: StaffActor,
    report_id: UUID,
    now: Now,
    refused: DomainError | None = None,
) -> Response:
    report = get_row(session, DrillReport, actor.network_id, report_id)
    drill = session.get(Drill, (report.network_id, report.drill_id)) if report.drill_id else None
    network = get_network(session, actor.network_id)
    values = variables_for(network, report, actor.name, now)
    starting = starting_templates(session, report.network_id, report.urgency)
    note = note_of(session, request.app.state.master_key, report)
    return render(
        request,
        "desk/drills/report.html",
        status=refused.status if refused else 200,
        actor=actor,
        error=say(refused.message, **refused.values) if refused else None,
        report=report,
        drill=drill,
        can_answer=bool(drill and drill.is_running_at(now)) and not report.instructed_at,
        holder=holder_of(session, get_row(session, Badge, report.network_id, report.badge_id)),
        ticked=ticked(session, report),
        note=note.text,
        trouble=note.trouble,
        starting=[(one, wording_of(one, values, Language.JA)) for one in starting],
    )


def ticked(session: Session, report: DrillReport) -> list[dict[str, object]]:
    version = find_version(
        session, report.network_id, report.industry, report.checklist_version
    ) or current_checklist(session, report.network_id, report.industry)
    known = {item["id"]: item for item in version.document["items"]}
    return [known[item] for item in report.items if item in known]


def note_of(session: Session, master: MasterKey, report: DrillReport) -> Opened:
    sealed = read_envelope(report.envelope).sealed
    if sealed is None:
        return Opened()
    context = Context(str(report.network_id), str(report.id), "report", "note")
    return open_text(session, master, sealed.model_dump(), context)
