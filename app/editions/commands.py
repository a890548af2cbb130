"""A draft's life: begun, changed, waiting for a second pair of eyes, returned, published."""

from collections.abc import Mapping
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
    _note(session, draft, "begin", actor.id, now, {"from": version or newest})
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
    _note(session, draft, "change", actor.id, now, {"revision": draft.revision})


def drop_draft(session: Session, draft: Draft, actor: StaffActor, now: datetime) -> None:
    session.delete(draft)
    _note(session, draft, "drop", actor.id, now)


def ask_for_approval(
    session: Session,
    kind: EditionKind,
    draft: Draft,
    actor: StaffActor,
    now: datetime,
    alone_reason: str = "",
) -> None:
    """Raises Invalid while the document can't be published as it is."""
    if draft.is_waiting:
        return
    if problems := kind.problems(draft.subject, draft.document):
        raise Invalid(problems[0].message, **problems[0].values)
    draft.asked_at, draft.alone_reason = now, alone_reason
    draft.return_note, draft.returned_by_id = "", None
    _note(session, draft, "ask", actor.id, now, {"alone": bool(alone_reason)})


def stop_asking(session: Session, draft: Draft, actor: StaffActor, now: datetime) -> None:
    if draft.is_waiting:
        draft.asked_at, draft.alone_reason = None, ""
        _note(session, draft, "stop_asking", actor.id, now)


def return_draft(
    session: Session, draft: Draft, actor: StaffActor, note: str, now: datetime
) -> None:
    """Back to whoever wrote it, with what to do. Raises Conflict if it doesn't wait."""
    if not draft.is_waiting:
        raise Conflict(N_("この下書きは、いま確認待ちではありません。"))
    draft.asked_at, draft.alone_reason = None, ""
    draft.return_note, draft.returned_by_id = note, actor.id
    _note(session, draft, "return", actor.id, now)


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
    newest = kind.newest(session, actor.network_id, subject)
    if verdict is None or draft.revision != revision or draft.based_on != newest:
        raise Conflict(N_("確認している間に、下書きが変わりました。もう一度見てください。"))
    if verdict is Verdict.WROTE_IT:
        raise Conflict(N_("自分が書いた下書きは、ほかの人が確認します。"))
    if verdict is Verdict.NOT_YET:
        raise Conflict(N_("自分で確認できるのは、翌日からです。"))
    if problems := kind.problems(subject, draft.document):
        raise Invalid(problems[0].message, **problems[0].values)
    return _publish(session, kind, draft, actor, newest + 1, now)


def _publish(
    session: Session,
    kind: EditionKind,
    draft: Draft,
    actor: StaffActor,
    version: int,
    now: datetime,
) -> int:
    kind.publish(session, draft.network_id, draft.subject, version, draft.document, now)
    is_own = str(actor.id) in draft.writers
    session.add(
        Publication(
            network_id=draft.network_id,
            kind=draft.kind,
            subject=draft.subject,
            version=version,
            based_on=draft.based_on,
            writers=draft.writers,
            approved_by_id=actor.id,
            alone_reason=draft.alone_reason if is_own else "",
            published_at=now,
        )
    )
    session.delete(draft)
    _note(session, draft, "publish", actor.id, now, {"version": version, "own": is_own})
    session.flush()
    return version


def _note(
    session: Session,
    draft: Draft,
    what: str,
    staff_id: UUID,
    now: datetime,
    details: Mapping[str, Any] | None = None,
) -> None:
    record(
        session,
        draft.network_id,
        actor=f"staff:{staff_id}",
        action=f"edition.{what}",
        object_id=draft.id,
        now=now,
        details={"kind": draft.kind, "subject": draft.subject, **(details or {})},
    )
