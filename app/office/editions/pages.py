"""What the office shows of a document that comes in versions: its draft, who may approve it."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from uuid import UUID

from sqlmodel import Session

from app.checklists.edition import CHECKLISTS
from app.clock import TOKYO
from app.editions.commands import STANDARD, verdict_for
from app.editions.differences import Difference, differences
from app.editions.kinds import Document, EditionKind, Part, Problem
from app.editions.models import Draft, Publication
from app.editions.queries import find_draft, names_of, others_who_can_approve, publications_of
from app.editions.rules import Verdict, own_review_from
from app.errors import N_, NotFound
from app.instructions.edition import TEMPLATES, hidden_templates
from app.links.models import NetworkLink
from app.links.queries import Peer, find_center, peer_at
from app.networks.scope import get_row
from app.reports.personal_data import Kind, suspicions
from app.web.access import StaffActor
from app.web.language import say_plainly

KINDS: dict[str, EditionKind] = {one.name: one for one in (CHECKLISTS, TEMPLATES)}


@dataclass(frozen=True)
class DocumentPage:
    """`document`: the draft's, or what is published. `changed`: parts that differ from what is
    published; `adapted`: from the standard. `hidden`: parts that this network doesn't see."""

    kind: EditionKind
    subject: str
    newest: int
    document: Document
    published: Document
    hidden: frozenset[str]

    @property
    def parts(self) -> dict[str, Part]:
        return seen_parts(self.kind, self.document, self.hidden)

    @property
    def changed(self) -> list[Difference]:
        return differences(seen_parts(self.kind, self.published, self.hidden), self.parts)

    @property
    def adapted(self) -> list[Difference]:
        standard = self.kind.standard_form(self.subject)
        return differences(seen_parts(self.kind, standard, self.hidden), self.parts)

    @property
    def suspected(self) -> list[str]:
        """Words of the draft that look like somebody's name or number: warned about."""
        texts = [pair[1] for one in self.changed for pair in one.fields.values()]
        added = {one.part for one in self.changed if not one.fields}
        parts = self.parts
        texts += [text for key in added if key in parts for text in parts[key].fields.values()]
        return list(dict.fromkeys(word for text in texts for word in personal_words(text)))


@dataclass(frozen=True)
class EditionPage(DocumentPage):
    """`others`: who else could approve. `center`: the 中心市 that could, too; `asked`: where it was
    asked and may still read it."""

    publication: Publication | None
    draft: Draft | None
    verdict: Verdict | None
    own_from: date | None
    writers: list[str]
    returned_by: list[str]
    others: list[str]
    center: Peer | None
    problems: list[Problem]

    @property
    def base(self) -> str:
        return f"/office/editions/{self.kind.name}/{self.subject}"

    @property
    def home(self) -> str:
        return home_of(self.kind, self.subject)

    @property
    def asked(self) -> Peer | None:
        is_asked = self.draft and self.center and self.draft.asked_link_id == self.center.link.id
        return self.center if is_asked else None


def seen_parts(kind: EditionKind, document: Document, hidden: Set[str]) -> dict[str, Part]:
    return {key: part for key, part in kind.parts(document).items() if key not in hidden}


def personal_words(text: str) -> list[str]:
    """Public numbers have too few digits, or stand there as a name to be filled in."""
    kinds: set[Kind] = {"name", "phone", "account", "address", "email", "card"}
    return [text[one.start : one.end] for one in suspicions(text) if one.kind in kinds]


def find_kind(name: str, subject: str) -> EditionKind:
    kind = KINDS.get(name)
    if kind is None or subject not in kind.subjects:
        raise NotFound(N_("見つかりません。"))
    return kind


def home_of(kind: EditionKind, subject: str) -> str:
    """Where its draft is written."""
    return f"/office/checklists/{subject}" if kind is CHECKLISTS else f"/office/{kind.name}"


def edition_page(
    session: Session, actor: StaffActor, kind: EditionKind, subject: str, now: datetime
) -> EditionPage:
    network_id = actor.network_id
    newest = kind.newest(session, network_id, subject)
    published = kind.working_form(session, network_id, subject, newest)
    draft = find_draft(session, network_id, kind, subject)
    asked_at = draft.asked_at if draft else None
    writers = draft.writers if draft else []
    look = partial(lookers, session, network_id)
    return EditionPage(
        kind=kind,
        subject=subject,
        newest=newest,
        publication=publications_of(session, network_id, kind, subject).get(newest),
        draft=draft,
        document=draft.document if draft else published,
        published=published,
        hidden=hidden_parts(session, network_id, kind),
        verdict=verdict_for(draft, actor, now) if draft else None,
        own_from=own_review_from(asked_at.astimezone(TOKYO).date()) if asked_at else None,
        writers=names_of(session, network_id, writers),
        returned_by=look(draft.returned_by_id, draft.asked_link_id) if draft else [],
        center=find_center(session, network_id),
        others=[one.name for one in others_who_can_approve(session, network_id, writers)],
        problems=kind.problems(subject, draft.document) if draft else [],
    )


def hidden_parts(session: Session, network_id: UUID, kind: EditionKind) -> frozenset[str]:
    return hidden_templates(session, network_id) if kind is TEMPLATES else frozenset()


def lookers(
    session: Session, network_id: UUID, staff_id: UUID | None, link_id: UUID | None
) -> list[str]:
    """Who looked at it: a person of this network, or the 中心市."""
    if staff_id:
        return names_of(session, network_id, [str(staff_id)])
    if link_id is None:
        return []
    link = get_row(session, NetworkLink, network_id, link_id)
    return [say_plainly(N_("%(name)s(中心市)"), name=peer_at(session, link).name)]


@dataclass(frozen=True)
class VersionRow:
    """One line of the history; the standard version has no writers."""

    version: int
    published_at: datetime | None
    writers: list[str]
    approved_by: list[str]
    alone_reason: str


def version_rows(
    session: Session, network_id: UUID, kind: EditionKind, subject: str
) -> list[VersionRow]:
    """The newest first."""
    known = publications_of(session, network_id, kind, subject)
    rows = [
        VersionRow(
            one.version,
            one.published_at,
            names_of(session, network_id, one.writers),
            lookers(session, network_id, one.approved_by_id, one.approved_link_id),
            one.alone_reason,
        )
        for one in sorted(known.values(), key=lambda one: -one.version)
    ]
    return [*rows, VersionRow(STANDARD, None, [], [], "")]


def version_differences(
    session: Session, network_id: UUID, kind: EditionKind, subject: str, version: int
) -> list[Difference]:
    """From the version before. Raises NotFound for one that never was."""
    hidden = hidden_parts(session, network_id, kind)
    after = kind.working_form(session, network_id, subject, version)
    if version <= STANDARD:
        return []
    before = kind.working_form(session, network_id, subject, version - 1)
    return differences(seen_parts(kind, before, hidden), seen_parts(kind, after, hidden))
