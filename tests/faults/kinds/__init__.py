"""The faults of protocol A7, each a story that a seed varies."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tests.faults.world import World

Play = Callable[[World], Awaitable[None]]
BOTH = ("sqlite", "postgres")
SQLITE, POSTGRES = ("sqlite",), ("postgres",)


@dataclass(frozen=True)
class Kind:
    """`databases`: which ones the seeds go through in turn. `settles`: phones get six hours after
    the fault; a story that does that itself says no."""

    name: str
    play: Play
    databases: tuple[str, ...] = BOTH
    settles: bool = True


KINDS: dict[str, Kind] = {}


def kind(
    name: str, databases: tuple[str, ...] = BOTH, *, settles: bool = True
) -> Callable[[Play], Play]:
    def register(play: Play) -> Play:
        assert name not in KINDS, name
        KINDS[name] = Kind(name, play, databases, settles)
        return play

    return register
