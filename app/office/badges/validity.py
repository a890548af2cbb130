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
from app.errors import N_, DomainError, Invalid
from app.ids import read_id
from app.networks.models import Network
from app.networks.scope import get_network
from app.office.badges.issuing import read_validity
from app.office.badges.routes import BadgeIssuer, Form, badges_page
from app.office.badges.rows import Sent, filter_of, numbers_chosen, numbers_found
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
    badges = list(chosen_from(session, network, form))
    extend(session, actor, badges, until)
    day = until.isoformat()
    note(session, actor, "badge.validity", network.id, now, count=len(badges), until=day)
    return see_other(f"/office/badges?{urlencode(filter_of(form).kept)}")


def validity_form(
    request: Request, session: Session, actor: StaffActor, sent: Sent, typed: Fields
) -> Response:
    """How many, which first and which last, and until when; the choice goes along as it is."""
    network = get_network(session, actor.network_id)
    chosen = chosen_from(session, network, sent)
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


def chosen_from(session: Session, network: Network, sent: Sent) -> dict[UUID, str]:
    """Raises Invalid when none was chosen. Stopped badges stay as they are."""
    if sent.get("all") == "yes":
        found = numbers_found(session, network, filter_of(sent))
    else:
        ids = [one for text in sent.getlist("badge") if (one := read_id(text))]
        found = numbers_chosen(session, network, ids)
    if not found:
        raise Invalid(N_("名札に✓してから、押してください。"))
    return found


def extend(session: Session, actor: StaffActor, badges: list[UUID], until: date) -> None:
    for start in range(0, len(badges), AT_ONCE):
        ids = badges[start : start + AT_ONCE]
        those = update(Badge).where(
            col(Badge.network_id) == actor.network_id, col(Badge.id).in_(ids)
        )
        session.execute(those.values(valid_until=until))
