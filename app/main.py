"""Composition root of the web process: which areas there are, and how they are wired together."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.staticfiles import StaticFiles
from starlette_compress import CompressMiddleware, remove_compress_type

from app.alarms.queries import alarms_for
from app.badges.credentials import Credentials
from app.badges.handover_keys import HandoverKeys
from app.bylaws.queries import told_of_bylaws
from app.bylaws.uploads import LARGEST_BODY as LARGEST_BYLAW
from app.clock import Clock, system_clock
from app.db import Database, take_stock
from app.deliveries.dispatch import Dispatcher
from app.deliveries.live import LiveScreens
from app.drills.acceptance import accept_drills
from app.editions.waiting import count_waiting
from app.office.roster.uploads import LARGEST_BODY as LARGEST_ROSTER
from app.reports.receipts import Receipts
from app.reports.writer import ReportWriter
from app.routers import ROUTES
from app.sealing.custody import MasterKey, key_file
from app.settings import Settings
from app.staff import sessions
from app.web import problems
from app.web.assets import STATIC
from app.web.body_limits import BodyLimits
from app.web.context import RequestContext
from app.web.security import Security
from app.web.shared_work import SharedWork
from app.web.whole_bodies import WholeBodies
from app.worker import HANDLERS, lanes

LARGEST_BODY = 1100 * 1024
LARGER = {"/office/roster": LARGEST_ROSTER, "/office/running/bylaws": LARGEST_BYLAW}


@dataclass(frozen=True)
class Identity:
    """Who is asking, as `staff` and `badges` know it."""

    staff: Any
    phone: Any
    credential: Any


class KeptForEver(StaticFiles):
    """Built files carry a hash of their content in their name."""

    def file_response(self, *args: Any, **kwargs: Any) -> Any:
        response = super().file_response(*args, **kwargs)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


def create_app(
    settings: Settings, clock: Clock = system_clock, *, with_worker: bool = True
) -> FastAPI:
    """The whole product as one ASGI application; with a worker in it unless told otherwise."""
    app = FastAPI(
        title="つなぐ名札", openapi_url=None, lifespan=lifespan, middleware=middleware(settings)
    )
    secret = key_file(settings.data_dir, "master")
    master = MasterKey(secret)
    credentials = Credentials([key_file(settings.data_dir, "cookie")], settings.secure)
    app.state.settings, app.state.clock = settings, clock
    app.state.database = Database(settings.database)
    app.state.master_key, app.state.credentials = master, credentials
    app.state.count_waiting, app.state.find_alarms = count_waiting, alarms_for
    app.state.identify = Identity(
        told_of_bylaws(sessions.find_staff), credentials.find_phone, credentials.read
    )
    app.state.receipts, app.state.handover = Receipts(secret), HandoverKeys(secret)
    app.state.report_writer = ReportWriter(
        app.state.database, clock, app.state.receipts, accept_drills
    )
    app.state.shared_work = SharedWork()
    app.state.live = LiveScreens(app.state.database, settings.live_seconds)
    app.state.dispatcher = (
        Dispatcher(app.state.database, clock, HANDLERS, lanes(settings, master))
        if with_worker
        else None
    )
    app.router.routes.extend(ROUTES)
    app.mount("/static/built", KeptForEver(directory=STATIC / "built"))
    app.mount("/static", StaticFiles(directory=STATIC))
    problems.install(app)
    return app


def middleware(settings: Settings) -> list[Middleware]:
    """A live screen's few bytes aren't worth a compressor of 145 kB each."""
    remove_compress_type("text/event-stream")
    return [
        Middleware(Security, secure=settings.secure),
        Middleware(RequestContext),
        Middleware(CompressMiddleware, minimum_size=500, zstd=False, brotli_quality=5),
        Middleware(BodyLimits, usual=LARGEST_BODY, larger=LARGER),
        Middleware(WholeBodies, apart=LARGER, beneath="/api/reports"),
    ]


def know_the_database(database: Database) -> None:
    with database.writing() as session:
        take_stock(session)


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    await asyncio.to_thread(know_the_database, app.state.database)
    running = [asyncio.create_task(app.state.live.run())]
    if app.state.dispatcher:
        running.append(asyncio.create_task(app.state.dispatcher.run()))
    yield
    for task in running:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    app.state.report_writer.close()
    app.state.database.close()
