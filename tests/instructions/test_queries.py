"""The receipt ladder never shows more than is proven; what later evidence implies is marked."""

import pytest
from sqlmodel import Session

from app.deliveries.evidence import add_evidence
from app.instructions.models import Instruction
from app.instructions.queries import RUNGS, ladder, released_for
from app.reports.models import Report
from tests.instructions.scene import Scene

PROVEN, INFERRED, NOTHING = "proven", "inferred", "nothing"


def steps(session: Session, scene: Scene) -> dict[str, str]:
    """Each rung with what the desk may say about it."""
    session.rollback()
    network_id = scene.cast.town.here.network.id
    instruction = session.get_one(Instruction, (network_id, scene.instruction_id))
    return {
        rung.kind: PROVEN if rung.at else INFERRED if rung.inferred else NOTHING
        for rung in ladder(session, instruction, scene.cast.clock.now)
    }


def prove(scene: Scene, kind: str) -> None:
    network_id = scene.cast.town.here.network.id
    with scene.cast.app.state.database.writing() as session:
        report = session.get_one(Report, (network_id, scene.report_id))
        add_evidence(
            session,
            network_id,
            scene.instruction_id,
            report.device_id,
            kind,
            scene.cast.clock.now,
        )


def test_before_it_has_left_nothing_is_proven(scene: Scene, session: Session) -> None:
    assert steps(session, scene) == dict.fromkeys(RUNGS, NOTHING)


def test_leaving_is_all_that_is_known_without_a_push(scene: Scene, session: Session) -> None:
    scene.release()
    assert steps(session, scene) == dict.fromkeys(RUNGS, NOTHING) | {"released": PROVEN}


@pytest.mark.parametrize(
    ("kind", "implied"),
    [("accepted", []), ("delivered", ["accepted"]), ("opened", ["accepted", "delivered"])],
)
def test_later_evidence_implies_the_earlier_and_never_the_later(
    scene: Scene, session: Session, kind: str, implied: list[str]
) -> None:
    scene.release()
    prove(scene, kind)
    expected = dict.fromkeys(RUNGS, NOTHING) | dict.fromkeys(implied, INFERRED)
    assert steps(session, scene) == expected | {"released": PROVEN, kind: PROVEN}


def test_a_result_implies_that_it_was_understood(scene: Scene, session: Session) -> None:
    scene.release()
    scene.answer("result", result="called")
    found = steps(session, scene)
    assert (found["result"], found["opened"], found["acknowledged"]) == (PROVEN, PROVEN, INFERRED)


def test_a_refusal_is_no_acknowledgement(scene: Scene, session: Session) -> None:
    scene.release()
    scene.answer("refusal", reason="alone")
    found = steps(session, scene)
    assert (found["opened"], found["acknowledged"], found["result"]) == (PROVEN, NOTHING, NOTHING)


def test_evidence_that_comes_in_the_wrong_order_takes_nothing_back(
    scene: Scene, session: Session
) -> None:
    scene.release()
    prove(scene, "opened")
    before = steps(session, scene)
    scene.cast.clock.advance(minutes=3)
    prove(scene, "delivered")
    assert steps(session, scene) == before | {"delivered": PROVEN}


def test_evidence_repeated_a_hundred_times_keeps_its_first_time(
    scene: Scene, session: Session
) -> None:
    scene.release()
    first = scene.cast.clock.now
    for _ in range(100):
        prove(scene, "delivered")
        scene.cast.clock.advance(seconds=1)
    network_id = scene.cast.town.here.network.id
    instruction = session.get_one(Instruction, (network_id, scene.instruction_id))
    rungs = {rung.kind: rung.at for rung in ladder(session, instruction, scene.cast.clock.now)}
    assert rungs["delivered"] == first


def test_one_that_was_taken_back_is_never_among_those_that_left(
    scene: Scene, session: Session
) -> None:
    scene.take_back()
    scene.cast.clock.advance(days=1)
    report = session.get_one(Report, (scene.cast.town.here.network.id, scene.report_id))
    assert released_for(session, report, scene.cast.clock.now) == []


def test_the_desk_marks_what_is_only_inferred(scene: Scene) -> None:
    scene.release()
    assert "推定" not in scene.detail()
    prove(scene, "opened")
    assert scene.detail().count("推定") == 2
