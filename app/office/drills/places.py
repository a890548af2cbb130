"""The workplaces of the form that starts a drill: those ticked, and those searched for."""

import unicodedata
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from sqlmodel import Session
from starlette.datastructures import FormData

from app.drills.queries import Choice, choices
from app.errors import N_, Invalid
from app.organizations.models import Workplace
from app.organizations.rules import Industry
from app.web.text import one_line

MOST_SHOWN = 50
LONGEST = 60


@dataclass(frozen=True)
class DrillPlaces:
    """`text`, `industry`: what was searched for. `takes_all`: all that matches takes part, not only
    what is ticked."""

    everything: list[Choice]
    ticked: frozenset[str]
    text: str = ""
    industry: str = ""
    takes_all: bool = False
    industries = tuple(Industry)

    @cached_property
    def matching(self) -> list[Choice]:
        return [one for one in self.everything if self._matches(one)]

    @cached_property
    def chosen(self) -> list[Choice]:
        return [one for one in self.everything if str(one.workplace.id) in self.ticked]

    @cached_property
    def shown(self) -> list[Choice]:
        """What is ticked comes first and is never out of sight."""
        rest = [one for one in self.matching if str(one.workplace.id) not in self.ticked]
        return self.chosen + rest[:MOST_SHOWN]

    @property
    def more(self) -> int:
        """How many match and aren't shown."""
        return len({one.workplace.id for one in self.matching} - self._shown_ids)

    @property
    def _shown_ids(self) -> set[UUID]:
        return {one.workplace.id for one in self.shown}

    def _matches(self, one: Choice) -> bool:
        if self.industry and one.workplace.industry != self.industry:
            return False
        names = _folded(f"{one.place} {one.organization.kana}")
        return all(word in names for word in _folded(self.text).split())


def drill_places(session: Session, network_id: UUID, form: FormData | None) -> DrillPlaces:
    """Searched anew where the search was pressed; else as it was when the list was last seen, so
    that 全部 means what its reader saw."""
    everything = choices(session, network_id)
    if form is None:
        return DrillPlaces(everything, frozenset())
    text, industry = ("text", "industry") if "search" in form else ("seen_text", "seen_industry")
    ticked = frozenset(str(one) for one in form.getlist("workplace"))
    return DrillPlaces(
        everything,
        ticked,
        one_line(str(form.get(text, "")))[:LONGEST].strip(),
        str(form.get(industry, ""))[:LONGEST],
        "everything" in form and "search" not in form,
    )


def chosen_workplaces(places: DrillPlaces) -> list[Workplace]:
    """Those of the network; a stranger's is as good as not chosen. Raises Invalid for none."""
    wanted = {one.workplace.id for one in places.matching} if places.takes_all else set()
    found = [
        one.workplace
        for one in places.everything
        if one.workplace.id in wanted or str(one.workplace.id) in places.ticked
    ]
    if not found:
        raise Invalid(N_("訓練をする職場を1つ以上選んでください。"), field="workplace")
    return found


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
