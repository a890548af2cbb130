"""What the office changes while reports wait on phones, and what many phones do at once."""

import asyncio
from collections.abc import Callable

from sqlmodel import Session, select

from app.badges.models import Badge, Device
from app.badges.rules import BadgeState
from app.checklists.models import ChecklistVersion
from app.clock import system_clock
from app.sealing.models import SealingKey
from tests.faults.kinds import BOTH, kind
from tests.faults.load import Crowd
from tests.faults.phones import Phone
from tests.faults.world import World

Change = Callable[[Session, World, Phone], None]


async def while_waiting(world: World, change: Change) -> None:
    """Paired and offline, with reports written; the change; then the network is back."""
    world.spent = True
    phone = await world.phone()
    await world.press(phone, 1)
    await world.pass_time(60, until="settled")
    await phone.change(online=False)
    await world.press(phone, world.rng.randint(1, 3))
    with world.opened_database() as database, database.writing() as session:
        change(session, world, phone)
    await phone.online(True)
    await world.pass_time(900, until="settled")


def badge_of(session: Session, phone: Phone) -> Badge:
    return session.exec(select(Badge).where(Badge.code == phone.page["badge"])).one()


@kind("badge stopped while reports wait")
async def badge_stopped(world: World) -> None:
    def stop(session: Session, world: World, phone: Phone) -> None:
        badge = badge_of(session, phone)
        badge.state, badge.stopped_at = BadgeState.STOPPED, system_clock()

    await while_waiting(world, stop)


@kind("phone revoked while reports wait")
async def phone_revoked(world: World) -> None:
    """Its badge is read again, and it goes on as another phone."""

    def revoke(session: Session, world: World, phone: Phone) -> None:
        network_id = world.town.here.network.id
        for device in session.exec(select(Device).where(Device.network_id == network_id)):
            device.revoked_at = system_clock()

    await while_waiting(world, revoke)


@kind("checklist replaced while reports wait")
async def checklist_replaced(world: World) -> None:
    def replace(session: Session, world: World, phone: Phone) -> None:
        for one in session.exec(select(ChecklistVersion)).all():
            newer = one.model_dump() | {"version": one.version + 1}
            newer.pop("id", None)
            session.add(ChecklistVersion(**newer))

    await while_waiting(world, replace)


@kind("sealing key replaced while reports wait")
async def key_replaced(world: World) -> None:
    def replace(session: Session, world: World, phone: Phone) -> None:
        for key in session.exec(select(SealingKey)):
            key.retired_at = system_clock()

    await while_waiting(world, replace)


@kind("50 twins at once")
async def twins(world: World) -> None:
    """The same bytes 50 times at the same moment: one is first, all get the same receipt."""
    await world.run()
    crowd = Crowd(world, 1)
    (handset,) = crowd.handsets
    entry = handset.press()
    async with crowd.client() as client:
        statuses = await asyncio.gather(*(crowd.put(client, handset, entry) for _ in range(50)))
    assert sorted(statuses) == [200] * 49 + [201], statuses
    world.others += crowd.facts


@kind("a crowd returns within 10 s", BOTH)
async def crowd_returns(world: World) -> None:
    """5,000 phones in the long form, 500 in the short one."""
    await world.run()
    crowd = Crowd(world, world.rig.crowd)
    await crowd.send(1, over=10 * world.rig.crowd / 5000)
    world.others += crowd.facts
    world.spent = True
