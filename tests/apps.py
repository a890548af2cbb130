"""The product as it is composed, for one test: what doesn't change is prepared once for all."""

from typing import Any

from fastapi import FastAPI
from sqlalchemy import event

from app.main import ROUTERS, create_app
from app.settings import Settings
from tests.towns import StandingClock

_first: list[FastAPI] = []


def next_app(settings: Settings, clock: StandingClock) -> FastAPI:
    """FastAPI reads the signature of every route at an app's first request, which costs more than
    most tests do. Routes hold nothing of the app that they serve, so the first app's serve all."""
    app = create_app(settings, clock, with_worker=False)
    if not _first:
        _first.append(app)
    included = slice(len(ROUTERS))
    app.router.routes[included] = _first[0].router.routes[included]
    if app.state.database.is_sqlite:
        event.listen(app.state.database.engine, "connect", trust_the_power)
    return app


def trust_the_power(connection: Any, record: Any) -> None:
    """What a power cut leaves is looked at in `tests/faults`, on disks that forget."""
    connection.execute("PRAGMA synchronous=OFF")
