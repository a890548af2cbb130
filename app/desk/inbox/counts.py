"""What stands in numbers beside the list, however many things there are: one statement for what
everybody sees, one for what is the reader's own.

Keys are read and counted here, so many of each as are shown and one more. A database that counts
goes through all there is.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import CompoundSelect, bindparam, func, literal, union_all
from sqlmodel import Session, col

from app.alarms.models import Threat
from app.alarms.threats import MOST as MOST_THREATS
from app.alarms.threats import threats_that_wait
from app.claims.models import Relay
from app.claims.relaying import relays_for
from app.clock import TOKYO
from app.desk.inbox.closed import closed_ones
from app.desk.inbox.finding import Found
from app.desk.inbox.listing import (
    IN_ORDER,
    NETWORK,
    PAGE,
    READER,
    Inbox,
    capped,
    open_ones,
    shown_up_to,
)
from app.desk.inbox.owed import OWED_AFTER, owed_ones
from app.desk.inbox.wanted import Wanted
from app.instructions.models import PhoneTask
from app.instructions.phone_tasks import tasks_due
from app.instructions.standing import is_instructed
from app.reports.floods import quieted_ones
from app.reports.gaps import PATIENCE, gaps_that_wait
from app.reports.models import DeviceGap, Report
from app.reports.queries import LARGEST_SEQ
from app.staff.models import LONGEST_CALL, DeskPresence
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
    """The reader's: open cases that they have, 申し送り to receive with the oldest first, and
    whether they are on a call."""

    mine: str
    relays: list[UUID]
    is_on_call: bool


def counts_of(
    session: Session, actor: StaffActor, wanted: Wanted, shown: Inbox | Found, now: datetime
) -> Counts:
    """`shown`: of what a list shows as a whole, only what came after it is looked through again."""
    unanswered, running = _whole_parts(wanted, shown)
    asked = _counting(
        mine=wanted.is_mine, unanswered=unanswered is not None, running=running is not None
    )
    given = {
        "network_id": actor.network_id,
        "reader_id": actor.id,
        "shown": shown_up_to(wanted) or LARGEST_SEQ,  # after a new list nothing came
        "month": month_of(now),
        "now": now,
        "noticed_by": now - PATIENCE,
        "ended_by": now - OWED_AFTER,
    }
    found = _found(session.execute(asked, given))
    return Counts(
        running=capped(len(found["running"] | _cases(running))),
        unanswered=capped(len(found["unanswered"] | _cases(unanswered))),
        done=capped(len(found["done"])),
        newer=len(found["newer"]),
        missing=len(found["missing"]),
        calls=len(found["calls"]),
        threats=len(found["threats"]),
        owed=bool(found["owed"]),
        quieted=bool(found["quieted"]),
    )


def own_of(session: Session, actor: StaffActor, now: datetime) -> Own:
    given = {
        "network_id": actor.network_id,
        "reader_id": actor.id,
        "called_since": now - LONGEST_CALL,
    }
    found = _found(session.execute(_owning(), given))
    return Own(capped(len(found["mine"])), sorted(found["relays"]), bool(found["calls"]))


def count_done(session: Session, network_id: UUID, now: datetime) -> str:
    closed = closed_ones(network_id, month_of(now))
    found = _found(session.execute(_keys(("done", closed, col(Report.id), ONE_TOO_MANY))))
    return capped(len(found["done"]))


def month_of(now: datetime) -> datetime:
    """Since when this month runs in Tokyo."""
    return now.astimezone(TOKYO).replace(day=1, hour=0, minute=0, second=0, microsecond=0)


Some = Sequence[Report] | None


def _whole_parts(wanted: Wanted, shown: Inbox | Found) -> tuple[Some, Some]:
    """The unanswered ones, and all of them, where a list shows each that there is."""
    if isinstance(shown, Found) or wanted.is_mine or not shown.unanswered.is_whole:
        return None, None
    every = shown.reports if shown.instructed.is_whole else None
    return shown.unanswered.reports, every


def _cases(reports: Some) -> set[UUID]:
    return {one.case_id or one.id for one in reports or ()}


@cache
def _owning() -> CompoundSelect[Any]:
    on_call = calls_of(NETWORK, READER, _given("called_since"))
    return _keys(
        ("mine", _in_turn(open_ones(NETWORK, READER)), CASE, ONE_TOO_MANY),
        ("relays", relays_for(NETWORK, READER), col(Relay.id), ONE_TOO_MANY),
        ("calls", on_call, col(DeskPresence.id), 1),
    )


@cache
def _counting(*, mine: bool, unanswered: bool, running: bool) -> CompoundSelect[Any]:
    """Put together once: that takes as long as asking it. `unanswered`, `running`: only those that
    came after the list."""
    shown, every = _given("shown"), open_ones(NETWORK)
    later = _in_turn(every.where(col(Report.seq) > shown))
    newer = _in_turn(open_ones(NETWORK, READER).where(col(Report.seq) > shown)) if mine else later
    in_order = every.order_by(*IN_ORDER)
    waiting = (later if unanswered else in_order).where(~is_instructed(NETWORK))
    closed = closed_ones(NETWORK, _given("month"))
    gaps, calls = gaps_that_wait(NETWORK, _given("noticed_by")), tasks_due(NETWORK, _given("now"))
    return _keys(
        ("running", later if running else in_order, CASE, ONE_TOO_MANY),
        ("unanswered", waiting, CASE, ONE_TOO_MANY),
        ("done", closed, col(Report.id), ONE_TOO_MANY),
        ("newer", newer, col(Report.id), ONE_TOO_MANY),
        ("missing", gaps, col(DeviceGap.id), ONE_TOO_MANY),
        ("calls", calls, col(PhoneTask.id), ONE_TOO_MANY),
        ("threats", threats_that_wait(NETWORK), col(Threat.id), MOST_THREATS),
        ("owed", _in_turn(owed_ones(NETWORK, _given("ended_by"))), col(Report.id), 1),
        ("quieted", _in_turn(quieted_ones(NETWORK)), col(Report.id), 1),
    )


def _given(name: str) -> Any:
    return bindparam(name)


def _in_turn(query: Any) -> Any:
    """Along an index of those that are open, which databases don't find out by themselves."""
    return query.order_by(col(Report.seq))


def _keys(*counted: Counted) -> CompoundSelect[Any]:
    parts = [
        query.with_only_columns(literal(name).label("name"), key.label("key")).limit(most)
        for name, query, key, most in counted
    ]
    return union_all(*(one.subquery().select() for one in parts))


def _found(rows: Iterable[Any]) -> defaultdict[str, set[UUID]]:
    keys: defaultdict[str, set[UUID]] = defaultdict(set)
    for name, key in rows:
        keys[name].add(key)
    return keys
