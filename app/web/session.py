"""The database session of one request: reads see a snapshot, writes commit before the answer."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Annotated
from weakref import WeakKeyDictionary

from fastapi import Depends
from fastapi.concurrency import contextmanager_in_threadpool
from sqlmodel import Session
from starlette.requests import Request

from app.clock import Clock
from app.db import Database

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
MOST = 8
"""Readers, and writers on PostgreSQL, at once. The pool of connections has room for both."""

Gates = dict[tuple[str, bool], asyncio.Semaphore]
_gates: WeakKeyDictionary[asyncio.AbstractEventLoop, Gates] = WeakKeyDictionary()


async def get_session(request: Request) -> AsyncIterator[Session]:
    database: Database = request.app.state.database
    writes = request.method not in SAFE_METHODS
    opened = database.writing() if writes else database.reading()
    async with _gate(database, writes), contextmanager_in_threadpool(opened) as session:
        yield session


def _gate(database: Database, writes: bool) -> asyncio.Semaphore:
    """Requests wait here for their turn, which takes no thread. Threads that waited for it would
    be missing to the one whose turn it is: forty of them, and everything stood still."""
    gates = _gates.setdefault(asyncio.get_running_loop(), {})
    most = 1 if writes and database.is_sqlite else MOST
    return gates.setdefault((database.url, writes), asyncio.Semaphore(most))


def get_now(request: Request) -> datetime:
    clock: Clock = request.app.state.clock
    return clock()


SessionDep = Annotated[Session, Depends(get_session, scope="function")]
Now = Annotated[datetime, Depends(get_now)]
