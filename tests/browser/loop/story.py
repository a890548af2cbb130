"""Who takes part in one story."""

from itertools import count
from types import TracebackType
from typing import Self, TypeVar

import pytest
from playwright.sync_api import Browser

from tests.browser.loop.people import Clerk, Counsellor, Person, Supervisor, Worker
from tests.browser.places import INDUSTRY, MANY
from tests.browser.server import DemoServer

only_sqlite = pytest.mark.parametrize("server", ["sqlite"], indirect=True)
Someone = TypeVar("Someone", bound=Person)


class People:
    """They come when they are called, and their windows close at the end. Each worker has a badge
    of their own, and those in a shop have that shop to themselves."""

    def __init__(self, browser: Browser, server: DemoServer) -> None:
        self.browser, self.server = browser, server
        self._present: list[Person] = []
        self._places = {INDUSTRY: count(-MANY)}

    def worker(self, industry: str = "conveni", **options: object) -> Worker:
        place = next(self._places.setdefault(industry, count(1)))
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
