"""通信の状態: what of a network's deliveries doesn't get through, and what to do next."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from app.badges.models import Badge, Device
from app.badges.queries import BadgeHolder, current_pairing, holder_of
from app.deliveries.health import DeliveryHealth, health_of, mute_phones
from app.deliveries.models import Mail
from app.deliveries.reachability import Reach, why_not
from app.instructions.phone_tasks import open_tasks
from app.networks.scope import get_network, get_row
from app.organizations.models import Organization, Workplace
from app.web.access import Permission, StaffActor, StaffWith
from app.web.rendering import render
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/health")
CALLS = 50
Reader = Annotated[StaffActor, Depends(StaffWith(Permission.HEALTH_READ))]


@dataclass(frozen=True)
class PhoneRow:
    """A phone that can't be told anything, by the badge it speaks for."""

    device: Device
    holder: BadgeHolder
    why: Reach


@dataclass(frozen=True)
class LetterRow:
    mail: Mail
    place: str


@router.get("")
def show_health(request: Request, session: SessionDep, actor: Reader, now: Now) -> Response:
    health = health_of(session, actor.network_id, now)
    calls = open_tasks(session, actor.network_id, CALLS + 1)
    return render(
        request,
        "operations/health.html",
        actor=actor,
        network=get_network(session, actor.network_id),
        health=health,
        calls=calls,
        calls_count=f"{CALLS}+" if len(calls) > CALLS else len(calls),
        silent=phone_rows(session, health.silent),
        mute=phone_rows(session, mute_phones(session, actor.network_id)),
        refused=letter_rows(session, health.refused_letters),
        waiting=letter_rows(session, health.waiting_letters),
        is_well=is_well(health) and not calls,
    )


def is_well(health: DeliveryHealth) -> bool:
    """Nothing for anybody to do. Phones that never agreed to notifications are no fault."""
    return not any(
        (
            health.silent_count,
            health.circuits,
            health.refused_letters,
            health.waiting_letters,
            health.overdue,
        )
    )


def phone_rows(session: Session, phones: Iterable[Device]) -> list[PhoneRow]:
    rows = []
    for phone in phones:
        if pairing := current_pairing(session, phone.network_id, phone.id):
            badge = get_row(session, Badge, phone.network_id, pairing.badge_id)
            why = why_not(phone.permission, phone.platform, phone.is_installed)
            rows.append(PhoneRow(phone, holder_of(session, badge), why))
    return sorted(rows, key=lambda row: (row.holder.place, row.holder.badge.number))


def letter_rows(session: Session, letters: Iterable[Mail]) -> list[LetterRow]:
    return [LetterRow(mail, _place(session, mail)) for mail in letters]


def _place(session: Session, mail: Mail) -> str:
    workplace = get_row(session, Workplace, mail.network_id, mail.workplace_id)
    organization = get_row(session, Organization, mail.network_id, workplace.organization_id)
    return f"{organization.name} {workplace.name}".strip()
