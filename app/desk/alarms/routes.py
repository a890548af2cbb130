"""いま目の前: the bar that rings, who takes it, 通話中, and short lines to the till."""

from dataclasses import replace
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

from app.alarms.talking import say_to_till
from app.alarms.watching import look_at, take
from app.deliveries.pulse import bump
from app.desk.dependencies import Claimer, Loaded, Reader, Writer
from app.desk.inbox.routes import desk_page
from app.desk.inbox.wanted import Asked, get_wanted
from app.desk.report.pages import detail_of
from app.desk.returning import see_report
from app.errors import Conflict, DomainError
from app.ids import new_id
from app.staff.presence import be_present, set_on_call
from app.web.language import say
from app.web.rendering import render, see_other
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/desk")


class OnCallForm(BaseModel):
    on: Annotated[str, Field(max_length=3)] = ""


class LineForm(BaseModel):
    line_id: UUID = Field(default_factory=new_id)
    phrase: Annotated[str, Field(max_length=12)] = ""
    text: Annotated[str, Field(max_length=300)] = ""
    is_fine: Annotated[str, Field(max_length=3)] = ""


@router.get("/alarm")
def show_alarm(request: Request, actor: Reader) -> Response:
    """The bar alone, asked for again whenever something changed."""
    return render(request, "desk/alarms/_bar.html", actor=actor)


@router.post("/presence")
def be_at_desk(session: SessionDep, actor: Reader, now: Now) -> Response:
    """Posted by an open page every so often."""
    be_present(session, actor, now)
    return Response(status_code=204)


@router.post("/on-call")
def change_on_call(
    session: SessionDep, actor: Reader, now: Now, form: Annotated[OnCallForm, Form()]
) -> Response:
    """From now on their screens are silent, or not any more."""
    set_on_call(session, actor, bool(form.on), now)
    bump(session, actor.network_id)
    return see_other("/desk")


@router.post("/reports/{report_id}/opening")
def open_report(session: SessionDep, actor: Reader, report: Loaded, now: Now) -> Response:
    """Posted by the report's page while it is in sight: it proves that a person has it open."""
    be_present(session, actor, now)
    look_at(session, report, actor, now)
    return Response(status_code=204)


@router.post("/reports/{report_id}/watch")
def watch_report(
    request: Request, session: SessionDep, actor: Claimer, report: Loaded, now: Now
) -> Response:
    take(session, report, actor, now)
    return see_report(request, report.id)


@router.post("/reports/{report_id}/talk")
def say_line(
    request: Request,
    session: SessionDep,
    actor: Writer,
    report: Loaded,
    now: Now,
    form: Annotated[LineForm, Form()],
) -> Response:
    """Sent twice, it is one line: the form brings its id. What wasn't taken stays typed."""
    words = {"phrase": form.phrase, "text": form.text, "is_fine": bool(form.is_fine)}
    try:
        say_to_till(session, report, actor, form.line_id, **words, now=now)  # type: ignore[arg-type]
    except Conflict:
        raise
    except DomainError as refused:
        detail = detail_of(session, request.app.state.master_key, report, now)
        message = str(say(refused.message, **refused.values))
        detail = replace(detail, beside=replace(detail.beside, typed=form.text, error=message))
        partial = "desk/report/_detail.html"
        wanted = get_wanted(Asked())
        page = desk_page(request, session, actor, now, partial, wanted, report.id, detail=detail)
        page.status_code = refused.status
        return page
    return see_report(request, report.id, "#talk")
