"""A network's templates as a document that comes in versions; version 1 is the standard ones."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, col

from app.editions.kinds import Document, Part, Problem
from app.errors import N_, NotFound
from app.instructions.adaptation import (
    ALWAYS_ON,
    LONGEST,
    Piece,
    adapted_templates,
    piece_problems,
    standard_form,
    working_form,
)
from app.instructions.models import TemplateVersion
from app.instructions.standard_templates import personal_templates, standard_templates
from app.instructions.wording import offered_templates
from app.networks.scope import get_network, in_network

STANDARD = 1


def newest_version(session: Session, network_id: UUID) -> TemplateVersion | None:
    """None while the standard ones are in use."""
    newest = in_network(TemplateVersion, network_id).order_by(col(TemplateVersion.version).desc())
    return session.exec(newest.limit(1)).first()


def templates_of(session: Session, network_id: UUID) -> dict[str, dict[str, Any]]:
    """Those that a network uses, in its words and its order."""
    newest = newest_version(session, network_id)
    if newest is None:
        return standard_templates()
    return adapted_templates(working_form(newest.document))


def template_of(session: Session, network_id: UUID, template_id: str) -> dict[str, Any]:
    """In the network's words; in the standard ones where it was switched off since."""
    return templates_of(session, network_id).get(template_id) or standard_templates()[template_id]


def hidden_templates(session: Session, network_id: UUID) -> frozenset[str]:
    """Nobody sees these where personal data is switched off; their words are kept."""
    is_on = get_network(session, network_id).personal_data
    return frozenset() if is_on else personal_templates()


class TemplateEdition:
    """One document per network."""

    name = "templates"
    subjects: Sequence[str] = ("all",)

    def newest(self, session: Session, network_id: UUID, subject: str) -> int:
        newest = newest_version(session, network_id)
        return newest.version if newest else STANDARD

    def working_form(
        self, session: Session, network_id: UUID, subject: str, version: int
    ) -> Document:
        if version == STANDARD:
            return standard_form()
        exact = in_network(TemplateVersion, network_id).where(TemplateVersion.version == version)
        if found := session.exec(exact).first():
            return working_form(found.document)
        raise NotFound(N_("この版は見つかりません。"))

    def standard_form(self, subject: str) -> Document:
        return standard_form()

    def problems(self, subject: str, document: Document) -> list[Problem]:
        pieces = document["templates"]
        if any(not piece["on"] for piece in pieces if piece["id"] in ALWAYS_ON):
            return [Problem("use", N_("受付・完了・閉庁中・お知らせのひな形は、いつも使います。"))]
        if not offered_templates(adapted_templates(document)):
            return [Problem("use", N_("相談員が選べるひな形を1つ以上使うようにしてください。"))]
        return [problem for piece in pieces if piece["on"] for problem in piece_problems(piece)]

    def parts(self, document: Document) -> dict[str, Part]:
        return {piece["id"]: _part(piece) for piece in document["templates"] if piece["on"]}

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
            TemplateVersion(
                network_id=network_id, version=version, document=document, published_at=now
            )
        )


def _part(piece: Piece) -> Part:
    words = {
        f"{field}-{language}": _said(piece[field].get(language))
        for field, limits in LONGEST.items()
        for language in limits
    }
    return Part(piece["title"]["ja"], {**words, "minutes": str(piece["minutes"])})


def _said(text: str | list[str] | None) -> str:
    return " / ".join(text) if isinstance(text, list) else text or ""


TEMPLATES = TemplateEdition()
