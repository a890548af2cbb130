"""Reading drills: which one runs for whom, and who takes part."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam
from sqlalchemy.orm import defer
from sqlmodel import Session, col, func, select

from app.badges.models import Badge, Device, Pairing
from app.badges.queries import BadgeHolder, current_pairing, holder_of
from app.drills.models import Drill, DrillPhone, DrillReport, DrillWorkplace
from app.errors import N_, NotFound
from app.networks.scope import get_row, in_network
from app.organizations.models import Organization, Workplace
from app.organizations.queries import place_names
from app.web.access import PhoneActor

SHOWN = 50


@dataclass(frozen=True)
class Choice:
    """A workplace that a drill can be held at, and how many phones there would take part."""

    workplace: Workplace
    organization: Organization
    phones: int

    @property
    def place(self) -> str:
        return f"{self.organization.name} {self.workplace.name}".strip()


def all_drills(session: Session, network_id: UUID) -> list[Drill]:
    """Newest first."""
    query = in_network(Drill, network_id).order_by(col(Drill.starts_at).desc())
    return list(session.exec(query.limit(SHOWN)))


def running_drills(session: Session, network_id: UUID, now: datetime) -> list[Drill]:
    query = in_network(Drill, network_id).where(
        col(Drill.ended_at).is_(None), col(Drill.starts_at) <= now, col(Drill.ends_at) > now
    )
    return list(session.exec(query.order_by(col(Drill.starts_at), col(Drill.id))))


def workplaces_of(session: Session, drill: Drill) -> set[UUID]:
    query = in_network(DrillWorkplace, drill.network_id).where(DrillWorkplace.drill_id == drill.id)
    return {one.workplace_id for one in session.exec(query)}


def find_running_at(
    session: Session, network_id: UUID, workplace_id: UUID, now: datetime
) -> Drill | None:
    """The drill at this workplace; there is one at most."""
    running = running_drills(session, network_id, now)
    return next((one for one in running if workplace_id in workplaces_of(session, one)), None)


def drill_for(session: Session, phone: PhoneActor, drill_id: UUID) -> tuple[Drill, BadgeHolder]:
    """The drill, and the badge under which this phone takes part. Raises NotFound for a phone that
    doesn't work at one of its places."""
    drill = get_row(session, Drill, phone.network_id, drill_id)
    pairing = current_pairing(session, phone.network_id, phone.device_id)
    if pairing:
        badge = get_row(session, Badge, phone.network_id, pairing.badge_id)
        if badge.workplace_id in workplaces_of(session, drill):
            return drill, holder_of(session, badge)
    raise NotFound(N_("この訓練は見つかりません。"))


def phones_and_places(
    session: Session, network_id: UUID, drills: Sequence[Drill]
) -> dict[UUID, tuple[int, list[str]]]:
    """By drill, how many phones take part, and where."""
    ids = [one.id for one in drills]
    counts = (
        select(DrillPhone.drill_id, func.count())
        .where(DrillPhone.network_id == network_id, col(DrillPhone.drill_id).in_(ids))
        .group_by(col(DrillPhone.drill_id))
    )
    phones = dict(session.exec(counts).all())
    chosen = in_network(DrillWorkplace, network_id).where(col(DrillWorkplace.drill_id).in_(ids))
    where = [(one.drill_id, one.workplace_id) for one in session.exec(chosen)]
    names = place_names(session, network_id, {place for _, place in where})
    return {
        drill: (phones.get(drill, 0), sorted(names[place] for of, place in where if of == drill))
        for drill in ids
    }


def find_phone_of_drill(session: Session, drill: Drill, device_id: UUID) -> DrillPhone | None:
    query = in_network(DrillPhone, drill.network_id).where(
        DrillPhone.drill_id == drill.id, DrillPhone.device_id == device_id
    )
    return session.exec(query).first()


