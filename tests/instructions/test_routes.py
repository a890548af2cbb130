"""What a worker answers is theirs alone: other phones, badges and networks get a 404."""

import re

import pytest
from sqlalchemy import text
from sqlmodel import Session, select

from app.deliveries.models import Evidence
from app.instructions.models import Answer
from tests.badges.records import ask_for_workplace_code
from tests.cast import Phone
from tests.instructions.scene import Scene

EVERYTHING = ("opening", "acknowledgement", "refusal", "result")
NOTE = "ATMの前で話しました"


def someone_else(scene: Scene, who: str) -> Phone:
    phone = {
        "same shop": lambda: scene.cast.phone("conveni", 1),
        "another industry": lambda: scene.cast.phone("finance"),
        "another network": scene.cast.stranger_phone,
    }[who]()
    phone.pair()
    return phone


@pytest.mark.parametrize("what", EVERYTHING)
@pytest.mark.parametrize("who", ["same shop", "another industry", "another network"])
def test_a_strangers_phone_finds_nothing_and_leaves_no_trace(
    scene: Scene, session: Session, what: str, who: str
) -> None:
    scene.release()
    answer = scene.answer(what, someone_else(scene, who), reason="busy", result="called")
    assert answer.status_code == 404
    proofs = select(Evidence).where(Evidence.kind != "unreachable")
    assert session.exec(select(Answer)).all() == session.exec(proofs).all() == []


@pytest.mark.parametrize("what", EVERYTHING)
def test_nothing_can_be_answered_before_it_has_left(
    scene: Scene, session: Session, what: str
) -> None:
    assert scene.answer(what, reason="busy", result="called").status_code == 404
    assert session.exec(select(Answer)).all() == []


@pytest.mark.parametrize("what", EVERYTHING)
def test_a_phone_without_a_cookie_is_asked_to_read_the_badge(scene: Scene, what: str) -> None:
    scene.release()
    scene.phone.client.cookies.clear()
    answer = scene.answer(what)
    assert answer.status_code == 401
    assert "名札をもう一度読み取ってください" in answer.text


def test_the_same_persons_second_phone_may_answer(scene: Scene) -> None:
    second = scene.cast.phone()
    second.pair()
    scene.release()
    assert scene.answer("acknowledgement", second).status_code == 303
    assert "「了解」を送りました" in scene.see()


def test_a_phone_without_an_inbox_sees_its_own_reports_only(scene: Scene) -> None:
    ask_for_workplace_code(scene.cast.app, scene.cast.town)
    copied_badge = scene.cast.phone()
    copied_badge.pair()
    scene.release()
    assert scene.answer("acknowledgement", copied_badge).status_code == 404
    assert copied_badge.client.get(f"/reports/{scene.report_id}").status_code == 404


def test_opening_is_proven_once_by_the_phone_that_showed_it(scene: Scene, session: Session) -> None:
    scene.release()
    first = scene.cast.clock.now
    for _ in range(3):
        assert scene.answer("opening").status_code == 204
        scene.cast.clock.advance(seconds=5)
    proof = session.exec(select(Evidence).where(Evidence.kind == "opened")).one()
    assert proof.at == first


def test_the_result_shows_on_both_sides(scene: Scene) -> None:
    scene.release()
    scene.answer("acknowledgement")
    assert "どうなりましたか" in scene.see()
    scene.answer("result", result="called", note=NOTE)
    assert "結果を送りました" in scene.see()
    assert "110番した" in scene.detail()
    assert NOTE in scene.detail()


def test_the_note_of_a_result_is_sealed_before_the_database_sees_it(
    scene: Scene, session: Session
) -> None:
    scene.release()
    scene.answer("result", result="called", note=NOTE)
    rows = session.connection().execute(text("SELECT * FROM instruction_answer")).all()
    assert rows
    assert NOTE not in str(rows)
    assert "\\u" not in str(rows)


@pytest.mark.parametrize("note", ["あ" * 121, "山田花子さんに会いました", "あ" * 2001])
def test_a_note_that_is_too_long_or_names_somebody_is_not_taken(
    scene: Scene, session: Session, note: str
) -> None:
    scene.release()
    assert scene.answer("result", result="called", note=note).status_code == 422
    assert session.exec(select(Answer)).all() == []


def test_the_form_comes_back_as_it_was_filled_in(scene: Scene) -> None:
    scene.release()
    scene.answer("acknowledgement")
    assert 'data-tells="suspicious" hidden' in scene.see()
    refused = scene.answer("result", result="called", note="店長の山田さんが<b>対応").text
    assert "<title>エラー：どうなりましたか" in refused
    assert 'value="called" checked' in refused
    assert "店長の山田さんが&lt;b&gt;対応</textarea>" in refused
    assert 'data-tells="suspicious">' in refused
    nothing = scene.answer("result", note="帰られた")
    assert nothing.status_code == 422
    assert "1つ選んでください。" in nothing.text
    assert 'data-tells="suspicious" hidden' in nothing.text


def test_a_person_may_say_that_the_note_of_a_result_is_fine(scene: Scene) -> None:
    scene.release()
    fields = {"result": "called", "note": "店長の山田さんが対応", "note_is_fine": "yes"}
    assert scene.answer("result", **fields).status_code == 303


def test_the_buttons_fit_what_is_waited_for(scene: Scene) -> None:
    scene.release()
    waiting = scene.see()
    scene.answer("acknowledgement")
    acknowledged = scene.see()
    assert f"/instructions/{scene.instruction_id}/acknowledgement" in waiting
    assert len(re.findall(r'name="reason"', waiting)) == 5
    assert f"/instructions/{scene.instruction_id}/result" in acknowledged
    assert "/acknowledgement" not in acknowledged


@pytest.mark.parametrize("instruction", ["x", "00000000-0000-0000-0000-000000000000"])
def test_an_instruction_that_does_not_exist_is_not_found(scene: Scene, instruction: str) -> None:
    for what in EVERYTHING:
        answer = scene.phone.client.post(f"/instructions/{instruction}/{what}")
        assert answer.status_code in (404, 422)
