"""Taking a roster over: organizations, workplaces and the badges they are owed."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlmodel import Session

from app.audit.commands import record
from app.badges.issuing import Order, issue_orders
from app.badges.rules import random_letters
from app.db import NetworkRow, table_of
from app.ids import new_id
from app.networks.models import Network
from app.office.roster.plan import OF_ORGANIZATION, OF_WORKPLACE, Plan, PlannedRow, Verdict, planned
from app.office.roster.register import Register
from app.organizations.models import Organization, Workplace
from app.organizations.roster.entries import Roster, RosterRow
from app.organizations.roster.identity import is_person, organization_key
from app.organizations.rules import usual_standings

VOLUNTEER = "協力員"
WORKPLACE_CODE_LENGTH = 6


@dataclass(frozen=True)
class RosterImport:
    """How much a roster adds and changes. Taking the same one over again adds nothing."""

    rows: int
    organizations: int
    workplaces: int
    badges: int
    changed: int = 0
    unlisted: int = 0


def counted(plan: Plan) -> RosterImport:
    return RosterImport(
        rows=len(plan.rows),
        organizations=plan.organizations,
        workplaces=plan.count(Verdict.NEW),
        badges=plan.badges,
        changed=plan.count(Verdict.CHANGED),
        unlisted=len(plan.unlisted),
    )


def apply_roster(
    session: Session, network: Network, roster: Roster, *, valid_until: date, now: datetime
) -> RosterImport:
    """Add and change what the roster says; what it doesn't list stays."""
    register = Register(session, network.id)
    plan = planned(roster, register, usual_standings(network.standings))
    apply_plan(session, network.id, plan, register, valid_until=valid_until, now=now)
    return counted(plan)


def record_import(
    session: Session,
    network_id: UUID,
    done: RosterImport,
    *,
    actor: str,
    object_id: UUID,
    now: datetime,
    ended: int = 0,
) -> None:
    """How much, and nothing of what the roster says."""
    details = asdict(done) | {"ended": ended}
    record(
        session,
        network_id,
        actor=actor,
        action="roster.import",
        object_id=object_id,
        now=now,
        details=details,
    )


def apply_plan(
    session: Session,
    network_id: UUID,
    plan: Plan,
    register: Register,
    *,
    valid_until: date,
    now: datetime,
) -> None:
    organizations = _add_organizations(session, network_id, plan, now)
    added = _add_workplaces(session, network_id, plan, register, organizations, now)
    for row in plan.rows:
        _change(row)
    session.flush()
    orders = [
        Order(_id_of(one, added), one.row.industry, one.badges) for one in plan.rows if one.badges
    ]
    issue_orders(session, network_id, orders, valid_until=valid_until, now=now)


def _add_organizations(
    session: Session, network_id: UUID, plan: Plan, now: datetime
) -> dict[str, UUID]:
    """By key. What one row leaves blank, a later row of the same organization may say."""
    new: dict[str, dict[str, Any]] = {}
    for one in (one for one in plan.rows if one.organization is None):
        row = one.row
        fresh = {
            "network_id": network_id,
            "id": new_id(),
            "name": row.organization,
            "kana": row.organization_kana,
            "standing": one.standing.value,
            "commissioned_on": row.commissioned_on,
            "created_at": now,
        }
        known = new.setdefault(organization_key(row.organization), fresh)
        known["kana"] = known["kana"] or row.organization_kana
        known["commissioned_on"] = known["commissioned_on"] or row.commissioned_on
    _insert(session, Organization, list(new.values()))
    return {key: fresh["id"] for key, fresh in new.items()}


def _add_workplaces(
    session: Session,
    network_id: UUID,
    plan: Plan,
    register: Register,
    organizations: dict[str, UUID],
    now: datetime,
) -> dict[int, UUID]:
    """Ids by line."""
    taken = {(one.organization_id, one.name, one.industry) for one in register.workplaces}
    new: list[dict[str, Any]] = []
    added: dict[int, UUID] = {}
    for one in plan.rows:
        if one.workplace is None:
            key = organization_key(one.row.organization)
            of = one.organization.id if one.organization else organizations[key]
            name = _free_name(one.row, of, taken)
            taken.add((of, name, one.row.industry))
            new.append(_workplace(one.row, network_id, of, name, now))
            added[one.row.line] = new[-1]["id"]
    _insert(session, Workplace, new)
    return added


def _free_name(row: RosterRow, of: UUID, taken: Collection[tuple[UUID, str, str]]) -> str:
    """Volunteers share one organization. Their badges number them and don't name them."""
    name, place = row.workplace, 1
    while is_person(row.organization) and (of, name, row.industry) in taken:
        place += 1
        name = f"{VOLUNTEER}{place}"
    return name


def _workplace(
    row: RosterRow, network_id: UUID, organization_id: UUID, name: str, now: datetime
) -> dict[str, Any]:
    return {
        "network_id": network_id,
        "id": new_id(),
        "organization_id": organization_id,
        "name": name,
        "industry": row.industry.value,
        "address": row.address,
        "telephone": row.telephone,
        "email": row.email,
        "contact": row.contact,
        "code": new_workplace_code(),
        "created_at": now,
    }


def _change(one: PlannedRow) -> None:
    for change in one.of_organization:
        setattr(one.organization, OF_ORGANIZATION.get(change.field, change.field), change.new)
    for change in one.of_workplace:
        setattr(one.workplace, OF_WORKPLACE.get(change.field, change.field), change.new)
    if one.workplace and one.workplace.ended_on:
        one.workplace.ended_on = None
    if one.organization and one.organization.ended_on:
        one.organization.ended_on = None


def _id_of(one: PlannedRow, added: dict[int, UUID]) -> UUID:
    return one.workplace.id if one.workplace else added[one.row.line]


def _insert(session: Session, model: type[NetworkRow], rows: list[dict[str, Any]]) -> None:
    if rows:
        session.connection().execute(insert(table_of(model)), rows)


def new_workplace_code() -> str:
    return random_letters(WORKPLACE_CODE_LENGTH)
