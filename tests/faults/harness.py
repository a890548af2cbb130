"""Plays kinds with seeds and adds up what the model says."""

import time
import traceback
from dataclasses import dataclass, field

from tests.faults.kinds import Kind
from tests.faults.model import Outcome
from tests.faults.world import Rig, World, new_world


@dataclass
class Line:
    """One line of the table."""

    name: str
    runs: int = 0
    outcome: Outcome = field(default_factory=Outcome)
    seconds: float = 0

    @property
    def counts(self) -> tuple[int, int, int, int, int]:
        found = self.outcome
        sizes = len(found.lost), len(found.doubled), len(found.false)
        return self.runs, found.reports, *sizes


async def play(rig: Rig, kind: Kind, seeds: range) -> Line:
    line, worlds = Line(kind.name), dict[str, World]()
    started = time.monotonic()
    for seed in seeds:
        database = kind.databases[seed % len(kind.databases)]
        world = worlds.pop(database, None) or new_world(rig, database)
        outcome = await play_once(world, kind, seed)
        line.runs += 1
        line.outcome += outcome
        if world.spent or not outcome.is_good:
            await world.end()
        else:
            worlds[database] = world
    for world in worlds.values():
        await world.end()
    line.seconds = time.monotonic() - started
    return line


async def play_once(world: World, kind: Kind, seed: int) -> Outcome:
    """A story that can't be told to its end counts as false: nothing was shown by it."""
    try:
        await world.begin(seed, kind.name)
        await kind.play(world)
        if kind.settles:
            await world.heal()
            await world.settle()
        outcome = await world.judge()
    except Exception:
        outcome = Outcome(false=[traceback.format_exc()])
    if world.database == "sqlite" and not world.disk.database.exists():
        outcome.false.append("no database is left")
    return named(outcome, f"seed {seed} on {world.database}")


def named(outcome: Outcome, run: str) -> Outcome:
    for found in (outcome.lost, outcome.doubled, outcome.false):
        found[:] = [f"{run}: {one}" for one in found]
    return outcome
