"""The list in its order, read by key: fifty at once, however many there are."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import defer
from sqlmodel import Session, and_, col, or_

from app.desk.inbox.wanted import Wanted
from app.instructions.standing import is_instructed
from app.networks.scope import in_network
from app.reports.models import Report
from app.reports.queries import LARGEST_SEQ, find_by_seq
from app.web.access import StaffActor

PAGE = 50
IN_ORDER = (col(Report.rank).desc(), col(Report.seq))
"""The most urgent first, and then the oldest."""
NOT_LISTED = tuple(
    defer(one)  # type: ignore[arg-type]
    for one in (Report.envelope, Report.receipt, Report.fingerprint)
)
"""What the list doesn't show is read where somebody asks for it."""


@dataclass(frozen=True)
class Part:
    """Up to fifty reports. `more`: after which number the next page begins; `is_first`: nothing
    stands before it."""

    reports: list[Report]
    more: int | None
    is_first: bool


@dataclass(frozen=True)
class Inbox:
    """Open reports up to the number `newest`, most urgent first and then oldest first."""

    unanswered: Part
    instructed: Part
    newest: int

    @property
    def reports(self) -> list[Report]:
        return [*self.unanswered.reports, *self.instructed.reports]


def read_inbox(session: Session, actor: StaffActor, wanted: Wanted) -> Inbox:
    """The list never jumps: with `up_to`, later arrivals aren't shown.

    An empty list has nothing that could jump, so it fills by itself.
    """
    still_open = open_ones(actor, mine=wanted.is_mine)
    newest = shown_up_to(wanted) or _newest(session, still_open)
    shown = still_open.where(col(Report.seq) <= newest)
    has_answer = is_instructed(actor.network_id)
    return Inbox(
        unanswered=_part(session, actor, shown.where(~has_answer), wanted.asked.after),
        instructed=_part(session, actor, shown.where(has_answer), wanted.asked.instructed_after),
        newest=newest,
    )


def open_ones(actor: StaffActor, *, mine: bool) -> Any:
    """What a flood brought lies apart (reports.floods)."""
    query = in_network(Report, actor.network_id).where(
        col(Report.closed_at).is_(None), col(Report.quieted_at).is_(None)
    )
    return query.where(col(Report.claimed_by_id) == actor.id) if mine else query


def shown_up_to(wanted: Wanted) -> int:
    """The highest number that the reader's list shows; 0 for a new one."""
    return max(0, min(wanted.asked.up_to or 0, LARGEST_SEQ))


def later_ones(actor: StaffActor, wanted: Wanted) -> Any:
    """What came after it; after a new list nothing did."""
    shown = shown_up_to(wanted) or LARGEST_SEQ
    return open_ones(actor, mine=wanted.is_mine).where(col(Report.seq) > shown)


def _newest(session: Session, query: Any) -> int:
    numbers = query.with_only_columns(col(Report.seq)).order_by(col(Report.seq).desc())
    return session.execute(numbers.limit(1)).scalar() or 0


def capped(number: int) -> str:
    """Numbers as they are shown: more than fifty are 50+."""
    return f"{PAGE}+" if number > PAGE else str(number)


def one_too_many(query: Any) -> Any:
    """Fifty, and one that tells that there are more."""
    return query.limit(PAGE + 1)


def first_fifty(found: list[Report], *, is_first: bool) -> Part:
    """Of what `one_too_many` found."""
    shown = found[:PAGE]
    return Part(shown, shown[-1].seq if len(found) > PAGE else None, is_first)


def _part(session: Session, actor: StaffActor, query: Any, after: int | None) -> Part:
    last = find_by_seq(session, actor.network_id, after) if after else None
    if last:
        query = query.where(_comes_after(last))
    in_order = query.order_by(*IN_ORDER).options(*NOT_LISTED)
    found = list(session.exec(one_too_many(in_order)))
    return first_fifty(found, is_first=last is None)


def _comes_after(last: Report) -> Any:
    return or_(
        col(Report.rank) < last.rank,
        and_(col(Report.rank) == last.rank, col(Report.seq) > last.seq),
    )
