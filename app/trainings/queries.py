"""Trainings, who was there, and who hasn't been to one for a year."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, func, or_, select

from app.badges.models import Badge
from app.badges.rules import BadgeKind, BadgeState
from app.networks.scope import in_network
from app.organizations.models import Organization, Workplace
from app.organizations.queries import place_names
from app.trainings.models import Attendance, Training, TrainingMaterial

PAGE = 50
NUMBERS_SHOWN = 12
HELD = (BadgeState.PRINTED, BadgeState.IN_USE)


@dataclass(frozen=True)
class Untrained:
    """A workplace, how many of its badges have had no training, and the first of their numbers."""

    workplace_id: UUID
    place: str
    count: int
    numbers: list[str]


def materials_of(
    session: Session, network_id: UUID, also: UUID | None = None
) -> list[TrainingMaterial]:
    """Those in use, and `also`, by title."""
    query = in_network(TrainingMaterial, network_id).where(
        or_(col(TrainingMaterial.retired_at).is_(None), TrainingMaterial.id == also)
    )
    return list(session.exec(query.order_by(col(TrainingMaterial.title))))


def trainings_before(session: Session, network_id: UUID, last: Training | None) -> list[Training]:
    """The latest first, after `last`; at most a page, and one more."""
    query = in_network(Training, network_id)
    if last:
        query = query.where(
            or_(
                col(Training.held_on) < last.held_on,
                (col(Training.held_on) == last.held_on) & (col(Training.id) < last.id),
            )
        )
    order = query.order_by(col(Training.held_on).desc(), col(Training.id).desc())
    return list(session.exec(order.limit(PAGE + 1)))


def attendance_counts(
    session: Session, network_id: UUID, trainings: Sequence[Training]
) -> dict[UUID, int]:
    query = (
        select(Attendance.training_id, func.count())
        .where(Attendance.network_id == network_id)
        .where(col(Attendance.training_id).in_([one.id for one in trainings]))
        .group_by(col(Attendance.training_id))
    )
    return dict(session.exec(query).all())


def attendances_at(
    session: Session, training: Training, after: str
) -> list[tuple[Attendance, Badge]]:
    """By number, after that one; at most a page, and one more."""
    query = (
        select(Attendance, Badge)
        .where(Attendance.network_id == training.network_id)
        .where(Attendance.training_id == training.id, col(Badge.number) > after)
        .join(
            Badge,
            (col(Badge.network_id) == col(Attendance.network_id))
            & (col(Badge.id) == col(Attendance.badge_id)),
        )
    )
    return list(session.exec(query.order_by(col(Badge.number)).limit(PAGE + 1)).all())


def trainings_of(session: Session, badge: Badge) -> list[Training]:
    """Those the badge was at, the latest first."""
    attended = in_network(Attendance, badge.network_id).with_only_columns(
        col(Attendance.training_id)
    )
    query = in_network(Training, badge.network_id).where(
        col(Training.id).in_(attended.where(col(Attendance.badge_id) == badge.id))
    )
    return list(session.exec(query.order_by(col(Training.held_on).desc(), col(Training.id))))


def badges_with(session: Session, network_id: UUID, numbers: Sequence[str]) -> list[Badge]:
    query = in_network(Badge, network_id).where(col(Badge.number).in_(numbers))
    return list(session.exec(query))


def badges_at(session: Session, workplace: Workplace) -> list[Badge]:
    """Personal ones that work."""
    query = in_network(Badge, workplace.network_id).where(
        Badge.workplace_id == workplace.id,
        Badge.kind == BadgeKind.PERSONAL,
        Badge.state != BadgeState.STOPPED,
    )
    return list(session.exec(query.order_by(col(Badge.number)).limit(200)))


def untrained_places(
    session: Session, network_id: UUID, since: date, until: date, after: UUID | None
) -> list[Untrained]:
    """Workplaces with badges in somebody's hands that were at no training since then; at most a
    page, and one more."""
    query = (
        select(Badge.workplace_id, func.count())
        .where(Badge.network_id == network_id, *_untrained(network_id, since, until))
        .group_by(col(Badge.workplace_id))
        .order_by(col(Badge.workplace_id))
        .limit(PAGE + 1)
    )
    if after:
        query = query.where(col(Badge.workplace_id) > after)
    counts = dict(session.exec(query).all())
    names = place_names(session, network_id, counts)
    numbers = _first_numbers(session, network_id, counts, since, until)
    return [
        Untrained(place, names[place], count, numbers[place]) for place, count in counts.items()
    ]


def _first_numbers(
    session: Session, network_id: UUID, places: Collection[UUID], since: date, until: date
) -> dict[UUID, list[str]]:
    """By workplace, as many as are shown."""
    query = (
        select(Badge.workplace_id, Badge.number)
        .where(Badge.network_id == network_id, col(Badge.workplace_id).in_(places))
        .where(*_untrained(network_id, since, until))
    )
    numbers: dict[UUID, list[str]] = {}
    for workplace_id, number in session.exec(query.order_by(col(Badge.number))):
        shown = numbers.setdefault(workplace_id, [])
        if len(shown) < NUMBERS_SHOWN:
            shown.append(number)
    return numbers


def _untrained(network_id: UUID, since: date, until: date) -> list[Any]:
    trained = (
        select(Attendance.badge_id)
        .where(Attendance.network_id == network_id)
        .join(
            Training,
            (col(Training.network_id) == col(Attendance.network_id))
            & (col(Training.id) == col(Attendance.training_id)),
        )
        .where(Training.network_id == network_id, col(Training.held_on).between(since, until))
    )
    return [
        Badge.kind == BadgeKind.PERSONAL,
        col(Badge.state).in_(HELD),
        col(Badge.id).not_in(trained),
    ]


def all_attendances(session: Session, network_id: UUID) -> Iterator[Any]:
    """Training, badge, workplace and organization of each, by day and number."""
    query = (
        select(Training, Badge, Workplace, Organization)
        .where(Training.network_id == network_id)
        .join(
            Attendance,
            (col(Attendance.network_id) == col(Training.network_id))
            & (col(Attendance.training_id) == col(Training.id)),
        )
        .join(
            Badge,
            (col(Badge.network_id) == col(Attendance.network_id))
            & (col(Badge.id) == col(Attendance.badge_id)),
        )
        .join(
            Workplace,
            (col(Workplace.network_id) == col(Badge.network_id))
            & (col(Workplace.id) == col(Badge.workplace_id)),
        )
        .join(
            Organization,
            (col(Organization.network_id) == col(Workplace.network_id))
            & (col(Organization.id) == col(Workplace.organization_id)),
        )
    )
    yield from session.exec(query.order_by(col(Training.held_on), col(Badge.number)))
