"""名札を発行: up to 500 badges for one workplace at once, or a shop's code for a shared phone."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from app.badges.commands import issue_badges
from app.badges.queries import count_issued
from app.badges.rules import BadgeKind, end_of_validity
from app.errors import N_, Conflict
from app.ids import read_id
from app.networks.scope import get_network, get_row
from app.office.badges.routes import BadgeIssuer, Form
from app.office.members.organization import Today
from app.organizations.commands import note
from app.organizations.models import Organization, Workplace
from app.organizations.queries import places_holding
from app.web.access import StaffActor
from app.web.fields import Fields
from app.web.rendering import render, see_other
from app.web.session import Now, SessionDep
from app.web.text import one_line

router = APIRouter(prefix="/office/badges")
MOST_AT_ONCE = 500


@router.get("/new")
def show_new(
    request: Request,
    session: SessionDep,
    actor: BadgeIssuer,
    today: Today,
    workplace: Annotated[str, Query(max_length=40)] = "",
    text: Annotated[str, Query(max_length=60)] = "",
) -> Response:
    """First which workplace, then how many."""
    if workplace_id := read_id(workplace):
        place = get_row(session, Workplace, actor.network_id, workplace_id)
        until = end_of_validity(today).isoformat()
        typed = Fields({"count": "1", "valid_until": until, "kind": BadgeKind.PERSONAL.value})
        return issue_form(request, session, actor, place, typed)
    wanted = one_line(text).strip()
    return render(
        request,
        "office/badges/issue_where.html",
        actor=actor,
        network=get_network(session, actor.network_id),
        text=wanted,
        places=places_holding(session, actor.network_id, wanted) if wanted else [],
    )


def issue_form(
    request: Request, session: Session, actor: StaffActor, place: Workplace, typed: Fields
) -> Response:
    return render(
        request,
        "office/badges/issue.html",
        status=422 if typed.wrong else 200,
        actor=actor,
        network=get_network(session, actor.network_id),
        workplace=place,
        organization=get_row(session, Organization, actor.network_id, place.organization_id),
        typed=typed,
        kinds=BadgeKind,
        most=MOST_AT_ONCE,
        issued=count_issued(session, place),
    )


@router.post("")
def issue(
    request: Request, session: SessionDep, actor: BadgeIssuer, form: Form, today: Today, now: Now
) -> Response:
    fields = Fields(form)
    workplace_id = read_id(fields.values.get("workplace", ""))
    if workplace_id is None:
        return see_other("/office/badges/new")
    place = get_row(session, Workplace, actor.network_id, workplace_id)
    if place.ended_on:
        raise Conflict(N_("この事業所は終了しています。"))
    count = fields.number("count", 1, MOST_AT_ONCE)
    kind = fields.choice("kind", list(BadgeKind), needed=True)
    until = read_validity(fields, today)
    refuse_second_click(session, place, fields)
    if fields.wrong or until is None:
        return issue_form(request, session, actor, place, fields)
    badges = issue_badges(session, place, count, valid_until=until, now=now, kind=BadgeKind(kind))
    first, last = badges[0].number, badges[-1].number
    note(session, actor, "badge.issue", place.id, now, count=count, first=first, last=last)
    return see_other(f"/office/badges?workplace={place.id}&state=issued")


def refuse_second_click(session: Session, place: Workplace, fields: Fields) -> None:
    """The form says how many there were when it was shown: sent twice, it issues once."""
    session.refresh(place, with_for_update=True)
    issued = count_issued(session, place)
    if fields.values.get("issued", str(issued)) != str(issued):
        fields.refuse(
            "count",
            N_(
                "この事業所の名札は、もう%(n)s枚発行してあります。"
                "さらに要るときだけ、もう一度押してください。"
            ),
            n=issued,
        )


def read_validity(fields: Fields, today: date) -> date | None:
    until = fields.day("valid_until", needed=True)
    if until and until <= today:
        fields.refuse("valid_until", N_("きょうより後の日付を入れてください。"))
    return until
