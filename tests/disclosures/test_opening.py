"""Opening: with a reason, by whoever has the report, each time in the chain; then letting go."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from app.audit.models import AuditEntry
from app.disclosures.models import Disclosure
from app.networks.retention import next_run
from tests.cast import Cast, Desk, Phone
from tests.disclosures.asking import GIVEN, ask, give, of_report, open_with

NAME = GIVEN["name"]


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return cast.staff("counsellor")


@pytest.fixture
def given(cast: Cast, desk: Desk, session: Session) -> Disclosure:
    bank: Phone = cast.phone("finance")
    report_id = bank.report()
    ask(desk, report_id)
    cast.clock.advance(seconds=11)
    asked = of_report(session, cast.town.here.network.id, report_id)
    give(bank, asked)
    return asked


def openings(session: Session) -> list[AuditEntry]:
    session.rollback()
    return list(session.exec(select(AuditEntry).where(AuditEntry.action == "disclosure.open")))


def again(session: Session, given: Disclosure) -> Disclosure:
    return of_report(session, given.network_id, given.report_id)


def night(cast: Cast, work: Callable[[], int], days: int) -> None:
    cast.clock.now = next_run(cast.clock.now + timedelta(days=days))
    while work():
        pass


def test_each_opening_is_written_down_and_no_list_shows_it(
    desk: Desk, given: Disclosure, session: Session
) -> None:
    for reason in ("advice", "hand_on"):
        answer = open_with(desk, given, reason)
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "no-store"
        assert NAME in answer.text
    assert [one.details for one in openings(session)] == [
        {"reason": "advice"},
        {"reason": "hand_on"},
    ]
    for page in ("/desk", f"/desk/reports/{given.report_id}", "/desk/done"):
        assert NAME not in desk.get(page).text


def test_it_closes_by_itself_also_without_script(desk: Desk, given: Disclosure) -> None:
    page = open_with(desk, given).text
    assert f'content="120;url=/desk/reports/{given.report_id}"' in page
    assert "opened" in page


@pytest.mark.parametrize("reason", ["", "curious"])
def test_without_a_reason_it_stays_closed(
    desk: Desk, given: Disclosure, session: Session, reason: str
) -> None:
    answer = open_with(desk, given, reason)
    assert answer.status_code == 422
    assert NAME not in answer.text
    assert openings(session) == []


def test_whoever_has_the_report_and_the_supervisor_open_it_and_nobody_else(
    cast: Cast, given: Disclosure, session: Session
) -> None:
    statuses = {
        role: open_with(cast.staff(role, place), given).status_code
        for role, place in (("counsellor", 1), ("clerk", 0), ("supervisor", 0))
    }
    assert statuses == {"counsellor": 403, "clerk": 403, "supervisor": 200}
    assert open_with(cast.stranger("supervisor"), given).status_code == 404
    assert len(openings(session)) == 1
    assert (
        "理由を選んで開く"
        not in cast.staff("counsellor", 1).get(f"/desk/reports/{given.report_id}").text
    )


def test_a_changed_seal_is_said_and_nothing_is_shown(
    cast: Cast, desk: Desk, given: Disclosure
) -> None:
    with cast.app.state.database.writing() as session:
        one = session.get_one(Disclosure, (given.network_id, given.id))
        assert one.sealed
        one.sealed = one.sealed | {"ct": one.sealed["ct"][:-8] + "AAAAAAAA"}
    assert "改ざんの可能性" in open_with(desk, given).text


def test_once_transcribed_it_goes_after_seven_days(
    cast: Cast, desk: Desk, given: Disclosure, session: Session, work: Callable[[], int]
) -> None:
    assert desk.post(f"/desk/disclosures/{given.id}/transcription").status_code == 303
    first = again(session, given).transcribed_at
    cast.clock.advance(hours=1)
    desk.post(f"/desk/disclosures/{given.id}/transcription")
    assert again(session, given).transcribed_at == first
    night(cast, work, days=5)
    assert again(session, given).sealed
    night(cast, work, days=2)
    kept = again(session, given)
    assert (kept.sealed, kept.erased_at) == (None, cast.clock.now)
    assert "消しました" in cast.staff("counsellor").get(f"/desk/reports/{given.report_id}").text


def test_else_it_goes_ninety_days_after_the_report_was_closed(
    cast: Cast, desk: Desk, given: Disclosure, session: Session, work: Callable[[], int]
) -> None:
    night(cast, work, days=100)
    assert again(session, given).sealed
    cast.staff("counsellor").post(
        f"/desk/reports/{given.report_id}/closure", template="R18", outcome="informed"
    )
    night(cast, work, days=88)
    assert again(session, given).sealed
    night(cast, work, days=2)
    assert again(session, given).sealed is None


def test_others_note_no_transcription(cast: Cast, given: Disclosure, session: Session) -> None:
    answer = cast.staff("counsellor", 1).post(f"/desk/disclosures/{given.id}/transcription")
    assert answer.status_code == 403
    assert again(session, given).transcribed_at is None
