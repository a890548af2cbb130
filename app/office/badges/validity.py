"""有効期限: changed for the badges that were ticked, or for all that a filter finds."""

from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy import update
from sqlmodel import Session, col
from starlette.requests import Request
from starlette.responses import Response

from app.badges.models import Badge
from app.badges.rules import end_of_validity
from app.errors import DomainError
from app.networks.scope import get_network
from app.office.badges.choice import working_numbers
from app.office.badges.issuing import read_validity
from app.office.badges.routes import BadgeIssuer, Form, badges_page
from app.office.badges.rows import Sent, filter_of
from app.office.members.organization import Today
from app.organizations.commands import note
from app.web.access import StaffActor
from app.web.fields import Fields
from app.web.rendering import render, see_other
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/office/badges")
AT_ONCE = 500


@router.get("/validity")
def show_validity(
    request: Request, session: SessionDep, actor: BadgeIssuer, today: Today, now: Now
) -> Response:
    sent = request.query_params
    typed = Fields({"valid_until": end_of_validity(today).isoformat()})
    try:
        return validity_form(request, session, actor, sent, typed)
    except DomainError as refused:
        return badges_page(request, session, actor, filter_of(sent), now, sent, refused)


@router.post("/validity")
def change_validity(
    request: Request, session: SessionDep, actor: BadgeIssuer, form: Form, today: Today, now: Now
) -> Response:
    fields = Fields(form)
    until = read_validity(fields, today)
    if fields.wrong or until is None:
        return validity_form(request, session, actor, form, fields)
    network = get_network(session, actor.network_id)
    badges = list(working_numbers(session, network, form))
    extend(session, actor, badges, until)
    day = until.isoformat()
    note(session, actor, "badge.validity", network.id, now, count=len(badges), until=day)
    return see_other(f"/office/badges?{urlencode(filter_of(form).kept)}")


def validity_form(
    request: Request, session: Session, actor: StaffActor, sent: Sent, typed: Fields
) -> Response:
    """How many, which first and which last, and until when; the choice goes along as it is."""
    network = get_network(session, actor.network_id)
    chosen = working_numbers(session, network, sent)
    everything = sent.get("all") == "yes"
    return render(
        request,
        "office/badges/validity.html",
        status=422 if typed.wrong else 200,
        actor=actor,
        network=network,
        chosen=chosen,
        numbers=list(chosen.values()),
        wanted=filter_of(sent),
        everything=everything,
        typed=typed,
    )


def extend(session: Session, actor: StaffActor, badges: list[UUID], until: date) -> None:
    for start in range(0, len(badges), AT_ONCE):
        ids = badges[start : start + AT_ONCE]
        those = update(Badge).where(
            col(Badge.network_id) == actor.network_id, col(Badge.id).in_(ids)
        )
        session.execute(those.values(valid_until=until))
