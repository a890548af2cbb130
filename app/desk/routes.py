"""受信箱: the list, one report, and taking it on. Works without a script; script makes it live."""

from datetime import timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from app.clock import TOKYO
from app.deliveries.live_stream import LiveStream
from app.deliveries.pulse import bump
from app.desk.inbox import drill_rows, inbox_rows
from app.desk.pages import detail_of
from app.instructions.phone_tasks import open_tasks
from app.reports.claims import claim, release_claim
from app.reports.commands import get_report
from app.reports.gaps import waiting_gaps
from app.reports.models import Report
from app.reports.quarantine import mark_reviewed
from app.reports.queries import closed_since
from app.web.access import Permission, StaffActor, StaffWith
from app.web.rendering import render, see_other
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/desk")
Reader = Annotated[StaffActor, Depends(StaffWith(Permission.REPORT_READ))]
Claimer = Annotated[StaffActor, Depends(StaffWith(Permission.REPORT_CLAIM))]
STREAM_LIFE = timedelta(minutes=10)


def get_report_of_desk(session: SessionDep, actor: Reader, report_id: UUID) -> Report:
    return get_report(session, actor.network_id, report_id)


Loaded = Annotated[Report, Depends(get_report_of_desk)]


@router.get("")
def show_desk(
    request: Request,
    session: SessionDep,
    actor: Reader,
    now: Now,
    up_to: int | None = None,
    selected: UUID | None = None,
) -> Response:
    """The list; htmx asks for its part again with the newest number it has shown."""
    inbox, rows = inbox_rows(session, actor.network_id, up_to, now)
    return render(
        request,
        "desk/show.html",
        partial="desk/_inbox.html",
        actor=actor,
        inbox=inbox,
        rows=rows,
        missing=len(waiting_gaps(session, actor.network_id, now)),
        calls=len(open_tasks(session, actor.network_id)),
        drills=drill_rows(session, actor.network_id, now),
        detail=None,
        selected=selected,
    )


@router.get("/events")
async def stream_events(request: Request, actor: Reader) -> Response:
    """One line whenever something changed in the network; the page then asks for its part."""
    clock = request.app.state.clock
    ends_at = clock() + STREAM_LIFE
    return LiveStream(request.app.state.live, actor.network_id, lambda: clock() > ends_at)


@router.get("/done")
def show_done(request: Request, session: SessionDep, actor: Reader, now: Now) -> Response:
    """What was closed this month."""
    month = now.astimezone(TOKYO).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    reports = closed_since(session, actor.network_id, month)
    return render(request, "desk/done.html", actor=actor, reports=reports)


@router.get("/reports/{report_id}")
def show_report(
    request: Request,
    session: SessionDep,
    actor: Reader,
    report: Loaded,
    now: Now,
    up_to: int | None = None,
) -> Response:
    inbox, rows = inbox_rows(session, actor.network_id, up_to, now)
    detail = detail_of(session, request.app.state.master_key, report, now)
    return render(
        request,
        "desk/show.html",
        partial="desk/_detail.html",
        actor=actor,
        inbox=inbox,
        rows=rows,
        missing=len(waiting_gaps(session, actor.network_id, now)),
        calls=len(open_tasks(session, actor.network_id)),
        drills=drill_rows(session, actor.network_id, now),
        detail=detail,
        selected=report.id,
    )


@router.post("/reports/{report_id}/claim")
def claim_report(session: SessionDep, actor: Claimer, report: Loaded, now: Now) -> Response:
    claim(session, report, actor, now)
    bump(session, actor.network_id)
    return see_other(f"/desk/reports/{report.id}")


@router.post("/reports/{report_id}/differences/review")
def review_differences(session: SessionDep, actor: Claimer, report: Loaded, now: Now) -> Response:
    mark_reviewed(session, report, actor, now)
    return see_other(f"/desk/reports/{report.id}")


@router.post("/reports/{report_id}/release")
def release_report(session: SessionDep, actor: Claimer, report: Loaded, now: Now) -> Response:
    release_claim(session, report, actor, now)
    bump(session, actor.network_id)
    return see_other(f"/desk/reports/{report.id}")
