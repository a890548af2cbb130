"""終わりにする: the last answer, and how it ended. After it the report is closed."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from sqlmodel import Session
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from app.desk.dependencies import Closer, Loaded
from app.desk.report.around import Member, around
from app.desk.report.refusals import refused_page
from app.errors import N_, Conflict
from app.ids import read_id
from app.instructions.choices import standard_choices
from app.instructions.standard_templates import CLOSING_TEMPLATES
from app.instructions.together import close_together, recipients_of
from app.outcomes.codes import codes
from app.outcomes.commands import write_outcome
from app.outcomes.forms import read_findings
from app.reports.claims import claimant
from app.reports.models import Report
from app.reports.personal_data import suspicions
from app.web.access import StaffActor
from app.web.fields import Fields
from app.web.forms import read_form
from app.web.rendering import render, see_other
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/desk/reports/{report_id}/closure")
LONGEST_SUMMARY = 120


@router.get("")
def show_closing(
    request: Request, session: SessionDep, actor: Closer, report: Loaded, now: Now
) -> Response:
    if report.closed_at:
        return see_other(f"/desk/reports/{report.id}")
    others = around(session, report, now).open_others
    also = [one.report.id for one in others]
    typed = Fields({"template": "R18"})
    return closing_page(request, session, actor, report, typed, [], others, also)


@router.post("")
def close_report(
    request: Request,
    session: SessionDep,
    actor: Closer,
    report: Loaded,
    now: Now,
    form: Annotated[FormData, Depends(read_form)],
) -> Response:
    """R17 or R18: nobody who reported is left without an answer. A second click changes nothing."""
    if report.closed_at and report.claimed_by_id == actor.id:
        return see_other(f"/desk/reports/{report.id}")
    fields, chosen = Fields(form), [str(one) for one in form.getlist("connections")]
    template = fields.choice("template", CLOSING_TEMPLATES, needed=True)
    summary = read_summary(fields)
    choice = fields.choice("result_choice", standard_choices()["result_summary"])
    findings = read_findings(fields, chosen)
    also = [one for typed in form.getlist("also") if (one := read_id(typed))]
    if fields.wrong:
        others = around(session, report, now).open_others
        return closing_page(request, session, actor, report, fields, chosen, others, also)
    try:
        reports = recipients_of(session, report, also)
        close_together(session, reports, template, summary, choice, actor, now)
    except Conflict as refused:
        if not report.closed_at:
            raise
        return refused_page(request, session, actor, report, now, refused)
    for closed in reports:
        write_outcome(
            session, closed, findings if closed is report else findings.of_same_case, actor, now
        )
    return see_other(f"/desk/reports/{report.id}")


def read_summary(fields: Fields) -> str:
    """Phones show it: what looks like a name or number goes out when confirmed."""
    summary = fields.line("result_summary", LONGEST_SUMMARY)
    if suspicions(summary) and not fields.values.get("is_fine"):
        fields.refuse(
            "result_summary",
            N_(
                "名前や番号のような文字があります。消すか、「個人のことではない」を選んでください。"
            ),
        )
    return summary


def closing_page(
    request: Request,
    session: Session,
    actor: StaffActor,
    report: Report,
    typed: Fields,
    chosen: list[str],
    others: list[Member],
    also: list[UUID],
) -> Response:
    return render(
        request,
        "desk/answering/closing.html",
        status=422 if typed.wrong else 200,
        actor=actor,
        report=report,
        claimed_by=claimant(session, report),
        typed=typed,
        chosen=chosen,
        others=others,
        also=also,
        codes=codes(),
        results=standard_choices()["result_summary"],
        suspected=bool(suspicions(typed.values.get("result_summary", ""))),
    )
