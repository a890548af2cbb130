"""Everything known about one report, and nothing guessed: a seal that doesn't hold is said."""

import json
import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from sqlmodel import Session, select

from app.instructions.models import Answer
from app.reports.models import Report
from app.sealing.envelope import Context
from app.sealing.keys import seal_for
from tests.cast import Cast, Desk, Phone
from tests.instructions.scene import Scene

NOTE = "知らない番号を読み上げていました"
BROKEN = "改ざんの可能性があります"


def sealed_note(cast: Cast, report_id: str, purpose: str = "report") -> dict[str, Any]:
    with cast.app.state.database.reading() as session:
        context = Context(str(cast.town.here.network.id), report_id, purpose, "note")
        return seal_for(session, NOTE, context).to_dict()


def report_with_note(cast: Cast, phone: Phone, **changes: Any) -> UUID:
    phone.pair()
    envelope = phone.envelope()
    envelope["sealed"] = sealed_note(cast, envelope["report_id"]) | changes
    assert phone.put(envelope).status_code == 201
    return UUID(envelope["report_id"])


def detail(desk: Desk, report_id: UUID) -> str:
    answer = desk.get(f"/desk/reports/{report_id}")
    assert answer.status_code == 200
    return str(answer.text)


def test_a_phones_sealed_note_opens_at_the_desk(cast: Cast, desk: Desk) -> None:
    page = detail(desk, report_with_note(cast, cast.phone()))
    assert NOTE in page
    assert BROKEN not in page


def altered(text: str) -> str:
    return text[:20] + ("A" if text[20] != "A" else "B") + text[21:]


@pytest.mark.parametrize("part", ["enc", "ct"])
def test_an_envelope_that_was_altered_is_said_to_be(cast: Cast, desk: Desk, part: str) -> None:
    sealed = sealed_note(cast, "x")[part]
    page = detail(desk, report_with_note(cast, cast.phone(), **{part: altered(sealed)}))
    assert BROKEN in page
    assert NOTE not in page


@pytest.mark.parametrize("changes", [{"kid": "another"}, {"enc": "AAAA"}, {"ct": "A"}])
def test_an_envelope_nobody_can_open_is_accepted_and_said_to_be_broken(
    cast: Cast, desk: Desk, changes: dict[str, str]
) -> None:
    assert BROKEN in detail(desk, report_with_note(cast, cast.phone(), **changes))


def test_a_note_moved_to_another_report_does_not_open_there(cast: Cast, desk: Desk) -> None:
    phone = cast.phone()
    phone.pair()
    first, second = phone.envelope(), phone.envelope()
    second["sealed"] = sealed_note(cast, first["report_id"])
    phone.put(second)
    page = detail(desk, UUID(second["report_id"]))
    assert BROKEN in page
    assert NOTE not in page


def test_a_note_changed_in_the_database_is_found_out(cast: Cast, desk: Desk, app: FastAPI) -> None:
    report_id = report_with_note(cast, cast.phone())
    with app.state.database.writing() as session:
        report = session.exec(select(Report)).one()
        envelope = json.loads(report.envelope)
        envelope["sealed"]["ct"] = altered(envelope["sealed"]["ct"])
        report.envelope = json.dumps(envelope).encode()
    assert BROKEN in detail(desk, report_id)


def test_flags_and_a_second_version_of_a_report_are_shown(cast: Cast, desk: Desk) -> None:
    phone = cast.phone()
    phone.pair()
    envelope = phone.envelope(items=["CV-01", "ZZ-99"], client_at="2016-01-01T00:00:00+09:00")
    phone.put(envelope)
    phone.put(envelope | {"items": ["CV-02"]})
    page = detail(desk, UUID(envelope["report_id"]))
    assert "知らない項目があります" in page
    assert "端末の時計が大きくずれています" in page
    assert "同じ番号で内容の違う報告があります" in page


