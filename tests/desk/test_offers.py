"""Offering times with R15: what is typed stays, and what can't be is refused with a sentence."""

from typing import Any
from uuid import UUID

import pytest
from sqlmodel import Session, select

from app.instructions.models import Instruction
from tests.cast import Cast, Desk, composer_fields


@pytest.fixture
def report_id(cast: Cast) -> UUID:
    return cast.phone().report()


def fields(desk: Desk, report_id: UUID, template: str = "R15", **first: str) -> dict[str, Any]:
    page = desk.get(f"/desk/reports/{report_id}/instructions/new?template={template}").text
    row = {"day": "2026-09-25", "begins": "10:00", "ends": "11:00", "way": "online"} | first
    offer = {f"slot_{name}": [value] for name, value in row.items()}
    return composer_fields(page) | {"template": template} | offer


def send(desk: Desk, report_id: UUID, typed: dict[str, Any], what: str = "") -> Any:
    return desk.post(f"/desk/reports/{report_id}/instructions{what}", **typed)


def test_times_are_kept_with_the_instruction_and_shown(
    desk: Desk, report_id: UUID, session: Session
) -> None:
    assert send(desk, report_id, fields(desk, report_id)).status_code == 303
    slots = session.exec(select(Instruction)).one().slots
    assert slots
    assert slots[0]["starts_at"] == "2026-09-25T10:00:00+09:00"
    assert "9月25日(金) 10:00〜11:00 オンライン" in desk.get(f"/desk/reports/{report_id}").text


def test_a_time_that_cannot_be_is_refused_and_stays(
    desk: Desk, report_id: UUID, session: Session
) -> None:
    answer = send(desk, report_id, fields(desk, report_id, day="2026-09-20"))
    assert answer.status_code == 422
    assert answer.text.count("候補1は、もう過ぎた時間です。") == 2
    assert 'value="2026-09-20"' in answer.text
    assert 'aria-describedby="offer-error"' in answer.text
    assert session.exec(select(Instruction)).all() == []


def test_the_preview_shows_what_can_be_chosen(desk: Desk, report_id: UUID) -> None:
    page = send(desk, report_id, fields(desk, report_id), "/preview").text
    assert 'id="offered"' in page
    assert "時間を選ぶ" in page
    page = send(desk, report_id, fields(desk, report_id, ends="09:00"), "/preview").text
    assert 'id="offered"' not in page


def test_without_times_it_is_as_before(desk: Desk, report_id: UUID, session: Session) -> None:
    typed = fields(desk, report_id, day="", begins="", ends="")
    assert send(desk, report_id, typed).status_code == 303
    assert session.exec(select(Instruction)).one().slots is None


def test_other_templates_offer_none(desk: Desk, report_id: UUID, session: Session) -> None:
    assert send(desk, report_id, fields(desk, report_id, "R02")).status_code == 303
    assert session.exec(select(Instruction)).one().slots is None


@pytest.mark.parametrize("column", [["1"] * 4, ["x" * 30]])
def test_more_than_a_browser_would_send_is_refused(
    desk: Desk, report_id: UUID, column: list[str]
) -> None:
    typed = fields(desk, report_id) | {"slot_day": column}
    assert send(desk, report_id, typed).status_code == 422
