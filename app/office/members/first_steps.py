"""What a new network still has to do. Each line is looked up, so that none is ticked too early."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlmodel import Session, col

from app.badges.models import Badge, Device
from app.badges.rules import BadgeState
from app.db import NetworkRow
from app.networks.models import Network
from app.networks.scope import in_network
from app.organizations.models import Organization
from app.staff.queries import counsellors, supervisors


@dataclass(frozen=True)
class FirstSteps:
    set_up: bool
    roster: bool
    counsellor: bool
    printed: bool
    pushed: bool

    @property
    def are_done(self) -> bool:
        return all((self.set_up, self.roster, self.counsellor, self.printed, self.pushed))


def first_steps(session: Session, network: Network) -> FirstSteps:
    def any_of(model: type[NetworkRow], *conditions: ColumnElement[bool]) -> bool:
        query = in_network(model, network.id).where(*conditions).limit(1)
        return session.exec(query).first() is not None

    return FirstSteps(
        set_up=network.setup_ended_at is not None,
        roster=any_of(Organization),
        counsellor=bool(counsellors(session, network.id) or supervisors(session, network.id)),
        printed=any_of(Badge, col(Badge.state).in_((BadgeState.PRINTED, BadgeState.IN_USE))),
        pushed=any_of(Device, col(Device.tried_at).is_not(None)),
    )
