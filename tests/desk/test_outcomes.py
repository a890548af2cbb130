"""How a report ended is put right by who may, copied without a name, and marked as a candidate."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlmodel import Session, select

from app.outcomes.models import Candidate, Outcome
from tests.cast import Cast, Desk

CHANGE = {"outcome": "settled", "recovered_yen": "5000", "reason": "返金があった"}


@pytest.fixture
def report_id(cast: Cast, desk: Desk) -> UUID:
    """Closed as 助言."""
    report_id = cast.phone().report()
    desk.post(f"/desk/reports/{report_id}/closure", template="R18", outcome="advice")
    return report_id


def correct(desk: Desk, report_id: UUID, based_on: int = 1, **changes: str) -> Any:
    fields = CHANGE | changes
    return desk.post(f"/desk/reports/{report_id}/outcome", based_on=str(based_on), **fields)


def numbers(session: Session) -> dict[int, str]:
    session.rollback()
    return {one.number: one.code for one in session.exec(select(Outcome))}


def test_a_correction_is_added_and_the_first_stays(
    desk: Desk, report_id: UUID, session: Session
) -> None:
    page = desk.get(f"/desk/reports/{report_id}/outcome").text
    assert 'value="advice" checked' in page
    assert correct(desk, report_id).status_code == 303
    assert numbers(session) == {1: "advice", 2: "settled"}
    assert "あっせん解決" in desk.get(f"/desk/reports/{report_id}").text
    assert "返金があった" in desk.get(f"/desk/reports/{report_id}/outcome").text


def test_the_same_correction_twice_is_one(desk: Desk, report_id: UUID, session: Session) -> None:
    assert [correct(desk, report_id).status_code for _ in range(2)] == [303, 303]
    assert len(numbers(session)) == 2


def test_of_two_who_correct_the_second_is_told_who_was_first(
    cast: Cast, desk: Desk, report_id: UUID, session: Session
) -> None:
    assert correct(desk, report_id).status_code == 303
    late = correct(cast.staff("supervisor"), report_id, outcome="referred")
    assert late.status_code == 409
    assert "さんが先に直しました" in late.text
    assert 'value="referred" checked' in late.text
    assert numbers(session) == {1: "advice", 2: "settled"}


def test_the_supervisor_corrects_and_another_counsellor_does_not(
    cast: Cast, report_id: UUID, session: Session
) -> None:
    other = cast.staff("counsellor", 1)
    assert correct(other, report_id).status_code == 403
    assert "担当している人か主任だけ" in other.get(f"/desk/reports/{report_id}/outcome").text
    assert correct(cast.staff("supervisor"), report_id).status_code == 303
    assert len(numbers(session)) == 2


@pytest.mark.parametrize(
    "change",
    [
        {"reason": ""},
        {"reason": "あ" * 201},
        {"reason": "山田花子さんに返金"},
        {"outcome": "nothing"},
        {"stopped_yen": "100"},
        {"based_on": "x"},
    ],
)
def test_a_correction_that_is_not_whole_changes_nothing(
    desk: Desk, report_id: UUID, session: Session, change: dict[str, str]
) -> None:
    fields = {"based_on": "1", **CHANGE, **change}
    assert desk.post(f"/desk/reports/{report_id}/outcome", **fields).status_code == 422
    assert numbers(session) == {1: "advice"}


def test_what_looks_like_a_name_goes_in_when_somebody_says_it_is_none(
    desk: Desk, report_id: UUID, session: Session
) -> None:
    assert correct(desk, report_id, reason="山田銀行様の回答", is_fine="yes").status_code == 303


def test_an_open_report_has_nothing_to_correct(cast: Cast, desk: Desk, session: Session) -> None:
    report_id = cast.phone().report()
    desk.post(f"/desk/reports/{report_id}/claim")
    assert correct(desk, report_id, 0).status_code == 409
    assert "まだ終わっていません" in desk.get(f"/desk/reports/{report_id}/outcome").text
    assert numbers(session) == {}


def mark(desk: Desk, report_id: UUID, kind: str = "bulletin", reason: str = "同じ手口が3件") -> Any:
    return desk.post(f"/desk/reports/{report_id}/candidates", kind=kind, reason=reason)


def test_a_candidate_is_listed_and_nothing_is_said_to_be_published(
    desk: Desk, report_id: UUID, session: Session
) -> None:
    assert "まだありません" in desk.get("/desk/candidates").text
    assert mark(desk, report_id).status_code == 303
    assert mark(desk, report_id, reason="4件になった").status_code == 303
    page = desk.get("/desk/candidates").text
    assert "4件になった" in page
    assert "同じ手口が3件" not in page
    assert "まだ公開されていません" in page
    candidate = session.exec(select(Candidate)).one()
    for _ in range(2):
        assert desk.post(f"/desk/candidates/{candidate.id}/withdrawal").status_code == 303
    assert "4件になった" not in desk.get("/desk/candidates").text


@pytest.mark.parametrize(
    ("kind", "reason"), [("", "a"), ("card", "a"), ("bulletin", ""), ("bulletin", "花子さんの件")]
)
def test_a_candidate_needs_a_kind_and_a_reason_without_names(
    desk: Desk, report_id: UUID, session: Session, kind: str, reason: str
) -> None:
    assert mark(desk, report_id, kind, reason).status_code == 422
    assert session.exec(select(Candidate)).all() == []


def test_an_open_report_is_no_candidate(cast: Cast, desk: Desk) -> None:
    assert mark(desk, cast.phone().report()).status_code == 409


def test_the_town_next_door_finds_none_of_it(
    cast: Cast, desk: Desk, report_id: UUID, session: Session
) -> None:
    mark(desk, report_id)
    stranger = cast.stranger("supervisor")
    candidate = session.exec(select(Candidate)).one()
    assert "同じ手口が3件" not in stranger.get("/desk/candidates").text
    assert stranger.get(f"/desk/candidates?after={candidate.id}").status_code == 200
    for address in ("outcome", "summary", "closure"):
        assert stranger.get(f"/desk/reports/{report_id}/{address}").status_code == 404
    assert correct(stranger, report_id).status_code == 404
    assert mark(stranger, report_id).status_code == 404
    assert stranger.post(f"/desk/candidates/{candidate.id}/withdrawal").status_code == 404
    assert desk.get(f"/desk/candidates?after={uuid4()}").status_code == 200
    assert desk.get("/desk/candidates?after=x").status_code == 200
