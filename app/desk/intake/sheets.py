"""The checklist of one workplace, as staff fill it in for somebody."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from app.badges.models import Badge
from app.badges.queries import holder_of
from app.checklists.queries import current_checklist
from app.networks.models import Network
from app.networks.scope import get_network, get_row
from app.organizations.models import Organization, Workplace
from app.web.text import filled_document

FIRST_QUESTION = "still_here"


@dataclass(frozen=True)
class Sheet:
    """`badge` is None where whoever brings it told no number."""

    badge: Badge | None
    workplace: Workplace
    organization: Organization
    network: Network
    version: int
    document: dict[str, Any]

    @property
    def place(self) -> str:
        return f"{self.organization.name} {self.workplace.name}".strip()

    @property
    def first(self) -> list[dict[str, Any]]:
        """In the order in which the phone shows them."""
        known = {item["id"]: item for item in self.document["items"]}
        return [known[item_id] for item_id in self.document["first"]]

    @property
    def more(self) -> list[dict[str, Any]]:
        first = set(self.document["first"])
        return [item for item in self.document["items"] if item["id"] not in first]

    @property
    def codes(self) -> set[str]:
        return {item["id"] for item in self.document["items"]}

    @property
    def here(self) -> dict[str, Any]:
        questions: list[dict[str, Any]] = self.document["questions"]
        return next(one for one in questions if one["id"] == FIRST_QUESTION)

    @property
    def questions(self) -> list[dict[str, Any]]:
        return [one for one in self.document["questions"] if one["id"] != FIRST_QUESTION]

    @property
    def question_kinds(self) -> tuple[set[str], set[str]]:
        """Those with several answers, and those with one."""
        many = {one["id"] for one in self.document["questions"] if one["type"] == "multi"}
        return many, {one["id"] for one in self.document["questions"]} - many


def sheet_for_badge(session: Session, badge: Badge) -> Sheet:
    holder = holder_of(session, badge)
    return _sheet(session, badge, holder.workplace, holder.organization)


def sheet_for_workplace(session: Session, workplace: Workplace) -> Sheet:
    organization = get_row(session, Organization, workplace.network_id, workplace.organization_id)
    return _sheet(session, None, workplace, organization)


def _sheet(
    session: Session, badge: Badge | None, workplace: Workplace, organization: Organization
) -> Sheet:
    network = get_network(session, workplace.network_id)
    current = current_checklist(session, network.id, workplace.industry)
    document = filled_document(current.document, network.variables)
    return Sheet(badge, workplace, organization, network, current.version, document)
