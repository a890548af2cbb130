"""The others at a workplace get the guidance of an urgent instruction, nothing of the report."""

import pytest
from sqlmodel import Session, select

from app.deliveries.models import Message
from tests.cast import Phone
from tests.instructions.scene import Scene


@pytest.fixture
def colleague(scene: Scene) -> Phone:
    """Another badge of the same shop, with a phone of its own."""
    phone = scene.cast.phone("conveni", 1)
    phone.pair()
    return phone


def ask(scene: Scene, phone: Phone) -> int:
    return int(phone.client.get(f"/instructions/{scene.instruction_id}/guidance").status_code)


@pytest.fixture
def asked(scene: Scene, colleague: Phone) -> Scene:
    """Three minutes went by, and nobody opened it."""
    scene.release()
    assert ask(scene, colleague) == 404
    for _ in range(18):
        scene.wait(seconds=10)
    return scene


def test_they_are_asked_once_nobody_opened_it(
    asked: Scene, colleague: Phone, session: Session
) -> None:
    page = colleague.client.get(f"/instructions/{asked.instruction_id}/guidance").text
    assert "いますぐ110番してください" in page
    assert "同じ職場の方へのお願いです" in page
    messages = session.exec(select(Message)).all()
    assert len(messages) == 2
    assert "同じ職場の端末に知らせた" in asked.detail()


def test_nothing_tells_them_who_reported_what(asked: Scene, colleague: Phone) -> None:
    page = colleague.client.get(f"/instructions/{asked.instruction_id}/guidance").text
    for secret in ("K-0001", "CV-01", "さくら", "佐藤", asked.phone.code, str(asked.report_id)):
        assert secret not in page


def test_words_that_a_counsellor_typed_stay_with_whoever_reported(
    scene: Scene, colleague: Phone
) -> None:
    scene.take_back()
    scene.instruction_id = scene.desk.instruct(
        scene.report_id, "R05", title="赤いコートの方を止めてください", steps="110番してください"
    )
    scene.release()
    for _ in range(18):
        scene.wait(seconds=10)
    page = colleague.client.get(f"/instructions/{scene.instruction_id}/guidance").text
    assert "赤いコート" not in page
    assert "110番" in page


def test_other_workplaces_and_networks_find_nothing(asked: Scene) -> None:
    for phone in (asked.cast.phone("post"), asked.cast.stranger_phone()):
        phone.pair()
        assert ask(asked, phone) == 404


def test_whoever_is_off_duty_is_left_alone(
    scene: Scene, colleague: Phone, session: Session
) -> None:
    colleague.client.post("/duty", data={"off": "yes"})
    scene.release()
    for _ in range(18):
        scene.wait(seconds=10)
    assert len(session.exec(select(Message)).all()) == 1
    assert ask(scene, colleague) == 404


def test_one_that_is_no_guidance_for_all_is_not_shown_around(
    scene: Scene, colleague: Phone, session: Session
) -> None:
    scene.take_back()
    scene.instruction_id = scene.desk.instruct(scene.report_id, "R12", ground="life")
    scene.release()
    for _ in range(18):
        scene.wait(seconds=10)
    assert ask(scene, colleague) == 404
