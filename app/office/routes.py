"""事務局: organizations and badges. What the clerk's locked-down PC can do with plain HTML."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from sqlmodel import Session, col
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from app.audit.commands import record
from app.badges.commands import issue_badges, stop_badge
from app.badges.handing_over import hand_over_without_phone
from app.badges.models import Badge
from app.badges.queries import holder_of, phones_of_badge
from app.badges.rules import BadgeState
from app.errors import N_, Invalid
from app.networks.models import Network
from app.networks.scope import get_network, get_row, in_network
from app.office.pages import PAGE, BadgeFilter, badge_rows, organization_rows
from app.organizations.models import Workplace
from app.organizations.rules import Industry
from app.printing.badge_sheet import BadgeCard, SheetText, render_badge_sheet
from app.printing.glyphs import missing_glyphs
from app.web.access import Permission, StaffActor, StaffWith
from app.web.forms import read_form
from app.web.rendering import render, see_other
from app.web.session import Now, SessionDep
from app.web.text import one_line
from app.web.times import era_year_month

router = APIRouter(prefix="/office")
OrganizationReader = Annotated[StaffActor, Depends(StaffWith(Permission.ORGANIZATION_READ))]
BadgeReader = Annotated[StaffActor, Depends(StaffWith(Permission.BADGE_READ))]
BadgePrinter = Annotated[StaffActor, Depends(StaffWith(Permission.BADGE_PRINT))]
BadgeStopper = Annotated[StaffActor, Depends(StaffWith(Permission.BADGE_STOP))]
MOST_BADGES = 200


@router.get("")
def show_office(request: Request, session: SessionDep, actor: OrganizationReader) -> Response:
    return render(
        request,
        "office/show.html",
        actor=actor,
        network=get_network(session, actor.network_id),
        rows=organization_rows(session, actor.network_id),
        industries=Industry,
    )


@router.get("/badges")
def show_badges(
    request: Request,
    session: SessionDep,
    actor: BadgeReader,
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
    )


@router.get("/badges/{badge_id}")
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


@router.post("/badges/{badge_id}/stop")
def stop(session: SessionDep, actor: BadgeStopper, badge_id: UUID, now: Now) -> Response:
    """Lost: the first click opened the badge, this one stops it."""
    badge = get_row(session, Badge, actor.network_id, badge_id)
    stop_badge(session, badge, actor, now)
    return see_other(f"/office/badges/{badge.id}")


@router.post("/badges/{badge_id}/replacement")
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


@router.post("/badges/{badge_id}/hand-over")
def hand_over(session: SessionDep, actor: BadgePrinter, badge_id: UUID, now: Now) -> Response:
    """For a holder without a phone. With one, its trial push does it."""
    badge = get_row(session, Badge, actor.network_id, badge_id)
    hand_over_without_phone(session, badge, actor, now)
    return see_other(f"/office/badges/{badge.id}")


@router.post("/badges/sheet")
def print_badges(
    request: Request,
    session: SessionDep,
    actor: BadgePrinter,
    now: Now,
    form: Annotated[FormData, Depends(read_form)],
) -> Response:
    """A PDF with the chosen badges, ten to a page, fronts and backs."""
    badges = chosen_badges(session, actor.network_id, form)
    network = get_network(session, actor.network_id)
    base = request.app.state.settings.base_url
    pdf = render_badge_sheet([card_of(session, b, base) for b in badges], sheet_text(network))
    for badge in badges:
        if badge.state == BadgeState.ISSUED:
            badge.state = BadgeState.PRINTED
    record(
        session,
        actor.network_id,
        actor=f"staff:{actor.id}",
        action="badge.print",
        object_id=actor.network_id,
        now=now,
        details={"count": len(badges)},
    )
    headers = {"Content-Disposition": 'attachment; filename="nafuda.pdf"'}
    return Response(pdf, media_type="application/pdf", headers=headers)


def chosen_badges(session: Session, network_id: UUID, form: FormData) -> list[Badge]:
    """Raises Invalid when nothing printable was ticked, or more than one PDF should hold."""
    ids = [parsed for one in form.getlist("badge") if (parsed := _uuid(one))]
    if not ids:
        raise Invalid(N_("印刷する名札に✓してください。"))
    if len(ids) > MOST_BADGES:
        raise Invalid(N_("一度に印刷できるのは%(n)s枚までです。"), n=MOST_BADGES)
    query = in_network(Badge, network_id).where(
        col(Badge.id).in_(ids), Badge.state != BadgeState.STOPPED
    )
    badges = list(session.exec(query.order_by(col(Badge.number))))
    if not badges:
        raise Invalid(N_("停止した名札は印刷できません。"))
    return badges


def card_of(session: Session, badge: Badge, base_url: str) -> BadgeCard:
    holder = holder_of(session, badge)
    return BadgeCard(
        number=badge.number,
        code=badge.code,
        address=f"{base_url}/B/{badge.code}".upper(),
        organization=holder.organization.name,
        workplace=holder.workplace.name,
        call_name=None,
        valid_until=era_year_month(badge.valid_until),
    )


def sheet_text(network: Network) -> SheetText:
    return SheetText(
        municipality=network.municipality,
        network_name=network.name,
        center_name=network.center_name,
        center_tel=network.center_tel,
        lost_to=f"{network.office_name or network.center_name} "
        f"{network.office_tel or network.center_tel}",
        hotline="188",
    )


def _uuid(value: object) -> UUID | None:
    try:
        return UUID(str(value))
    except ValueError:
        return None
