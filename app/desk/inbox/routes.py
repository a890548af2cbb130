"""受信箱: the list. Works without a script; script makes it live."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from markupsafe import Markup
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from app.claims.relaying import relay_ahead
from app.deliveries.live_stream import LiveStream
from app.desk.dependencies import Reader
from app.desk.inbox.board import board_for
from app.desk.inbox.closed import closed_since
from app.desk.inbox.counts import count_done, month_of, own_of
from app.desk.inbox.wanted import Listed, Wanted
from app.web.access import StaffActor
from app.web.rendering import asked_by_htmx, render, see_other
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
    shown: dict[str, Any] = {
        "actor": actor,
        "wanted": wanted,
        "detail": detail,
        "refused": refused,
        "selected": selected,
    }
    if detail and asked_by_htmx(request):
        return render(request, partial, status=status, **shown)
    board = board_for(request, session, actor, wanted, now)
    return render(
        request,
        "desk/show.html",
        partial=partial,
        status=status,
        board=board,
        listing=board.listing,
        own=own_of(session, actor, now),
        **shown,
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
        count=count_done(session, actor.network_id, now),
    )
