"""停止: of the badges that were ticked, or of all that a filter finds. Told beforehand, in numbers;
nobody can take it back."""

from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter
from sqlmodel import Session, col, func
from starlette.requests import Request
from starlette.responses import Response

from app.badges.commands import stop_badges
from app.badges.models import Badge, Pairing
from app.badges.rules import BadgeState, StopReason
from app.errors import N_, DomainError
from app.networks.scope import get_network, in_network
from app.office.badges.choice import working_numbers
from app.office.badges.routes import SAID_REASONS, BadgeStopper, Form, badges_page
from app.office.badges.rows import Sent, filter_of
from app.web.access import StaffActor
from app.web.fields import Fields
from app.web.rendering import render, see_other
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/office/badges")
MOST = 5_000


@router.get("/stopping")
def show_stopping(request: Request, session: SessionDep, actor: BadgeStopper, now: Now) -> Response:
    sent = request.query_params
    try:
        return stopping_form(request, session, actor, sent, Fields({}))
    except DomainError as refused:
        return badges_page(request, session, actor, filter_of(sent), now, sent, refused)


@router.post("/stopping")
def stop_chosen(
    request: Request, session: SessionDep, actor: BadgeStopper, form: Form, now: Now
) -> Response:
    """`count`: how many the clerk was told. A form that is sent twice finds none left."""
    network, fields = get_network(session, actor.network_id), Fields(form)
    chosen = working_numbers(session, network, form)
    reason = fields.choice("reason", list(SAID_REASONS), needed=True)
    if fields.values.get("count") != str(len(chosen)):
        fields.refuse("count", N_("名札の数が変わりました。まだ何も止めていません。"))
    if fields.wrong or len(chosen) > MOST:
        return stopping_form(request, session, actor, form, fields)
    stop_badges(session, actor, chosen, StopReason(reason), now)
    return see_other(f"/office/badges?{urlencode(filter_of(form).kept | {'state': 'stopped'})}")


def stopping_form(
    request: Request, session: Session, actor: StaffActor, sent: Sent, typed: Fields
) -> Response:
    """How many, of them in use and with how many phones; the choice goes along as it is."""
    network = get_network(session, actor.network_id)
    chosen = working_numbers(session, network, sent)
    if len(chosen) > MOST:
        typed.refuse("count", N_("一度に止められるのは%(n)s枚までです。"), n=MOST)
    return render(
        request,
        "office/badges/stopping.html",
        status=422 if typed.wrong else 200,
        actor=actor,
        network=network,
        chosen=chosen,
        numbers=list(chosen.values()),
        used=count_used(session, network.id, list(chosen)),
        phones=count_phones(session, network.id, list(chosen)),
        is_possible=len(chosen) <= MOST,
        reasons=SAID_REASONS,
        wanted=filter_of(sent),
        everything=sent.get("all") == "yes",
        typed=typed,
    )


def count_used(session: Session, network_id: UUID, badges: list[UUID]) -> int:
    used = in_network(Badge, network_id).where(
        col(Badge.id).in_(badges[:MOST]), Badge.state == BadgeState.IN_USE
    )
    return int(session.execute(used.with_only_columns(func.count())).scalar_one())


def count_phones(session: Session, network_id: UUID, badges: list[UUID]) -> int:
    live = in_network(Pairing, network_id).where(
        col(Pairing.badge_id).in_(badges[:MOST]), col(Pairing.ended_at).is_(None)
    )
    phones = live.with_only_columns(func.count(func.distinct(col(Pairing.device_id))))
    return int(session.execute(phones).scalar_one())
