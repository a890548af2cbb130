"""名札: the list, one badge with its phones, stopping it and giving another in its place."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from sqlmodel import Session
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from app.audit.commands import record
from app.badges.commands import issue_badges, stop_badges
from app.badges.handing_over import hand_over_without_phone
from app.badges.models import Badge, Pairing
from app.badges.phones import devices_of_badge, end_pairing
from app.badges.queries import holder_of
from app.badges.rules import BadgeKind, BadgeState, StopReason, end_of_validity
from app.badges.secrecy import agreements_of
from app.deliveries.reachability import reachability_of
from app.errors import N_, Conflict, DomainError, Invalid, NotFound
from app.networks.scope import get_network, get_row, in_network
from app.office.badges.print_panel import print_panel
from app.office.badges.rows import PAGE, BadgeFilter, Sent, badge_rows, registered_at
from app.office.members.organization import Today
from app.office.roster.drafts import latest_with_problems
from app.office.roster.models import RosterDraft
from app.organizations.models import Workplace
from app.organizations.rules import Industry
from app.printing.glyphs import missing_glyphs
from app.trainings.queries import trainings_of
from app.web.access import Permission, StaffActor, StaffWith
from app.web.fields import Fields
from app.web.forms import read_form
from app.web.language import say
from app.web.rendering import render, see_other
from app.web.session import Now, SessionDep
from app.web.text import one_line

router = APIRouter(prefix="/office/badges")
BadgeReader = Annotated[StaffActor, Depends(StaffWith(Permission.BADGE_READ))]
BadgeIssuer = Annotated[StaffActor, Depends(StaffWith(Permission.BADGE_ISSUE))]
BadgePrinter = Annotated[StaffActor, Depends(StaffWith(Permission.BADGE_PRINT))]
BadgeStopper = Annotated[StaffActor, Depends(StaffWith(Permission.BADGE_STOP))]
Form = Annotated[FormData, Depends(read_form)]
Narrow = Annotated[str, Query(max_length=12)]
# The clerk says these; a workplace that ends stops its badges by itself.
SAID_REASONS = (StopReason.LOST, StopReason.LEFT, StopReason.SWAPPED, StopReason.RETURNED)


def read_filter(
    text: Annotated[str, Query(max_length=60)] = "",
    industry: Narrow = "",
    state: Narrow = "",
    workplace: Annotated[str, Query(max_length=40)] = "",
    kind: Narrow = "",
    after: Annotated[str, Query(max_length=8)] = "",
) -> BadgeFilter:
    return BadgeFilter(*map(one_line, (text, industry, state, workplace, kind, after)))


@router.get("")
def show_badges(
    request: Request,
    session: SessionDep,
    actor: BadgeReader,
    wanted: Annotated[BadgeFilter, Depends(read_filter)],
    now: Now,
) -> Response:
    return badges_page(request, session, actor, wanted, now)


def badges_page(
    request: Request,
    session: Session,
    actor: StaffActor,
    wanted: BadgeFilter,
    now: Now,
    sent: Sent | None = None,
    refused: DomainError | None = None,
) -> Response:
    """`sent`: what can't be printed or changed as it was asked for; all of it stays chosen."""
    network = get_network(session, actor.network_id)
    rows = badge_rows(session, network, wanted)
    shown = [row.badge for row in rows[:PAGE]]
    return render(
        request,
        "office/badges/badges.html",
        status=refused.status if refused else 200,
        actor=actor,
        network=network,
        rows=rows[:PAGE],
        more=len(rows) > PAGE,
        registered=registered_at(session, actor.network_id, shown),
        wanted=wanted,
        industries=Industry,
        states=BadgeState,
        unsettled=_unsettled(session, actor),
        kinds=BadgeKind,
        panel=print_panel(session, network, wanted, now, sent),
        error=say(refused.message, **refused.values) if refused else None,
        wrong=refused.values.get("field", "badge") if refused else "",
        ticked=set(sent.getlist("badge")) if sent else set(),
    )


def _unsettled(session: Session, actor: StaffActor) -> RosterDraft | None:
    """For whoever may put its lines right."""
    if Permission.ROSTER_IMPORT not in actor.permissions:
        return None
    return latest_with_problems(session, actor.network_id)


@router.get("/{badge_id}")
def show_badge(
    request: Request, session: SessionDep, actor: BadgeReader, badge_id: UUID, now: Now
) -> Response:
    badge = get_row(session, Badge, actor.network_id, badge_id)
    return badge_page(request, session, actor, badge, now)


def badge_page(
    request: Request,
    session: Session,
    actor: StaffActor,
    badge: Badge,
    now: Now,
    typed: Fields | None = None,
) -> Response:
    """`typed`: what was typed about its holder and is wrong."""
    holder = holder_of(session, badge)
    phones = devices_of_badge(session, badge)
    reach = {
        one.device.id: reachability_of(session, badge.network_id, [one.device], now).reach
        for one in phones
    }
    known = {"call_name": badge.call_name, "holder_note": badge.holder_note}
    return render(
        request,
        "office/badges/badge.html",
        status=422 if typed else 200,
        actor=actor,
        network=get_network(session, actor.network_id),
        holder=holder,
        phones=phones,
        reach=reach,
        agreements=agreements_of(session, badge),
        trainings=trainings_of(session, badge),
        reasons=SAID_REASONS,
        typed=typed or Fields(known),
        missing=missing_glyphs(holder.place + badge.call_name),
    )


@router.post("/{badge_id}/stop")
def stop(
    session: SessionDep, actor: BadgeStopper, badge_id: UUID, form: Form, now: Now
) -> Response:
    """Lost, unless another reason is said: the first click opened the badge, this one stops it."""
    badge = get_row(session, Badge, actor.network_id, badge_id)
    said = str(form.get("reason", StopReason.LOST))
    if said not in SAID_REASONS:
        raise Invalid(N_("止める理由を選んでください。"))
    stop_badges(session, actor, {badge.id: badge.number}, StopReason(said), now)
    return see_other(f"/office/badges/{badge.id}")


@router.post("/{badge_id}/replacement")
def replace(
    session: SessionDep, actor: BadgeStopper, badge_id: UUID, today: Today, now: Now
) -> Response:
    """A new badge in place of a stopped one; no other badge is touched. It is valid as long as that
    one was, or as a new one where that day is over."""
    badge = get_row(session, Badge, actor.network_id, badge_id)
    session.refresh(badge, with_for_update=True)
    if not badge.is_stopped:
        raise Invalid(N_("先に、この名札を停止してください。"))
    workplace = get_row(session, Workplace, actor.network_id, badge.workplace_id)
    if workplace.ended_on:
        raise Conflict(N_("この事業所は終了しています。"))
    known = in_network(Badge, actor.network_id).where(Badge.replaces_id == badge.id)
    new = session.exec(known).first()
    if new is None:
        kind = BadgeKind(badge.kind)
        until = badge.valid_until if badge.valid_until > today else end_of_validity(today)
        (new,) = issue_badges(session, workplace, 1, valid_until=until, now=now, kind=kind)
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


@router.post("/{badge_id}/phones/{pairing_id}/end")
def end_phone(
    session: SessionDep, actor: BadgeStopper, badge_id: UUID, pairing_id: UUID, now: Now
) -> Response:
    badge = get_row(session, Badge, actor.network_id, badge_id)
    pairing = get_row(session, Pairing, actor.network_id, pairing_id)
    if pairing.badge_id != badge.id:
        raise NotFound(N_("見つかりません。"))
    end_pairing(session, badge, pairing, actor, now)
    return see_other(f"/office/badges/{badge.id}")
