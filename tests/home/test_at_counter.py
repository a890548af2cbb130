"""いま目の前 at the till: what the worker reads of the desk is what the desk proved."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlmodel import Session, select

from app.alarms.models import TalkLine, Threat
from app.staff.models import Staff
from tests.cast import Cast, Desk, Phone

WATCHED, CLAIMED, CALLING = "相談員が見ています", "相談員が担当しています", "呼び出しています"


@pytest.fixture
def phone(cast: Cast) -> Phone:
    return cast.phone()


@pytest.fixture
def sato(cast: Cast) -> Desk:
    return cast.staff("counsellor")


def reply(phone: Phone, report_id: UUID, **fields: str) -> int:
    return int(phone.client.post(f"/reports/{report_id}/replies", data=fields).status_code)


def test_nobody_is_said_to_look_before_somebody_opened_it(
    cast: Cast, phone: Phone, sato: Desk
) -> None:
    report_id = phone.report()
    sato.post("/desk/presence")
    sato.get("/desk")
    assert WATCHED not in phone.see(report_id)
    cast.clock.advance(seconds=20)
    page = phone.see(report_id)
    assert CALLING in page
    assert 'data-left="40">0:40' in page
    sato.post(f"/desk/reports/{report_id}/opening")
    cast.clock.advance(seconds=5)
    page = phone.see(report_id)
    assert WATCHED in page
    assert 'data-elapsed="5">0:05' in page
    cast.clock.advance(seconds=55)
    assert WATCHED not in phone.see(report_id)


def test_whoever_claimed_has_it_and_is_said_to_look_only_while_they_do(
    cast: Cast, phone: Phone, sato: Desk
) -> None:
    report_id = phone.report()
    sato.post(f"/desk/reports/{report_id}/claim")
    assert WATCHED in phone.see(report_id)
    cast.clock.advance(seconds=60)
    page = phone.see(report_id)
    assert WATCHED not in page
    assert CLAIMED in page
    assert 'id="police-first"' not in page


def test_without_anybody_for_a_minute_110_comes_first_with_what_to_say(
    cast: Cast, phone: Phone
) -> None:
    report_id = phone.report()
    assert 'id="police-first" class="nt er st8" hidden' in phone.see(report_id)
    cast.clock.advance(seconds=60)
    page = phone.see(report_id)
    assert 'id="police-first" class="nt er st8">' in page
    assert "マルミ 青波駅前店です。だまされているかもしれない" in page
    assert page.index('href="tel:110"') < page.index('href="tel:%239110"')
    assert CALLING not in page


def test_while_the_centre_is_closed_110_is_first_and_closed_lines_are_not_there(
    cast: Cast, phone: Phone
) -> None:
    cast.clock.now = datetime(2026, 9, 24, 13, tzinfo=UTC)  # 22:00 in Tokyo
    page = phone.see(phone.report())
    assert "センターは閉まっています" in page
    assert 'href="tel:110"' in page
    for closed in ("tel:%239110", "tel:188"):
        assert closed not in page


def test_once_they_left_nobody_is_called_any_more(phone: Phone) -> None:
    report_id = phone.report()
    assert "14:06:00 になったら、返事を待たずに110番" in phone.see(report_id)
    reply(phone, report_id, phrase="gone")
    page = phone.see(report_id)
    assert CALLING not in page
    assert "「もういません」を送りました" in page
    assert "お客様が目の前にいるとき" not in page


def test_what_a_counsellor_says_stands_large_with_replies(
    phone: Phone, sato: Desk, session: Session
) -> None:
    report_id = phone.report()
    assert reply(phone, report_id, phrase="yes") == 409
    sato.post(f"/desk/reports/{report_id}/talk", phrase="manager")
    page = phone.see(report_id)
    assert "店長に代わってください" in page
    assert all(f'value="{code}"' in page for code in ("yes", "cannot", "gone"))
    assert reply(phone, report_id, phrase="yes") == 303
    page = phone.see(report_id)
    assert "「はい」を送りました" in page
    assert 'id="replies"' not in page
    for wrong in ("", "manager", "x" * 12, "x" * 13):
        assert reply(phone, report_id, phrase=wrong) == 422
    assert len(session.exec(select(TalkLine)).all()) == 2


def test_what_was_typed_is_marked_as_japanese_for_other_readers(phone: Phone, sato: Desk) -> None:
    report_id = phone.report()
    sato.post(f"/desk/reports/{report_id}/talk", phrase="manager")
    english = phone.see(report_id, headers={"Accept-Language": "en"})
    assert "Please let your manager take over" in english
    sato.post(f"/desk/reports/{report_id}/talk", text="奥の席でお待ちください")
    english = phone.see(report_id, headers={"Accept-Language": "en"})
    assert '<span lang="ja">奥の席でお待ちください</span>' in english
    assert "Japanese only" in english
    assert "日本語のみ" not in phone.see(report_id)


def test_a_threat_is_told_in_one_tap_and_helps_at_once(
    phone: Phone, sato: Desk, session: Session
) -> None:
    report_id = phone.report()
    assert "こわい思いをした・カスハラ</button>" in phone.see(report_id)
    for _ in range(2):
        assert phone.client.post(f"/reports/{report_id}/threat").status_code == 303
    page = phone.see(report_id)
    assert "まず、あなたの安全を" in page
    assert "センターに伝わりました" in page
    threat = session.exec(select(Threat)).one()
    owner = session.get_one(Staff, (threat.network_id, threat.assigned_to_id))
    assert owner.name == "森", "nobody has the report: the supervisor"
    assert "こわい思い・カスハラ 1件" in sato.get("/desk").text
    assert "担当 森" in sato.get("/desk/threats").text
    assert "こわい思い・カスハラの申し出" in sato.get(f"/desk/reports/{report_id}").text


def test_a_threat_stays_until_somebody_says_how_it_ended(
    cast: Cast, phone: Phone, sato: Desk, session: Session
) -> None:
    report_id = phone.report()
    sato.post(f"/desk/reports/{report_id}/claim")
    sato.post(f"/desk/reports/{report_id}/closure", template="R18", outcome="informed")
    phone.client.post(f"/reports/{report_id}/threat")
    threat = session.exec(select(Threat)).one()
    assert "担当 佐藤" in sato.get("/desk/threats").text
    path = f"/desk/threats/{threat.id}/outcome"
    for wrong in ("", "x", "x" * 13):
        assert sato.post(path, outcome=wrong).status_code == 422
    assert cast.stranger("counsellor").post(path, outcome="police").status_code == 404
    assert sato.post(path, outcome="police").status_code == 303
    assert sato.post(path, outcome="listened").status_code == 409
    assert "申し出はありません" in sato.get("/desk/threats").text
    assert "警察に相談した" in sato.get(f"/desk/reports/{report_id}").text
    assert "相談員が対応を終えました" in phone.see(report_id)


@pytest.mark.parametrize("what", ["threat", "replies"])
def test_another_phones_report_is_not_there(cast: Cast, phone: Phone, what: str) -> None:
    report_id = phone.report()
    for other in (cast.phone("post"), cast.stranger_phone()):
        other.pair()
        answer = other.client.post(f"/reports/{report_id}/{what}", data={"phrase": "gone"})
        assert answer.status_code == 404
