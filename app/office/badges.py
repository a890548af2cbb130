"""名札: the list, one badge, stopping it and giving another in its place."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from starlette.requests import Request
from starlette.responses import Response

from app.audit.commands import record
from app.badges.commands import issue_badges, stop_badge
from app.badges.handing_over import hand_over_without_phone
from app.badges.models import Badge
from app.badges.queries import holder_of, phones_of_badge
from app.badges.rules import BadgeState
from app.errors import N_, Invalid
from app.networks.scope import get_network, get_row, in_network
from app.office.pages import PAGE, BadgeFilter, badge_rows
from app.office.print_panel import print_panel
from app.organizations.models import Workplace
from app.organizations.rules import Industry
from app.printing.glyphs import missing_glyphs
from app.web.access import Permission, StaffActor, StaffWith
from app.web.rendering import render, see_other
from app.web.session import Now, SessionDep
from app.web.text import one_line

router = APIRouter(prefix="/office/badges")
BadgeReader = Annotated[StaffActor, Depends(StaffWith(Permission.BADGE_READ))]
BadgePrinter = Annotated[StaffActor, Depends(StaffWith(Permission.BADGE_PRINT))]
BadgeStopper = Annotated[StaffActor, Depends(StaffWith(Permission.BADGE_STOP))]


@router.get("")
def show_badges(
    request: Request,
    session: SessionDep,
    actor: BadgeReader,
    now: Now,
    text: Annotated[str, Query(max_length=60)] = "",
    industry: Annotated[str, Query(max_length=12)] = "",
    state: Annotated[str, Query(max_length=12)] = "",
    after: Annotated[str, Query(max_length=8)] = "",
) -> Response:
    wanted = BadgeFilter(*map(one_line, (text, industry, state, after)))
    rows = badge_rows(session, actor.network_id, wanted)
    return render(
        request,
        "office/badges.html",
        actor=actor,
        network=get_network(session, actor.network_id),
        rows=rows[:PAGE],
        more=len(rows) > PAGE,
        wanted=wanted,
        industries=Industry,
        states=BadgeState,
        panel=print_panel(session, actor.network_id, wanted, now),
    )


@router.get("/{badge_id}")
def show_badge(
    request: Request, session: SessionDep, actor: BadgeReader, badge_id: UUID
) -> Response:
    badge = get_row(session, Badge, actor.network_id, badge_id)
    holder = holder_of(session, badge)
    return render(
        request,
        "office/badge.html",
        actor=actor,
        network=get_network(session, actor.network_id),
        holder=holder,
        phones=phones_of_badge(session, actor.network_id, badge.id),
        missing=missing_glyphs(holder.place),
    )


@router.post("/{badge_id}/stop")
def stop(session: SessionDep, actor: BadgeStopper, badge_id: UUID, now: Now) -> Response:
    """Lost: the first click opened the badge, this one stops it."""
    badge = get_row(session, Badge, actor.network_id, badge_id)
    stop_badge(session, badge, actor, now)
    return see_other(f"/office/badges/{badge.id}")


@router.post("/{badge_id}/replacement")
def replace(session: SessionDep, actor: BadgeStopper, badge_id: UUID, now: Now) -> Response:
    """A new badge in place of a stopped one; no other badge is touched."""
    badge = get_row(session, Badge, actor.network_id, badge_id)
    if not badge.is_stopped:
        raise Invalid(N_("先に、この名札を停止してください。"))
    workplace = get_row(session, Workplace, actor.network_id, badge.workplace_id)
    known = in_network(Badge, actor.network_id).where(Badge.replaces_id == badge.id)
    new = session.exec(known).first()
    if new is None:
        (new,) = issue_badges(session, workplace, 1, valid_until=badge.valid_until, now=now)
        new.replaces_id = badge.id
        record(
            session,
            actor.network_id,
            actor=f"staff:{actor.id}",
            action="badge.replace",
            object_id=new.id,
            now=now,
            details={"number": new.number, "replaces": badge.number},
        )
    return see_other(f"/office/badges/{new.id}")


@router.post("/{badge_id}/hand-over")
def hand_over(session: SessionDep, actor: BadgePrinter, badge_id: UUID, now: Now) -> Response:
    """For a holder without a phone. With one, its trial push does it."""
    badge = get_row(session, Badge, actor.network_id, badge_id)
    hand_over_without_phone(session, badge, actor, now)
    return see_other(f"/office/badges/{badge.id}")
