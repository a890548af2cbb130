"""担当者: adding people who sign in, changing their name and role, and ending them."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, select

from app.audit.commands import record
from app.errors import N_, Conflict, DomainError, Invalid
from app.staff.commands import create_staff
from app.staff.models import Staff
from app.staff.permissions import Role
from app.staff.queries import all_open_sessions, clerks
from app.web.access import StaffActor
from app.web.text import one_line

SIGN_IN = re.compile(r"[a-z0-9][a-z0-9._-]{2,39}")


class Unfit(Invalid):
    """Of one field of the form about a person."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True)
class Person:
    """What somebody typed about a person, tidied."""

    sign_in: str = ""
    name: str = ""
    role: str = ""


def tidy(sign_in: str, name: str, role: str = "") -> Person:
    """Full-width letters of a sign-in name are meant as plain ones."""
    plain = unicodedata.normalize("NFKC", one_line(sign_in)).strip().lower()
    return Person(plain, one_line(name).strip(), role)


def add_person(session: Session, actor: StaffActor, person: Person, now: datetime) -> Staff:
    """Without a way in yet: they are invited. Raises Unfit."""
    check_sign_in_name(session, person.sign_in)
    name, role = _checked_name(person), _checked_role(person)
    staff = create_staff(
        session,
        actor.network_id,
        sign_in=person.sign_in,
        name=name,
        role=role,
        password=None,
        now=now,
    )
    _note(session, staff, actor, "staff.add", now, {"role": role.value})
    return staff


def check_first_person(session: Session, staff: Staff, person: Person) -> None:
    """The first of a network says who they are. Raises Unfit, and changes nothing."""
    _checked_name(person)
    if person.sign_in != staff.sign_in:
        check_sign_in_name(session, person.sign_in)


def change_person(
    session: Session, actor: StaffActor, staff: Staff, person: Person, now: datetime
) -> None:
    """A new role counts from the next click on. Raises Unfit, or Conflict for the last clerk."""
    name, role = _checked_name(person), _checked_role(person)
    if role is not Role.CLERK:
        _keep_a_clerk(session, staff)
    if (name, role) == (staff.name, staff.role):
        return
    details = {"renamed": name != staff.name, "from": staff.role, "to": role.value}
    staff.name, staff.role = name, role.value
    if role is Role.CLERK:
        staff.on_duty_until = None
    _note(session, staff, actor, "staff.change", now, details)


def end_person(session: Session, actor: StaffActor, staff: Staff, now: datetime) -> None:
    """終える: signed out everywhere at once, and nobody signs in as them again."""
    if staff.id == actor.id:
        raise Conflict(N_("自分は終えられません。ほかの事務局の人に頼んでください。"))
    if staff.ended_at:
        return
    _keep_a_clerk(session, staff)
    staff.ended_at, staff.on_duty_until = now, None
    details = {"sessions_ended": end_sessions(session, staff, now)}
    _note(session, staff, actor, "staff.end", now, details)


def sign_out_person(session: Session, actor: StaffActor, staff: Staff, now: datetime) -> None:
    details = {"sessions_ended": end_sessions(session, staff, now)}
    _note(session, staff, actor, "staff.sign_out", now, details)


def end_sessions(session: Session, staff: Staff, now: datetime) -> int:
    """All of this person's; returns how many there were."""
    sessions = all_open_sessions(session, staff, now)
    for one in sessions:
        one.ended_at = now
    return len(sessions)


def check_sign_in_name(session: Session, sign_in: str) -> None:
    """Raises Unfit for a name of another shape, or one that somebody on the server has or had."""
    if not SIGN_IN.fullmatch(sign_in):
        raise Unfit("sign_in", N_("サインイン名は、半角の英数字と . _ - で3文字から40文字です。"))
    if session.exec(select(Staff.id).where(Staff.sign_in == sign_in)).first():
        raise Unfit("sign_in", N_("このサインイン名は、もう使われています。"))


def field_of(error: DomainError) -> str:
    return error.field if isinstance(error, Unfit) else ""


def _checked_name(person: Person) -> str:
    if not 1 <= len(person.name) <= 40:
        raise Unfit("name", N_("名前を、40文字までで入れてください。"))
    return person.name


def _checked_role(person: Person) -> Role:
    if person.role not in set(Role):
        raise Unfit("role", N_("役割を選んでください。"))
    return Role(person.role)


def _keep_a_clerk(session: Session, staff: Staff) -> None:
    """Two who end each other at once take turns."""
    if [one.id for one in clerks(session, staff.network_id, lock=True)] == [staff.id]:
        raise Conflict(
            N_("事務局の人がいなくなってしまいます。先に、別の事務局の人を加えてください。")
        )


def _note(
    session: Session,
    staff: Staff,
    actor: StaffActor,
    action: str,
    now: datetime,
    details: Mapping[str, object],
) -> None:
    record(
        session,
        staff.network_id,
        actor=f"staff:{actor.id}",
        action=action,
        object_id=staff.id,
        now=now,
        details=dict(details),
    )
