"""A network's VAPID key: how push services know that a push is ours (RFC 8292)."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col

from app.audit.commands import record
from app.deliveries.models import VapidKey
from app.deliveries.vapid import generate_vapid_keys
from app.networks.scope import in_network
from app.sealing.custody import MasterKey


def create_vapid_key(
    session: Session, network_id: UUID, master: MasterKey, now: datetime
) -> VapidKey:
    private, public = generate_vapid_keys()
    key = VapidKey(
        network_id=network_id,
        public_key=public,
        private_wrapped=master.wrap(private, f"vapid/{network_id}"),
        created_at=now,
    )
    session.add(key)
    session.flush()
    return key


def current_vapid_key(session: Session, network_id: UUID) -> VapidKey:
    usable = in_network(VapidKey, network_id).where(col(VapidKey.retired_at).is_(None))
    return session.exec(
        usable.order_by(col(VapidKey.created_at).desc(), col(VapidKey.id).desc()).limit(1)
    ).one()


def key_of(session: Session, network_id: UUID, key_id: UUID | None) -> VapidKey:
    """The key that a browser was told; for those from before keys were noted, the first one."""
    if key_id:
        return session.get_one(VapidKey, (network_id, key_id))
    first = in_network(VapidKey, network_id).order_by(col(VapidKey.created_at))
    return session.exec(first.limit(1)).one()


def rotate_vapid_key(
    session: Session, network_id: UUID, master: MasterKey, now: datetime
) -> VapidKey:
    """Phones subscribe again with the new key when they are opened. Until then theirs signs."""
    key = create_vapid_key(session, network_id, master, now)
    record(
        session,
        network_id,
        actor="operator",
        action="push_key.rotate",
        object_id=key.id,
        now=now,
    )
    return key


def private_key_of(key: VapidKey, master: MasterKey) -> str:
    return master.unwrap(key.private_wrapped, f"vapid/{key.network_id}")
