"""Founding a network with all it needs before its first badge is scanned."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from app.checklists.commands import adopt_standard_set
from app.deliveries.outbox import enqueue
from app.deliveries.vapid_keys import create_vapid_key
from app.networks.commands import create_network
from app.networks.models import Network
from app.networks.retention import RUN, next_run
from app.sealing.custody import MasterKey
from app.sealing.keys import create_key


def found_network(session: Session, master: MasterKey, now: datetime, **fields: Any) -> Network:
    """The network, its sealing and push keys, the standard checklists as version 1, and the nightly
    look at what was kept long enough."""
    network = create_network(session, now=now, **fields)
    create_key(session, network.id, master, now)
    create_vapid_key(session, network.id, master, now)
    adopt_standard_set(session, network, now)
    enqueue(session, network.id, RUN, {}, next_run(now))
    return network
