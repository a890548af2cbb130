"""静かにした報告: what one badge floods the desk with, and what can be done about it."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from app.badges.commands import stop_badges
from app.badges.models import Badge
from app.badges.queries import holder_of
from app.badges.rules import StopReason
from app.desk.dependencies import Claimer, Reader
from app.desk.inbox.floods import MOST, Flood
from app.errors import N_, Conflict, Invalid
from app.networks.scope import get_row
from app.reports.floods import hear_again, quieted_of
from app.web.rendering import render, see_other
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/desk/floods/{badge_id}")
REASONS = (StopReason.MISUSED, StopReason.LOST)


class StopForm(BaseModel):
    reason: str = ""


def get_badge(session: SessionDep, actor: Reader, badge_id: UUID) -> Badge:
    return get_row(session, Badge, actor.network_id, badge_id)


Loaded = Annotated[Badge, Depends(get_badge)]


@router.get("")
def show_flood(request: Request, session: SessionDep, actor: Reader, badge: Loaded) -> Response:
    reports = quieted_of(session, badge, MOST)
    flood = Flood(holder_of(session, badge), reports)
    return render(
        request,
        "desk/intake/flood.html",
        actor=actor,
        flood=flood,
        most=MOST,
        reasons=REASONS,
    )


@router.post("/hearing")
def hear_badge_again(session: SessionDep, actor: Claimer, badge: Loaded, now: Now) -> Response:
    hear_again(session, badge, actor, now)
    return see_other("/desk")


@router.post("/stopping")
def stop_badge(
    session: SessionDep,
    actor: Claimer,
    badge: Loaded,
    now: Now,
    form: Annotated[StopForm, Form()],
) -> Response:
    """Only of a badge that floods: all others are the office's to stop. Twice is once."""
    if form.reason not in REASONS:
        raise Invalid(N_("1つ選んでください。"))
    if badge.quiet_since is None and not quieted_of(session, badge, 1):
        raise Conflict(N_("この名札からは、たくさん届いていません。"))
    stop_badges(session, actor, {badge.id: badge.number}, StopReason(form.reason), now)
    return see_other(f"/desk/floods/{badge.id}")
