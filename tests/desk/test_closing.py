"""R17 or R18 ends every report: whoever reported learns how it went."""

from uuid import UUID

import pytest
from sqlmodel import Session, select

from app.audit.models import AuditEntry
from app.instructions.models import Instruction
from app.outcomes.models import Outcome
from app.reports.models import Report
from tests.cast import Cast, Desk, Phone

SUMMARY = "本人が契約をやめました。"


@pytest.mark.parametrize(
    ("template", "said"),
    [("R17", "情報として受け取りました"), ("R18", "対応が終わりました")],
)
def test_the_answer_reaches_the_phone_and_the_report_is_done(
    cast: Cast, phone: Phone, report_id: UUID, desk: Desk, template: str, said: str
) -> None:
    answer = desk.post(f"/desk/reports/{report_id}/closure", template=template, outcome="informed")
    assert answer.headers["location"] == f"/desk/reports/{report_id}"
    assert said not in phone.see(report_id)
    cast.clock.advance(seconds=10)
    assert said in phone.see(report_id)
    assert "対応済み" in phone.client.get("/").text
    assert "K-0001" in desk.get("/desk/done").text
    assert "K-0001" not in desk.get("/desk").text


@pytest.mark.parametrize("template", ["R05", "R02", "R19", "", "x" * 99])
def test_nothing_else_ends_a_report(
    report_id: UUID, desk: Desk, session: Session, template: str
) -> None:
    answer = desk.post(f"/desk/reports/{report_id}/closure", template=template, outcome="informed")
    assert answer.status_code == 422
    assert session.exec(select(Report)).one().closed_at is None


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "1つ選んでください"),
        ({"outcome": "pending"}, "1つ選んでください"),
        ({"outcome": "advice", "connections": "nowhere"}, "つないだ先を選び直してください"),
        ({"outcome": "advice", "stopped_yen": "30000"}, "だれが確かめたか選んでください"),
        ({"outcome": "advice", "grade": "A"}, "止めた金額を入れるか"),
        ({"outcome": "advice", "stopped_yen": "-5", "grade": "A"}, "1円から10億円まで"),
        ({"outcome": "advice", "stopped_yen": "0", "grade": "A"}, "1円から10億円まで"),
        ({"outcome": "advice", "stopped_yen": "1000.5", "grade": "A"}, "1円から10億円まで"),
        ({"outcome": "advice", "stopped_yen": "9" * 10, "grade": "A"}, "1円から10億円まで"),
        ({"outcome": "advice", "recovered_yen": "たくさん"}, "1円から10億円まで"),
        ({"outcome": "advice", "result_summary": "あ" * 121}, "120字まで"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_closed(
    report_id: UUID, desk: Desk, session: Session, fields: dict[str, str], said: str
) -> None:
    answer = desk.post(f"/desk/reports/{report_id}/closure", template="R18", **fields)
    assert answer.status_code == 422
    assert said in answer.text
    assert 'role="alert"' in answer.text
    for typed in ("stopped_yen", "recovered_yen", "result_summary"):
        assert fields.get(typed, "") in answer.text
    assert session.exec(select(Report)).one().closed_at is None
    assert session.exec(select(Outcome)).all() == []
    assert session.exec(select(Instruction)).all() == []


def test_how_it_ended_is_written_down_and_shown(
    cast: Cast, report_id: UUID, desk: Desk, session: Session
) -> None:
    fields = {"connections": ["police", "center"], "stopped_yen": " 1,2００円 ", "grade": "A"}
    desk.post(f"/desk/reports/{report_id}/closure", template="R18", outcome="advice", **fields)
    outcome = session.exec(select(Outcome)).one()
    assert (outcome.number, outcome.code, outcome.grade) == (1, "advice", "A")
    assert outcome.connections == ["center", "police"]
    assert (outcome.stopped_yen, outcome.recovered_yen) == (1200, None)
    detail = desk.get(f"/desk/reports/{report_id}").text
    assert "1,200円" in detail
    assert "警察・センターが確認" in detail
    record = [one for one in session.exec(select(AuditEntry)) if one.action == "outcome.write"]
    assert [one.details for one in record] == [{"outcome": "advice"}]


def test_taken_back_and_closed_again_is_written_down_again(
    cast: Cast, report_id: UUID, desk: Desk, session: Session
) -> None:
    address = f"/desk/reports/{report_id}/closure"
    desk.post(address, template="R18", outcome="advice")
    instruction = session.exec(select(Instruction)).one()
    desk.post(f"/desk/instructions/{instruction.id}/cancellation")
    assert 'id="ending"' not in desk.get(f"/desk/reports/{report_id}").text
    desk.post(address, template="R17", outcome="duplicate")
    session.rollback()
    numbers = {one.number: one.code for one in session.exec(select(Outcome))}
    assert numbers == {1: "advice", 2: "duplicate"}


def test_the_closing_page_asks_for_both_and_a_closed_report_has_none(
    report_id: UUID, desk: Desk
) -> None:
    address = f"/desk/reports/{report_id}/closure"
    page = desk.get(address).text
    assert 'name="outcome"' in page
    assert 'name="template"' in page
    desk.post(address, template="R18", outcome="advice")
    assert desk.get(address).status_code == 303


@pytest.mark.parametrize("template", ["R17", "R18"])
def test_a_summary_is_read_as_japanese_in_every_language(
    cast: Cast, phone: Phone, report_id: UUID, desk: Desk, session: Session, template: str
) -> None:
    address = f"/desk/reports/{report_id}/closure"
    desk.post(address, outcome="informed", template=template, result_summary=f" {SUMMARY} ")
    cast.clock.advance(seconds=10)
    assert set(session.exec(select(Instruction)).one().texts) == {"ja"}
    english = phone.see(report_id, params={"lang": "en"})
    assert SUMMARY in english
    assert 'class="tag2"' in english


def test_without_a_summary_the_thanks_are_read_in_ones_own_language(
    cast: Cast, phone: Phone, report_id: UUID, desk: Desk
) -> None:
    desk.post(f"/desk/reports/{report_id}/closure", template="R18", outcome="informed")
    cast.clock.advance(seconds=10)
    assert "Closed. Thank you" in phone.see(report_id, params={"lang": "en"})


def test_a_second_click_changes_nothing(report_id: UUID, desk: Desk, session: Session) -> None:
    address = f"/desk/reports/{report_id}/closure"
    answers = [desk.post(address, outcome="informed", template="R18") for _ in range(2)]
    assert [one.status_code for one in answers] == [303, 303]
    assert len(session.exec(select(Instruction)).all()) == 1


def test_somebody_elses_report_is_theirs_to_close(
    cast: Cast, report_id: UUID, desk: Desk, session: Session
) -> None:
    cast.staff("counsellor", 1).post(f"/desk/reports/{report_id}/claim")
    answer = desk.post(f"/desk/reports/{report_id}/closure", template="R18", outcome="informed")
    assert answer.status_code == 409
    assert "田中さん" in answer.text
    assert session.exec(select(Report)).one().closed_at is None


def test_a_closed_report_takes_no_further_instruction(report_id: UUID, desk: Desk) -> None:
    desk.post(f"/desk/reports/{report_id}/closure", template="R18", outcome="informed")
    answer = desk.post(
        f"/desk/reports/{report_id}/instructions", template="R05", title="a", steps="b"
    )
    assert answer.status_code == 409
    assert "この報告は、佐藤さんが終わりにしました" in answer.text
    assert "終わりにする" not in desk.get(f"/desk/reports/{report_id}").text


def test_what_was_closed_last_month_is_no_longer_listed(
    cast: Cast, report_id: UUID, desk: Desk
) -> None:
    desk.post(f"/desk/reports/{report_id}/closure", template="R18", outcome="informed")
    assert "K-0001" in desk.get("/desk/done").text
    cast.clock.advance(days=10)
    assert "K-0001" not in cast.staff("counsellor").get("/desk/done").text


def test_a_name_in_the_closing_words_goes_out_only_when_confirmed(
    report_id: UUID, desk: Desk, session: Session
) -> None:
    typed = {"template": "R18", "outcome": "informed", "result_summary": "海野さんは無事でした。"}
    refused = desk.post(f"/desk/reports/{report_id}/closure", **typed)
    assert refused.status_code == 422
    assert "名前や番号のような文字があります" in refused.text
    assert 'name="is_fine"' in refused.text
    assert typed["result_summary"] in refused.text
    assert session.exec(select(Report)).one().closed_at is None
    confirmed = desk.post(f"/desk/reports/{report_id}/closure", **typed, is_fine="yes")
    assert confirmed.status_code == 303
