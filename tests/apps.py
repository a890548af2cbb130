"""The product as it is composed, for one test."""

from typing import Any

from fastapi import FastAPI
from sqlalchemy import Engine, event

from app.main import create_app
from app.settings import Settings
from tests.towns import StandingClock

FIRST: dict[str, Engine] = {}
COMPILED: dict[Any, Any] = {}


def next_app(settings: Settings, clock: StandingClock) -> FastAPI:
    app = create_app(settings, clock, with_worker=False)
    engine = app.state.database.engine
    if app.state.database.is_sqlite:
        event.listen(engine, "connect", trust_the_power)
    know_what_was_compiled(engine)
    return app


def know_what_was_compiled(engine: Engine) -> None:
    """Each engine would write the same statements down anew, which takes longer than they do."""
    if engine.name not in FIRST:
        engine.connect().close()
        FIRST[engine.name] = engine
    engine.dialect = FIRST[engine.name].dialect
    engine.update_execution_options(compiled_cache=COMPILED)


def trust_the_power(connection: Any, record: Any) -> None:
    """What a power cut leaves is looked at in `tests/faults`, on disks that forget."""
    connection.execute("PRAGMA synchronous=OFF")
