"""静かにした報告 in the list: one row for each badge that floods, and below it what may matter."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from sqlmodel import Session

from app.badges.queries import BadgeHolder, holders_of
from app.reports.floods import all_quieted
from app.reports.models import Report

MOST = 200
INSIDE = 3


@dataclass(frozen=True)
class Flood:
    """`reports`: open, the newest first, up to MOST."""

    holder: BadgeHolder
    reports: Sequence[Report]

    @property
    def is_quiet(self) -> bool:
        return self.holder.badge.quiet_since is not None

    @property
    def count(self) -> str:
        return f"{MOST}+" if len(self.reports) >= MOST else str(len(self.reports))

    @property
    def inside(self) -> list[Report]:
        """The newest, and what somebody may be waiting with: urgent ones and those with words."""
        telling = [one for one in self.reports[1:] if one.has_note or one.urgency == "now"]
        return [*self.reports[:1], *telling][:INSIDE]


def floods_of(session: Session, network_id: UUID) -> list[Flood]:
    """By badge; the one that last sent something first."""
    found = all_quieted(session, network_id, MOST)
    newest = {one.badge_id: one.seq for one in reversed(found)}
    found.sort(key=lambda one: (-newest[one.badge_id], -one.seq))
    holders = holders_of(session, network_id, newest) if newest else {}
    return [
        Flood(holders[badge_id], list(reports))
        for badge_id, reports in groupby(found, key=lambda one: one.badge_id)
    ]
