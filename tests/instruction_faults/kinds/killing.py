"""Two workers in processes of their own, killed at random again and again."""

import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta

from sqlmodel import col, func, select

from app.deliveries.models import Evidence
from tests.instruction_faults.kinds import FRIENDLY, kind
from tests.instruction_faults.worker import FASTER
from tests.instruction_faults.world import World

PHONES, PATIENCE = 10, 240


@kind("two workers killed at random")
def killed_at_random(world: World) -> None:
    """Each instruction once on its phone, however often it left."""
    phones = [world.phone, *(world.subscribe(n) for n in range(1, PHONES))]
    written = [
        world.instruct(world.rng.choice(FRIENDLY), phones[number % PHONES])
        for number in range(world.rig.many)
    ]
    work_until_accepted(world, len(written))
    tags = Counter(shown["tag"] for phone in phones for shown in phone.notifications())
    assert set(tags) == set(map(str, written)), f"{len(written) - len(tags)} never left"
    places = {(phone.endpoint, shown["tag"]) for phone in phones for shown in phone.notifications()}
    assert len(places) == len(written)
    for phone in phones:
        world.receive(phone)
    world.model.look()


def work_until_accepted(world: World, wanted: int) -> None:
    """Kills one of the two every now and then; another takes its place at once."""
    since, workers = time.monotonic(), []
    try:
        while accepted(world) < wanted:
            assert time.monotonic() - since < PATIENCE, f"{accepted(world)} of {wanted}"
            workers = [one for one in workers if one.poll() is None]
            workers += [start(world, since) for _ in range(2 - len(workers))]
            time.sleep(world.rng.uniform(0.2, 1.5))
            world.rng.choice(workers).kill()
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()
    world.clock.advance(seconds=(time.monotonic() - since) * FASTER)


def start(world: World, since: float) -> "subprocess.Popen[bytes]":
    settings = world.app.state.settings
    now = world.clock.now + timedelta(seconds=(time.monotonic() - since) * FASTER)
    arguments = [str(world.data), settings.database_url, world.service.origin, now.isoformat()]
    command = [sys.executable, "-m", "tests.instruction_faults.worker", *arguments]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL)


def accepted(world: World) -> int:
    count = select(func.count(col(Evidence.message_id).distinct()))
    with world.app.state.database.reading() as session:
        return session.exec(count.where(Evidence.kind == "accepted")).one()
