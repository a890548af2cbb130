"""Somebody else was first: the report as it is now, and above it who that was."""

from datetime import datetime

from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from app.desk.inbox.routes import desk_page
from app.desk.inbox.wanted import Asked, get_wanted
from app.desk.report.pages import detail_of
from app.desk.returning import kept
from app.errors import DomainError
from app.reports.models import Report
from app.web.access import StaffActor
from app.web.language import say


def refused_page(
    request: Request,
    session: Session,
    actor: StaffActor,
    report: Report,
    now: datetime,
    refused: DomainError,
) -> Response:
    """For what was refused before anything was written: the request's transaction goes on."""
    return desk_page(
        request,
        session,
        actor,
        now,
        "desk/report/_detail.html",
        get_wanted(Asked.model_validate(kept(request))),
        report.id,
        detail=detail_of(session, request.app.state.master_key, report, now, actor.id),
        status=refused.status,
        refused=say(refused.message, **refused.values),
    )
