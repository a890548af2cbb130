"""Whom a counsellor may give their work to."""

from sqlmodel import Session

from app.errors import N_, Invalid
from app.staff.models import Staff
from app.staff.queries import counsellors, supervisors
from app.web.access import StaffActor


def colleagues_of(session: Session, actor: StaffActor) -> list[Staff]:
    """Counsellors and supervisors who can sign in, without the asker."""
    people = [*counsellors(session, actor.network_id), *supervisors(session, actor.network_id)]
    return [one for one in people if one.id != actor.id]


def read_colleague(session: Session, actor: StaffActor, typed: str) -> Staff:
    """Raises Invalid for whoever isn't one."""
    for one in colleagues_of(session, actor):
        if str(one.id) == typed:
            return one
    raise Unfit("to", N_("引き継ぐ人を選んでください。"))


class Unfit(Invalid):
    """Of one field of a form."""

    def __init__(self, field: str, message: str, **values: object) -> None:
        super().__init__(message, **values)
        self.field = field