def test_answers_are_shown_in_words(cast: Cast, desk: Desk) -> None:
    answers = {"still_here": "yes", "claimed_role": ["police", "bank"], "unknown": "x"}
    page = detail(desk, cast.phone().report(answers=answers))
    assert "お客様は目の前にいます" in page
    assert "警察" in page


def test_codes_nobody_knows_do_not_break_the_page(cast: Cast, desk: Desk) -> None:
    answers = {"still_here": ["yes", "no"], "stage": "never", "claimed_role": "police"}
    assert detail(desk, cast.phone().report(items=["ZZ-98", "ZZ-99"], answers=answers))
    assert "K-0001" in desk.get("/desk").text


def test_earlier_reports_of_the_same_workplace_are_linked(cast: Cast, desk: Desk) -> None:
    phone = cast.phone()
    first = phone.report()
    other = cast.phone("finance").report()
    page = detail(desk, phone.report())
    assert f"/desk/reports/{first}" in page
    assert f'<a href="/desk/reports/{other}">' not in page


def group_counts(desk: Desk) -> dict[str, int]:
    page = desk.get("/desk").text
    groups = ("未対応", "了解待ち", "結果待ち", "終わりの返事を送る")
    return {
        group: int(page.split(f'<h2 class="gp">{group}（')[1].split("）")[0])
        for group in groups
        if f'<h2 class="gp">{group}（' in page
    }


def test_a_report_moves_through_the_groups(cast: Cast, desk: Desk, work: Callable[[], int]) -> None:
    phone = cast.phone()
    report_id = phone.report()
    assert group_counts(desk) == {"未対応": 1}
    instruction_id = desk.instruct(report_id)
    cast.clock.advance(seconds=10)
    work()
    assert group_counts(desk) == {"未対応": 0, "了解待ち": 1}
    phone.client.post(f"/instructions/{instruction_id}/acknowledgement")
    assert group_counts(desk) == {"未対応": 0, "結果待ち": 1}
    phone.client.post(f"/instructions/{instruction_id}/result", data={"result": "called"})
    assert group_counts(desk) == {"未対応": 0, "終わりの返事を送る": 1}
    desk.post(f"/desk/reports/{report_id}/closure", template="R18", outcome="informed")
    assert group_counts(desk) == {"未対応": 0}


def test_an_instruction_that_was_taken_back_leaves_the_report_to_be_answered(
    cast: Cast, desk: Desk
) -> None:
    report_id = cast.phone().report()
    instruction_id = desk.instruct(report_id)
    desk.post(f"/desk/instructions/{instruction_id}/cancellation")
    assert group_counts(desk) == {"未対応": 1}


def test_the_most_urgent_and_oldest_stand_first(cast: Cast, desk: Desk) -> None:
    phone = cast.phone()
    for items in (["CM-07"], ["CV-01"], ["CM-05"], ["CV-01"]):
        phone.report(items=items, answers={})
        cast.clock.advance(minutes=1)
    page = desk.get("/desk").text
    places = [page.index(number) for number in ("K-0002", "K-0004", "K-0003", "K-0001")]
    assert places == sorted(places)


def test_the_desk_of_another_network_is_empty(cast: Cast, session: Session) -> None:
    cast.phone().report()
    page = cast.stranger("counsellor").get("/desk").text
    assert "K-0001" not in page
    assert session.exec(select(Answer)).all() == []


def test_what_nobody_opened_in_time_stands_out(scene: Scene) -> None:
    late = "まだ開かれていません"
    scene.wait(seconds=10)
    scene.wait(minutes=2, seconds=40)
    assert late not in scene.desk.get("/desk").text
    scene.wait(seconds=10)
    page = scene.desk.get("/desk").text
    assert late in page
    (link,) = re.findall(r'<a class="v1 late" href="([^"]+)"', page)
    assert scene.desk.get(link).status_code == 200
    scene.answer("opening")
    assert late not in scene.desk.get("/desk").text
