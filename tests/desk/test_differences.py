"""同じ番号で内容の違う報告: both are kept, and a person sees what differs."""

from typing import Any

import pytest
from sqlmodel import Session, select

from app.audit.models import AuditEntry
from app.reports.models import ReportConflict
from tests.cast import Cast, Desk
from tests.desk.test_pages import NOTE, sealed_note

SAID = "同じ番号で内容の違う報告があります"
BADGE = "内容の違う報告あり"


def twice(cast: Cast, **changes: Any) -> str:
    """A report, and other bytes under its id; returns the id."""
    phone = cast.phone()
    phone.pair()
    envelope = phone.envelope()
    assert phone.put(envelope).status_code == 201
    if "sealed" in changes:
        changes["sealed"] = sealed_note(cast, envelope["report_id"])
    assert phone.put(envelope | changes).status_code == 409
    return str(envelope["report_id"])


@pytest.mark.parametrize(
    ("changes", "shown", "hidden"),
    [
        ({"items": ["CV-01", "CV-02"]}, ["後の方だけ"], ["最初の方だけ"]),
        ({"items": ["CV-02"]}, ["後の方だけ", "最初の方だけ"], ["端末の時刻"]),
        ({"items": ["CV-01", "ZZ-99"]}, ["ZZ-99"], []),
        ({"answers": {"still_here": "no"}}, ["→"], ["後の方だけ"]),
        ({"answers": {}}, ["答えなし"], []),
        ({"answers": {"still_here": "odd"}}, ["odd"], []),
        ({"client_at": "2026-09-24T04:00:00+00:00"}, ["端末の時刻"], []),
        ({"client_at": "9999-12-31T23:59:59-14:00"}, ["端末の時刻"], []),
        ({"sealed": ...}, ["違います(後の方は封をしたまま)"], ["後の方だけ"]),
    ],
)
def test_the_desk_says_what_differs(
    cast: Cast, desk: Desk, changes: dict[str, Any], shown: list[str], hidden: list[str]
) -> None:
    page = desk.get(f"/desk/reports/{twice(cast, **changes)}").text
    assert SAID in page
    assert [text for text in shown if text not in page] == []
    assert [text for text in hidden if text in page] == []
    assert NOTE not in page


def test_a_report_without_another_version_says_nothing(cast: Cast, desk: Desk) -> None:
    page = desk.get(f"/desk/reports/{cast.phone().report()}").text
    assert SAID not in page
    assert BADGE not in page


def test_somebody_who_has_looked_takes_the_mark_off_the_list(
    cast: Cast, desk: Desk, session: Session
) -> None:
    report_id = twice(cast, items=["CV-02"])
    assert BADGE in desk.get("/desk").text
    for _ in range(2):
        answer = desk.post(f"/desk/reports/{report_id}/differences/review")
        assert answer.status_code == 303
    assert BADGE not in desk.get("/desk").text
    page = desk.get(f"/desk/reports/{report_id}").text
    assert SAID in page
    assert "違いを見ました" not in page
    assert session.exec(select(ReportConflict)).one().reviewed_by_id
    actions = session.exec(select(AuditEntry.action)).all()
    assert actions.count("report.conflict") == actions.count("report.conflict.review") == 1


def test_a_third_version_asks_again(cast: Cast, desk: Desk) -> None:
    phone = cast.phone()
    phone.pair()
    envelope = phone.envelope()
    for items in (["CV-01"], ["CV-02"], ["CV-02"]):
        phone.put(envelope | {"items": items})
    desk.post(f"/desk/reports/{envelope['report_id']}/differences/review")
    phone.put(envelope | {"items": ["CV-03"]})
    assert BADGE in desk.get("/desk").text
