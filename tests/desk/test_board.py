"""Open desks that ask again share what is the same for all of them, and nothing else."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlmodel import Session

from app.desk.inbox import board
from app.web.shared_work import SharedWork
from tests.cast import Desk
from tests.instructions.scene import Scene
from tests.towns import AFTERNOON

ASKING_AGAIN = {"HX-Request": "true"}
ADDRESSES = ("", "?q=K-1", "?whose=nobody", "?state=closed", "?industry=conveni&up_to=1", "?q=K-9")


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """For whom the list was made, in its order."""
    found: list[Any] = []
    make = board.make_board

    def noted(session: Session, actor: Any, *rest: Any) -> Any:
        found.append(actor.id)
        return make(session, actor, *rest)

    monkeypatch.setattr(board, "make_board", noted)
    return found


def again(desk: Desk, address: str = "", **headers: str) -> str:
    answer = desk.client.get(f"/desk{address}", headers=ASKING_AGAIN | headers)
    assert answer.status_code == 200
    return str(answer.text)


def alone(desk: Desk, address: str = "") -> str:
    """As if nobody else had asked."""
    desk.client.app.state.shared_work = SharedWork()  # type: ignore[attr-defined]
    return again(desk, address)


@pytest.fixture
def others(scene: Scene) -> list[Desk]:
    return [scene.cast.staff(role) for role in ("counsellor", "supervisor", "counsellor")]


def test_desks_that_ask_at_one_pulse_share_one_list(
    scene: Scene, others: list[Desk], made: list[Any]
) -> None:
    for desk in others:
        again(desk, "?up_to=1")
    assert made == [board.NOBODY]


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_is_shared_is_what_each_would_see_alone(
    scene: Scene, others: list[Desk], address: str
) -> None:
    scene.desk.post(f"/desk/reports/{scene.report_id}/claim")
    expected = [alone(desk, address) for desk in others]
    shared = SharedWork()
    others[0].client.app.state.shared_work = shared  # type: ignore[attr-defined]
    assert [again(desk, address) for desk in others] == expected


def test_a_change_is_seen_at_once(scene: Scene, others: list[Desk]) -> None:
    before = again(others[0], "?up_to=9")
    scene.cast.phone("post").report()
    assert again(others[0], "?up_to=9") != before


def test_who_writes_is_told_to_all_but_themselves(scene: Scene, others: list[Desk]) -> None:
    scene.desk.post(f"/desk/reports/{scene.report_id}/presence", writing="1")
    words = "さんが書いています"
    assert words in again(others[1])
    assert words not in again(scene.desk)
    assert words in again(others[1])


def test_ones_own_tab_is_made_for_oneself(scene: Scene, made: list[Any]) -> None:
    scene.desk.post(f"/desk/reports/{scene.report_id}/claim")
    mine, supervisor = scene.desk, scene.cast.staff("supervisor")
    assert "K-0001" in again(mine, "?whose=mine")
    assert "K-0001" not in again(supervisor, "?whose=mine")
    assert board.NOBODY not in made
    assert "<b>1</b>自分の担当" in again(mine)
    assert "<b>0</b>自分の担当" in again(supervisor)


def test_the_row_that_is_read_is_marked_on_ones_own_desk(
    scene: Scene, others: list[Desk], made: list[Any]
) -> None:
    chosen = f'id="row-{scene.report_id}" aria-current="true"'
    assert chosen in again(others[0], f"?selected={scene.report_id}")
    assert chosen not in again(others[1])
    assert made == [board.NOBODY]


def test_each_language_has_its_own(scene: Scene, others: list[Desk]) -> None:
    assert "In progress" not in again(others[0])
    english = again(others[1], **{"Accept-Language": "en"})
    assert english != again(others[1])


def test_the_town_next_door_shares_nothing(scene: Scene, others: list[Desk]) -> None:
    again(others[0])
    assert "K-0001" not in again(scene.cast.stranger("counsellor"))


def test_a_page_that_is_loaded_is_made_for_its_reader(
    scene: Scene, others: list[Desk], made: list[Any]
) -> None:
    for desk in others[:2]:
        desk.get("/desk?up_to=1")
    assert len(made) == 2
    assert board.NOBODY not in made


def test_who_comes_meanwhile_waits_for_what_is_being_made() -> None:
    work, made = SharedWork(), []
    with ThreadPoolExecutor(8) as pool:
        asked = [
            pool.submit(work.get, "key", AFTERNOON, lambda: made.append(1) or len(made))  # type: ignore[func-returns-value]
            for _ in range(100)
        ]
    assert {one.result() for one in asked} == {1}


def test_where_it_fails_for_one_the_others_try_themselves() -> None:
    work = SharedWork()
    with pytest.raises(ZeroDivisionError):
        work.get("key", AFTERNOON, lambda: 1 // 0)
    assert work.get("key", AFTERNOON, lambda: 2) == 2
