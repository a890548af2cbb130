"""What the badge's page shows: the checklist of that industry, urgent ones first, in few rows."""

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from sqlmodel import Session

from app.badges.queries import BadgeHolder, pairing_with
from app.badges.secrecy import promise_lines
from app.checklists.queries import current_checklist
from app.sealing.keys import current_key
from app.web.access import PhoneActor
from app.web.text import filled_document

FIRST_QUESTION = "still_here"


@dataclass(frozen=True)
class ChecklistPage:
    """At most eight rows at first (`urgent`, `notable`); the rest lies under ほかの気付き.

    `base`: where guidance and screens for the customer are. `is_sample`: it can't be sent.
    """

    holder: BadgeHolder
    version: int
    document: dict[str, Any]
    urgent: list[dict[str, Any]]
    notable: list[dict[str, Any]]
    more: list[dict[str, Any]]
    here: dict[str, Any]
    questions: list[dict[str, Any]]
    agreed: bool
    promises: list[Markup]
    sealing: dict[str, str]
    base: str
    is_sample: bool = False

    @property
    def actions(self) -> dict[str, Any]:
        actions: dict[str, Any] = self.document["actions"]
        return actions

    @property
    def things_to_do(self) -> set[str]:
        return {code for code, action in self.actions.items() if action["kind"] == "do"}

    @property
    def numbers_to_call(self) -> set[str]:
        return {code for code, action in self.actions.items() if action["kind"] == "call"}

    @property
    def script_data(self) -> dict[str, Any]:
        """What the page's script needs; no words, since those stand in the page."""
        return {
            "network": str(self.holder.network.id),
            "badge": self.holder.badge.code,
            "agreed": self.agreed,
            "secrecy": self.holder.network.secrecy_version,
            "checklist": {"id": self.document["id"], "version": self.version},
            "sealing": self.sealing,
        }

    @property
    def rules_data(self) -> dict[str, Any]:
        """By what the phone decides about urgency: the same data as the server."""
        urgencies = {item["id"]: item["urgency"] for item in self.document["items"]}
        return {"rules": self.document["rules"], "urgency": urgencies}


def checklist_page(
    session: Session, holder: BadgeHolder, phone: PhoneActor | None
) -> ChecklistPage:
    current = current_checklist(session, holder.network.id, holder.workplace.industry)
    key = current_key(session, holder.network.id)
    return page_around(
        current.document,
        holder=holder,
        version=current.version,
        agreed=has_agreed(session, holder, phone),
        promises=promise_lines(session, holder.network, holder.organization.standing),
        sealing={"kid": key.kid, "key": key.public_key},
        base=f"/B/{holder.badge.code}",
    )


def page_around(document: dict[str, Any], *, holder: BadgeHolder, **fields: Any) -> ChecklistPage:
    """A document in the order of the page, with the network's names and numbers filled in."""
    document = filled_document(document, holder.network.variables)
    items = {item["id"]: item for item in document["items"]}
    first = [items[item_id] for item_id in document["first"]]
    questions = {question["id"]: question for question in document["questions"]}
    return ChecklistPage(
        holder=holder,
        document=document,
        urgent=[item for item in first if item["urgency"] == "now"],
        notable=[item for item in first if item["urgency"] != "now"],
        more=[item for item_id, item in items.items() if item_id not in document["first"]],
        here=questions.pop(FIRST_QUESTION),
        questions=list(questions.values()),
        **fields,
    )


def has_agreed(session: Session, holder: BadgeHolder, phone: PhoneActor | None) -> bool:
    """This phone has acknowledged the current version of 秘密保持 under this badge."""
    if phone is None or phone.network_id != holder.network.id:
        return False
    pairing = pairing_with(session, holder.network.id, phone.device_id, holder.badge.id)
    return (
        pairing is not None
        and pairing.ended_at is None
        and pairing.agreed_version == holder.network.secrecy_version
    )
