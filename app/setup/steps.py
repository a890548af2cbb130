"""The steps of the first run, in order. Most are sections of the settings."""

from datetime import datetime
from itertools import pairwise

from sqlmodel import Session

from app.audit.commands import record
from app.deliveries.vapid_contact import contact_trouble
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
# Steps that show something and save nothing: to have passed them proves nothing.
LOOKED_AT = frozenset({"contact", "mail", "print"})


def next_step(network: Network) -> str | None:
    """The first that wasn't saved yet, so that one goes on where one stopped."""
    return next((step for step in STEPS if step not in network.setup_saved), None)


def step_after(step: str) -> str | None:
    return dict(pairwise(STEPS)).get(step)


def step_before(step: str) -> str | None:
    return {after: one for one, after in pairwise(STEPS)}.get(step)


def lacking_steps(vapid_contact: str, smtp_host: str) -> list[str]:
    """Those that can't work before somebody has set the server up further."""
    works = {"contact": contact_trouble(vapid_contact) is None, "mail": bool(smtp_host)}
    return [step for step in STEPS if not works.get(step, True)]


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
