"""What a report amounts to: urgency, headline, and what a counsellor should know about it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, select
from sqlmodel import Session, col

from app.checklists.queries import current_checklist, find_version
from app.checklists.rules import urgency_of
from app.reports.forms import Envelope
from app.reports.models import Report
from app.reports.senders import LARGEST_COUNT, Sender

RANKS = {"info": 1, "today": 2, "now": 3}
HISTORY = timedelta(days=30)
SIMILAR_BEFORE = 2
IMPOSSIBLE_CLOCK = timedelta(days=30)
IMPOSSIBLE_ID = timedelta(days=3650)
Place = tuple[UUID, UUID, str]

# Built once: building a statement takes longer than running it.
PLACE = (col(Report.network_id), col(Report.workplace_id), col(Report.category))
SIMILAR = (
    select(*PLACE)
    .where(col(Report.network_id).in_(bindparam("networks", expanding=True)))
    .where(col(Report.workplace_id).in_(bindparam("workplaces", expanding=True)))
    .where(col(Report.urgency) == "info", col(Report.received_at) >= bindparam("since"))
    .group_by(*PLACE)
    .having(func.count() >= SIMILAR_BEFORE)
)


@dataclass(frozen=True, slots=True)
class Triage:
    urgency: str
    category: str
    headline: dict[str, str]
    flags: list[str]

    @property
    def rank(self) -> int:
        return RANKS[self.urgency]


class Checklist:
    """A version as triage reads it."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.rules: Mapping[str, Any] = document["rules"]
        self.items: dict[str, Mapping[str, Any]] = {one["id"]: one for one in document["items"]}
        self.levels = {item_id: item["urgency"] for item_id, item in self.items.items()}


class Checklists:
    """Published versions never change, so each is read from the database once per process."""

    def __init__(self) -> None:
        self._known: dict[tuple[UUID, str, int], Checklist] = {}

    def written_against(
        self, session: Session, sender: Sender, version: int
    ) -> tuple[Checklist, bool]:
        """That version, or the current one and False if it was never published."""
        key = (sender.network_id, sender.industry, version)
        if key in self._known:
            return self._known[key], True
        found = find_version(session, *key)
        if found is None:
            current = current_checklist(session, sender.network_id, sender.industry)
            return Checklist(current.document), False
        self._known[key] = Checklist(found.document)
        return self._known[key], True


def triage_all(
    session: Session,
    checklists: Checklists,
    written: Sequence[tuple[Sender, Envelope]],
    now: datetime,
) -> list[Triage]:
    """The third similar 情報提供 from one place within 30 days is looked at today."""
    found = [triage(session, checklists, *one, now) for one in written]
    places = [
        (sender.network_id, sender.workplace_id, one.category)
        for (sender, _), one in zip(written, found, strict=True)
    ]
    quiet = {place for place, one in zip(places, found, strict=True) if one.urgency == "info"}
    known = with_history(session, quiet, now)
    return [
        replace(one, urgency="today") if one.urgency == "info" and place in known else one
        for place, one in zip(places, found, strict=True)
    ]


def triage(
    session: Session, checklists: Checklists, sender: Sender, envelope: Envelope, now: datetime
) -> Triage:
    """What the report alone amounts to."""
    used, is_known = checklists.written_against(session, sender, envelope.checklist.version)
    urgency = urgency_of(used.rules, used.levels, envelope.items, envelope.answers)
    first = most_urgent(used.items, envelope.items)
    flags = {
        "unknown_version": not is_known,
        "unknown_items": not used.items.keys() >= set(envelope.items),
        "stopped_badge": sender.badge_is_stopped,
        "unregistered": not sender.has_inbox,
        "unknown_envelope": envelope.is_of_the_future,
        "clock": is_impossible(envelope, now),
        "odd_number": envelope.device_seq > LARGEST_COUNT,
    }
    raised = [flag for flag, is_so in flags.items() if is_so]
    category = first["category"] if first else "other"
    return Triage(urgency, category, first["short"] if first else {}, raised)


def is_impossible(envelope: Envelope, now: datetime) -> bool:
    """Whether the phone's clock was far off, by what it wrote or by the id it made (UUIDv7)."""
    made_at = (envelope.report_id.int >> 80) / 1000
    wrote_badly = abs(envelope.client_at - now) > IMPOSSIBLE_CLOCK
    made_badly = abs(made_at - now.timestamp()) > IMPOSSIBLE_ID.total_seconds()
    return wrote_badly or (envelope.report_id.version == 7 and made_badly)


def most_urgent(
    known: Mapping[str, Mapping[str, Any]], ticked: Sequence[str]
) -> Mapping[str, Any] | None:
    seen = [known[item] for item in ticked if item in known]
    return max(seen, key=lambda item: RANKS[item["urgency"]], default=None)


def with_history(session: Session, places: Collection[Place], now: datetime) -> set[Place]:
    """Those from where two or more such reports came lately, and others beside them."""
    if not places:
        return set()
    networks, workplaces, _ = (list(set(values)) for values in zip(*places, strict=True))
    asked = {"networks": networks, "workplaces": workplaces, "since": now - HISTORY}
    return {(row[0], row[1], row[2]) for row in session.connection().execute(SIMILAR, asked)}
