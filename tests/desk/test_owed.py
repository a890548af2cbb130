"""Nobody who reported is forgotten: ten days after the last answer the list and a page say so."""

from tests.instructions.scene import Scene

WORDS = "終わりの返事が遅れています"


def answered(scene: Scene) -> None:
    scene.release()
    scene.answer("acknowledgement")
    scene.answer("result", result="stopped")


def test_ten_days_after_the_answer_the_list_and_the_page_remind(scene: Scene) -> None:
    answered(scene)
    scene.cast.clock.advance(days=9, hours=23)
    early = scene.cast.staff("counsellor")
    assert WORDS not in early.get("/desk").text
    assert "10日を過ぎた報告はありません" in early.get("/desk/owed").text
    scene.cast.clock.advance(hours=2)
    late = scene.cast.staff("counsellor")
    assert late.get("/desk").text.count(WORDS) == 2
    page = late.get("/desk/owed").text
    assert "K-0001" in page
    assert f"/desk/reports/{scene.report_id}/closure" in page


def test_closing_ends_it(scene: Scene) -> None:
    answered(scene)
    scene.cast.clock.advance(days=11)
    desk = scene.cast.staff("counsellor")
    desk.post(f"/desk/reports/{scene.report_id}/closure", template="R18", outcome="advice")
    assert "K-0001" not in desk.get("/desk/owed").text


def test_a_later_instruction_that_waits_for_an_answer_takes_it_out(scene: Scene) -> None:
    answered(scene)
    scene.cast.clock.advance(days=11)
    desk = scene.cast.staff("counsellor")
    desk.instruct(scene.report_id, "R02")
    assert "K-0001" not in desk.get("/desk/owed").text
    assert WORDS not in desk.get("/desk").text


def test_an_instruction_nobody_answered_is_not_owed_an_ending(scene: Scene) -> None:
    scene.release()
    scene.cast.clock.advance(days=11)
    assert "K-0001" not in scene.cast.staff("counsellor").get("/desk/owed").text


def test_the_town_next_door_sees_none(scene: Scene) -> None:
    answered(scene)
    scene.cast.clock.advance(days=11)
    assert "K-0001" not in scene.cast.stranger("counsellor").get("/desk/owed").text
