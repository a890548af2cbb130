"""SQLite knows what it holds, and finds few rows by the narrower key, whatever the wanted order."""

import asyncio

import pytest
from fastapi import FastAPI
from sqlmodel import Session

from app.db import take_stock
from tests.cast import Cast

BY_PLACE = (
    "EXPLAIN QUERY PLAN SELECT * FROM badge "
    "WHERE network_id = '{network}' AND workplace_id = '{place}' ORDER BY number"
)


def plan(session: Session, cast: Cast) -> str:
    network = cast.town.here.network.id.hex
    steps = session.connection().exec_driver_sql(BY_PLACE.format(network=network, place=network))
    return str(steps.all())


def test_sqlite_counts_what_it_holds(app: FastAPI, cast: Cast, session: Session) -> None:
    if not app.state.database.is_sqlite:
        pytest.skip("PostgreSQL counts by itself")
    assert "workplace_id=?" not in plan(session, cast)
    session.rollback()
    with app.state.database.writing() as writing:
        take_stock(writing)
    assert "workplace_id=?" in plan(session, cast)


def test_every_start_counts(app: FastAPI, cast: Cast, session: Session) -> None:
    async def start_and_stop() -> None:
        async with app.router.lifespan_context(app):
            pass

    before = plan(session, cast) if app.state.database.is_sqlite else ""
    session.rollback()
    asyncio.run(start_and_stop())
    if before:
        assert plan(session, cast) != before
