"""What phones say, late, twice, in the wrong order or not at all."""

from typing import Any
from uuid import uuid4

from tests.instruction_faults.kinds import KINDS, Play, kind, started, to_the_end
from tests.instruction_faults.world import World


@kind("receipt lost, and sent later")
def receipt_later(world: World) -> None:
    started(world)
    world.release()
    world.run(world.rng.randrange(30, 400))
    world.receive()
    to_the_end(world)


@kind("receipt repeated a hundred times")
def receipt_again(world: World) -> None:
    started(world)
    world.release()
    for _ in range(100):
        world.receive()
    to_the_end(world)


@kind("opened before delivered")
def opened_first(world: World) -> None:
    instruction_id = started(world)
    world.release()
    world.open(instruction_id)
    world.run(5)
    world.receive()
    to_the_end(world)


@kind("receipt forged by another phone")
def forged(world: World) -> None:
    instruction_id = started(world)
    stranger = world.subscribe(1)
    world.release()
    assert stranger.receipt(instruction_id).status_code == 404
    assert world.phone.receipt(uuid4()).status_code == 404
    to_the_end(world)


@kind("seen, and put away")
def dismissed(world: World) -> None:
    started(world)
    world.release()
    world.receive()
    to_the_end(world)


@kind("two phones of one person, one of them heard from")
def two_phones(world: World) -> None:
    second = world.subscribe()
    instruction_id = started(world)
    world.release()
    world.receive(second)
    world.answer(instruction_id, phone=second)
    to_the_end(world)


@kind("both phones answer at once")
def both_answer(world: World) -> None:
    second = world.subscribe()
    instruction_id = started(world)
    world.release()
    for phone in (world.phone, second):
        world.answer(instruction_id, "refusal", phone=phone, reason="busy")
    to_the_end(world)


def told(**state: Any) -> Play:
    def play(world: World) -> None:
        said = {"permission": "denied", "platform": "other", "is_installed": False} | state
        answer = world.phone.phone.client.put("/api/device", json=said)
        assert answer.status_code == 200
        started(world)
        world.release()
        world.run(30)
        page = world.desk.get(f"/desk/reports/{world.report_id}").text
        unreachable = "通知が届く端末がありません" in page
        if not unreachable:
            world.model.outcome.untrue.append("an unreachable person looks reachable")
        to_the_end(world)

    return play


KINDS["permission denied"] = told()


KINDS["iPhone without the app on its home screen"] = told(permission="unsupported", platform="ios")


@kind("one endpoint registered by two people")
def shared_endpoint(world: World) -> None:
    """The newest owner has it; the other is unreachable and told by letter or call."""
    other = world.subscribe(1)
    other.endpoint, other.keys = world.phone.endpoint, world.phone.keys
    assert other.subscribe().status_code == 204
    started(world)
    world.release()
    to_the_end(world)
