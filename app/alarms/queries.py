"""What rings at the desk just now, and what the desk shows of it beside a report."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col

from app.alarms.models import TalkLine, Threat, Watch
from app.alarms.phrases import CUES, REPLIES
from app.alarms.rules import RINGS_FOR, is_fresh, is_taken
from app.alarms.talking import GONE, lines_of, may_talk
from app.alarms.threats import threat_of
from app.alarms.watching import looking_at
from app.ids import new_id
from app.networks.scope import get_row, in_network
from app.organizations.queries import place_names
from app.reports.models import Report
from app.staff.models import Staff
from app.staff.presence import at_desk, is_on_call
from app.web.access import StaffActor

MOST = 20


@dataclass(frozen=True)
class Ring:
    """One report that calls until somebody takes it."""

    report: Report
    place: str


@dataclass(frozen=True)
class Alarms:
    """What one person's screens say. `is_on_call`: theirs are silent; `free`: others at the desk
    who aren't on a call."""

    rings: list[Ring]
    is_on_call: bool
    free: int

    @property
    def sounding(self) -> int:
        return 0 if self.is_on_call else len(self.rings)


def alarms_for(session: Session, actor: StaffActor, now: datetime) -> Alarms:
    others = [one for one in at_desk(session, actor.network_id, now) if one.staff_id != actor.id]
    return Alarms(
        rings=ringing(session, actor.network_id, now),
        is_on_call=is_on_call(session, actor, now),
        free=sum(not one.is_on_call(now) for one in others),
    )


def ringing(session: Session, network_id: UUID, now: datetime) -> list[Ring]:
    """The oldest first. Nobody has it, nobody said 見ています, and nobody at the till that the
    customer left. What a flood brought rings no more (reports.floods)."""
    waiting = in_network(Report, network_id).where(
        col(Report.closed_at).is_(None),
        col(Report.claimed_by_id).is_(None),
        col(Report.quieted_at).is_(None),
        col(Report.received_at) > now - RINGS_FOR,
    )
    newest_first = (col(Report.received_at).desc(), col(Report.seq).desc())
    found = [
        one
        for one in session.exec(waiting.order_by(*newest_first).limit(MOST))
        if one.is_at_counter and is_fresh(one.client_at, one.received_at, now)
    ]
    ids = {one.id for one in found}
    over = _seen(session, network_id, ids, now) | _left(session, network_id, ids)
    names = place_names(session, network_id, {one.workplace_id for one in found})
    return [Ring(one, names[one.workplace_id]) for one in reversed(found) if one.id not in over]


def _seen(session: Session, network_id: UUID, ids: Collection[UUID], now: datetime) -> set[UUID]:
    taken = in_network(Watch, network_id).where(
        col(Watch.report_id).in_(ids), col(Watch.taken_at).is_not(None)
    )
    found = session.exec(taken)
    return {one.report_id for one in found if is_taken(one.taken_at, one.seen_at, now)}


def _left(session: Session, network_id: UUID, ids: Collection[UUID]) -> set[UUID]:
    """もういません, as the last word of the till about it."""
    replies = in_network(TalkLine, network_id).where(
        col(TalkLine.report_id).in_(ids), col(TalkLine.device_id).is_not(None)
    )
    last = {one.report_id: one for one in session.exec(replies.order_by(col(TalkLine.at)))}
    return {report_id for report_id, one in last.items() if one.phrase == GONE}


def is_happening(session: Session, report: Report, now: datetime) -> bool:
    """The customer is there or pays, as far as anybody said."""
    is_now = is_fresh(report.client_at, report.received_at, now)
    return report.is_at_counter and is_now and not has_left(session, report)


def has_left(session: Session, report: Report) -> bool:
    return report.id in _left(session, report.network_id, [report.id])


@dataclass(frozen=True)
class Spoken:
    """One line with who said it; an empty `author` is the till."""

    line: TalkLine
    author: str

    @property
    def texts(self) -> dict[str, str]:
        known = CUES if self.author else REPLIES
        return known.get(self.line.phrase) or {"ja": self.line.text or self.line.phrase}


def spoken(session: Session, report: Report) -> list[Spoken]:
    return [
        Spoken(one, _name(session, report.network_id, one.author_id))
        for one in lines_of(session, report)
    ]


@dataclass(frozen=True)
class Beside:
    """What stands beside a report at the desk. `typed`, `error`: a line that wasn't taken."""

    watchers: list[str]
    lines: list[Spoken]
    may_talk: bool
    threat: Threat | None
    owner: str
    is_happening: bool
    typed: str = ""
    error: str = ""

    @property
    def cues(self) -> dict[str, dict[str, str]]:
        return CUES

    @property
    def new_line(self) -> UUID:
        """For each form one of its own, so that what it sends is sent once."""
        return new_id()


def beside(session: Session, report: Report, now: datetime) -> Beside:
    threat = threat_of(session, report)
    network_id = report.network_id
    return Beside(
        watchers=[
            _name(session, network_id, one.staff_id) for one in looking_at(session, report, now)
        ],
        lines=spoken(session, report),
        may_talk=may_talk(session, report, now),
        threat=threat,
        owner=_name(session, network_id, threat.assigned_to_id) if threat else "",
        is_happening=is_happening(session, report, now),
    )


def _name(session: Session, network_id: UUID, staff_id: UUID | None) -> str:
    return get_row(session, Staff, network_id, staff_id).name if staff_id else ""
