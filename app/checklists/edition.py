"""A network's checklists as documents that come in versions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session

from app.checklists.adaptation import Item, published_form, standard_form, working_form
from app.checklists.items import LONGEST, whole_problems
from app.checklists.models import ChecklistVersion
from app.checklists.queries import current_checklist, find_version, versions_of
from app.checklists.standard_set import INDUSTRIES, LANGUAGES, known_actions
from app.editions.kinds import Document, Part, Problem
from app.errors import N_, NotFound


class ChecklistEdition:
    """One document per industry."""

    name = "checklist"
    subjects: Sequence[str] = INDUSTRIES

    def newest(self, session: Session, network_id: UUID, subject: str) -> int:
        return current_checklist(session, network_id, subject).version

    def working_form(
        self, session: Session, network_id: UUID, subject: str, version: int
    ) -> Document:
        wanted = find_version(session, network_id, subject, version)
        if wanted is None:
            raise NotFound(N_("この版は見つかりません。"))
        others = [one.document for one in versions_of(session, network_id, subject)]
        return working_form(subject, wanted.document, others)

    def standard_form(self, subject: str) -> Document:
        return standard_form(subject)

    def problems(self, subject: str, document: Document) -> list[Problem]:
        return list(whole_problems(subject, document))

    def parts(self, document: Document) -> dict[str, Part]:
        """What can be ticked, and the numbers behind it. An item that is off is as good as gone."""
        shown = [item for item in document["items"] if item["on"]]
        settings = {"enough": str(document["enough"]), **document["numbers"]}
        return {
            **{item["id"]: _part(item) for item in shown},
            "settings": Part("", settings),
        }

    def publish(
        self,
        session: Session,
        network_id: UUID,
        subject: str,
        version: int,
        document: Document,
        now: datetime,
    ) -> None:
        session.add(
            ChecklistVersion(
                network_id=network_id,
                industry=subject,
                version=version,
                document=published_form(subject, document),
                published_at=now,
            )
        )


def _part(item: Item) -> Part:
    words = {
        f"{field}-{language}": item[field].get(language, "")
        for field in LONGEST
        for language in LANGUAGES
    }
    return Part(
        item["text"]["ja"],
        {
            "urgency": item["urgency"],
            **words,
            "do": _said(item["do"]),
            "dont": _said(item["dont"]),
        },
    )


def _said(codes: list[str]) -> str:
    actions: dict[str, Any] = known_actions()
    return "、".join(actions[code]["text"]["ja"] for code in codes)


CHECKLISTS = ChecklistEdition()
