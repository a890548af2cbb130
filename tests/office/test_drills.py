"""訓練 from the office: what can be chosen, and what is said when something lacks."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import Session, select

from app.drills.models import Drill, DrillWorkplace
from tests.cast import Cast
from tests.drills.practice import Practice, practice


@pytest.fixture
def drill(cast: Cast) -> Practice:
    return practice(cast)


def test_only_workplaces_with_a_phone_that_can_be_told_are_offered(drill: Practice) -> None:
    page = drill.clerk.get("/office/drills").text
    assert drill.workplace_id() in page
    assert drill.workplace_id("post") not in page


def test_before_any_phone_is_registered_it_says_what_to_do_first(cast: Cast) -> None:
    page = cast.staff("clerk").get("/office/drills").text
    assert "端末を登録してもらうと、始められます" in page
    assert "<form" not in page.split("<main")[1]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"case": ""}, "想定を1つ選んでください"),
        ({"case": "x" * 300}, "想定を1つ選んでください"),
        ({"lasts": "31"}, "訓練の長さを選んでください"),
        ({"workplace": []}, "職場を1つ以上選んでください"),
        ({"workplace": "not-an-id"}, "職場を1つ以上選んでください"),
        ({"workplace": str(UUID(int=7))}, "職場を1つ以上選んでください"),
    ],
)
def test_what_lacks_is_said_and_what_was_chosen_stays(
    drill: Practice, session: Session, changes: dict[str, Any], said: str
) -> None:
    answer = drill.try_to_start(**{"lasts": "120", **changes})
    assert answer.status_code == 422
    assert said in answer.text.split('role="alert"')[1].split("</p>")[0]
    if "lasts" not in changes:
        assert '<option value="120" selected>' in answer.text
    if "workplace" not in changes:
        assert f'value="{drill.workplace_id()}" checked' in answer.text
    assert session.exec(select(Drill)).all() == []


def test_a_workplace_next_door_cannot_be_chosen(drill: Practice, session: Session) -> None:
    stranger = drill.cast.stranger_phone()
    stranger.pair()
    theirs = drill.cast.stranger("clerk")
    page = theirs.get("/office/drills").text
    assert drill.workplace_id() not in page
    answer = theirs.post(
        "/office/drills", case="refund", lasts="60", workplace=drill.workplace_id()
    )
    assert answer.status_code == 422
    assert session.exec(select(Drill)).all() == []


def test_workplaces_are_searched_for_and_ticks_stay(drill: Practice, session: Session) -> None:
    drill.cast.phone("post").pair()
    shop, post = drill.workplace_id(), drill.workplace_id("post")
    found = drill.clerk.post(
        "/office/drills", search="yes", industry="post", workplace=shop, case="refund", text=""
    )
    assert found.status_code == 200
    assert f'value="{shop}" checked' in found.text
    assert f'value="{post}">' in found.text
    assert 'value="refund" checked' in found.text
    assert session.exec(select(Drill)).all() == []
    nothing = drill.clerk.post("/office/drills", search="yes", text="ﾏﾙﾐ 郵便", workplace="x")
    assert "当てはまる職場はありません" in nothing.text
    assert shop in drill.clerk.post("/office/drills", search="yes", text="ﾏﾙﾐ 駅").text


def test_all_that_were_found_take_part(drill: Practice, session: Session) -> None:
    """What is typed after the search was pressed changes nothing of what 全部 meant."""
    drill.cast.phone("post").pair()
    drill.try_to_start(workplace=[], everything="yes", seen_industry="post", industry="conveni")
    held = session.exec(select(DrillWorkplace.workplace_id)).all()
    assert [str(one) for one in held] == [drill.workplace_id("post")]


def test_a_supervisor_may_hold_one_too_and_a_counsellor_may_not(drill: Practice) -> None:
    drill.clerk = drill.cast.staff("supervisor")
    assert drill.try_to_start().status_code == 303
    assert 'href="/office/drills" aria-current="page"' in drill.clerk.get("/office/drills").text
    drill.clerk = drill.desk
    assert drill.try_to_start("finance").status_code == 403


def test_every_drill_is_listed_with_its_state(drill: Practice) -> None:
    drill.start()
    drill.cast.clock.advance(hours=2)
    page = drill.clerk.get("/office/drills").text.split('id="drills"')[1]
    assert "レジで、電子マネーのカードを急いで買う" in page
    assert "マルミ 青波駅前店" in page
    assert "終わりました" in page


def test_a_drill_may_be_held_at_every_workplace_of_a_large_town(drill: Practice) -> None:
    everywhere = [str(UUID(int=one)) for one in range(5_000)]
    answer = drill.try_to_start(workplace=[drill.workplace_id(), *everywhere])
    assert answer.status_code == 303


def test_the_file_is_named_after_the_day_in_tokyo(drill: Practice) -> None:
    drill.cast.clock.now = datetime(2026, 9, 24, 23, 30, tzinfo=UTC)
    clerk = drill.clerk = drill.cast.staff("clerk")
    drill_id = drill.start()
    answer = clerk.get(f"/office/drills/{drill_id}/results.csv")
    assert answer.headers["content-disposition"].endswith('"drill-20260925.csv"')
