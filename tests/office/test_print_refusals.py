"""What can't be printed is said on the list itself, where all that was chosen is still chosen."""

import re
from uuid import UUID

import pytest
from fastapi import FastAPI
from sqlmodel import Session, select

from app.badges.models import Badge
from app.printing.models import PrintPreference
from tests.badges.records import badge_id
from tests.cast import Cast, Desk
from tests.towns import Town

FILTER = {"industry": "conveni", "text": "マルミ", "state": "issued", "kind": "personal"}
PAPER = {"paper": "b8", "sides": "fronts", "start": "3"}


@pytest.fixture
def clerk(cast: Cast) -> Desk:
    return cast.staff("clerk")


@pytest.fixture
def badge(app: FastAPI, town: Town) -> UUID:
    return badge_id(app, town.code("conveni"))


def alert(page: str) -> str:
    found = re.search(r'role="alert" id="error">.*?<b>(.*?)</b>', page, re.S)
    assert found
    return found[1]


def chosen(page: str) -> list[str]:
    """Values that are selected or ticked, whatever they are of."""
    return re.findall(r'value="([^"]*)"[^>]*? (?:selected|checked)', page)


@pytest.mark.parametrize(
    ("action", "more", "said"),
    [
        ("sheet", {}, "印刷する名札に✓してください。"),
        ("shop-codes", {"article": "card"}, "印刷する名札に✓してください。"),
    ],
)
def test_nothing_ticked_is_said_on_the_list_with_all_that_was_chosen(
    clerk: Desk, session: Session, action: str, more: dict[str, str], said: str
) -> None:
    answer = clerk.post(f"/office/badges/{action}", **FILTER, **PAPER, after="A-0002", **more)
    assert answer.status_code == 422
    assert alert(answer.text) == said
    assert '<table class="tb" aria-describedby="wrong">' in answer.text
    assert "<title>エラー：" in answer.text
    assert {"conveni", "issued", "personal", "b8", "fronts", "3"} <= set(chosen(answer.text))
    assert 'name="text" type="search"' in answer.text
    assert 'value="マルミ"' in answer.text
    assert 'name="after" value="A-0002"' in answer.text
    assert ">A-0002<" not in answer.text
    assert not re.search(r'name="marks" value="1" form="print" checked', answer.text)
    assert session.exec(select(PrintPreference)).all() == []


def test_what_was_ticked_stays_ticked(clerk: Desk, badge: UUID, session: Session) -> None:
    answer = clerk.post(
        "/office/badges/sheet", badge=str(badge), paper="cr80", start="2", industry="conveni"
    )
    assert alert(answer.text) == "刷り始める位置は、この刷り方では1番までです。"
    assert {str(badge), "cr80", "2"} <= set(chosen(answer.text))
    assert re.search(r'<select[^>]*id="start"[^>]*aria-describedby="wrong"', answer.text)
    assert session.exec(select(Badge).where(Badge.state == "printed")).all() == []


def test_all_that_was_searched_for_stays_wanted(clerk: Desk) -> None:
    answer = clerk.post(
        "/office/badges/sheet", everything="1", industry="post", paper="a7", sides="beside"
    )
    assert "左右に並べられません" in alert(answer.text)
    assert re.search(r'id="everything"[^>]* checked', answer.text)
    assert re.search(r'<fieldset aria-describedby="wrong"', answer.text)


def test_no_validity_is_changed_of_nothing(clerk: Desk) -> None:
    answer = clerk.get("/office/badges/validity", params=FILTER | PAPER)
    assert answer.status_code == 422
    assert alert(answer.text) == "名札に✓してから、押してください。停止した名札は選べません。"
    assert {"conveni", "issued", "b8"} <= set(chosen(answer.text))


def test_the_next_page_of_the_list_is_found_from_there(clerk: Desk) -> None:
    answer = clerk.post("/office/badges/sheet", industry="conveni")
    (address,) = re.findall(r'href="([^"]*)">次の50枚', answer.text)
    assert clerk.get(address.replace("&amp;", "&")).status_code == 200


def test_a_neighbours_badge_is_neither_printed_nor_shown(clerk: Desk, cast: Cast) -> None:
    theirs = str(badge_id(cast.app, cast.town.neighbour_code))
    answer = clerk.post("/office/badges/sheet", badge=theirs)
    assert alert(answer.text) == "停止した名札は印刷できません。"
    assert theirs not in answer.text


def test_junk_beside_nothing_ticked_is_no_trouble(clerk: Desk) -> None:
    junk = {"paper": "\0", "sides": "x", "start": "9" * 50, "text": "\0" * 200, "after": "\0"}
    answer = clerk.post("/office/badges/sheet", **junk)
    assert answer.status_code == 422
    assert "選びなおしてください" in alert(answer.text)
