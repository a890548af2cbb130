"""The product as it is composed, for one test: what doesn't change is prepared once for all."""

from typing import Any

from fastapi import FastAPI
from sqlalchemy import event

from app.main import ROUTERS, create_app
from app.settings import Settings
from tests.towns import StandingClock

# All in one row: FastAPI goes through included routers for each request, and reads the signature of
# every route anew for each app, which costs more than most tests do.
ROUTES = [route for router in ROUTERS for route in router.routes]


def next_app(settings: Settings, clock: StandingClock) -> FastAPI:
    """Routes hold nothing of the app that they serve, so the same serve all. House rules and
    stories in browsers ask the app as it is composed."""
    app = create_app(settings, clock, with_worker=False)
    app.router.routes[: len(ROUTERS)] = ROUTES
    if app.state.database.is_sqlite:
        event.listen(app.state.database.engine, "connect", trust_the_power)
    return app


def trust_the_power(connection: Any, record: Any) -> None:
    """What a power cut leaves is looked at in `tests/faults`, on disks that forget."""
    connection.execute("PRAGMA synchronous=OFF")
