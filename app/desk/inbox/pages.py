"""受信箱 as a page needs it: the tab or the search that is wanted, and the numbers beside it."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from app.clock import TOKYO
from app.desk.inbox.closed import count_closed
from app.desk.inbox.finding import Found, find_reports
from app.desk.inbox.listing import Inbox, capped, count_cases, open_ones, read_inbox
from app.desk.inbox.rows import Row, folded, rows_of
from app.desk.inbox.wanted import Wanted
from app.instructions.standing import is_instructed
from app.web.access import StaffActor


@dataclass(frozen=True)
class Tabs:
    """Numbers as they are shown: more than fifty are 50+."""

    running: str
    mine: str
    done: str
    unanswered: str


@dataclass(frozen=True)
class Listing:
    """`rows`: by what they wait for; of a search all under `found`."""

    wanted: Wanted
    inbox: Inbox | Found
    rows: dict[str, list[Row]]
    tabs: Tabs


def listing_of(session: Session, actor: StaffActor, wanted: Wanted, now: datetime) -> Listing:
    tabs = tabs_of(session, actor, now)
    if wanted.is_search:
        found = find_reports(session, actor, wanted)
        rows = rows_of(session, actor, found.reports, found.newest, now)
        return Listing(wanted, found, {"found": rows}, tabs)
    inbox = read_inbox(session, actor, wanted)
    rows = rows_of(session, actor, inbox.reports, inbox.newest, now)
    return Listing(wanted, inbox, folded(rows), tabs)


def tabs_of(session: Session, actor: StaffActor, now: datetime) -> Tabs:
    """As they are now, also those that wait behind 新着."""
    running = open_ones(actor, mine=False)
    return Tabs(
        running=capped(count_cases(session, running)),
        mine=capped(count_cases(session, open_ones(actor, mine=True))),
        done=capped(count_closed(session, actor.network_id, month_of(now))),
        unanswered=capped(count_cases(session, running.where(~is_instructed(actor.network_id)))),
    )


def month_of(now: datetime) -> datetime:
    """Since when this month runs in Tokyo."""
    return now.astimezone(TOKYO).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
