"""未着の可能性 at the desk: seen, asked about by telephone, put aside with a reason."""

import re

import pytest
from sqlmodel import Session, select

from app.audit.models import AuditEntry
from app.reports.models import DeviceGap
from tests.cast import Cast, Desk, Phone


@pytest.fixture
def desk(cast: Cast, phone: Phone) -> Desk:
    return cast.staff("counsellor")


@pytest.fixture
def phone(cast: Cast) -> Phone:
    """Its reports 2 and 3 got lost, and a day has passed."""
    phone = cast.phone()
    phone.pair()
    for number in (1, 4):
        phone.put(phone.envelope(device_seq=number))
    cast.clock.advance(hours=24)
    return phone


def gap_id(desk: Desk) -> str:
    return re.findall(r'id="missing-([0-9a-f-]+)"', desk.get("/desk/missing").text)[0]


def test_the_centre_sees_which_are_missing_since_when_and_whom_to_call(
    desk: Desk, phone: Phone, cast: Cast
) -> None:
    assert "未着の可能性 1件" in desk.get("/desk").text
    page = desk.get("/desk/missing").text
    assert "2〜3（2件）" in page
    assert "マルミ" in page
    assert "きのう" in page or "9月24日" in page or "9/24" in page
    assert 'href="tel:' in page


def test_what_arrives_late_vanishes_from_the_list(desk: Desk, phone: Phone) -> None:
    phone.put(phone.envelope(device_seq=2))
    assert "（1件）" in desk.get("/desk/missing").text
    phone.put(phone.envelope(device_seq=3))
    assert "未着の可能性 " not in desk.get("/desk").text
    assert "ありません。" in desk.get("/desk/missing").text


def test_a_person_puts_it_aside_with_a_reason_once(
    desk: Desk, phone: Phone, session: Session
) -> None:
    path = f"/desk/missing/{gap_id(desk)}/dismissal"
    for _ in range(2):
        assert desk.post(path, reason="told").status_code == 303
    assert "未着の可能性 " not in desk.get("/desk").text
    entries = session.exec(select(AuditEntry).where(AuditEntry.action == "gap.dismiss")).all()
    assert [one.details for one in entries] == [{"numbers": [2, 3], "reason": "told"}]
    assert session.exec(select(DeviceGap)).one().dismissed_by_id


def test_without_a_reason_nothing_is_put_aside(desk: Desk, phone: Phone) -> None:
    path = f"/desk/missing/{gap_id(desk)}/dismissal"
    for reason in ("", "because", "\x00"):
        assert desk.post(path, reason=reason).status_code == 422
    assert "未着の可能性 1件" in desk.get("/desk").text


def test_next_door_sees_and_changes_nothing(desk: Desk, phone: Phone, cast: Cast) -> None:
    stranger = cast.stranger("counsellor")
    assert "未着の可能性 " not in stranger.get("/desk").text
    path = f"/desk/missing/{gap_id(desk)}/dismissal"
    assert stranger.post(path, reason="told").status_code == 404
    assert cast.staff("clerk").get("/desk/missing").status_code == 403