def reports_of(session: Session, drill: Drill) -> list[DrillReport]:
    """In the order they came."""
    query = in_network(DrillReport, drill.network_id).where(DrillReport.drill_id == drill.id)
    return list(session.exec(query.order_by(col(DrillReport.seq))))


def running_with_reports(
    session: Session, network_id: UUID, now: datetime
) -> list[tuple[Drill, DrillReport | None, str]]:
    """Each report of each drill that runs, in the order they came, with its place as people say it;
    a drill without one once."""
    found = session.exec(_running(), params={"network_id": network_id, "now": now})
    return [(drill, one, f"{of} {name}".strip()) for drill, one, of, name in found]


@cache
def _running() -> Any:
    """Put together once, for whatever is given: that takes as long as asking."""
    network_id: Any = bindparam("network_id")
    now: Any = bindparam("now")
    query = (
        select(Drill, DrillReport, Organization.name, Workplace.name)
        .where(Drill.network_id == network_id, col(Drill.ended_at).is_(None))
        .where(col(Drill.starts_at) <= now, col(Drill.ends_at) > now)
        .outerjoin(
            DrillReport,
            (col(DrillReport.network_id) == col(Drill.network_id))
            & (col(DrillReport.drill_id) == col(Drill.id)),
        )
        .outerjoin(
            Workplace,
            (col(Workplace.network_id) == col(DrillReport.network_id))
            & (col(Workplace.id) == col(DrillReport.workplace_id)),
        )
        .outerjoin(
            Organization,
            (col(Organization.network_id) == col(Workplace.network_id))
            & (col(Organization.id) == col(Workplace.organization_id)),
        )
        .order_by(col(Drill.starts_at), col(Drill.id), col(DrillReport.seq))
    )
    unread = (DrillReport.envelope, DrillReport.receipt, DrillReport.texts, DrillReport.items)
    return query.options(*(defer(one) for one in unread))  # type: ignore[arg-type]


def own_report_in(session: Session, drill: Drill, device_id: UUID) -> DrillReport | None:
    """The newest one that this phone sent in the drill."""
    query = in_network(DrillReport, drill.network_id).where(
        DrillReport.drill_id == drill.id, DrillReport.device_id == device_id
    )
    return session.exec(query.order_by(col(DrillReport.seq).desc()).limit(1)).first()


def find_own_drill_report(
    session: Session, phone: PhoneActor, report_id: UUID
) -> DrillReport | None:
    found = session.get(DrillReport, (phone.network_id, report_id))
    return found if found and found.device_id == phone.device_id else None


def choices(session: Session, network_id: UUID) -> list[Choice]:
    """Workplaces with at least one phone that can be told."""
    counts = _phones_at(session, network_id)
    query = (
        select(Workplace, Organization)
        .where(Workplace.network_id == network_id, col(Workplace.id).in_(counts))
        .join(
            Organization,
            (col(Organization.network_id) == col(Workplace.network_id))
            & (col(Organization.id) == col(Workplace.organization_id)),
        )
        .order_by(col(Organization.name), col(Workplace.name), col(Workplace.id))
    )
    return [Choice(*row, counts[row[0].id]) for row in session.exec(query)]


def _phones_at(session: Session, network_id: UUID) -> dict[UUID, int]:
    """Phones with an inbox, per workplace."""
    query = (
        select(Badge.workplace_id, func.count(col(Device.id).distinct()))
        .where(Badge.network_id == network_id)
        .join(
            Pairing,
            (col(Pairing.network_id) == col(Badge.network_id))
            & (col(Pairing.badge_id) == col(Badge.id)),
        )
        .join(
            Device,
            (col(Device.network_id) == col(Pairing.network_id))
            & (col(Device.id) == col(Pairing.device_id)),
        )
        .where(
            col(Pairing.has_inbox),
            col(Pairing.ended_at).is_(None),
            col(Device.revoked_at).is_(None),
        )
        .group_by(col(Badge.workplace_id))
    )
    return dict(session.exec(query).all())
