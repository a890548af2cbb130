"""A claim of somebody who does nothing returns to the list; never while something is out."""

from collections.abc import Callable
from uuid import UUID

import pytest
from sqlmodel import Session, select

from app.audit.models import AuditEntry
from app.claims.models import ClaimMove
from app.deliveries.models import OutboxItem
from app.networks.models import Network
from app.reports.models import Report
from tests.cast import Cast, Desk
from tests.instructions.scene import Scene

Work = Callable[[], int]
TODAY = ["CV-08"]


def is_claimed(session: Session) -> bool:
    session.rollback()
    return session.exec(select(Report)).one().claimed_by_id is not None


def claimed(cast: Cast, **changes: object) -> tuple[UUID, Desk]:
    report_id, sato = cast.phone().report(**changes), cast.staff("counsellor")
    sato.post(f"/desk/reports/{report_id}/claim")
    return report_id, sato


def passes(cast: Cast, work: Work, **time: float) -> None:
    cast.clock.advance(**time)
    while work():
        pass


@pytest.mark.parametrize(("items", "minutes"), [(TODAY, 15), (["CV-01"], 5)])
def test_a_forgotten_claim_returns_and_the_row_says_whose(
    cast: Cast, work: Work, session: Session, items: list[str], minutes: int
) -> None:
    _, sato = claimed(cast, items=items)
    passes(cast, work, minutes=minutes, seconds=-1)
    assert is_claimed(session)
    passes(cast, work, seconds=1)
    assert not is_claimed(session)
    said = f"担当が戻りました(佐藤さん {minutes}分)"
    assert said in sato.get("/desk").text
    entry = session.exec(select(AuditEntry).where(AuditEntry.action == "claim.returned")).one()
    assert entry.actor == "clock"
    sato.post(f"/desk/reports/{session.exec(select(Report)).one().id}/claim")
    assert said not in sato.get("/desk").text


def test_a_network_has_times_of_its_own(cast: Cast, work: Work, session: Session) -> None:
    with cast.app.state.database.writing() as writing:
        for network in writing.exec(select(Network)):
            network.claim_minutes = 30
    claimed(cast, items=TODAY)
    passes(cast, work, minutes=29)
    assert is_claimed(session)
    passes(cast, work, minutes=1)
    assert not is_claimed(session)


@pytest.mark.parametrize("sign", ["presence", "claim"])
def test_opening_and_claiming_again_keep_it(
    cast: Cast, work: Work, session: Session, sign: str
) -> None:
    report_id, sato = claimed(cast, items=TODAY)
    passes(cast, work, minutes=10)
    sato.post(f"/desk/reports/{report_id}/{sign}")
    passes(cast, work, minutes=14)
    assert is_claimed(session)
    passes(cast, work, minutes=1)
    assert not is_claimed(session)


def test_what_a_colleague_opens_keeps_nothing(cast: Cast, work: Work, session: Session) -> None:
    report_id, _ = claimed(cast, items=TODAY)
    passes(cast, work, minutes=10)
    cast.staff("counsellor", 1).post(f"/desk/reports/{report_id}/presence")
    passes(cast, work, minutes=5)
    assert not is_claimed(session)


def test_nothing_returns_while_an_instruction_awaits_an_answer(
    scene: Scene, session: Session
) -> None:
    scene.release()
    scene.wait(minutes=4)
    assert is_claimed(session)
    scene.answer("acknowledgement")
    scene.wait(minutes=30)
    assert is_claimed(session)
    scene.answer("result", result="called")
    scene.wait(minutes=4)
    assert is_claimed(session)
    scene.wait(minutes=1)
    assert not is_claimed(session)


def test_taking_an_instruction_back_starts_the_time_again(scene: Scene, session: Session) -> None:
    scene.wait(seconds=5)
    scene.take_back()
    scene.wait(minutes=4, seconds=59)
    assert is_claimed(session)
    scene.wait(seconds=1)
    assert not is_claimed(session)


def test_a_claim_given_back_and_taken_again_has_its_whole_time(
    cast: Cast, work: Work, session: Session
) -> None:
    report_id, sato = claimed(cast, items=TODAY)
    passes(cast, work, minutes=10)
    sato.post(f"/desk/reports/{report_id}/release")
    sato.post(f"/desk/reports/{report_id}/claim")
    passes(cast, work, minutes=14)
    assert is_claimed(session)
    passes(cast, work, minutes=1)
    assert not is_claimed(session)


def test_a_closed_report_stays_with_whoever_closed_it(
    cast: Cast, work: Work, session: Session
) -> None:
    report_id, sato = claimed(cast, items=TODAY)
    sato.post(f"/desk/reports/{report_id}/closure", template="R18", outcome="informed")
    passes(cast, work, hours=2)
    assert is_claimed(session)
    assert session.exec(select(ClaimMove)).all() == []


def test_an_urgent_report_that_returned_is_watched_again(
    cast: Cast, work: Work, session: Session
) -> None:
    claimed(cast, items=["CV-01"])
    work()
    passes(cast, work, minutes=1)
    passes(cast, work, minutes=4)
    asked = select(OutboxItem).where(OutboxItem.kind == "report.unclaimed")
    outcomes = [one.outcome for one in session.exec(asked)]
    assert "taken" in outcomes
    assert len(outcomes) > 1
