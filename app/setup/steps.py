"""The steps of the first run, in order. Most are sections of the settings."""

from datetime import datetime
from itertools import pairwise

from sqlmodel import Session

from app.audit.commands import record
from app.networks.models import Network
from app.web.access import StaffActor

STEPS = (
    "names",
    "center",
    "hours",
    "helpers",
    "standings",
    "phones",
    "retention",
    "contact",
    "keys",
    "mail",
    "print",
)


def next_step(network: Network) -> str | None:
    """The first that wasn't saved yet, so that one goes on where one stopped."""
    return next((step for step in STEPS if step not in network.setup_saved), None)


def step_after(step: str) -> str | None:
    return dict(pairwise(STEPS)).get(step)


def step_before(step: str) -> str | None:
    return {after: one for one, after in pairwise(STEPS)}.get(step)


def save_step(network: Network, step: str) -> None:
    if step not in network.setup_saved:
        network.setup_saved = [*network.setup_saved, step]


def end_setup(session: Session, actor: StaffActor, network: Network, now: datetime) -> bool:
    """Once, and only when every step was saved."""
    if next_step(network):
        return False
    if network.setup_ended_at is None:
        network.setup_ended_at = now
        record(
            session,
            network.id,
            actor=f"staff:{actor.id}",
            action="setup.end",
            object_id=network.id,
            now=now,
        )
    return True
