"""What every command needs: settings, a database, and a clear sentence when it can't go on."""

from contextlib import closing

import typer
from sqlmodel import Session, select

from app.clock import system_clock
from app.db import Database
from app.logs import configure_logs
from app.networks.commands import begin_epoch
from app.networks.models import Epoch, Network
from app.operations.migrations import migrate
from app.sealing.custody import MasterKey, key_file
from app.settings import Settings


def start() -> Settings:
    settings = Settings()
    configure_logs(settings.log_json)
    return settings


def opened(settings: Settings) -> closing[Database]:
    return closing(Database(settings.database))


def prepare(settings: Settings) -> None:
    migrate(settings)
    with opened(settings) as database, database.writing() as session:
        if session.exec(select(Epoch)).first() is None:
            begin_epoch(session, system_clock())


def find_network(session: Session, slug: str) -> Network:
    found = session.exec(select(Network).where(Network.slug == slug)).first()
    if found is None:
        raise fail(f"「{slug}」というネットワークはありません")
    return found


def master_key(settings: Settings) -> MasterKey:
    return MasterKey(key_file(settings.data_dir, "master"))


def fail(text: str) -> typer.Exit:
    typer.echo(text, err=True)
    return typer.Exit(1)
