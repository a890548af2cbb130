"""終わりにする: the last answer, after which the report is closed."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form
from pydantic import BaseModel, Field
from starlette.responses import Response

from app.desk.dependencies import Closer, Loaded
from app.errors import N_, NotFound
from app.instructions.edition import template_of
from app.instructions.standard_templates import CLOSING_TEMPLATES
from app.instructions.together import close_together, recipients_of
from app.web.rendering import see_other
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/desk")


class ClosureForm(BaseModel):
    template: Annotated[str, Field(max_length=8)] = "R18"
    result_summary: Annotated[str, Field(max_length=120)] = ""
    also: list[UUID] = []


@router.post("/reports/{report_id}/closure")
def close_report(
    session: SessionDep,
    actor: Closer,
    report: Loaded,
    now: Now,
    form: Annotated[ClosureForm, Form()],
) -> Response:
    """R17 or R18: nobody who reported is left without an answer. A second click changes nothing."""
    if report.closed_at and report.claimed_by_id == actor.id:
        return see_other(f"/desk/reports/{report.id}")
    if form.template not in CLOSING_TEMPLATES:
        raise NotFound(N_("この文例は見つかりません。"))
    template = template_of(session, actor.network_id, form.template)
    reports = recipients_of(session, report, form.also)
    close_together(session, reports, template, form.result_summary.strip(), actor, now)
    return see_other(f"/desk/reports/{report.id}")
