"""受信箱: the list. Works without a script; script makes it live."""

from datetime import datetime, timedelta
from uuid import UUID

from fastapi import APIRouter
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from app.clock import TOKYO
from app.deliveries.live_stream import LiveStream
from app.desk.dependencies import Reader
from app.desk.inbox.owed import has_owed
from app.desk.inbox.rows import drill_rows, inbox_rows
from app.instructions.phone_tasks import open_tasks
from app.reports.gaps import waiting_gaps
from app.reports.queries import closed_since
from app.web.access import StaffActor
from app.web.rendering import render
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/desk")
STREAM_LIFE = timedelta(minutes=10)


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
    return desk_page(
        request, session, actor, now, "desk/inbox/_inbox.html", up_to=up_to, selected=selected
    )


def desk_page(
    request: Request,
    session: Session,
    actor: StaffActor,
    now: datetime,
    partial: str,
    *,
    up_to: int | None,
    selected: UUID | None,
    detail: object = None,
) -> Response:
    """The list, and beside it the report that is read, if any."""
    inbox, rows = inbox_rows(session, actor.network_id, up_to, now)
    return render(
        request,
        "desk/show.html",
        partial=partial,
        actor=actor,
        inbox=inbox,
        rows=rows,
        missing=len(waiting_gaps(session, actor.network_id, now)),
        calls=len(open_tasks(session, actor.network_id)),
        owed=has_owed(session, actor.network_id, now),
        drills=drill_rows(session, actor.network_id, now),
        detail=detail,
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
    return render(request, "desk/inbox/done.html", actor=actor, reports=reports)
