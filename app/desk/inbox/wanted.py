"""What a counsellor wants to see: a tab, or what was typed into the search."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from fastapi import Depends, Query
from pydantic import BaseModel

from app.desk.returning import FILTERS
from app.organizations.rules import Industry
from app.web.fields import Fields

URGENCIES = ("now", "today", "info")
WHOSE = ("mine", "nobody")
STATES = ("open", "closed")
NUMBER = re.compile(r"K?-?0*(\d{1,9})")
BADGE = re.compile(r"([ABCDLNPX])-?(\d{4,6})")


class Asked(BaseModel):
    """The address as it came. Numbers: the newest one that the list shows, and after which ones a
    further page begins."""

    q: str = ""
    industry: str = ""
    urgency: str = ""
    whose: str = ""
    state: str = ""
    since: str = ""
    until: str = ""
    up_to: int | None = None
    after: int | None = None
    instructed_after: int | None = None
    selected: UUID | None = None


@dataclass(frozen=True)
class Wanted:
    """As understood. `wrong`: by field, what is to be put right; such a field counts as empty."""

    asked: Asked
    fields: Fields
    words: str
    industry: str
    urgency: str
    whose: str
    state: str
    since: date | None
    until: date | None

    @property
    def is_search(self) -> bool:
        """Else one of the two tabs, 進行中 and 自分の担当."""
        narrowed = (self.words, self.industry, self.urgency, self.state, self.since, self.until)
        return any(narrowed) or self.whose == "nobody" or bool(self.fields.wrong)

    @property
    def is_mine(self) -> bool:
        return self.whose == "mine" and not self.is_search

    @property
    def badge_number(self) -> str | None:
        found = BADGE.fullmatch(_plain(self.words))
        return f"{found[1]}-{found[2]}" if found else None

    def query(self, **changes: object) -> str:
        """For an address that shows the same: `?…`, or nothing."""
        kept = {name: self.fields.values.get(name, "") for name in FILTERS}
        numbers = {name: getattr(self.asked, name) for name in ("after", "instructed_after")}
        given = {name: value for name, value in (kept | numbers | changes).items() if value}
        return f"?{urlencode(given)}" if given else ""


def get_wanted(asked: Annotated[Asked, Query()]) -> Wanted:
    typed = asked.model_dump(include=set(FILTERS))
    fields = Fields(typed)
    return Wanted(
        asked=asked,
        fields=fields,
        words=fields.line("q", 80),
        industry=fields.choice("industry", tuple(Industry)),
        urgency=fields.choice("urgency", URGENCIES),
        whose=fields.choice("whose", WHOSE),
        state=fields.choice("state", STATES),
        since=fields.day("since"),
        until=fields.day("until"),
    )


def receipt_seq(typed: str) -> int | None:
    """387 for K-0387, k387 and 387, also in full-width letters."""
    found = NUMBER.fullmatch(_plain(typed))
    return int(found[1]) if found else None


def _plain(typed: str) -> str:
    return unicodedata.normalize("NFKC", typed).strip().upper()


Listed = Annotated[Wanted, Depends(get_wanted)]
