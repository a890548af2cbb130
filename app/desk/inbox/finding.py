"""さがす: reports by number, badge, place, kind and day, the newest first.

Numbers, badges and places have an index. For all else at most so many numbers are looked through at
once, and the reader goes on from there: a long history costs nobody else their time.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import Session, col

from app.badges.models import Badge
from app.clock import TOKYO
from app.desk.inbox.listing import Part, first_fifty, one_too_many, shown_up_to
from app.desk.inbox.wanted import Wanted, receipt_seq
from app.networks.scope import in_network
from app.organizations.queries import workplaces_named
from app.reports.models import Report
from app.reports.queries import first_seq_since, newest_seq
from app.web.access import StaffActor

LOOKED_THROUGH = 20_000


@dataclass(frozen=True)
class Found:
    """`further`: below which number nobody has looked yet, though there may be more."""

    part: Part
    newest: int
    newer: int
    further: int | None

    @property
    def reports(self) -> list[Report]:
        return self.part.reports


def find_reports(session: Session, actor: StaffActor, wanted: Wanted) -> Found:
    query, is_indexed = _matching(session, actor, wanted)
    shown = shown_up_to(wanted)
    newest = shown or newest_seq(session, actor.network_id)
    after = wanted.asked.after
    top = after if after and 0 < after <= newest else newest + 1
    floor = 0 if is_indexed else max(0, top - LOOKED_THROUGH)
    inside = query.where(col(Report.seq) < top, col(Report.seq) >= floor)
    found = list(session.exec(one_too_many(inside.order_by(col(Report.seq).desc()))))
    part = first_fifty(found, is_first=not after)
    newer = _count_newer(session, query, shown) if shown else 0
    further = floor if floor > 1 and part.more is None else None
    return Found(part, newest if found else 0, newer, further)


def _count_newer(session: Session, query: Any, shown: int) -> int:
    later = query.where(col(Report.seq) > shown).with_only_columns(col(Report.seq))
    return len(session.execute(one_too_many(later)).all())


def _matching(session: Session, actor: StaffActor, wanted: Wanted) -> tuple[Any, bool]:
    """And whether an index leads to them."""
    query, is_indexed = _by_words(session, actor.network_id, wanted)
    for name in ("industry", "urgency"):
        if value := getattr(wanted, name):
            query = query.where(getattr(Report, name) == value)
    if wanted.state:
        closed = col(Report.closed_at)
        query = query.where(closed.is_(None) if wanted.state == "open" else closed.is_not(None))
    if wanted.whose:
        who = actor.id if wanted.whose == "mine" else None
        query = query.where(col(Report.claimed_by_id) == who)
    return _on_days(session, actor.network_id, query, wanted), is_indexed


def _by_words(session: Session, network_id: UUID, wanted: Wanted) -> tuple[Any, bool]:
    query = in_network(Report, network_id)
    if not wanted.words:
        return query, False
    if seq := receipt_seq(wanted.words):
        return query.where(Report.seq == seq), True
    if number := wanted.badge_number:
        badges = in_network(Badge, network_id).where(Badge.number == number)
        ids = badges.with_only_columns(col(Badge.id))
        return query.where(col(Report.badge_id).in_(ids)), True
    places = workplaces_named(session, network_id, wanted.words.split())
    return query.where(col(Report.workplace_id).in_(places)), True


def _on_days(session: Session, network_id: UUID, query: Any, wanted: Wanted) -> Any:
    """Days of Tokyo, both included."""
    if wanted.since:
        begins = _midnight(wanted.since)
        query = query.where(
            col(Report.received_at) >= begins,
            col(Report.seq) >= first_seq_since(session, network_id, begins),
        )
    if wanted.until:
        ends = _midnight(wanted.until + timedelta(days=1))
        query = query.where(
            col(Report.received_at) < ends,
            col(Report.seq) < first_seq_since(session, network_id, ends),
        )
    return query


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), TOKYO)
