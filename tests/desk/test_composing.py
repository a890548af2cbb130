"""指示を書く: from a template to the phone, and nothing a counsellor typed is lost on a refusal."""

import re
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import Session, select

from app.instructions.models import Instruction
from app.reports.models import Report
from tests.cast import Cast, Desk, composer_fields

CHANGED = {"title": "店長さんと一緒に", "steps": "一つ目\r\n\r\n 二つ目 \r\n", "say": "こんにちは"}


@pytest.fixture
def report_id(cast: Cast) -> UUID:
    return cast.phone().report()


def compose(desk: Desk, report_id: UUID, template: str = "R05") -> str:
    page = desk.get(f"/desk/reports/{report_id}/instructions/new?template={template}")
    assert page.status_code == 200
    return str(page.text)


def send(desk: Desk, report_id: UUID, **fields: str) -> Any:
    return desk.post(f"/desk/reports/{report_id}/instructions", template="R05", **fields)


def written(session: Session) -> Instruction:
    return session.exec(select(Instruction)).one()


def test_a_template_sent_as_it_is_reaches_the_phone_in_its_language(cast: Cast, desk: Desk) -> None:
    phone = cast.phone()
    report_id = phone.report()
    desk.instruct(report_id)
    cast.clock.advance(seconds=10)
    assert "いますぐ110番してください" in phone.see(report_id)
    english = phone.see(report_id, params={"lang": "en"})
    assert "Japanese only" not in english
    assert "110" in english
    assert "<ruby>" in phone.see(report_id, params={"lang": "easy"})


def test_a_changed_text_goes_out_in_japanese_and_says_so_to_other_readers(
    cast: Cast, desk: Desk, session: Session
) -> None:
    phone = cast.phone()
    report_id = phone.report()
    send(desk, report_id, **CHANGED)
    cast.clock.advance(seconds=10)
    assert written(session).texts == {
        "ja": {"title": "店長さんと一緒に", "steps": ["一つ目", "二つ目"], "say": "こんにちは"}
    }
    assert "日本語のみ" not in phone.see(report_id)
    english = phone.see(report_id, params={"lang": "en"})
    assert 'class="tag2"' in english
    assert "店長さんと一緒に" in english


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"title": "{{watch_until}}まで見守ってください"}, "「watch_until」が空いたままです"),
        ({"title": " "}, "見出しと、お願いすることを1行以上"),
        ({"steps": "\r\n \r\n"}, "見出しと、お願いすることを1行以上"),
    ],
)
def test_what_can_not_go_out_is_said_and_everything_typed_stays(
    desk: Desk, report_id: UUID, session: Session, change: dict[str, str], said: str
) -> None:
    answer = send(desk, report_id, **(CHANGED | change))
    assert answer.status_code == 422
    assert said in answer.text
    kept = composer_fields(answer.text)
    assert kept["say"] == "こんにちは"
    assert kept["title"] == (CHANGED | change)["title"].strip()
    assert session.exec(select(Instruction)).all() == []
    assert session.exec(select(Report)).one().claimed_by_id is None


def test_writing_an_answer_takes_the_report_on(
    desk: Desk, report_id: UUID, cast: Cast, session: Session
) -> None:
    send(desk, report_id, **CHANGED)
    report = session.exec(select(Report)).one()
    assert report.claimed_at == cast.clock.now
    assert written(session).author_id == report.claimed_by_id


def test_nobody_writes_on_somebody_elses_report_and_the_text_stays(
    desk: Desk, report_id: UUID, cast: Cast, session: Session
) -> None:
    cast.staff("counsellor", 1).post(f"/desk/reports/{report_id}/claim")
    answer = send(desk, report_id, **CHANGED)
    assert answer.status_code == 409
    assert "田中さんが先に担当しました" in answer.text
    assert composer_fields(answer.text)["title"] == CHANGED["title"]
    assert session.exec(select(Instruction)).all() == []


def test_sending_twice_is_sending_once(desk: Desk, report_id: UUID, session: Session) -> None:
    page = compose(desk, report_id)
    found = re.search(r'name="instruction_id" value="([^"]+)"', page)
    assert found
    fields = composer_fields(page) | {"instruction_id": found[1]}
    assert [send(desk, report_id, **fields).status_code for _ in range(2)] == [303, 303]
    assert written(session).id == UUID(found[1])


def test_a_further_instruction_is_a_new_one(desk: Desk, report_id: UUID, session: Session) -> None:
    for template in ("R05", "R02"):
        desk.instruct(report_id, template)
    assert set(session.exec(select(Instruction.template)).all()) == {"R05", "R02"}


def test_the_preview_shows_what_is_typed_and_stores_nothing(
    desk: Desk, report_id: UUID, session: Session
) -> None:
    address = f"/desk/reports/{report_id}/instructions/preview"
    whole = desk.post(address, template="R05", **CHANGED)
    part = desk.client.post(
        address, data={"template": "R05", **CHANGED}, headers={"HX-Request": "true"}
    )
    assert composer_fields(whole.text)["title"] == CHANGED["title"]
    assert "<html" not in part.text
    assert "<ol" in part.text
    assert "二つ目" in part.text
    assert session.exec(select(Instruction)).all() == []


def test_words_are_shown_as_words_and_never_as_markup(
    desk: Desk, report_id: UUID, cast: Cast
) -> None:
    evil = '<img src=x onerror=alert(1)> "quoted" {{"x"}}'
    page = send(desk, report_id, title=evil, steps="{{x}}", say="<b>").text
    assert "<img src=x" not in page
    assert unescape(page).count(evil) >= 1


def test_a_name_or_number_in_the_text_is_warned_about_but_not_forbidden(
    desk: Desk, report_id: UUID
) -> None:
    named = CHANGED | {"title": "山田花子さんに伝えて"}
    preview = desk.post(f"/desk/reports/{report_id}/instructions/preview", template="R05", **named)
    assert "名前や番号のような文字があります" in preview.text
    assert send(desk, report_id, **named).status_code == 303


@pytest.mark.parametrize("template", ["R04", "R13", "R18", "R99", "", "x" * 9])
def test_a_template_that_is_not_offered_does_not_exist(
    desk: Desk, report_id: UUID, template: str
) -> None:
    address = f"/desk/reports/{report_id}/instructions"
    assert desk.get(f"{address}/new?template=R04").status_code == 404
    answer = desk.client.post(address, data={"template": template, **CHANGED})
    assert answer.status_code in (404, 422)


def test_the_composer_offers_what_fits_the_urgency_first(desk: Desk, report_id: UUID) -> None:
    assert 'name="template" value="R05"' in compose(desk, report_id, "")
