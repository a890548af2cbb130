"""The product as it is composed, for one test."""

from typing import Any

from fastapi import FastAPI
from sqlalchemy import event

from app.main import create_app
from app.settings import Settings
from tests.towns import StandingClock


def next_app(settings: Settings, clock: StandingClock) -> FastAPI:
    app = create_app(settings, clock, with_worker=False)
    if app.state.database.is_sqlite:
        event.listen(app.state.database.engine, "connect", trust_the_power)
    return app


def trust_the_power(connection: Any, record: Any) -> None:
    """What a power cut leaves is looked at in `tests/faults`, on disks that forget."""
    connection.execute("PRAGMA synchronous=OFF")
