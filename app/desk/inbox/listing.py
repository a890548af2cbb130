"""The list in its order, read by key: fifty at once, however many there are."""

from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam
from sqlalchemy.orm import load_only
from sqlmodel import Session, and_, col, or_

from app.desk.inbox.wanted import Wanted
from app.instructions.standing import is_instructed
from app.networks.scope import in_network
from app.reports.models import Report
from app.reports.queries import LARGEST_SEQ, find_by_seq
from app.web.access import StaffActor

PAGE = 50
NETWORK: Any = bindparam("network_id")
READER: Any = bindparam("reader_id")
Given = dict[str, Any]
IN_ORDER = (col(Report.rank).desc(), col(Report.seq))
"""The most urgent first, and then the oldest."""
LISTED = load_only(
    Report.seq,  # type: ignore[arg-type]
    Report.case_id,  # type: ignore[arg-type]
    Report.industry,  # type: ignore[arg-type]
    Report.items,  # type: ignore[arg-type]
    Report.answers,  # type: ignore[arg-type]
    Report.headline,  # type: ignore[arg-type]
    Report.urgency,  # type: ignore[arg-type]
    Report.rank,  # type: ignore[arg-type]
    Report.received_at,  # type: ignore[arg-type]
    Report.claimed_by_id,  # type: ignore[arg-type]
    Report.closed_at,  # type: ignore[arg-type]
)
"""What a row shows or is sorted by; the rest is read where somebody asks for it."""


@dataclass(frozen=True)
class Part:
    """Up to fifty reports. `more`: after which number the next page begins; `is_first`: nothing
    stands before it."""

    reports: list[Report]
    more: int | None
    is_first: bool

    @property
    def is_whole(self) -> bool:
        return self.is_first and self.more is None


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
    whose, asked = (actor.id if wanted.is_mine else None), wanted.asked
    newest = shown_up_to(wanted) or _newest(session, open_ones(actor.network_id, whose))
    given = {"network_id": actor.network_id, "reader_id": whose, "newest": newest}
    return Inbox(
        unanswered=_part(session, given, asked.after, instructed=False),
        instructed=_part(session, given, asked.instructed_after, instructed=True),
        newest=newest,
    )


def open_ones(network_id: UUID, whose: UUID | None = None) -> Any:
    """What a flood brought lies apart (reports.floods)."""
    query = in_network(Report, network_id).where(
        col(Report.closed_at).is_(None), col(Report.quieted_at).is_(None)
    )
    return query if whose is None else query.where(col(Report.claimed_by_id) == whose)


def shown_up_to(wanted: Wanted) -> int:
    """The highest number that the reader's list shows; 0 for a new one."""
    return max(0, min(wanted.asked.up_to or 0, LARGEST_SEQ))


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


def _part(session: Session, given: Given, after: int | None, *, instructed: bool) -> Part:
    last = find_by_seq(session, given["network_id"], after) if after else None
    query = _in_order(
        mine=given["reader_id"] is not None, instructed=instructed, goes_on=last is not None
    )
    if last:
        given = given | {"rank": last.rank, "seq": last.seq}
    found = list(session.exec(one_too_many(query), params=given))
    return first_fifty(found, is_first=last is None)


@cache
def _in_order(*, mine: bool, instructed: bool, goes_on: bool) -> Any:
    """Put together once, for whatever is given: that takes as long as asking."""
    query = open_ones(NETWORK, READER if mine else None)
    query = query.where(col(Report.seq) <= bindparam("newest"))
    has_answer = is_instructed(NETWORK)
    query = query.where(has_answer if instructed else ~has_answer)
    if goes_on:
        query = query.where(_comes_after(bindparam("rank"), bindparam("seq")))
    return query.order_by(*IN_ORDER).options(LISTED)


def _comes_after(rank: Any, seq: Any) -> Any:
    return or_(
        col(Report.rank) < rank,
        and_(col(Report.rank) == rank, col(Report.seq) > seq),
    )
