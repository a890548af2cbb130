"""Adding and changing organizations, workplaces and contact persons. What was changed is recorded
by the names of its fields, never by their contents."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session

from app.audit.commands import record
from app.db import NetworkRow
from app.organizations.models import ContactPerson, Organization, Term, Workplace
from app.organizations.queries import contact_persons_of
from app.web.access import StaffActor

Values = dict[str, Any]


def note(
    session: Session, actor: StaffActor, action: str, row: UUID, now: datetime, **details: Any
) -> None:
    who = f"staff:{actor.id}"
    record(
        session, actor.network_id, actor=who, action=action, object_id=row, now=now, details=details
    )


def add_organization(
    session: Session, actor: StaffActor, values: Values, now: datetime
) -> Organization:
    organization = Organization(network_id=actor.network_id, created_at=now, **values)
    session.add(organization)
    session.flush()
    note(session, actor, "organization.add", organization.id, now)
    return organization


def add_workplace(
    session: Session, organization: Organization, actor: StaffActor, values: Values, now: datetime
) -> Workplace:
    """`values` hold the workplace's code too."""
    workplace = Workplace(
        network_id=actor.network_id,
        organization_id=organization.id,
        created_at=now,
        **values,
    )
    session.add(workplace)
    session.flush()
    note(session, actor, "workplace.add", workplace.id, now)
    return workplace


def change(
    session: Session, row: NetworkRow, actor: StaffActor, action: str, values: Values, now: datetime
) -> None:
    """Nothing is recorded where nothing changed."""
    changed = sorted(name for name, value in values.items() if getattr(row, name) != value)
    for name in changed:
        setattr(row, name, values[name])
    if changed:
        note(session, actor, action, row.id, now, fields=changed)


def renew_term(
    session: Session, organization: Organization, actor: StaffActor, values: Values, now: datetime
) -> None:
    """更新. The term that ran until now stays among the earlier ones; saying the same one twice
    changes nothing."""
    if all(getattr(organization, name) == value for name, value in values.items()):
        return
    if ended := organization.term_ends_on:
        session.add(
            Term(
                network_id=organization.network_id,
                organization_id=organization.id,
                begins_on=organization.term_begins_on,
                ends_on=ended,
            )
        )
    change(session, organization, actor, "organization.renew", values, now)


def add_contact_person(
    session: Session,
    organization: Organization,
    actor: StaffActor,
    values: Values,
    now: datetime,
    *,
    workplace: Workplace | None = None,
) -> None:
    """Somebody who is there already, in every word, isn't added again."""
    known = contact_persons_of(session, organization, workplace)
    if any(all(getattr(one, name) == said for name, said in values.items()) for one in known):
        return
    person = ContactPerson(
        network_id=organization.network_id,
        organization_id=organization.id,
        workplace_id=workplace.id if workplace else None,
        **values,
    )
    session.add(person)
    session.flush()
    note(session, actor, "contact.add", person.id, now)


def remove_contact_person(
    session: Session, person: ContactPerson, actor: StaffActor, now: datetime
) -> None:
    session.delete(person)
    note(session, actor, "contact.remove", person.id, now)


def end(
    session: Session, row: Organization | Workplace, actor: StaffActor, on: date, now: datetime
) -> bool:
    """False if it had ended before."""
    if row.ended_on:
        return False
    row.ended_on = on
    kind = "organization.end" if isinstance(row, Organization) else "workplace.end"
    note(session, actor, kind, row.id, now)
    return True


def take_back(
    session: Session, row: Organization | Workplace, actor: StaffActor, now: datetime
) -> None:
    """もう一度加える. What ended with it stays as it is: badges stopped, workplaces left."""
    if row.ended_on is None:
        return
    row.ended_on = None
    kind = "organization.return" if isinstance(row, Organization) else "workplace.return"
    note(session, actor, kind, row.id, now)
