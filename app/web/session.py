"""The database session of one request: reads see a snapshot, writes commit before the answer."""

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated

from fastapi import Depends
from sqlmodel import Session
from starlette.requests import Request

from app.clock import Clock
from app.db import Database

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def get_session(request: Request) -> Iterator[Session]:
    database: Database = request.app.state.database
    opened = database.reading() if request.method in SAFE_METHODS else database.writing()
    with opened as session:
        yield session


def get_now(request: Request) -> datetime:
    clock: Clock = request.app.state.clock
    return clock()


SessionDep = Annotated[Session, Depends(get_session, scope="function")]
Now = Annotated[datetime, Depends(get_now)]
