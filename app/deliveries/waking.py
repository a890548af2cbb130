"""Waking what waits in this process once something was committed, instead of at its next tick."""

import asyncio
from typing import Literal

Awaited = Literal["work", "pulse"]

_sleepers: set["Sleeper"] = set()


class Sleeper:
    """Waits for a while, or until somebody of this process calls `wake` for what it awaits."""

    def __init__(self, seconds: float, awaited: Awaited = "work") -> None:
        self.seconds, self.awaited = seconds, awaited
        self._loop = asyncio.get_running_loop()
        self._awake = asyncio.Event()
        _sleepers.add(self)

    async def sleep(self) -> None:
        try:
            await asyncio.wait_for(self._awake.wait(), self.seconds)
        except TimeoutError:
            return
        finally:
            self._awake.clear()

    def wake(self) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._awake.set)

    def close(self) -> None:
        _sleepers.discard(self)


def wake(awaited: Awaited = "work") -> None:
    """Safe from any thread."""
    for sleeper in list(_sleepers):
        if sleeper.awaited == awaited:
            sleeper.wake()
