"""How a report ended: put right, marked as a candidate, copied for PIO-NET."""

from typing import Annotated

from fastapi import APIRouter, Depends
from sqlmodel import Session
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from app.desk.dependencies import Closer, Loaded, Reader
from app.desk.outcomes.summary import summary_of
from app.desk.report.pages import detail_of
from app.desk.returning import see_report
from app.errors import Conflict
from app.outcomes.codes import candidate_words, codes
from app.outcomes.commands import correct_outcome, may_correct
from app.outcomes.forms import read_findings, read_reason
from app.outcomes.models import Outcome
from app.outcomes.queries import candidates_of, outcomes_of, standing_outcome
from app.reports.models import Report
from app.web.access import StaffActor
from app.web.fields import Fields
from app.web.forms import read_form
from app.web.rendering import render
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/desk/reports/{report_id}")


@router.get("/outcome")
def show_outcome(request: Request, session: SessionDep, actor: Closer, report: Loaded) -> Response:
    return outcome_page(request, session, actor, report)


@router.post("/outcome")
def save_outcome(
    request: Request,
    session: SessionDep,
    actor: Closer,
    report: Loaded,
    form: Annotated[FormData, Depends(read_form)],
    now: Now,
) -> Response:
    fields, chosen = Fields(form), [str(one) for one in form.getlist("connections")]
    findings, reason = read_findings(fields, chosen), read_reason(fields)
    based_on = fields.number("based_on", 0, 999_999)
    if fields.wrong:
        return outcome_page(request, session, actor, report, typed=fields, chosen=chosen)
    try:
        correct_outcome(session, report, findings, actor, now, based_on=based_on, reason=reason)
    except Conflict as lost:
        fields.refuse("outcome", lost.message, **lost.values)
        return outcome_page(
            request, session, actor, report, typed=fields, chosen=chosen, status=lost.status
        )
    return see_report(request, report.id)


def outcome_page(
    request: Request,
    session: Session,
    actor: StaffActor,
    report: Report,
    *,
    typed: Fields | None = None,
    chosen: list[str] | None = None,
    candidate: Fields | None = None,
    status: int = 422,
) -> Response:
    standing = standing_outcome(session, report)
    wrong = (typed and typed.wrong) or (candidate and candidate.wrong)
    return render(
        request,
        "desk/outcomes/outcome.html",
        status=status if wrong else 200,
        actor=actor,
        report=report,
        codes=codes(),
        typed=typed or Fields(written_down(standing)),
        chosen=chosen if chosen is not None else (standing.connections if standing else []),
        candidate=candidate or Fields({}),
        kinds=candidate_words(),
        marked=candidates_of(session, report),
        history=outcomes_of(session, report),
        number=standing.number if standing else 0,
        may_correct=may_correct(report, actor),
    )


def written_down(outcome: Outcome | None) -> dict[str, str]:
    """As it would have been typed."""
    if outcome is None:
        return {}
    amounts = {"stopped_yen": outcome.stopped_yen, "recovered_yen": outcome.recovered_yen}
    return {
        "outcome": outcome.code,
        "grade": outcome.grade,
        **{name: "" if yen is None else str(yen) for name, yen in amounts.items()},
    }


@router.get("/summary")
def show_summary(
    request: Request, session: SessionDep, actor: Reader, report: Loaded, now: Now
) -> Response:
    """Plain text in the order in which a counsellor types it elsewhere."""
    detail = detail_of(session, request.app.state.master_key, report, now)
    return render(
        request,
        "desk/outcomes/summary.html",
        actor=actor,
        report=report,
        summary=summary_of(detail, standing_outcome(session, report)),
    )
