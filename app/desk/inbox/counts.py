"""What stands in numbers beside the list, however many things there are: one statement for what
everybody sees, one for what is the reader's own.

Keys are read and counted here, so many of each as are shown and one more. A database that counts
goes through all there is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, literal, union_all
from sqlmodel import Session, col

from app.alarms.models import Threat
from app.alarms.threats import MOST as MOST_THREATS
from app.alarms.threats import threats_that_wait
from app.clock import TOKYO
from app.desk.inbox.closed import closed_ones
from app.desk.inbox.finding import Found
from app.desk.inbox.listing import IN_ORDER, PAGE, Inbox, capped, later_ones, open_ones
from app.desk.inbox.owed import owed_ones
from app.desk.inbox.wanted import Wanted
from app.instructions.models import PhoneTask
from app.instructions.phone_tasks import tasks_due
from app.instructions.standing import is_instructed
from app.reports.floods import quieted_ones
from app.reports.gaps import gaps_that_wait
from app.reports.models import DeviceGap, Report
from app.staff.models import DeskPresence
from app.staff.presence import calls_of
from app.web.access import StaffActor

ONE_TOO_MANY = PAGE + 1
CASE = func.coalesce(col(Report.case_id), col(Report.id))
Counted = tuple[str, Any, Any, int]
"""A name, a query, which of its columns is counted, and at most how many of them."""


@dataclass(frozen=True)
class Counts:
    """As they are now, also what waits behind 新着. `newer`: what came after the number that the
    list shows. Numbers of tabs are as they are shown: more than fifty are 50+."""

    running: str
    unanswered: str
    done: str
    newer: int
    missing: int
    calls: int
    threats: int
    owed: bool
    quieted: bool


@dataclass(frozen=True)
class Own:
    """The reader's: open cases that they have, and whether they are on a call."""

    mine: str
    is_on_call: bool


def counts_of(
    session: Session, actor: StaffActor, wanted: Wanted, shown: Inbox | Found, now: datetime
) -> Counts:
    """`shown`: of a whole list only what came after it is looked through again."""
    known = _unanswered_in(wanted, shown)
    listed = _listed(actor, wanted, now, is_new=known is not None)
    found = _found(session, [*listed, *_beside(actor.network_id, now)])
    keys = {one.case_id or one.id for one in known or ()}
    return Counts(
        running=capped(len(found["running"])),
        unanswered=capped(len(found["unanswered"] | keys)),
        done=capped(len(found["done"])),
        newer=len(found["newer"]),
        missing=len(found["missing"]),
        calls=len(found["calls"]),
        threats=len(found["threats"]),
        owed=bool(found["owed"]),
        quieted=bool(found["quieted"]),
    )


def own_of(session: Session, actor: StaffActor, now: datetime) -> Own:
    found = _found(
        session,
        [
            ("mine", open_ones(actor, mine=True).order_by(col(Report.seq)), CASE, ONE_TOO_MANY),
            ("calls", calls_of(actor, now), col(DeskPresence.id), 1),
        ],
    )
    return Own(capped(len(found["mine"])), bool(found["calls"]))


def count_done(session: Session, network_id: UUID, now: datetime) -> str:
    done = [("done", closed_ones(network_id, month_of(now)), col(Report.id), ONE_TOO_MANY)]
    return capped(len(_found(session, done)["done"]))


def month_of(now: datetime) -> datetime:
    """Since when this month runs in Tokyo."""
    return now.astimezone(TOKYO).replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def _unanswered_in(wanted: Wanted, shown: Inbox | Found) -> Sequence[Report] | None:
    """All that a list shows; None where it doesn't show all of them."""
    if isinstance(shown, Found) or wanted.is_mine:
        return None
    part = shown.unanswered
    return part.reports if part.is_first and not part.more else None


def _listed(actor: StaffActor, wanted: Wanted, now: datetime, *, is_new: bool) -> Iterator[Counted]:
    """A case counts once. Each is looked for along an index, in its order. `is_new`: of the
    unanswered only those that came after the list."""
    network_id, still_open = actor.network_id, open_ones(actor, mine=False)
    later = later_ones(actor, wanted).order_by(col(Report.seq))
    every = still_open.order_by(*IN_ORDER)
    unanswered = (later if is_new else every).where(~is_instructed(network_id))
    yield "running", every, CASE, ONE_TOO_MANY
    yield "unanswered", unanswered, CASE, ONE_TOO_MANY
    yield "done", closed_ones(network_id, month_of(now)), col(Report.id), ONE_TOO_MANY
    yield "newer", later, col(Report.id), ONE_TOO_MANY


def _beside(network_id: UUID, now: datetime) -> Iterator[Counted]:
    yield "missing", gaps_that_wait(network_id, now), col(DeviceGap.id), ONE_TOO_MANY
    yield "calls", tasks_due(network_id, now), col(PhoneTask.id), ONE_TOO_MANY
    yield "threats", threats_that_wait(network_id), col(Threat.id), MOST_THREATS
    yield "owed", owed_ones(network_id, now).order_by(col(Report.seq)), col(Report.id), 1
    yield "quieted", quieted_ones(network_id).order_by(col(Report.seq)), col(Report.id), 1


def _found(session: Session, counted: list[Counted]) -> dict[str, set[UUID]]:
    parts = [
        query.with_only_columns(literal(name).label("name"), key.label("key")).limit(most)
        for name, query, key, most in counted
    ]
    keys: dict[str, set[UUID]] = {name: set() for name, *_ in counted}
    for name, key in session.execute(union_all(*(one.subquery().select() for one in parts))):
        keys[name].add(key)
    return keys
