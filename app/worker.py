"""Composition root of the delivery process: which kinds of outbox items there are, and who does
them."""

from collections.abc import Mapping

import uvloop

import app.tables  # noqa: F401 — exports and closings go through every table there is
from app.claims.returning import return_claim
from app.clock import system_clock
from app.db import Database
from app.deliveries.carriers import Lane
from app.deliveries.dispatch import Dispatcher
from app.deliveries.mailing import Mailer
from app.deliveries.outbox import Handler
from app.deliveries.pushing import Pusher
from app.drills.acceptance import FORGET
from app.drills.commands import forget
from app.holdings import exports, retention_run
from app.holdings.exporting import Exporter
from app.instructions import out_of_hours
from app.instructions.follow_up import fall_back, follow_up
from app.instructions.release import release
from app.networks.retention import RUN
from app.office.prints import jobs as print_jobs
from app.office.prints.press import Press
from app.office.roster import drafts
from app.reports import alerts, floods
from app.reports.claims import RETURN
from app.sealing.custody import MasterKey, key_file
from app.settings import Settings

HANDLERS: Mapping[str, Handler] = {
    "report.arrived": out_of_hours.receive,
    alerts.KIND: alerts.alert,
    RETURN: return_claim,
    floods.KIND: floods.look_again,
    "instruction.release": release,
    "instruction.follow_up": follow_up,
    "message.fall_back": fall_back,
    drafts.FORGET: drafts.forget_draft,
    FORGET: forget,
    RUN: retention_run.run,
    exports.EXPIRE: exports.expire,
    print_jobs.EXPIRE: print_jobs.expire,
}


def lanes(settings: Settings, master: MasterKey) -> dict[str, Lane]:
    pusher = Pusher(settings, master)
    return {
        "push": Lane(pusher, 200),
        "push.many": Lane(pusher, 200),
        "mail": Lane(Mailer(settings), 10),
        exports.MAKE: Lane(Exporter(settings.database, settings.data_dir, system_clock), 1),
        print_jobs.PRINT: Lane(Press(settings), 1),
    }


def run_worker(settings: Settings) -> None:
    """Work until stopped. Any number of these may run beside any number of web processes."""
    database = Database(settings.database)
    master = MasterKey(key_file(settings.data_dir, "master"))
    uvloop.run(Dispatcher(database, system_clock, HANDLERS, lanes(settings, master)).run())
