"""Every route, and the guards in its dependency tree."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from starlette.routing import Match

from app.routers import ROUTES
from app.web.access import Everyone, Guard, PairedPhone, SignedPhone, StaffWith

PLAIN: dict[type[Guard], str] = {Everyone: "everyone", PairedPhone: "phone", SignedPhone: "phone"}


@dataclass(frozen=True)
class Door:
    """One method of one route."""

    method: str
    route: APIRoute

    @property
    def address(self) -> str:
        return f"{self.method} {self.route.path}"

    @property
    def guards(self) -> list[Guard]:
        return list(guards_of(self.route.dependant))

    @property
    def kinds(self) -> set[type[Guard]]:
        """Staff who are known ahead of what they bring are staff."""
        return {StaffWith if isinstance(one, StaffWith) else type(one) for one in self.guards}

    @property
    def permissions(self) -> set[str]:
        """What a member of staff must be allowed; empty for doors that aren't for staff."""
        return {guard.permission.value for guard in self.guards if isinstance(guard, StaffWith)}

    @property
    def written_down(self) -> str:
        """The guard in words, as KNOWN lists it."""
        words = PLAIN | {StaffWith: " ".join(sorted(self.permissions))}
        return " and ".join(words[kind] for kind in self.kinds)

    def opens_at(self, method: str, path: str) -> bool:
        scope: dict[str, Any] = {"type": "http", "method": method, "path": path}
        return self.route.matches(scope)[0] is Match.FULL


def guards_of(dependant: Dependant) -> Iterator[Guard]:
    if isinstance(dependant.call, Guard):
        yield dependant.call
    for inner in dependant.dependencies:
        yield from guards_of(inner)


def every_door() -> list[Door]:
    assert all(isinstance(route, APIRoute) for route in ROUTES), "a router inside a router"
    return [
        Door(method, route)
        for route in ROUTES
        if isinstance(route, APIRoute)
        for method in sorted(route.methods or ())
    ]
