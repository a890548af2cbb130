"""What people do meanwhile."""

from datetime import timedelta

from app.badges.queries import find_badge
from tests.instruction_faults.kinds import CALLED, FRIENDLY, kind, started, to_the_end
from tests.instruction_faults.world import World


@kind("taken back within ten seconds")
def taken_back(world: World) -> None:
    instruction_id = started(world)
    world.run(world.rng.randrange(0, 9))
    world.desk.post(f"/desk/instructions/{instruction_id}/cancellation")
    world.release()
    to_the_end(world)
    assert world.phone.notifications() == []


@kind("withdrawn after sending")
def withdrawn(world: World) -> None:
    instruction_id = started(world)
    world.release()
    world.run(world.rng.randrange(0, 400))
    world.desk.post(f"/desk/instructions/{instruction_id}/withdrawal")
    to_the_end(world)
    assert len({shown["tag"] for shown in world.phone.notifications()}) == 1


@kind("a further instruction after the first")
def further(world: World) -> None:
    started(world)
    world.release()
    world.run(world.rng.randrange(0, 400))
    world.write(world.rng.choice(CALLED + FRIENDLY))
    world.release()
    to_the_end(world)


@kind("badge stopped after sending")
def stopped(world: World) -> None:
    started(world)
    world.release()
    badge = world.phone.phone.code
    with world.app.state.database.writing() as session:
        found = find_badge(session, badge)
        assert found
        badge_id = found.id
    world.cast.staff("clerk").post(f"/office/badges/{badge_id}/stop")
    to_the_end(world)


@kind("closed by telephone")
def by_telephone(world: World) -> None:
    world.instruct(world.rng.choice(CALLED))
    world.release()
    world.run(600)
    page = world.desk.get("/desk/calls").text
    task_id = page.split('id="call-')[1].split('"')[0]
    assert world.desk.post(f"/desk/calls/{task_id}/outcome", outcome="told").status_code == 303
    to_the_end(world)


@kind("written in quiet hours")
def at_night(world: World) -> None:
    world.clock.advance(hours=9)
    world.desk = world.cast.staff("counsellor")
    started(world)
    world.clock.advance(hours=1)
    world.model.stood_still = timedelta(hours=1)
    world.release()
    to_the_end(world)


@kind("off duty")
def off_duty(world: World) -> None:
    world.report_id = world.phone.report()
    world.phone.phone.client.post("/duty", data={"off": "yes"})
    world.write(world.rng.choice(CALLED + FRIENDLY))
    world.release()
    world.run(120)
    if world.phone.notifications():
        world.model.outcome.untrue.append("a sound after hours")
    to_the_end(world)


@kind("asking the manager first")
def asking(world: World) -> None:
    instruction_id = started(world)
    world.release()
    assert world.answer(instruction_id, "asking", hours="1") == 303
    world.model.stood_still = timedelta(hours=1)
    world.run(3_700)
    to_the_end(world)
