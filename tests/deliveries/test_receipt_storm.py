"""A bulletin reaches 900 phones, and all of them say so at once, to a server of its own process."""

import asyncio
from collections import Counter
from datetime import timedelta
from uuid import UUID

from sqlmodel import Session, col, func, select

from app.badges.models import Device
from app.clock import system_clock
from app.db import Database
from app.deliveries.models import Evidence, Message, Recipient
from app.open_files import allow_many
from app.reports.models import Report
from app.settings import Settings
from bench.connection import Answer, connect
from bench.envelopes import Phone, new_envelope
from bench.requests import post_request, put_request
from bench.servers import serving
from bench.town import pair_phones
from tests.towns import Town

PHONES, PATIENCE = 900, 300
DELIVERED = b'{"kind":"delivered"}'


def bulletin(session: Session, town: Town) -> UUID:
    """A message to every phone there is."""
    now = system_clock()
    expires_at = now + timedelta(days=1)
    message = Message(
        network_id=town.here.network.id, texts={}, path="/", expires_at=expires_at, created_at=now
    )
    session.add(message)
    session.flush()
    for phone in session.exec(select(Device.id)):
        session.add(
            Recipient(network_id=town.here.network.id, message_id=message.id, device_id=phone)
        )
    return message.id


async def asked(port: int, request: bytes) -> Answer:
    line = await connect(port)
    try:
        return await asyncio.wait_for(line.ask(request), PATIENCE)
    finally:
        line.transport.close()


async def say_so(port: int, request: bytes, wait: float, statuses: Counter[int]) -> None:
    """As the phone's worker does: what isn't taken is said again."""
    await asyncio.sleep(wait)
    while (answer := await asked(port, request)).status != 204:
        statuses[answer.status] += 1
        await asyncio.sleep(1)
    statuses[204] += 1


async def storm(
    port: int, path: str, phones: list[Phone], reporter: Phone
) -> tuple[Counter[int], int]:
    """How the receipts were answered, and a report in the middle of them."""
    statuses: Counter[int] = Counter()
    async with asyncio.timeout(PATIENCE), asyncio.TaskGroup() as all_of_them:
        for number, phone in enumerate(phones):
            request = post_request(path, phone, DELIVERED)
            wait = number / len(phones)
            all_of_them.create_task(say_so(port, request, wait, statuses))
        await asyncio.sleep(0.5)
        report = await asked(port, put_request(reporter, *new_envelope(reporter, "CV-01")))
    return statuses, report.status


def test_receipts_of_900_phones_within_a_second_are_each_kept_once(
    settings: Settings, town: Town
) -> None:
    allow_many()
    database = Database(settings.database)
    with database.writing() as session:
        *phones, reporter = pair_phones(session, settings, town.here.network.id, PHONES + 1)
        message_id = bulletin(session, town)
    path = f"/api/messages/{message_id}/receipts"
    with serving("whole", settings) as server:
        statuses, report = asyncio.run(storm(server.port, path, phones, reporter))
    assert statuses[204] == PHONES
    assert set(statuses) <= {204, 503}
    assert report == 201
    with database.reading() as session:
        about = select(Evidence.device_id).where(Evidence.message_id == message_id)
        proven = session.exec(about.where(Evidence.kind == "delivered")).all()
        reports = session.exec(select(func.count(col(Report.id)))).one()
    database.close()
    assert (len(proven), len(set(proven)), reports) == (PHONES, PHONES, 1)
