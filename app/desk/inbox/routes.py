"""受信箱: the list. Works without a script; script makes it live."""

from datetime import datetime, timedelta
from uuid import UUID

from fastapi import APIRouter
from markupsafe import Markup
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from app.alarms.threats import open_threats
from app.claims.relaying import relay_ahead, waiting_relays
from app.deliveries.live_stream import LiveStream
from app.desk.dependencies import Reader
from app.desk.inbox.closed import closed_since
from app.desk.inbox.floods import floods_of
from app.desk.inbox.listing import PAGE
from app.desk.inbox.owed import has_owed
from app.desk.inbox.pages import listing_of, month_of, tabs_of
from app.desk.inbox.rows import drill_rows
from app.desk.inbox.wanted import Listed, Wanted
from app.instructions.phone_tasks import open_tasks
from app.reports.gaps import waiting_gaps
from app.web.access import StaffActor
from app.web.rendering import render, see_other
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/desk")
STREAM_LIFE = timedelta(minutes=10)


@router.get("")
def show_desk(
    request: Request, session: SessionDep, actor: Reader, now: Now, wanted: Listed
) -> Response:
    """The list; htmx asks for its part again with the newest number it has shown. A 申し送り comes
    first for whoever signs in."""
    if wanted.asked.up_to is None and (relay := relay_ahead(session, actor)):
        return see_other(f"/desk/relays/{relay.id}")
    return desk_page(
        request, session, actor, now, "desk/inbox/_inbox.html", wanted, wanted.asked.selected
    )


def desk_page(
    request: Request,
    session: Session,
    actor: StaffActor,
    now: datetime,
    partial: str,
    wanted: Wanted,
    selected: UUID | None,
    *,
    detail: object = None,
    status: int = 200,
    refused: Markup | None = None,
) -> Response:
    """The list, and beside it the report that is read, if any, and what was refused about it."""
    return render(
        request,
        "desk/show.html",
        partial=partial,
        status=status,
        actor=actor,
        listing=listing_of(session, actor, wanted, now),
        missing=len(waiting_gaps(session, actor.network_id, now, PAGE + 1)),
        calls=len(open_tasks(session, actor.network_id, PAGE + 1)),
        threats=len(open_threats(session, actor.network_id)),
        floods=floods_of(session, actor.network_id),
        owed=has_owed(session, actor.network_id, now),
        drills=drill_rows(session, actor.network_id, now),
        relays=waiting_relays(session, actor),
        detail=detail,
        refused=refused,
        selected=selected,
    )


@router.get("/events")
async def stream_events(request: Request, actor: Reader) -> Response:
    """One line whenever something changed in the network; the page then asks for its part."""
    clock = request.app.state.clock
    ends_at = clock() + STREAM_LIFE
    return LiveStream(request.app.state.live, actor.network_id, lambda: clock() > ends_at)


@router.get("/done")
def show_done(
    request: Request, session: SessionDep, actor: Reader, now: Now, after: int | None = None
) -> Response:
    """What was closed this month."""
    closed = closed_since(session, actor.network_id, month_of(now), after)
    return render(
        request,
        "desk/inbox/done.html",
        actor=actor,
        closed=closed,
        count=tabs_of(session, actor, now).done,
    )
