"""Writing down trainings and who was there: badge numbers only, all of them or none."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col

from app.badges.lookups import read_badge_number
from app.badges.models import Badge
from app.errors import N_
from app.networks.scope import in_network
from app.organizations.commands import Values, note
from app.trainings.models import Attendance, Training, TrainingMaterial
from app.trainings.queries import badges_with
from app.trainings.rules import split_numbers
from app.web.access import StaffActor
from app.web.fields import Fields

MOST = 500


def add_material(
    session: Session, actor: StaffActor, values: Values, now: datetime
) -> TrainingMaterial:
    material = TrainingMaterial(network_id=actor.network_id, created_at=now, **values)
    session.add(material)
    session.flush()
    note(session, actor, "training.material_add", material.id, now)
    return material


def retire_material(
    session: Session, material: TrainingMaterial, actor: StaffActor, now: datetime
) -> None:
    if material.retired_at is None:
        material.retired_at = now
        note(session, actor, "training.material_retire", material.id, now)


def add_training(session: Session, actor: StaffActor, values: Values, now: datetime) -> Training:
    training = Training(network_id=actor.network_id, created_at=now, **values)
    session.add(training)
    session.flush()
    note(session, actor, "training.add", training.id, now)
    return training


def read_badges(session: Session, fields: Fields, network_id: UUID, name: str) -> list[Badge]:
    """Those whose numbers were typed. What is no number here is named, and nothing is taken."""
    typed = split_numbers(fields.values.get(name, ""))
    if len(typed) > MOST:
        fields.refuse(name, N_("一度に%(n)s枚までにしてください。"), n=MOST)
        return []
    numbers = {one: read_badge_number(one) for one in typed}
    badges = badges_with(session, network_id, [one for one in numbers.values() if one])
    known = {one.number for one in badges}
    if unknown := [one for one, number in numbers.items() if number not in known]:
        fields.refuse(
            name,
            N_("この番号の名札はありません:%(numbers)s。直して、もう一度押してください。"),
            numbers="、".join(one[:12] for one in unknown[:20]),
        )
        return []
    return badges


def record_attendance(
    session: Session,
    training: Training,
    actor: StaffActor,
    badge_ids: Sequence[UUID],
    now: datetime,
) -> int:
    """How many are new; a badge is there once, however often it is written down."""
    here = in_network(Attendance, actor.network_id).where(Attendance.training_id == training.id)
    known = {one.badge_id for one in session.exec(here)}
    mine = in_network(Badge, actor.network_id).where(col(Badge.id).in_(set(badge_ids) - known))
    new = session.exec(mine.order_by(col(Badge.number))).all()
    for badge in new:
        session.add(
            Attendance(
                network_id=actor.network_id,
                training_id=training.id,
                badge_id=badge.id,
                recorded_at=now,
            )
        )
    if new:
        note(session, actor, "training.attend", training.id, now, count=len(new))
    return len(new)


def remove_attendance(
    session: Session, attendance: Attendance, actor: StaffActor, now: datetime
) -> None:
    session.delete(attendance)
    note(session, actor, "training.attendance_remove", attendance.training_id, now)
