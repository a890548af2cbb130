"""Who may do what: names of permissions, the two kinds of actor, and the guards routes declare.

`staff` and `badges` supply who is asking; `main` wires them in. A route without a guard fails the
build (tests/house_rules).
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache, partial
from typing import Protocol
from uuid import UUID

from sqlmodel import Session
from starlette.requests import Request

from app.errors import N_, Forbidden, SignInNeeded, UnknownDevice
from app.web.session import SessionDep


class Permission(StrEnum):
    REPORT_READ = "report.read"
    REPORT_CLAIM = "report.claim"
    REPORT_CLOSE = "report.close"
    CLAIM_TAKE_OVER = "claim.take_over"
    OUTCOME_CORRECT = "outcome.correct"
    INSTRUCTION_SEND = "instruction.send"
    PHONE_TASK_CLOSE = "phone_task.close"
    DISCLOSURE_HANDLE = "disclosure.handle"
    DISCLOSURE_OVERSEE = "disclosure.oversee"
    ORGANIZATION_READ = "organization.read"
    ROSTER_IMPORT = "roster.import"
    ORGANIZATION_WRITE = "organization.write"
    BADGE_READ = "badge.read"
    BADGE_ISSUE = "badge.issue"
    BADGE_PRINT = "badge.print"
    BADGE_STOP = "badge.stop"
    EDITION_READ = "edition.read"
    EDITION_WRITE = "edition.write"
    EDITION_APPROVE = "edition.approve"
    HEALTH_READ = "health.read"
    STAFF_MANAGE = "staff.manage"
    SETTINGS_EDIT = "settings.edit"
    AUDIT_READ = "audit.read"
    DRILL_RUN = "drill.run"
    DATA_EXPORT = "data.export"
    DATA_END = "data.end"
    PUSH_TRY = "push.try"
    RUNNING_WRITE = "running.write"
    BYLAW_READ = "bylaw.read"
    OWN_ACCOUNT = "account.own"


@dataclass(frozen=True)
class StaffActor:
    """A member of staff who signed in. `unread_bylaws`: how many 決まり they have still to read.
    `waiting`: how many of what waits for them, by kind; it is looked up when a menu asks, while
    the request's session lasts. `alarms`: what rings at the desk, the same way."""

    network_id: UUID
    id: UUID
    name: str
    role: str
    permissions: frozenset[Permission]
    session_id: UUID
    unread_bylaws: int = 0
    waiting: Callable[[], Mapping[str, int]] = field(default=Counter, compare=False, repr=False)
    alarms: Callable[[], object] = field(default=lambda: None, compare=False, repr=False)


@dataclass(frozen=True)
class PhoneActor:
    """A paired phone. Its cookie is its credential; nobody signs in on it."""

    network_id: UUID
    device_id: UUID


class Identify(Protocol):
    staff: Callable[[Request, Session], StaffActor | None]
    phone: Callable[[Request, Session], PhoneActor | None]
    credential: Callable[[Request], tuple[UUID, UUID] | None]


def find_staff(request: Request, session: Session) -> StaffActor | None:
    identify: Identify = request.app.state.identify
    return identify.staff(request, session)


def find_phone(request: Request, session: Session) -> PhoneActor | None:
    identify: Identify = request.app.state.identify
    return identify.phone(request, session)


class Guard:
    """What a route says about who may use it."""


class StaffWith(Guard):
    """Staff whose role has the permission. Others are told so; strangers are asked to sign in."""

    def __init__(self, permission: Permission) -> None:
        self.permission = permission

    def __call__(self, request: Request, session: SessionDep) -> StaffActor:
        actor = self.admit(request, session)
        state = request.app.state
        count = partial(state.count_waiting, session, actor)
        if Permission.REPORT_READ not in actor.permissions:
            return replace(actor, waiting=cache(count))
        find = partial(state.find_alarms, session, actor, state.clock())
        return replace(actor, waiting=cache(count), alarms=cache(find))

    def admit(self, request: Request, session: Session) -> StaffActor:
        actor = find_staff(request, session)
        if actor is None:
            raise SignInNeeded(N_("サインインしてください。"))
        if self.permission not in actor.permissions:
            raise Forbidden(N_("この画面を使う権限がありません。"))
        return actor


class StaffAhead(StaffWith):
    """The same before anything is read of what they bring, and outside of the transaction that
    takes it in: nobody else waits while a large file comes."""

    def __call__(self, request: Request) -> StaffActor:  # type: ignore[override]
        with request.app.state.database.reading() as session:
            return self.admit(request, session)


class PairedPhone(Guard):
    """A phone that holds our credential."""

    def __call__(self, request: Request, session: SessionDep) -> PhoneActor:
        if phone := find_phone(request, session):
            return phone
        raise UnknownDevice(N_("名札をもう一度読み取ってください。"))


class SignedPhone(Guard):
    """A phone with a cookie that we signed. Whether its device is still known, the writer looks
    up for many at once, in the transaction that accepts their reports. It waits for nothing, so
    it takes no thread."""

    async def __call__(self, request: Request) -> PhoneActor:
        identify: Identify = request.app.state.identify
        if named := identify.credential(request):
            return PhoneActor(*named)
        raise UnknownDevice(N_("名札をもう一度読み取ってください。"))


class Everyone(Guard):
    """Open to all, for a reason that the route states."""

    def __init__(self, because: str) -> None:
        self.because = because

    def __call__(self) -> None:
        return None
