"""青波市, a town that doesn't exist: filled from a roster workbook as a city hall keeps it."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlmodel import Session, col

from app.badges.models import Badge
from app.badges.queries import holder_of
from app.badges.rules import end_of_validity
from app.clock import TOKYO
from app.networks.models import Network
from app.networks.opening_hours import WEEKDAYS_9_TO_1630
from app.networks.scope import in_network
from app.office.founding import found_network
from app.office.roster.applying import apply_roster
from app.organizations.roster.reading import read_roster
from app.sealing.custody import MasterKey
from app.staff.commands import create_staff
from app.staff.permissions import Role

ROSTER = Path(__file__).parent / "roster.xlsx"
AROUND_THE_CLOCK: dict[str, Any] = {
    "weekly": {str(day): ["00:00", "23:59:59.999999"] for day in range(7)},
    "holidays": True,
}

TOWN: dict[str, Any] = {
    "slug": "aonami",
    "municipality": "青波市",
    "name": "消費者見守りネットワーク",
    "center_name": "青波市消費生活センター",
    "center_tel": "0000-00-1188",
    "police_name": "青波警察署",
    "police_tel": "0000-00-0110",
    "houkatsu_name": "青波市地域包括支援センター",
    "houkatsu_tel": "0000-00-0100",
    "office_name": "青波市 市民生活課",
    "office_tel": "0000-00-1188",
    "pairing_policy": "open",
    "personal_data": True,
}
PEOPLE = (
    ("sato", "佐藤", Role.COUNSELLOR),
    ("tanaka", "田中", Role.COUNSELLOR),
    ("mori", "森", Role.SUPERVISOR),
    ("hayashi", "林", Role.CLERK),
)


@dataclass(frozen=True)
class DemoStaff:
    role: str
    sign_in: str
    password: str


@dataclass(frozen=True)
class DemoTown:
    network: Network
    staff: list[DemoStaff]


def build_town(
    session: Session, master: MasterKey, now: datetime, *, always_open: bool = True
) -> DemoTown:
    """The whole town in one transaction. Passwords are made at random, without a second factor."""
    hours = AROUND_THE_CLOCK if always_open else WEEKDAYS_9_TO_1630
    network = found_network(session, master, now, hours=hours, **TOWN)
    until = end_of_validity(now.astimezone(TOKYO).date())
    roster = read_roster(ROSTER.read_bytes(), ROSTER.name)
    apply_roster(session, network, roster, valid_until=until, now=now)
    return DemoTown(network, [add_person(session, network, *one, now) for one in PEOPLE])


def add_person(
    session: Session, network: Network, sign_in: str, name: str, role: Role, now: datetime
) -> DemoStaff:
    password = secrets.token_urlsafe(12)
    create_staff(
        session, network.id, sign_in=sign_in, name=name, role=role, password=password, now=now
    )
    return DemoStaff(role.value, sign_in, password)


def badge_lines(session: Session, network: Network, base: str) -> list[dict[str, str]]:
    """Every badge of the town: number, address, place, industry and standing."""
    badges = in_network(Badge, network.id).order_by(col(Badge.number))
    return [badge_line(session, badge, base) for badge in session.exec(badges)]


def badge_line(session: Session, badge: Badge, base: str) -> dict[str, str]:
    holder = holder_of(session, badge)
    return {
        "number": badge.number,
        "url": f"{base}/B/{badge.code}",
        "workplace": holder.place,
        "industry": holder.workplace.industry,
        "standing": holder.organization.standing,
    }
