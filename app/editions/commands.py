"""A draft's life: begun, changed, waiting for a second pair of eyes, returned, published."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from app.audit.commands import record
from app.clock import TOKYO
from app.editions.kinds import Document, EditionKind
from app.editions.models import Draft, Publication
from app.editions.queries import find_draft, get_draft
from app.editions.rules import Verdict, verdict_on
from app.errors import N_, Conflict, Invalid
from app.web.access import StaffActor

STANDARD = 1
NOT_WAITING = N_("この下書きは、いま確認待ちではありません。")


@dataclass(frozen=True)
class Approval:
    """`by`: as the audit chain names them; a member of staff, or the 中心市 by the link to it."""

    by: str
    staff_id: UUID | None = None
    link_id: UUID | None = None
    is_own: bool = False


def begin_draft(
    session: Session,
    kind: EditionKind,
    subject: str,
    actor: StaffActor,
    now: datetime,
    version: int | None = None,
) -> Draft:
    """From the version in use, or an older one to bring back. An open draft goes on instead;
    raises Conflict where that would drop it for an older version."""
    newest = kind.newest(session, actor.network_id, subject)
    if draft := find_draft(session, actor.network_id, kind, subject, lock=True):
        if version is None:
            return draft
        raise Conflict(N_("下書きがあります。先に公開するか、取り消してください。"))
    draft = Draft(
        network_id=actor.network_id,
        kind=kind.name,
        subject=subject,
        document=kind.working_form(session, actor.network_id, subject, version or newest),
        based_on=newest,
        writers=[str(actor.id)],
        started_at=now,
        changed_at=now,
        changed_by_id=actor.id,
    )
    session.add(draft)
    try:
        session.flush()
    except IntegrityError as twin:
        raise Conflict(N_("ほかの人が先に下書きを始めました。もう一度開いてください。")) from twin
    note_draft(session, draft, "begin", by(actor), now, {"from": version or newest})
    return draft


def change_draft(
    session: Session, draft: Draft, document: Document, actor: StaffActor, now: datetime
) -> None:
    """Raises Conflict while it waits: what is approved must be what was read."""
    if draft.is_waiting:
        raise Conflict(
            N_("確認待ちです。直すには、先に「確認の依頼を取り下げる」を押してください。")
        )
    draft.document = document
    draft.revision += 1
    draft.changed_at, draft.changed_by_id = now, actor.id
    draft.writers = list(dict.fromkeys([*draft.writers, str(actor.id)]))
    note_draft(session, draft, "change", by(actor), now, {"revision": draft.revision})


def drop_draft(session: Session, draft: Draft, actor: StaffActor, now: datetime) -> None:
    session.delete(draft)
    note_draft(session, draft, "drop", by(actor), now)


def ask_for_approval(
    session: Session,
    kind: EditionKind,
    draft: Draft,
    actor: StaffActor,
    now: datetime,
    alone_reason: str = "",
    link_id: UUID | None = None,
) -> None:
    """`link_id`: to the 中心市 that may read it too, and approve it. Raises Invalid while the
    document can't be published as it is."""
    if draft.is_waiting:
        return
    if problems := kind.problems(draft.subject, draft.document):
        raise Invalid(problems[0].message, **problems[0].values)
    draft.asked_at, draft.alone_reason, draft.asked_link_id = now, alone_reason, link_id
    draft.return_note, draft.returned_by_id = "", None
    details = {"alone": bool(alone_reason)} | ({"center": True} if link_id else {})
    note_draft(session, draft, "ask", by(actor), now, details)


def stop_asking(session: Session, draft: Draft, actor: StaffActor, now: datetime) -> None:
    if draft.is_waiting:
        draft.asked_at, draft.alone_reason, draft.asked_link_id = None, "", None
        note_draft(session, draft, "stop_asking", by(actor), now)


def return_draft(
    session: Session, draft: Draft, actor: StaffActor, note: str, now: datetime
) -> None:
    """Back to whoever wrote it, with what to do. Raises Conflict if it doesn't wait."""
    if not draft.is_waiting:
        raise Conflict(NOT_WAITING)
    draft.asked_at, draft.alone_reason, draft.asked_link_id = None, "", None
    draft.return_note, draft.returned_by_id = note, actor.id
    note_draft(session, draft, "return", by(actor), now)


def verdict_for(draft: Draft, actor: StaffActor, now: datetime) -> Verdict | None:
    """None while it doesn't wait."""
    if draft.asked_at is None:
        return None
    return verdict_on(
        writers=draft.writers,
        reader=str(actor.id),
        is_alone=bool(draft.alone_reason),
        asked_on=draft.asked_at.astimezone(TOKYO).date(),
        today=now.astimezone(TOKYO).date(),
    )


def publish(
    session: Session,
    kind: EditionKind,
    subject: str,
    actor: StaffActor,
    revision: int,
    now: datetime,
) -> int:
    """The version that every phone and desk uses from now on.

    Raises Conflict if the draft isn't what was read (`revision`), or somebody else was first.
    """
    draft = get_draft(session, actor.network_id, kind, subject)
    verdict = verdict_for(draft, actor, now)
    newest = check_as_read(session, kind, draft, revision)
    if verdict is Verdict.WROTE_IT:
        raise Conflict(N_("自分が書いた下書きは、ほかの人が確認します。"))
    if verdict is Verdict.NOT_YET:
        raise Conflict(N_("自分で確認できるのは、翌日からです。"))
    is_own = str(actor.id) in draft.writers
    approval = Approval(by(actor), staff_id=actor.id, is_own=is_own)
    return write_version(session, kind, draft, approval, newest + 1, now)


def check_as_read(session: Session, kind: EditionKind, draft: Draft, revision: int) -> int:
    """The newest version, on which the draft still stands. Raises Conflict, or Invalid."""
    newest = kind.newest(session, draft.network_id, draft.subject)
    if not draft.is_waiting or draft.revision != revision or draft.based_on != newest:
        raise Conflict(N_("確認している間に、下書きが変わりました。もう一度見てください。"))
    if problems := kind.problems(draft.subject, draft.document):
        raise Invalid(problems[0].message, **problems[0].values)
    return newest


def write_version(
    session: Session,
    kind: EditionKind,
    draft: Draft,
    approval: Approval,
    version: int,
    now: datetime,
) -> int:
    kind.publish(session, draft.network_id, draft.subject, version, draft.document, now)
    session.add(
        Publication(
            network_id=draft.network_id,
            kind=draft.kind,
            subject=draft.subject,
            version=version,
            based_on=draft.based_on,
            writers=draft.writers,
            approved_by_id=approval.staff_id,
            approved_link_id=approval.link_id,
            alone_reason=draft.alone_reason if approval.is_own else "",
            published_at=now,
        )
    )
    session.delete(draft)
    details = {"version": version, "own": approval.is_own}
    note_draft(session, draft, "publish", approval.by, now, details)
    session.flush()
    return version


def by(actor: StaffActor) -> str:
    """As the audit chain names staff of this network."""
    return f"staff:{actor.id}"


def note_draft(
    session: Session,
    draft: Draft,
    what: str,
    who: str,
    now: datetime,
    details: Mapping[str, Any] | None = None,
) -> None:
    record(
        session,
        draft.network_id,
        actor=who,
        action=f"edition.{what}",
        object_id=draft.id,
        now=now,
        details={"kind": draft.kind, "subject": draft.subject, **(details or {})},
    )
