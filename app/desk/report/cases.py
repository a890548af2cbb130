"""同じ件としてまとめる, 分ける: by hand, where two counsellors may do it at once."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Form
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from app.desk.dependencies import Claimer, Loaded
from app.desk.inbox.routes import desk_page
from app.desk.inbox.wanted import Listed, receipt_seq
from app.desk.report.pages import detail_of
from app.desk.returning import see_report
from app.errors import N_, DomainError, Invalid
from app.reports.cases import join_case, part_from_case
from app.reports.queries import find_by_seq
from app.web.language import say
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/desk/reports/{report_id}/case")


class CaseForm(BaseModel):
    """The receipt number of the report that it belongs with."""

    number: str = ""


@router.post("")
def join_reports(
    request: Request,
    session: SessionDep,
    actor: Claimer,
    report: Loaded,
    now: Now,
    wanted: Listed,
    form: Annotated[CaseForm, Form()],
) -> Response:
    other = find_by_seq(session, actor.network_id, receipt_seq(form.number) or 0)
    try:
        if other is None or other.id == report.id:
            raise Invalid(N_("ほかの報告の受付番号を、K-0387 の形で入れてください。"))
        join_case(session, report, other, actor, now)
    except DomainError as refused:
        detail = detail_of(session, request.app.state.master_key, report, now)
        wrong = say(refused.message, **refused.values)
        detail = replace(detail, around=replace(detail.around, typed=form.number[:40], wrong=wrong))
        partial = "desk/report/_detail.html"
        return desk_page(
            request, session, actor, now, partial, wanted, report.id, detail=detail,
            status=refused.status,
        )  # fmt: skip
    return see_report(request, report.id)


@router.post("/parting")
def part_report(
    request: Request, session: SessionDep, actor: Claimer, report: Loaded, now: Now
) -> Response:
    part_from_case(session, report, actor, now)
    return see_report(request, report.id)
