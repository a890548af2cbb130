"""What stands in numbers beside the list, however many things there are: one statement for what
everybody sees, one for what is the reader's own.

Keys are read and counted here, so many of each as are shown and one more. A database that counts
goes through all there is.
"""

from collections.abc import Iterator
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
from app.desk.inbox.listing import PAGE, capped, later_ones, open_ones
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


def counts_of(session: Session, actor: StaffActor, wanted: Wanted, now: datetime) -> Counts:
    found = _found(session, [*_listed(actor, wanted, now), *_beside(actor.network_id, now)])
    return Counts(
        running=capped(found["running"]),
        unanswered=capped(found["unanswered"]),
        done=capped(found["done"]),
        newer=found["newer"],
        missing=found["missing"],
        calls=found["calls"],
        threats=found["threats"],
        owed=found["owed"] > 0,
        quieted=found["quieted"] > 0,
    )


def own_of(session: Session, actor: StaffActor, now: datetime) -> Own:
    found = _found(
        session,
        [
            ("mine", open_ones(actor, mine=True), CASE, ONE_TOO_MANY),
            ("calls", calls_of(actor, now), col(DeskPresence.id), 1),
        ],
    )
    return Own(capped(found["mine"]), found["calls"] > 0)


def count_done(session: Session, network_id: UUID, now: datetime) -> str:
    done = [("done", closed_ones(network_id, month_of(now)), col(Report.id), ONE_TOO_MANY)]
    return capped(_found(session, done)["done"])


def month_of(now: datetime) -> datetime:
    """Since when this month runs in Tokyo."""
    return now.astimezone(TOKYO).replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def _listed(actor: StaffActor, wanted: Wanted, now: datetime) -> Iterator[Counted]:
    """A case counts once."""
    network_id, still_open = actor.network_id, open_ones(actor, mine=False)
    yield "running", still_open, CASE, ONE_TOO_MANY
    yield "unanswered", still_open.where(~is_instructed(network_id)), CASE, ONE_TOO_MANY
    yield "done", closed_ones(network_id, month_of(now)), col(Report.id), ONE_TOO_MANY
    yield "newer", later_ones(actor, wanted), col(Report.id), ONE_TOO_MANY


def _beside(network_id: UUID, now: datetime) -> Iterator[Counted]:
    yield "missing", gaps_that_wait(network_id, now), col(DeviceGap.id), ONE_TOO_MANY
    yield "calls", tasks_due(network_id, now), col(PhoneTask.id), ONE_TOO_MANY
    yield "threats", threats_that_wait(network_id), col(Threat.id), MOST_THREATS
    yield "owed", owed_ones(network_id, now), col(Report.id), 1
    yield "quieted", quieted_ones(network_id), col(Report.id), 1


def _found(session: Session, counted: list[Counted]) -> dict[str, int]:
    parts = [
        query.with_only_columns(literal(name).label("name"), key.label("key")).limit(most)
        for name, query, key, most in counted
    ]
    keys: dict[str, set[UUID]] = {name: set() for name, *_ in counted}
    for name, key in session.execute(union_all(*(one.subquery().select() for one in parts))):
        keys[name].add(key)
    return {name: len(some) for name, some in keys.items()}
