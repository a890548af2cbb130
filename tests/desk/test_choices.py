"""What a counsellor picks goes out in three languages; what they type in Japanese."""

import re
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import Session, select

from app.instructions.models import Instruction
from tests.cast import Cast, Desk, Phone, composer_fields


def compose(desk: Desk, report_id: UUID, template: str = "R15") -> dict[str, str]:
    page = desk.get(f"/desk/reports/{report_id}/instructions/new?template={template}").text
    hidden = dict(re.findall(r'name="(was_\w+)" value="(\w+)"', page))
    return composer_fields(page) | hidden | {"template": template}


def send(desk: Desk, report_id: UUID, **fields: str) -> Any:
    return desk.post(f"/desk/reports/{report_id}/instructions", **fields)


def texts(session: Session) -> dict[str, Any]:
    session.rollback()
    return session.exec(select(Instruction)).one().texts


def said(session: Session, language: str) -> str:
    return " ".join(texts(session)[language]["steps"])


def test_a_choice_goes_out_in_every_language(desk: Desk, report_id: UUID, session: Session) -> None:
    picked = {"staff_label": "counsellor", "deadline_text": "next_noon"}
    assert send(desk, report_id, **(compose(desk, report_id) | picked)).status_code == 303
    assert set(texts(session)) == {"ja", "easy", "en"}
    assert "センターの 相談員 が" in said(session, "ja")
    assert "{相談員|そうだんいん}" in said(session, "easy")
    assert "A counsellor at the Centre" in said(session, "en")
    assert "12:00 on" in said(session, "en")


def test_a_choice_is_put_into_changed_words_too_and_they_stay_japanese(
    desk: Desk, report_id: UUID, session: Session
) -> None:
    fields = compose(desk, report_id)
    fields |= {"title": "店長さんと一緒に", "staff_label": "senior"}
    preview = desk.post(f"/desk/reports/{report_id}/instructions/preview", **fields).text
    assert "主任" in composer_fields(preview)["steps"]
    assert 'id="japanese-only"' in preview
    send(desk, report_id, **fields)
    assert set(texts(session)) == {"ja"}
    assert "主任" in said(session, "ja")


def test_a_time_that_has_gone_by_is_not_sent(
    cast: Cast, desk: Desk, report_id: UUID, session: Session
) -> None:
    fields = compose(desk, report_id) | {"deadline_text": "closing"}
    cast.clock.advance(hours=4)
    answer = send(cast.staff("counsellor"), report_id, **fields)
    assert answer.status_code == 409
    assert "選び直してください" in answer.text
    assert session.exec(select(Instruction)).all() == []


def test_a_deadline_is_chosen_or_the_templates_own(
    cast: Cast, desk: Desk, report_id: UUID, session: Session
) -> None:
    send(desk, report_id, **(compose(desk, report_id, "R05") | {"minutes": "60"}))
    deadline = session.exec(select(Instruction)).one().deadline_at
    assert deadline
    assert (deadline - cast.clock.now).seconds == 3600


@pytest.mark.parametrize("minutes", ["", "7", "-5", "x"])
def test_no_other_deadline_is_taken(
    cast: Cast, desk: Desk, report_id: UUID, session: Session, minutes: str
) -> None:
    send(desk, report_id, **(compose(desk, report_id, "R05") | {"minutes": minutes}))
    deadline = session.exec(select(Instruction)).one().deadline_at
    assert deadline
    assert (deadline - cast.clock.now).seconds == 180


@pytest.mark.parametrize("ground", ["", "because", "x" * 20])
def test_nobody_is_asked_where_it_is_without_a_ground(
    desk: Desk, report_id: UUID, session: Session, ground: str
) -> None:
    answer = send(desk, report_id, **(compose(desk, report_id, "R12") | {"ground": ground}))
    assert answer.status_code == 422
    assert "聞く根拠を1つ選んでください" in answer.text
    assert session.exec(select(Instruction)).all() == []


def test_the_ground_is_kept_and_shown(desk: Desk, report_id: UUID, session: Session) -> None:
    send(desk, report_id, **(compose(desk, report_id, "R12") | {"ground": "life"}))
    assert session.exec(select(Instruction)).one().ground == "life"
    assert "27条1項2号" in desk.get(f"/desk/reports/{report_id}").text


def test_other_templates_keep_no_ground(desk: Desk, report_id: UUID, session: Session) -> None:
    send(desk, report_id, **(compose(desk, report_id, "R05") | {"ground": "life"}))
    assert session.exec(select(Instruction)).one().ground == ""


def test_where_to_phone_stands_large_on_the_phone(
    cast: Cast, phone: Phone, desk: Desk, report_id: UUID
) -> None:
    send(desk, report_id, **(compose(desk, report_id, "R12") | {"ground": "life"}))
    cast.clock.advance(seconds=10)
    page = phone.see(report_id)
    assert re.search(r'class="tel" href="tel:[\d-]+"', page)
    assert "お電話ください" in page


@pytest.mark.parametrize("template", ["R17", "R18"])
def test_a_chosen_result_is_read_in_ones_own_language(
    cast: Cast, phone: Phone, desk: Desk, report_id: UUID, session: Session, template: str
) -> None:
    fields = {"template": template, "outcome": "advice", "result_choice": "unpaid"}
    desk.post(f"/desk/reports/{report_id}/closure", **fields)
    assert set(texts(session)) == {"ja", "easy", "en"}
    cast.clock.advance(seconds=10)
    assert "No money was paid." in phone.see(report_id, params={"lang": "en"})


def test_the_previous_instruction_stands_beside_the_next(desk: Desk, report_id: UUID) -> None:
    desk.instruct(report_id)
    page = desk.get(f"/desk/reports/{report_id}/instructions/new").text
    assert 'id="earlier"' in page
    assert "1回目の指示" in page


def test_out_of_hours_a_number_that_is_closed_is_not_left_alone(
    cast: Cast, phone: Phone, report_id: UUID, session: Session
) -> None:
    desk = cast.staff("counsellor")
    early = compose(desk, report_id, "R02")
    assert "受付時間外" not in early["steps"]
    cast.clock.advance(hours=4)
    late = cast.staff("counsellor")
    assert "188は、いまは受付時間外です" in compose(late, report_id, "R02")["steps"]
    assert send(late, report_id, **early).status_code == 303
    assert "188 is closed now" in said(session, "en")
