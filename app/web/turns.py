"""Work of a fifth of a second or more: few at a time. Who waits for a turn takes no thread, and
where too many wait already, the next one is told so at once instead of holding everybody up."""

import asyncio
from collections import Counter
from collections.abc import Callable
from typing import ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from anyio import CapacityLimiter, to_thread

from app.errors import N_, TooMany

Given = ParamSpec("Given")
Made = TypeVar("Made")


class Turns:
    """`at_once`: how many work. `waiting`: how many more may be in line, and of these `of_one`:
    how many for the same asker, so that one alone can't fill it."""

    def __init__(self, at_once: int, waiting: int, of_one: int) -> None:
        self.at_once, self.most, self.of_one = at_once, at_once + waiting, of_one
        self._here: Counter[str] = Counter()
        self._limiters: WeakKeyDictionary[asyncio.AbstractEventLoop, CapacityLimiter] = (
            WeakKeyDictionary()
        )

    async def take(
        self, asker: str, work: Callable[Given, Made], *args: Given.args, **kwargs: Given.kwargs
    ) -> Made:
        """What `work` returns. Raises TooMany."""
        if self._here.total() >= self.most or self._here[asker] >= self.of_one:
            raise TooMany(N_("いま混み合っています。少し待って、もう一度お試しください。"))
        self._here[asker] += 1
        try:
            return await to_thread.run_sync(lambda: work(*args, **kwargs), limiter=self._limiter())
        finally:
            self._here[asker] -= 1
            self._here = +self._here

    def _limiter(self) -> CapacityLimiter:
        """A loop's own: tests have many, a server has one."""
        loop = asyncio.get_running_loop()
        return self._limiters.setdefault(loop, CapacityLimiter(self.at_once))
