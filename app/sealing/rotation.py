"""Changing a network's key. What old keys sealed opens for 400 days, then nobody can open it."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col

from app.audit.commands import record
from app.errors import N_, NotFound
from app.networks.scope import in_network
from app.sealing.custody import MasterKey
from app.sealing.keys import create_key
from app.sealing.models import SealingKey

OPENS_FOR = timedelta(days=400)


def keys_of(session: Session, network_id: UUID) -> list[SealingKey]:
    """Newest first."""
    query = in_network(SealingKey, network_id)
    return list(session.exec(query.order_by(col(SealingKey.created_at).desc())))


def rotate_keys(
    session: Session, network_id: UUID, master: MasterKey, now: datetime
) -> tuple[SealingKey, list[str]]:
    """A new key that seals from now on, and the kids whose private halves are gone for good."""
    before = keys_of(session, network_id)
    for key in before:
        key.retired_at = key.retired_at or now
        session.add(key)
    forgotten = [key.kid for key in before if _forget(key, now)]
    made = create_key(session, network_id, master, now)
    _note(session, made, "key.rotate", now, {"forgotten": forgotten})
    return made, forgotten


def _forget(key: SealingKey, now: datetime) -> bool:
    expired = key.retired_at is not None and key.retired_at + OPENS_FOR < now
    if not expired or not key.private_wrapped:
        return False
    key.private_wrapped = ""
    return True


def note_compromise(
    session: Session, network_id: UUID, kid: str, master: MasterKey, now: datetime
) -> SealingKey | None:
    """鍵が漏れた. It goes on opening what is on its way, and a person is told of each.

    Returns the key that takes its place, if it was the one in use. Raises NotFound.
    """
    key = session.exec(in_network(SealingKey, network_id).where(SealingKey.kid == kid)).first()
    if key is None:
        raise NotFound(N_("この内容を開く鍵が見つかりません。"))
    if key.compromised_at is None:
        key.compromised_at = now
        session.add(key)
        _note(session, key, "key.compromise", now, {})
    return None if key.retired_at else rotate_keys(session, network_id, master, now)[0]


def _note(
    session: Session, key: SealingKey, action: str, now: datetime, details: dict[str, list[str]]
) -> None:
    record(
        session,
        key.network_id,
        actor="operator",
        action=action,
        object_id=key.kid,
        now=now,
        details=details,
    )
