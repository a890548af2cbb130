"""An older release left its outbox on the phone's disk."""

from typing import Any

from tests.faults.kinds import kind
from tests.faults.phones import Phone
from tests.faults.world import World


@kind("outbox of the first version upgraded")
async def upgraded(world: World) -> None:
    """What the first release wrote, literally, under today's code."""
    writer = await world.phone()
    await writer.change(online=False)
    await world.press(writer, world.rng.randint(1, 4))
    written = await writer.look()
    phone = await world.phone(opens=False)
    phone.page = writer.page
    await phone.ask("old_disk", version=1, stores=first_version(written, writer))
    await writer.ask("kill")
    writer.evicted |= {one["report_id"] for one in written["confirmed"]}
    world.phones[0] = moved(phone, writer)
    world.phones.pop()
    await phone.open()
    await world.pass_time(600, until="settled")
    assert {one["state"] for one in (await phone.look())["entries"]} == {"acked"}


def moved(phone: Phone, writer: Phone) -> Phone:
    """The upgraded phone answers for what the other one had confirmed."""
    look = phone.look

    async def both() -> dict[str, Any]:
        mine, before = await look(), await writer.look()
        return {**mine, "confirmed": before["confirmed"] + mine["confirmed"]}

    phone.look = both  # type: ignore[method-assign]
    return phone


def first_version(written: dict[str, Any], phone: Phone) -> dict[str, Any]:
    agreement = {"agreed_version": phone.page["secrecy"], "done": False}
    kept = ("report_id", "draft", "badge_code", "urgent", "at", "device_seq", "bytes")
    entries = [
        {name: one[name] for name in kept} | {"state": "sealed", "attempts": 0}
        for one in written["entries"]
    ]
    indexes = {
        "state": {"keyPath": "state", "unique": False},
        "draft": {"keyPath": "draft", "unique": True},
    }
    meta = [["device_seq", len(entries)], [f"agreement-{phone.page['badge']}", agreement]]
    return {
        "outbox": {
            "keyPath": "report_id",
            "indexes": indexes,
            "rows": [[one["report_id"], one] for one in entries],
        },
        "meta": {"keyPath": None, "indexes": {}, "rows": meta},
    }
