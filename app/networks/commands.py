"""Founding a network: its row and the counters that its numbers come from."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from app.networks.models import Epoch, Network
from app.networks.numbers import make_counters

# Built once: building a statement takes longer than running it.
NEWEST_EPOCH = select(Epoch.id).order_by(col(Epoch.began_at).desc(), col(Epoch.id).desc()).limit(1)


def create_network(session: Session, *, now: datetime, **fields: Any) -> Network:
    network = Network(created_at=now, **fields)
    session.add(network)
    session.flush()
    make_counters(session, network.id)
    session.flush()
    return network


def begin_epoch(session: Session, now: datetime) -> Epoch:
    epoch = Epoch(began_at=now)
    session.add(epoch)
    session.flush()
    return epoch


def current_epoch(session: Session) -> UUID:
    """The newest epoch; a database that was never given one gets none silently: it raises."""
    epoch: UUID = session.connection().execute(NEWEST_EPOCH).scalar_one()
    return epoch
