"""Two who write at once: the second reads what the first one wrote, and nothing typed is lost."""

import re
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import Session, col, select

from app.instructions.models import Instruction
from app.reports.models import Report
from tests.cast import Cast, Desk, composer_fields

MINE = {"title": "店長と一緒に", "steps": "お客様に声をかけてください", "say": "こんにちは"}


class Writer:
    """A composer that was opened, and is sent later."""

    def __init__(self, desk: Desk, report_id: UUID) -> None:
        self.desk, self.path = desk, f"/desk/reports/{report_id}/instructions"
        self.page = desk.get(f"{self.path}/new?template=R05").text

    @property
    def seen(self) -> str:
        found = re.search(r'name="seen" value="(\d+)"', self.page)
        assert found
        return found[1]

    def send(self, **fields: str) -> Any:
        given = {**composer_fields(self.page), "template": "R05", "seen": self.seen} | fields
        answer = self.desk.post(self.path, **given)
        self.page = answer.text
        return answer


@pytest.fixture
def report_id(cast: Cast) -> UUID:
    return cast.phone().report()


@pytest.fixture
def writers(cast: Cast, report_id: UUID) -> list[Writer]:
    return [Writer(cast.staff("counsellor", place), report_id) for place in (0, 1)]


def written(session: Session) -> list[str]:
    session.rollback()
    found = session.exec(select(Instruction).order_by(col(Instruction.created_at)))
    return [one.texts["ja"]["title"] for one in found]


def test_the_second_reads_the_first_beside_what_they_typed(
    writers: list[Writer], session: Session
) -> None:
    sato, tanaka = writers
    assert sato.send(title="佐藤の見出し").status_code == 303
    refused = tanaka.send(**MINE)
    assert refused.status_code == 409
    assert "佐藤さんが、先に指示を書きました" in refused.text
    assert "佐藤の見出し" in refused.text
    assert composer_fields(refused.text)["title"] == MINE["title"]
    assert "それでも送る" in refused.text
    assert written(session) == ["佐藤の見出し"]


def test_sending_anyway_is_a_second_press_and_the_claim_stays(
    writers: list[Writer], session: Session, cast: Cast
) -> None:
    sato, tanaka = writers
    sato.send(title="佐藤の見出し")
    tanaka.send(**MINE)
    assert tanaka.send(**MINE).status_code == 409
    cast.clock.advance(seconds=1)
    insist = re.search(r'name="insist" value="(\d+)"', tanaka.page)
    assert insist
    assert tanaka.send(**MINE, insist=insist[1]).status_code == 303
    assert written(session) == ["佐藤の見出し", MINE["title"]]
    report = session.exec(select(Report)).one()
    first = session.exec(select(Instruction).order_by(col(Instruction.created_at))).first()
    assert first
    assert report.claimed_by_id == first.author_id


def test_what_came_after_the_second_look_is_read_first_too(writers: list[Writer]) -> None:
    sato, tanaka = writers
    sato.send(title="一つ目")
    tanaka.send(**MINE)
    sato.desk.instruct(UUID(sato.path.split("/")[3]), title="二つ目")
    refused = tanaka.send(**MINE, insist="1")
    assert refused.status_code == 409
    assert "二つ目" in refused.text


def test_what_was_taken_back_stands_in_nobodys_way(
    writers: list[Writer], report_id: UUID, session: Session
) -> None:
    sato, tanaka = writers
    instruction_id = sato.desk.instruct(report_id)
    sato.desk.post(f"/desk/instructions/{instruction_id}/cancellation")
    sato.desk.post(f"/desk/reports/{report_id}/release")
    assert tanaka.send(**MINE).status_code == 303


def test_whoever_opens_the_composer_later_has_seen_it(
    writers: list[Writer], cast: Cast, report_id: UUID
) -> None:
    sato, _ = writers
    sato.send(title="佐藤の見出し")
    sato.desk.post(f"/desk/reports/{report_id}/release")
    assert Writer(cast.staff("counsellor", 1), report_id).send(**MINE).status_code == 303


def test_a_closed_report_shows_the_last_word_and_offers_no_second_press(
    writers: list[Writer], report_id: UUID
) -> None:
    sato, tanaka = writers
    sato.desk.post(f"/desk/reports/{report_id}/closure", template="R18", outcome="informed")
    refused = tanaka.send(**MINE)
    assert refused.status_code == 409
    assert composer_fields(refused.text)["title"] == MINE["title"]
    assert "それでも送る" not in refused.text
    assert tanaka.send(**MINE, insist="1").status_code == 409


@pytest.mark.parametrize("field", ["seen", "insist"])
@pytest.mark.parametrize("value", ["-1", "x", "9" * 30])
def test_an_odd_number_is_no_error_of_ours(
    writers: list[Writer], session: Session, field: str, value: str
) -> None:
    assert writers[0].send(**MINE, **{field: value}).status_code == 422
    assert written(session) == []
