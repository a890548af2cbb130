"""受信箱 as a page needs it: the tab or the search that is wanted, and the numbers beside it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from app.desk.inbox.counts import Counts, counts_of
from app.desk.inbox.finding import Found, find_reports
from app.desk.inbox.listing import Inbox, read_inbox
from app.desk.inbox.rows import Row, folded, rows_of
from app.desk.inbox.wanted import Wanted
from app.web.access import StaffActor


@dataclass(frozen=True)
class Listing:
    """`rows`: by what they wait for; of a search all under `found`. `newer`: how many came after
    what is shown. `writers`: who writes about one of them."""

    wanted: Wanted
    inbox: Inbox | Found
    rows: dict[str, list[Row]]
    counts: Counts
    newer: int
    writers: frozenset[UUID]


def listing_of(session: Session, actor: StaffActor, wanted: Wanted, now: datetime) -> Listing:
    found = (
        find_reports(session, actor, wanted)
        if wanted.is_search
        else read_inbox(session, actor, wanted)
    )
    rows = rows_of(session, actor, found.reports, found.newest, now)
    counts = counts_of(session, actor, wanted, found, now)
    return Listing(
        wanted=wanted,
        inbox=found,
        rows={"found": rows} if wanted.is_search else folded(rows),
        counts=counts,
        newer=found.newer if isinstance(found, Found) else counts.newer,
        writers=frozenset(one for row in rows for one in row.mark.writers),
    )
