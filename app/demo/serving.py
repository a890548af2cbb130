"""`nafuda demo`: a fresh town, a server, and where to click. Also what tests and benches start."""

import json
import socket
from pathlib import Path

import uvicorn
from sqlalchemy.exc import OperationalError
from sqlmodel import select

from app.clock import system_clock
from app.db import Database
from app.demo.town import TOWN, DemoTown, badge_lines, build_town
from app.main import create_app
from app.memory import settle
from app.networks.commands import begin_epoch
from app.networks.models import Network
from app.operations.migrations import migrate
from app.sealing.custody import MasterKey, key_file
from app.settings import Settings

SHOWN_INDUSTRIES = ("conveni", "finance", "post")


def run_demo(settings: Settings, port: int, as_json: bool) -> None:
    """Serve until stopped. The address is known, and printed, only once it really answers."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind(("127.0.0.1", port))
    base = f"http://localhost:{listening.getsockname()[1]}"
    settings = settings.model_copy(update={"base_url": base, "demo": True})
    announcement = announce_town(settings, base, as_json)
    app = create_app(settings)
    settle()
    config = uvicorn.Config(app, log_level="warning", access_log=False, timeout_graceful_shutdown=2)
    server = AnnouncingServer(config, announcement)
    server.run(sockets=[listening])


class AnnouncingServer(uvicorn.Server):
    """Says where it is as soon as it takes requests."""

    def __init__(self, config: uvicorn.Config, announcement: str) -> None:
        super().__init__(config)
        self.announcement = announcement

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        print(self.announcement, flush=True)


def announce_town(settings: Settings, base: str, as_json: bool) -> str:
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
    return as_line(base, badges, town) if as_json else as_page(base, badges, town)


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


def as_line(base: str, badges: list[dict[str, str]], town: DemoTown) -> str:
    staff = [vars(one) for one in town.staff]
    return json.dumps({"base": base, "badges": badges, "staff": staff}, ensure_ascii=False)


def as_page(base: str, badges: list[dict[str, str]], town: DemoTown) -> str:
    """The start page on the terminal: three people, three windows."""
    samples = [
        next(badge for badge in badges if badge["industry"] == industry)
        for industry in SHOWN_INDUSTRIES
    ]
    workers = "\n".join(f"   {b['number']}  {b['workplace']}\n     {b['url']}" for b in samples)
    counsellor = next(one for one in town.staff if one.role == "counsellor")
    clerk = next(one for one in town.staff if one.role == "clerk")
    return f"""
つなぐ名札: 青波市(架空の市)で試せます。窓を3つ開いてください。

1. 店員・配達員(スマートフォンの幅で。名札の裏を読み取ったところから)
{workers}

2. 相談員(タブレットの幅で)
   {base}/sign-in    {counsellor.sign_in} / {counsellor.password}

3. 事務局(PCで)
   {base}/sign-in?next=/office    {clerk.sign_in} / {clerk.password}

とめるには Ctrl+C。"""
