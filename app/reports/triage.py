"""What a report amounts to: urgency, headline, and what a counsellor should know about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import Session, col

from app.checklists.queries import current_checklist, find_version
from app.checklists.rules import urgency_of
from app.networks.scope import in_network
from app.reports.forms import Envelope
from app.reports.models import Report
from app.reports.senders import Sender

RANKS = {"info": 1, "today": 2, "now": 3}
HISTORY = timedelta(days=30)
SIMILAR_BEFORE = 2
IMPOSSIBLE_CLOCK = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Triage:
    urgency: str
    category: str
    headline: dict[str, str]
    flags: list[str]

    @property
    def rank(self) -> int:
        return RANKS[self.urgency]


class Checklists:
    """Published versions never change, so each is read from the database once per process."""

    def __init__(self) -> None:
        self._known: dict[tuple[UUID, str, int], Mapping[str, Any]] = {}

    def written_against(
        self, session: Session, sender: Sender, version: int
    ) -> tuple[Mapping[str, Any], bool]:
        """The document of that version, or the current one and False if it was never published."""
        key = (sender.network_id, sender.industry, version)
        if key in self._known:
            return self._known[key], True
        found = find_version(session, *key)
        if found is None:
            current = current_checklist(session, sender.network_id, sender.industry)
            return current.document, False
        self._known[key] = found.document
        return found.document, True


def triage(
    session: Session, checklists: Checklists, sender: Sender, envelope: Envelope, now: datetime
) -> Triage:
    document, is_known = checklists.written_against(session, sender, envelope.checklist.version)
    items = {item["id"]: item for item in document["items"]}
    levels = {item_id: item["urgency"] for item_id, item in items.items()}
    urgency = urgency_of(document["rules"], levels, envelope.items, envelope.answers)
    first = most_urgent(items, envelope.items)
    category = first["category"] if first else "other"
    if urgency == "info" and has_history(session, sender, category, now):
        urgency = "today"
    flags = {
        "unknown_version": not is_known,
        "unknown_items": not items.keys() >= set(envelope.items),
        "stopped_badge": sender.badge_is_stopped,
        "unregistered": not sender.has_inbox,
        "clock": abs(envelope.client_at - now) > IMPOSSIBLE_CLOCK,
    }
    raised = [flag for flag, is_so in flags.items() if is_so]
    return Triage(urgency, category, first["short"] if first else {}, raised)


def most_urgent(
    known: Mapping[str, Mapping[str, Any]], ticked: Sequence[str]
) -> Mapping[str, Any] | None:
    seen = [known[item] for item in ticked if item in known]
    return max(seen, key=lambda item: RANKS[item["urgency"]], default=None)


def has_history(session: Session, sender: Sender, category: str, now: datetime) -> bool:
    """The third similar 情報提供 from one place within 30 days is looked at today."""
    similar = (
        in_network(Report, sender.network_id)
        .where(Report.workplace_id == sender.workplace_id, Report.category == category)
        .where(Report.urgency == "info", col(Report.received_at) >= now - HISTORY)
        .limit(SIMILAR_BEFORE)
    )
    return len(session.exec(similar).all()) >= SIMILAR_BEFORE
