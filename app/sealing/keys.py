"""A network's key pairs: the newest one seals, older ones still open what they sealed."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlmodel import Session, col

from app.errors import N_, NotFound
from app.networks.scope import in_network
from app.sealing.custody import MasterKey
from app.sealing.envelope import Context, SealedEnvelope, generate_key_pair, open_sealed, seal
from app.sealing.models import SealingKey

# Built once: building a statement takes longer than running it.
STATES = select(
    col(SealingKey.network_id), col(SealingKey.kid), col(SealingKey.compromised_at)
).where(col(SealingKey.network_id).in_(bindparam("networks", expanding=True)))


class KeyGone(NotFound):
    """Retired for longer than old keys open."""


def create_key(session: Session, network_id: UUID, master: MasterKey, now: datetime) -> SealingKey:
    private, public = generate_key_pair()
    kid = _new_kid(session, network_id, now)
    key = SealingKey(
        network_id=network_id,
        kid=kid,
        public_key=public,
        private_wrapped=master.wrap(private, _purpose(network_id, kid)),
        created_at=now,
    )
    session.add(key)
    session.flush()
    return key


def _new_kid(session: Session, network_id: UUID, now: datetime) -> str:
    """The second it is made in; a further one in the same second says so."""
    base = f"k{now:%Y%m%d%H%M%S}"
    same = in_network(SealingKey, network_id).where(col(SealingKey.kid).startswith(base))
    number = len(session.exec(same).all())
    return f"{base}-{number}" if number else base


def current_key(session: Session, network_id: UUID) -> SealingKey:
    usable = in_network(SealingKey, network_id).where(col(SealingKey.retired_at).is_(None))
    return session.exec(usable.order_by(col(SealingKey.created_at).desc()).limit(1)).one()


def seal_for(session: Session, text: str, context: Context) -> SealedEnvelope:
    """Where there is no script, the server seals on receipt, before the database sees the text."""
    key = current_key(session, UUID(context.network_id))
    return seal(text, key.public_key, key.kid, context)


def open_for(
    session: Session, master: MasterKey, envelope: SealedEnvelope, context: Context
) -> str:
    """The text, for one authorised request. Raises SealBroken, NotFound for an unknown key, or
    KeyGone where its private half was erased."""
    network_id = UUID(context.network_id)
    key = session.exec(
        in_network(SealingKey, network_id).where(SealingKey.kid == envelope.kid)
    ).first()
    if key is None:
        raise NotFound(N_("この内容を開く鍵が見つかりません。"))
    if not key.private_wrapped:
        raise KeyGone(N_("鍵の期限が過ぎたため、もう開けません。"))
    private = master.unwrap(key.private_wrapped, _purpose(network_id, key.kid))
    return open_sealed(envelope, private, context)


def key_states(session: Session, networks: Collection[UUID]) -> dict[tuple[UUID, str], str | None]:
    """By network and kid: the flag of what was sealed to that key. A kid that isn't here is
    unknown."""
    if not networks:
        return {}
    asked = {"networks": list(networks)}
    return {
        (row[0], row[1]): "key_compromised" if row[2] else None
        for row in session.connection().execute(STATES, asked)
    }


def _purpose(network_id: UUID, kid: str) -> str:
    return f"sealing-key/{network_id}/{kid}"
