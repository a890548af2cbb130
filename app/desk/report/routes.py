"""One report, and taking it on."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.claims.presence import note_presence
from app.deliveries.pulse import bump
from app.desk.dependencies import Claimer, Loaded, Reader
from app.desk.inbox.routes import desk_page
from app.desk.inbox.wanted import Listed
from app.desk.report.pages import detail_of
from app.desk.report.refusals import refused_page
from app.desk.returning import see_report
from app.errors import Conflict
from app.reports.claims import claim, release_claim
from app.reports.quarantine import mark_reviewed
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/desk/reports/{report_id}")


@router.get("")
def show_report(
    request: Request,
    session: SessionDep,
    actor: Reader,
    report: Loaded,
    now: Now,
    wanted: Listed,
) -> Response:
    detail = detail_of(session, request.app.state.master_key, report, now, actor.id)
    partial = "desk/report/_detail.html"
    return desk_page(request, session, actor, now, partial, wanted, report.id, detail=detail)


@router.post("/claim")
def claim_report(
    request: Request, session: SessionDep, actor: Claimer, report: Loaded, now: Now
) -> Response:
    try:
        claim(session, report, actor, now)
    except Conflict as refused:
        return refused_page(request, session, actor, report, now, refused)
    note_presence(session, report, actor, now)
    bump(session, actor.network_id)
    return see_report(request, report.id)


@router.post("/differences/review")
def review_differences(
    request: Request, session: SessionDep, actor: Claimer, report: Loaded, now: Now
) -> Response:
    mark_reviewed(session, report, actor, now)
    return see_report(request, report.id)


@router.post("/release")
def release_report(
    request: Request, session: SessionDep, actor: Claimer, report: Loaded, now: Now
) -> Response:
    try:
        release_claim(session, report, actor, now)
    except Conflict as refused:
        return refused_page(request, session, actor, report, now, refused)
    bump(session, actor.network_id)
    return see_report(request, report.id)
