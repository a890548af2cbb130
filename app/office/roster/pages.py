"""What the clerk sees of a draft: its summary, and the rows of one page."""

from dataclasses import dataclass
from functools import cached_property

from sqlmodel import Session

from app.networks.scope import get_network
from app.office.roster.models import RosterDraft
from app.office.roster.plan import Plan, PlannedRow, Verdict, planned
from app.office.roster.register import Register
from app.organizations.roster.entries import Problem, Roster
from app.organizations.roster.written import roster_of
from app.organizations.rules import usual_standings

PAGE = 100
PROBLEMS_SHOWN = 100
BADGES = "badges"
SHOWN = ("", *(verdict.value for verdict in Verdict), BADGES)


@dataclass(frozen=True)
class DraftPage:
    """`show`: one verdict, `badges` for rows that get some or have too many, else everything."""

    draft: RosterDraft
    roster: Roster
    plan: Plan
    show: str = ""
    number: int = 1

    @cached_property
    def chosen(self) -> list[PlannedRow]:
        return [row for row in self.plan.rows if is_shown(row, self.show)]

    @property
    def rows(self) -> list[PlannedRow]:
        return self.chosen[(self.number - 1) * PAGE : self.number * PAGE]

    @property
    def last(self) -> int:
        return max(1, -(-len(self.chosen) // PAGE))

    @property
    def first_row(self) -> int:
        return (self.number - 1) * PAGE + 1

    @cached_property
    def counts(self) -> dict[str, int]:
        return {one: sum(is_shown(row, one) for row in self.plan.rows) for one in SHOWN}

    @property
    def changes_nothing(self) -> bool:
        return not self.plan.badges and self.counts[Verdict.SAME] == len(self.plan.rows)


def is_shown(row: PlannedRow, show: str) -> bool:
    if show == BADGES:
        return bool(row.badges or row.spare)
    return not show or row.verdict == show


def draft_page(session: Session, draft: RosterDraft, show: str, number: int) -> DraftPage:
    """Beyond the last page is the last one; an unknown filter shows everything."""
    roster = roster_of(draft.content)
    usual = usual_standings(get_network(session, draft.network_id).standings)
    plan = planned(roster, Register(session, draft.network_id), usual)
    asked = show if show in SHOWN else ""
    first = DraftPage(draft, roster, plan, asked)
    return DraftPage(draft, roster, plan, asked, min(max(number, 1), first.last))


def told_problems(roster: Roster) -> list[Problem]:
    """The first of them; the sheet to download holds all."""
    return roster.problems[:PROBLEMS_SHOWN]
