"""The demo whose town is put back before each story, with a shop for every worker."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from app.db import Database
from app.demo.town import DemoStaff
from tests.browser.fresh_town import FreshTown, fresh_town
from tests.browser.places import open_places
from tests.browser.server import DemoServer, demo_server
from tests.towns import make_quick, settings_in


@dataclass(frozen=True)
class QuickServer:
    """Whose people sign in without the fifth of a second of both cores that a password takes."""

    server: DemoServer
    town: FreshTown


@contextmanager
def quick_server(folder: Path, database_url: str = "") -> Iterator[QuickServer]:
    with demo_server(folder, database_url=database_url) as server:
        database = Database(settings_in(folder, database_url).database)
        with database.writing() as session:
            make_quick(session, [DemoStaff(**one) for one in server.staff])
            places = open_places(session, server.base)
        quick = replace(server, badges=[*server.badges, *places])
        with closing(fresh_town(database)) as town:
            yield QuickServer(quick, town)
