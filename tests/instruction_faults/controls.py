"""Three ways of doing it wrong. The model must see each; else it proves nothing."""

from collections.abc import Callable
from typing import Any

from sqlmodel import select

import app.worker
from app.badges.models import Device
from app.deliveries.evidence import add_evidence
from tests.instruction_faults.kinds import started, to_the_end
from tests.instruction_faults.kinds.push_services import nothing
from tests.instruction_faults.model import Outcome
from tests.instruction_faults.world import Rig, World


def no_timer(rig: Rig, play: Callable[..., Outcome]) -> bool:
    """A worker that forgets to follow up."""
    kept = app.worker.HANDLERS["instruction.follow_up"]
    app.worker.HANDLERS["instruction.follow_up"] = lambda *_: "forgotten"  # type: ignore[index]
    try:
        return bool(play(rig, nothing, 0).lost)
    finally:
        app.worker.HANDLERS["instruction.follow_up"] = kept  # type: ignore[index]


def believes_acceptance(rig: Rig, play: Callable[..., Outcome]) -> bool:
    """One that takes 201 for delivery."""

    def kind(world: World) -> None:
        instruction_id = started(world)
        world.release()
        with world.app.state.database.writing() as session:
            ids: Any = (world.cast.town.here.network.id, instruction_id)
            device = session.exec(select(Device)).first()
            assert device
            add_evidence(session, *ids, device.id, "delivered", world.clock.now)

    return bool(play(rig, kind, 0).untrue)


def sleeps(rig: Rig, play: Callable[..., Outcome]) -> bool:
    """One that looks every five minutes only."""

    def kind(world: World) -> None:
        world.instruct("R05")
        for _ in range(8):
            world.clock.advance(minutes=5)
            world.work()
        to_the_end(world)

    return play(rig, kind, 0).late > 15


CONTROLS = (no_timer, believes_acceptance, sleeps)
