"""青波市 with as many paired phones as a bench needs."""

from itertools import cycle
from pathlib import Path
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session, col

from app.badges.credentials import Credentials
from app.badges.models import Badge, Device, Pairing
from app.clock import system_clock
from app.db import Database
from app.demo.town import build_town
from app.ids import new_id
from app.networks.commands import begin_epoch
from app.networks.scope import in_network
from app.operations.migrations import migrate
from app.sealing.custody import MasterKey, key_file
from app.settings import Settings
from bench.envelopes import Phone


def settled(folder: Path, database_url: str = "") -> Settings:
    folder.mkdir(parents=True, exist_ok=True)
    return Settings(data_dir=folder, database_url=database_url)


def found_town(settings: Settings, phones: int) -> list[Phone]:
    """The town, and phones spread over the badges of its convenience stores."""
    migrate(settings)
    database = Database(settings.database)
    now = system_clock()
    with database.writing() as session:
        begin_epoch(session, now)
        master = MasterKey(key_file(settings.data_dir, "master"))
        town = build_town(session, master, now)
        made = _pair(session, settings, town.network.id, phones)
    database.close()
    return made


def _pair(session: Session, settings: Settings, network_id: Any, count: int) -> list[Phone]:
    now = system_clock()
    stores = in_network(Badge, network_id).where(col(Badge.number).startswith("A-"))
    badges = cycle(session.exec(stores).all())
    chosen = [(next(badges), new_id()) for _ in range(count)]
    devices = [
        {"network_id": network_id, "id": device, "last_heard_at": now, "created_at": now}
        | {"language": "ja"}
        for _, device in chosen
    ]
    pairings = [
        {"network_id": network_id, "id": new_id(), "device_id": device, "badge_id": badge.id}
        | {"agreed_version": 1, "agreed_language": "ja", "has_inbox": True, "paired_at": now}
        | {"call_name": ""}
        for badge, device in chosen
    ]
    session.execute(insert(Device), devices)
    session.execute(insert(Pairing), pairings)
    return [_phone(settings, network_id, badge.code, device) for badge, device in chosen]


def _phone(settings: Settings, network_id: Any, code: str, device: Any) -> Phone:
    credentials = Credentials([key_file(settings.data_dir, "cookie")], settings.secure)
    return Phone(f"{credentials.cookie}={credentials.sign(network_id, device)}", code)
