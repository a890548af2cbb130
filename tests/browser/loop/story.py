"""Who takes part in one story."""

from collections.abc import Callable
from types import TracebackType
from typing import Self, TypeVar

import pytest
from playwright.sync_api import Browser

from tests.browser.loop.people import Clerk, Counsellor, Person, Supervisor, Worker
from tests.browser.server import DemoServer

only_sqlite = pytest.mark.parametrize("server", ["sqlite"], indirect=True)
Someone = TypeVar("Someone", bound=Person)


class People:
    """They come when they are called, and their windows close at the end.

    `unused(industry)` is the place of a badge that no story has used yet.
    """

    def __init__(self, browser: Browser, server: DemoServer, unused: Callable[[str], int]) -> None:
        self.browser, self.server, self.unused = browser, server, unused
        self._present: list[Person] = []

    def worker(self, industry: str = "conveni", **options: object) -> Worker:
        place = self.unused(industry)
        return self._enter(Worker(self.browser, self.server, industry, place, **options))

    def counsellor(self, place: int = 0, **options: object) -> Counsellor:
        counsellor = self._enter(Counsellor(self.browser, self.server, **options))
        counsellor.sign_in(place)
        return counsellor

    def supervisor(self, **options: object) -> Supervisor:
        supervisor = self._enter(Supervisor(self.browser, self.server, **options))
        supervisor.sign_in()
        return supervisor

    def clerk(self, **options: object) -> Clerk:
        clerk = self._enter(Clerk(self.browser, self.server, **options))
        clerk.sign_in()
        return clerk

    def guest(self, **options: object) -> Person:
        """Somebody who isn't signed in."""
        return self._enter(Person(self.browser, self.server, **options))

    def _enter(self, person: Someone) -> Someone:
        self._present.append(person)
        return person

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for person in self._present:
            person.context.close()
