"""Changing settings, with what was and what is in the audit chain."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session

from app.audit.commands import record
from app.networks.models import Network
from app.web.access import StaffActor


def change_settings(
    session: Session,
    actor: StaffActor,
    network: Network,
    section: str,
    values: Mapping[str, Any],
    now: datetime,
) -> bool:
    """Whether anything is different now. What stays as it was leaves no entry."""
    changes = {
        name: [getattr(network, name), value]
        for name, value in values.items()
        if getattr(network, name) != value
    }
    for name, (_, value) in changes.items():
        setattr(network, name, value)
    if changes:
        record(
            session,
            network.id,
            actor=f"staff:{actor.id}",
            action="settings.change",
            object_id=section,
            now=now,
            details={"changes": changes},
        )
    return bool(changes)
