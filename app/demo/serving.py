"""`nafuda demo`: a fresh town, a server, and where to click. Also what tests and benches start."""

import socket
from pathlib import Path

import uvicorn
from sqlalchemy.exc import OperationalError
from sqlmodel import select

from app.clock import system_clock
from app.db import Database
from app.demo.kept_certificate import certificate_for
from app.demo.local_network import EVERYBODY, ONLY_THIS_MACHINE, listen, port_of
from app.demo.terminal import LanDemo, OpenTown, as_lan_page, as_line, as_page
from app.demo.town import TOWN, badge_lines, build_town
from app.demo.trust_page import serve_beside, trust_page
from app.main import create_app
from app.memory import settle
from app.networks.commands import begin_epoch
from app.networks.models import Network
from app.operations.migrations import migrate
from app.sealing.custody import MasterKey, key_file
from app.settings import Settings


def run_demo(settings: Settings, port: int, as_json: bool) -> None:
    """Serve until stopped. The address is known, and printed, only once it really answers."""
    listening = listen(ONLY_THIS_MACHINE, port)
    base = f"http://localhost:{port_of(listening)}"
    serve(settings, base, listening, announce_town(settings, base, as_json))


def run_lan_demo(settings: Settings, address: str, port: int, as_json: bool) -> None:
    """The same over https for phones nearby. On the next port they get what makes them trust it."""
    listening = listen(EVERYBODY, port)
    beside = listen(EVERYBODY, port + 1 if port else 0)
    base = f"https://{address}:{port_of(listening)}"
    town = open_town(settings, base)
    kept = certificate_for(settings.data_dir, address, system_clock())
    demo = LanDemo(town, address, f"http://{address}:{port_of(beside)}", kept)
    serve_beside(trust_page(base, address, kept), beside)
    announcement = as_line(town, trust=demo.trust) if as_json else as_lan_page(demo)
    serve(settings, base, listening, announcement, certificate=kept.file)


def serve(
    settings: Settings,
    base: str,
    listening: socket.socket,
    announcement: str,
    certificate: Path | None = None,
) -> None:
    app = create_app(settings.model_copy(update={"base_url": base}))
    settle()
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=2,
        ssl_certfile=certificate,
    )
    AnnouncingServer(config, announcement).run(sockets=[listening])


class AnnouncingServer(uvicorn.Server):
    """Says where it is as soon as it takes requests."""

    def __init__(self, config: uvicorn.Config, announcement: str) -> None:
        super().__init__(config)
        self.announcement = announcement

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        print(self.announcement, flush=True)


def announce_town(settings: Settings, base: str, as_json: bool) -> str:
    town = open_town(settings, base)
    return as_line(town) if as_json else as_page(town)


def open_town(settings: Settings, base: str) -> OpenTown:
    """A fresh one, whose badges lead to `base`."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    remove_old(settings)
    migrate(settings)
    database = Database(settings.database)
    master = MasterKey(key_file(settings.data_dir, "master"))
    now = system_clock()
    with database.writing() as session:
        begin_epoch(session, now)
        town = build_town(session, master, now)
        badges = badge_lines(session, town.network, base)
    database.close()
    return OpenTown(base, badges, town.staff)


def remove_old(settings: Settings) -> None:
    """A demo starts fresh. Only the demo's own SQLite files are touched."""
    if settings.database_url:
        return
    if holds_more_than_a_demo(settings):
        raise SystemExit(f"{settings.data_dir} には本物のデータがあります。--data で別の場所を。")
    for name in ("nafuda.db", "nafuda.db-wal", "nafuda.db-shm"):
        Path(settings.data_dir / name).unlink(missing_ok=True)


def holds_more_than_a_demo(settings: Settings) -> bool:
    if not (settings.data_dir / "nafuda.db").exists():
        return False
    database = Database(settings.database)
    try:
        with database.reading() as session:
            return any(slug != TOWN["slug"] for slug in session.exec(select(Network.slug)))
    except OperationalError:
        return False
    finally:
        database.close()
