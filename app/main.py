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

from app.badges.credentials import Credentials
from app.badges.handover_keys import HandoverKeys
from app.badges.routes import router as badges
from app.bylaws.queries import told_of_bylaws
from app.bylaws.reading import router as bylaws
from app.bylaws.routes import router as bylaw_keeping
from app.bylaws.uploads import LARGEST_BODY as LARGEST_BYLAW
from app.clock import Clock, system_clock
from app.db import Database
from app.deliveries.dispatch import Dispatcher
from app.deliveries.live import LiveScreens
from app.deliveries.routes import router as deliveries
from app.deliveries.trial_routes import router as trials
from app.desk.calls import router as calls
from app.desk.composing import router as composing
from app.desk.drills import router as desk_drills
from app.desk.duty import router as duty
from app.desk.missing import router as missing
from app.desk.rescue import router as rescue
from app.desk.routes import router as desk
from app.drills.acceptance import accept_drills
from app.editions.waiting import count_waiting
from app.holdings.routes import router as data
from app.home.drills import router as home_drills
from app.home.handover import router as handover
from app.home.routes import router as home
from app.home.verification import router as verification
from app.instructions.routes import router as instructions
from app.leaflets.routes import router as leaflets
from app.office.badges.holders import router as holders
from app.office.badges.issuing import router as issuing
from app.office.badges.routes import router as office_badges
from app.office.badges.stopping import router as stopping
from app.office.badges.validity import router as validity
from app.office.blueprint.routes import router as blueprint
from app.office.drills.routes import router as office_drills
from app.office.editions.checklist_items import router as checklist_items
from app.office.editions.checklists import router as checklists
from app.office.editions.reviews import router as reviews
from app.office.editions.routes import router as editions
from app.office.editions.templates import router as templates
from app.office.members.contacts import router as contacts
from app.office.members.organization import router as organization
from app.office.members.organizations import router as organizations
from app.office.members.secrecy import router as secrecy
from app.office.members.workplaces import router as workplaces
from app.office.prints.badge_sheet import router as badge_sheet
from app.office.prints.briefings import router as briefings
from app.office.prints.jobs import router as print_jobs
from app.office.prints.routes import router as prints
from app.office.prints.shop_codes import router as shop_codes
from app.office.records.routes import router as audit
from app.office.roster.routes import router as roster
from app.office.roster.uploads import LARGEST_BODY as LARGEST_ROSTER
from app.office.settings.links import router as links
from app.office.settings.routes import router as office_settings
from app.office.staff.routes import router as office_staff
from app.operations.network_health import router as network_health
from app.operations.routes import router as operations
from app.pilots.paper_routes import router as pilot_papers
from app.pilots.routes import router as pilots
from app.pilots.survey_routes import router as surveys
from app.reports.receipts import Receipts
from app.reports.routes import router as reports
from app.reports.writer import ReportWriter
from app.running.founding.routes import router as founding
from app.running.routes import router as running
from app.scan.drills import router as scan_drills
from app.scan.guidance import router as guidance
from app.scan.preview import router as preview
from app.scan.review_preview import router as review_preview
from app.scan.routes import router as scan
from app.sealing.custody import MasterKey, key_file
from app.settings import Settings
from app.setup.routes import router as setup
from app.staff import sessions
from app.staff.account_routes import router as account
from app.staff.invitation_routes import router as invitations
from app.staff.passkey_routes import router as passkeys
from app.staff.routes import router as staff
from app.trainings.attendance_routes import router as attendances
from app.trainings.material_routes import router as training_materials
from app.trainings.routes import router as trainings
from app.web import problems
from app.web.assets import STATIC
from app.web.body_limits import BodyLimits
from app.web.context import RequestContext
from app.web.security import Security
from app.web.whole_bodies import WholeBodies
from app.worker import HANDLERS, lanes

ROUTERS = (
    home,
    handover,
    verification,
    scan,
    guidance,
    scan_drills,
    home_drills,
    badges,
    reports,
    instructions,
    deliveries,
    trials,
    desk,
    composing,
    calls,
    duty,
    missing,
    rescue,
    desk_drills,
    organizations,
    badge_sheet,
    shop_codes,
    print_jobs,
    briefings,
    prints,
    organization,
    workplaces,
    contacts,
    secrecy,
    issuing,
    validity,
    stopping,
    holders,
    office_badges,
    roster,
    office_staff,
    office_settings,
    links,
    audit,
    setup,
    checklists,
    checklist_items,
    preview,
    templates,
    editions,
    review_preview,
    reviews,
    office_drills,
    data,
    running,
    training_materials,
    leaflets,
    pilots,
    pilot_papers,
    surveys,
    attendances,
    trainings,
    bylaw_keeping,
    founding,
    blueprint,
    bylaws,
    staff,
    invitations,
    passkeys,
    account,
    network_health,
    operations,
)
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
    app.state.count_waiting = count_waiting
    app.state.identify = Identity(
        told_of_bylaws(sessions.find_staff), credentials.find_phone, credentials.read
    )
    app.state.receipts, app.state.handover = Receipts(secret), HandoverKeys(secret)
    app.state.report_writer = ReportWriter(
        app.state.database, clock, app.state.receipts, accept_drills
    )
    app.state.live = LiveScreens(app.state.database, settings.live_seconds)
    app.state.dispatcher = (
        Dispatcher(app.state.database, clock, HANDLERS, lanes(settings, master))
        if with_worker
        else None
    )
    for router in ROUTERS:
        app.include_router(router)
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


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
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
