"""The 中心市 as second pair of eyes: it approves or returns a draft of a network around it, and the
audit chains of both say so."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session

from app.audit.commands import record
from app.editions.asked import Asked
from app.editions.commands import Approval, by, check_as_read, note_draft, write_version
from app.editions.kinds import EditionKind
from app.web.access import StaffActor


def publish_for_peer(
    session: Session,
    kind: EditionKind,
    asked: Asked,
    actor: StaffActor,
    revision: int,
    now: datetime,
) -> int:
    """The version that the phones of that network use from now on. Raises Conflict if the draft
    isn't what was read."""
    newest = check_as_read(session, kind, asked.draft, revision)
    _note(session, asked, actor, "publish", now, {"version": newest + 1})
    approval = Approval(_center(actor), link_id=asked.peer.link.id)
    return write_version(session, kind, asked.draft, approval, newest + 1, now)


def return_to_peer(
    session: Session, asked: Asked, actor: StaffActor, note: str, now: datetime
) -> None:
    """It keeps by which link it was asked, so that its writers read who returned it."""
    draft = asked.draft
    draft.asked_at, draft.alone_reason = None, ""
    draft.return_note, draft.returned_by_id = note, None
    note_draft(session, draft, "return", _center(actor), now)
    _note(session, asked, actor, "return", now, {})


def _center(actor: StaffActor) -> str:
    """As the other network's chain names it: which of its people it was, its own chain says."""
    return f"network:{actor.network_id}"


def _note(
    session: Session,
    asked: Asked,
    actor: StaffActor,
    what: str,
    now: datetime,
    details: Mapping[str, Any],
) -> None:
    draft = asked.draft
    record(
        session,
        actor.network_id,
        actor=by(actor),
        action=f"review.{what}",
        object_id=draft.id,
        now=now,
        details={
            "peer": asked.peer.name,
            "kind": draft.kind,
            "subject": draft.subject,
            **details,
        },
    )
