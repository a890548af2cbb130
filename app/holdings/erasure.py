"""契約終了: every row of one network goes, in one transaction, and what went is certified."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import Session, SQLModel

from app.deliveries.models import VapidKey
from app.holdings.closing_requests import standing_request
from app.holdings.headings import LEFT_OUT, SHEETS
from app.holdings.rows import belongs_to, count_of
from app.links.commands import end_links_to
from app.networks.models import Network
from app.networks.scope import get_row, in_network
from app.sealing.models import SealingKey
from app.staff.models import Staff


@dataclass(frozen=True)
class Key:
    """A key that no longer exists: what it was for, and the SHA-256 of its public half."""

    purpose: str
    name: str
    fingerprint: str


@dataclass(frozen=True)
class Erasure:
    """What was erased, for whom. `counts`: by table, as it is called in the export."""

    municipality: str
    network_name: str
    slug: str
    network_id: UUID
    asked_by: str
    asked_at: datetime
    reason: str
    counts: dict[str, int]
    keys: list[Key]
    erased_at: datetime

    @property
    def rows(self) -> int:
        return sum(self.counts.values())


class NotAskedFor(Exception):
    """Nobody asked for it on the screen of the network itself."""


def erase_network(session: Session, network: Network, now: datetime) -> Erasure:
    """Raises NotAskedFor. Of other networks nothing is touched but their links to this one, which
    end."""
    asked = standing_request(session, network.id)
    if asked is None:
        raise NotAskedFor
    who = get_row(session, Staff, network.id, asked.asked_by_id)
    erasure = Erasure(
        municipality=network.municipality,
        network_name=network.name,
        slug=network.slug,
        network_id=network.id,
        asked_by=who.name,
        asked_at=asked.asked_at,
        reason=asked.reason,
        counts=counts_of(session, network.id),
        keys=keys_of(session, network.id),
        erased_at=now,
    )
    end_links_to(session, network, now)
    delete_rows(session, network.id)
    return erasure


def counts_of(session: Session, network_id: UUID) -> dict[str, int]:
    """Of every table, also of those that no export holds."""
    names = {name: SHEETS.get(name, LEFT_OUT.get(name, name)) for name in _owned()}
    counts = {
        label: count_of(session, SQLModel.metadata.tables[name], network_id)
        for name, label in names.items()
    }
    return {label: count for label, count in counts.items() if count}


def keys_of(session: Session, network_id: UUID) -> list[Key]:
    sealing = session.exec(in_network(SealingKey, network_id)).all()
    pushing = session.exec(in_network(VapidKey, network_id)).all()
    return [
        *(Key("封の鍵", one.kid, _fingerprint(one.public_key)) for one in sealing),
        *(Key("通知の鍵", str(one.id)[:8], _fingerprint(one.public_key)) for one in pushing),
    ]


def delete_rows(session: Session, network_id: UUID) -> None:
    """Rows that refer to others before those they refer to; the network itself last."""
    session.flush()
    session.expunge_all()
    for name in reversed(_owned()):
        table = SQLModel.metadata.tables[name]
        session.execute(delete(table).where(belongs_to(table, network_id)))


def _owned() -> list[str]:
    """Tables that hold a network's rows, in the order in which they may be made."""
    return [
        table.name
        for table in SQLModel.metadata.sorted_tables
        if table.name == "network" or "network_id" in table.columns
    ]


def _fingerprint(public_key: str) -> str:
    digest = hashlib.sha256(public_key.encode()).hexdigest()[:32]
    return " ".join(digest[place : place + 4] for place in range(0, 32, 4))
