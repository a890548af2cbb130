"""Every fault of the protocol's part B6: a name, and what happens."""

from collections.abc import Callable
from uuid import UUID

from tests.instruction_faults.world import World

Play = Callable[[World], None]
KINDS: dict[str, Play] = {}
CALLED, FRIENDLY = ("R05", "R07", "R08", "R16"), ("R02", "R06", "R09", "R10")


def kind(name: str) -> Callable[[Play], Play]:
    def keep(play: Play) -> Play:
        KINDS[name] = play
        return play

    return keep


def started(world: World) -> UUID:
    """An instruction on its way, one that may end in a call or not, after a while or at once."""
    world.clock.advance(seconds=world.rng.randrange(0, 600))
    return world.instruct(world.rng.choice(CALLED + FRIENDLY))


def to_the_end(world: World) -> None:
    """A quarter of an hour in small steps, then a day and a half, all of it worked through."""
    world.run(900)
    for _ in range(36):
        world.clock.advance(hours=1)
        world.work()
