"""用紙と向き: what is chosen beside the list, and names that the faces can't draw."""

import re
from html import unescape
from uuid import UUID

import pytest
from fastapi import FastAPI
from sqlmodel import Session, select

from app.audit.models import AuditEntry
from app.badges.models import Badge
from app.organizations.models import Organization, Workplace
from tests.badges.records import badge_id
from tests.cast import Cast, Desk
from tests.printing.paper import pages
from tests.towns import Town

TOFU = "丸\U0001f600商店"


@pytest.fixture
def clerk(cast: Cast) -> Desk:
    return cast.staff("clerk")


@pytest.fixture
def ids(app: FastAPI, town: Town) -> list[UUID]:
    return [badge_id(app, town.code(industry)) for industry in ("conveni", "finance")]


def name_shop(app: FastAPI, badge: UUID, name: str, kana: str) -> None:
    with app.state.database.writing() as session:
        found = session.exec(select(Badge).where(Badge.id == badge)).one()
        shop = session.get_one(Workplace, (found.network_id, found.workplace_id))
        firm = session.get_one(Organization, (found.network_id, shop.organization_id))
        alone = Organization(
            network_id=firm.network_id, name=name, kana=kana, standing=firm.standing,
            created_at=firm.created_at,
        )  # fmt: skip
        session.add(alone)
        session.flush()
        shop.organization_id = alone.id


def fields_of(page: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page):
        found.setdefault(name, []).append(unescape(value))
    return found


def test_paper_sides_and_start_go_into_the_pdf(clerk: Desk, ids: list[UUID]) -> None:
    answer = clerk.post(
        "/office/badges/sheet", badge=list(map(str, ids)), paper="b8", sides="fronts", start="8"
    )
    first, second = pages(answer.content)
    assert first.codes(150) == second.codes(150) == []
    assert first.where("見守り協力員").top > 20.5 + 3 * 64


def test_the_choice_is_there_again_next_time_but_for_the_place(
    clerk: Desk, ids: list[UUID]
) -> None:
    clerk.post("/office/badges/sheet", badge=str(ids[0]), paper="a7", sides="backs", start="2")
    page = clerk.get("/office/badges").text
    assert '<option value="a7" selected>' in page
    assert re.search(r'value="backs" form="print" checked', page)
    assert not re.search(r'name="marks" value="1" form="print" checked', page)
    assert not re.search(r'<option value="2" selected>', page)


def test_neighbours_keep_their_own_choice(cast: Cast, clerk: Desk, ids: list[UUID]) -> None:
    clerk.post("/office/badges/sheet", badge=str(ids[0]), paper="cr80")
    assert '<option value="card" selected>' in cast.stranger("clerk").get("/office/badges").text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"paper": "cr80", "start": "2"}, "この刷り方では1番までです"),
        ({"paper": "a7", "sides": "beside"}, "左右に並べられません"),
        ({"paper": "letter"}, "選びなおしてください"),
        ({"sides": "inside"}, "選びなおしてください"),
        ({"start": "１"}, "選びなおしてください"),
        ({"start": "-1"}, "選びなおしてください"),
        ({"start": "0"}, "10番までです"),
    ],
)
def test_what_this_paper_cant_do_is_said_and_changes_nothing(
    clerk: Desk, ids: list[UUID], session: Session, fields: dict[str, str], words: str
) -> None:
    answer = clerk.post("/office/badges/sheet", badge=str(ids[0]), **fields)
    assert answer.status_code == 422
    assert words in answer.text
    assert session.exec(select(AuditEntry).where(AuditEntry.action == "badge.print")).all() == []


def test_everything_that_was_searched_for_is_printed(clerk: Desk, town: Town) -> None:
    answer = clerk.post("/office/badges/sheet", everything="1", industry="post", text="", state="")
    found = {code.text[-11:] for page in pages(answer.content)[1::2] for code in page.codes(150)}
    assert found == {b["url"][-11:] for b in town.badges if b["industry"] == "post"}


def test_a_name_the_faces_lack_is_asked_about_before_anything_is_made(
    clerk: Desk, app: FastAPI, ids: list[UUID], session: Session
) -> None:
    name_shop(app, ids[0], TOFU, "")
    answer = clerk.post("/office/badges/sheet", badge=list(map(str, ids)), paper="card", marks="1")
    assert answer.status_code == 422
    assert "<b>\U0001f600</b>" in answer.text
    assert session.exec(select(Badge).where(Badge.state == "printed")).all() == []
    again = clerk.post("/office/badges/sheet", **fields_of(answer.text), missing="skip")
    front, _ = pages(again.content)
    assert front.text.count("見守り協力員") == len(ids) - 1


def test_the_reading_takes_the_place_of_such_a_name_where_it_is_known(
    clerk: Desk, app: FastAPI, ids: list[UUID]
) -> None:
    name_shop(app, ids[0], TOFU, "マルショウテン")
    answer = clerk.post("/office/badges/sheet", badge=list(map(str, ids)))
    assert "団体名をよみがなにして作る(2枚)" in answer.text
    again = clerk.post("/office/badges/sheet", **fields_of(answer.text), missing="reading")
    front, _ = pages(again.content)
    assert "マルショウテン" in front.text
    assert front.text.count("見守り協力員") == 2


def test_with_no_badge_left_there_is_no_pdf(clerk: Desk, app: FastAPI, ids: list[UUID]) -> None:
    name_shop(app, ids[0], TOFU, "")
    answer = clerk.post("/office/badges/sheet", badge=str(ids[0]))
    assert "印刷できる名札が残りません" in answer.text
    again = clerk.post("/office/badges/sheet", **fields_of(answer.text), missing="skip")
    assert again.status_code == 422


def test_a_trial_sheet_needs_no_badge(clerk: Desk) -> None:
    answer = clerk.get("/office/badges/test-sheet?paper=b8")
    assert answer.headers["content-type"] == "application/pdf"
    assert "inline" in answer.headers["content-disposition"]
    assert clerk.get("/office/badges/test-sheet?paper=x").status_code == 422
