"""The badges that were ticked, as a PDF to print."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from sqlmodel import Session, col
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from app.audit.commands import record
from app.badges.models import Badge
from app.badges.queries import holder_of
from app.badges.rules import BadgeState
from app.errors import N_, Invalid
from app.networks.models import Network
from app.networks.scope import get_network, in_network
from app.office.badges import BadgePrinter
from app.printing.badge_sheet import BadgeCard, SheetText, render_badge_sheet
from app.web.forms import read_form
from app.web.session import Now, SessionDep
from app.web.times import era_year_month

router = APIRouter(prefix="/office/badges")
MOST_BADGES = 200


@router.post("/sheet")
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
        call_name=badge.call_name or None,
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
