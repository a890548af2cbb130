"""Founding a network with all it needs before its first badge is scanned."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from app.checklists.commands import adopt_standard_set
from app.deliveries.outbox import enqueue
from app.deliveries.vapid_keys import create_vapid_key
from app.networks.commands import create_network
from app.networks.models import Network
from app.networks.opening_hours import WEEKDAYS_9_TO_1630
from app.networks.retention import RUN, next_run
from app.sealing.custody import MasterKey
from app.sealing.keys import create_key
from app.staff.models import Staff
from app.staff.permissions import Role

USUAL_NAME = "消費者見守りネットワーク"


def found_network(session: Session, master: MasterKey, now: datetime, **fields: Any) -> Network:
    """The network, its sealing and push keys, the standard checklists as version 1, and the nightly
    look at what was kept long enough."""
    network = create_network(session, now=now, **({"setup_ended_at": now} | fields))
    create_key(session, network.id, master, now)
    create_vapid_key(session, network.id, master, now)
    adopt_standard_set(session, network, now)
    enqueue(session, network.id, RUN, {}, next_run(now))
    return network


def begin_network(
    session: Session, master: MasterKey, now: datetime, slug: str
) -> tuple[Network, Staff]:
    """A network of which only the short name is known, and its first clerk, whose name isn't known
    either. The browser asks for the rest (setup)."""
    network = found_network(
        session,
        master,
        now,
        slug=slug,
        municipality="",
        name=USUAL_NAME,
        center_name="",
        center_tel="",
        hours=WEEKDAYS_9_TO_1630,
        setup_ended_at=None,
    )
    clerk = Staff(
        network_id=network.id, sign_in=f"{slug}-jimu", name="", role=Role.CLERK, created_at=now
    )
    session.add(clerk)
    session.flush()
    return network, clerk
