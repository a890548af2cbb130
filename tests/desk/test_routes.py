"""The list, one report, and taking it on: of two who press at once one wins."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlmodel import Session, select

from app.audit.models import AuditEntry
from app.reports.models import Report
from tests.cast import Cast, Desk


def claim(desk: Desk, report_id: UUID) -> Any:
    return desk.post(f"/desk/reports/{report_id}/claim")


def test_of_two_desks_that_press_at_once_one_wins_and_the_other_reads_the_name(
    cast: Cast, session: Session
) -> None:
    report_ids = [cast.phone().report() for _ in range(5)]
    desks = [cast.staff("counsellor", place) for place in (0, 1)]
    for report_id in report_ids:
        with ThreadPoolExecutor(2) as threads:
            answers = list(threads.map(lambda desk: claim(desk, report_id), desks))  # noqa: B023
        assert sorted(one.status_code for one in answers) == [303, 409]
        lost = next(one for one in answers if one.status_code == 409)
        assert "さんが先に担当しました" in lost.text
        winner = "佐藤" if answers[0].status_code == 303 else "田中"
        assert f"{winner}さん" in lost.text
    claims = select(AuditEntry).where(AuditEntry.action == "report.claim")
    assert len(session.exec(claims).all()) == len(report_ids)


def test_claiming_twice_is_claiming_once(cast: Cast, session: Session) -> None:
    report_id, desk = cast.phone().report(), cast.staff("counsellor")
    claim(desk, report_id)
    first = cast.clock.now
    cast.clock.advance(minutes=1)
    assert claim(desk, report_id).status_code == 303
    assert session.exec(select(Report)).one().claimed_at == first


def test_a_report_can_be_given_back_by_who_has_it_only(cast: Cast, session: Session) -> None:
    report_id = cast.phone().report()
    sato, tanaka = cast.staff("counsellor"), cast.staff("counsellor", 1)
    claim(sato, report_id)
    refused = tanaka.post(f"/desk/reports/{report_id}/release")
    assert refused.status_code == 409
    assert "担当している人だけが戻せます" in refused.text
    assert [sato.post(f"/desk/reports/{report_id}/release").status_code for _ in "ab"] == [303, 303]
    assert session.exec(select(Report)).one().claimed_by_id is None
    assert claim(tanaka, report_id).status_code == 303


def test_the_other_desk_sees_who_has_it_in_the_list_and_in_the_report(cast: Cast) -> None:
    report_id = cast.phone().report()
    sato, tanaka = cast.staff("counsellor"), cast.staff("counsellor", 1)
    claim(sato, report_id)
    detail = tanaka.get(f"/desk/reports/{report_id}").text
    assert detail.count("佐藤") >= 2
    assert "担当する</button>" not in detail


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", ""),
        ("GET", "/instructions/new"),
        ("POST", "/claim"),
        ("POST", "/release"),
        ("POST", "/instructions"),
        ("POST", "/instructions/preview"),
        ("POST", "/closure"),
    ],
)
def test_another_networks_report_is_not_there(cast: Cast, method: str, path: str) -> None:
    desk = cast.stranger("counsellor")
    fields = {"template": "R05", "title": "a", "steps": "b"} if method == "POST" else None
    for report_id in (cast.phone().report(), uuid4()):
        answer = desk.client.request(method, f"/desk/reports/{report_id}{path}", data=fields)
        assert answer.status_code == 404
        assert "この報告は見つかりません" in answer.text


def test_a_clerk_sees_no_report(cast: Cast) -> None:
    report_id, clerk = cast.phone().report(), cast.staff("clerk")
    for path in ("/desk", f"/desk/reports/{report_id}", "/desk/done", "/desk/events"):
        assert clerk.get(path).status_code == 403


def test_the_list_never_jumps_while_somebody_reads_it(cast: Cast) -> None:
    phone, desk = cast.phone(), cast.staff("counsellor")
    phone.report()
    phone.report()
    part = desk.get("/desk?up_to=1", headers={"HX-Request": "true"}).text
    assert "<html" not in part
    assert "K-0001" in part
    assert "K-0002" not in part
    assert "新着 1件を表示" in part
    assert "K-0002" in desk.get("/desk").text


def test_an_empty_list_fills_by_itself(cast: Cast) -> None:
    desk = cast.staff("counsellor")
    assert "未対応はありません" in desk.get("/desk?up_to=0").text
    cast.phone().report()
    assert "K-0001" in desk.get("/desk?up_to=0").text


@pytest.mark.parametrize("up_to", ["-1", "9" * 30, "x", "1.5", ""])
def test_an_odd_number_shown_last_is_no_error_of_ours(cast: Cast, up_to: str) -> None:
    assert cast.staff("counsellor").get(f"/desk?up_to={up_to}").status_code in (200, 422)


def test_a_full_list_keeps_its_last_row_when_something_urgent_arrives(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.desk.inbox.listing.PAGE", 2)
    phone, desk = cast.phone(), cast.staff("counsellor")
    phone.report(items=["CV-08"])
    phone.report(items=["CV-08"])
    phone.report(items=["CV-01"])
    page = desk.get("/desk?up_to=2").text.split('id="inbox"')[1]
    assert "K-0001" in page
    assert "K-0002" in page
    assert "K-0003" not in page
    assert "新着 1件を表示" in page
