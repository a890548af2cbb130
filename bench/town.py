"""青波市 with as many paired phones as a bench needs."""

from itertools import cycle
from pathlib import Path
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session

from app.badges.commands import issue_badges
from app.badges.credentials import Credentials
from app.badges.models import Badge, Device, Pairing
from app.badges.rules import end_of_validity
from app.clock import TOKYO, system_clock
from app.db import Database
from app.demo.town import build_town
from app.ids import new_id
from app.networks.commands import begin_epoch
from app.operations.migrations import migrate
from app.organizations.models import Organization, Workplace
from app.sealing.custody import MasterKey, key_file
from app.settings import Settings
from bench.envelopes import Phone

PHONES_PER_STORE = 3


def settled(folder: Path, database_url: str = "") -> Settings:
    folder.mkdir(parents=True, exist_ok=True)
    return Settings(data_dir=folder, database_url=database_url)


def found_town(settings: Settings, phones: int) -> list[Phone]:
    """The town, and phones spread over the stores of a chain."""
    migrate(settings)
    database = Database(settings.database)
    now = system_clock()
    with database.writing() as session:
        begin_epoch(session, now)
        master = MasterKey(key_file(settings.data_dir, "master"))
        town = build_town(session, master, now)
        made = pair_phones(session, settings, town.network.id, phones)
    database.close()
    return made


def _open_stores(session: Session, network_id: Any, count: int) -> list[Badge]:
    """A chain with that many stores of one badge each."""
    now = system_clock()
    chain = Organization(network_id=network_id, name="ベンチ", standing="partner", created_at=now)
    stores = [
        Workplace(
            network_id=network_id, organization_id=chain.id, name=f"{number}号店",
            industry="conveni", created_at=now,
        )
        for number in range(count)
    ]  # fmt: skip
    for rows in ([chain], stores):
        session.add_all(rows)
        session.flush()
    until = end_of_validity(now.astimezone(TOKYO).date())
    return [
        badge
        for store in stores
        for badge in issue_badges(session, store, 1, valid_until=until, now=now)
    ]


def pair_phones(session: Session, settings: Settings, network_id: Any, count: int) -> list[Phone]:
    """Spread over the stores of a chain."""
    now = system_clock()
    badges = cycle(_open_stores(session, network_id, count // PHONES_PER_STORE + 1))
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
