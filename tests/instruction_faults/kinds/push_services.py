"""What push services answer."""

from sqlmodel import select

from app.deliveries.models import Subscription
from app.deliveries.vapid_keys import rotate_vapid_key
from tests.instruction_faults.kinds import KINDS, Play, kind, started, to_the_end
from tests.instruction_faults.world import World


def answered(*statuses: int, headers: dict[str, str] | None = None) -> Play:
    def play(world: World) -> None:
        started(world)
        for status in statuses:
            world.service.fail_next(status, headers=headers)
        world.release()
        world.run(120)
        world.service._faults.clear()
        world.receive()
        to_the_end(world)

    return play


for name, statuses in {
    "500 five times, then 201": (500,) * 5,
    "502 five times, then 201": (502,) * 5,
    "503 five times, then 201": (503,) * 5,
    "404": (404,),
    "410": (410,),
    "400, our own fault": (400,) * 4,
    "401, our own fault": (401,) * 4,
    "403, our own fault": (403,) * 4,
    "413, too large": (413,),
    "413 twice": (413, 413),
}.items():
    KINDS[name] = answered(*statuses)
for status in (301, 302, 307, 308):
    inside = {"Location": "http://127.0.0.1:9/internal"}
    KINDS[f"{status} towards an internal host"] = answered(status, headers=inside)


KINDS["429 longer than the deadline"] = answered(*(429,) * 6, headers={"Retry-After": "900"})


@kind("201 and then nothing")
def nothing(world: World) -> None:
    started(world)
    world.release()
    to_the_end(world)


@kind("time-out after accepting")
def late_answer(world: World) -> None:
    started(world)
    world.service.answer_late(10.5)
    world.release()
    world.receive()
    to_the_end(world)


@kind("nobody listens at the endpoint")
def refused_line(world: World) -> None:
    started(world)
    world.app.state.settings.push_origins = ("http://127.0.0.1:9",)
    with world.app.state.database.writing() as session:
        for one in session.exec(select(Subscription)):
            one.endpoint = "http://127.0.0.1:9/x"
    world.release()
    to_the_end(world)


@kind("TTL over while the phone is off")
def phone_off(world: World) -> None:
    started(world)
    world.service.offline(True)
    world.release()
    world.run(300)
    world.service.offline(False)
    to_the_end(world)


@kind("VAPID key rotated on the way")
def rotated(world: World) -> None:
    started(world)
    state = world.app.state
    with state.database.writing() as session:
        network_id = world.cast.town.here.network.id
        rotate_vapid_key(session, network_id, state.master_key, world.clock.now)
    world.release()
    assert world.receive() == 204
    to_the_end(world)
