"""The PDF that goes to the printer: what was ticked, scannable, and no stopped badge."""

from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from sqlmodel import Session, select

from app.audit.models import AuditEntry
from app.badges.models import Badge
from tests.badges.records import badge_id
from tests.cast import Cast, Desk
from tests.printing.paper import pages
from tests.towns import Town


@pytest.fixture
def clerk(cast: Cast) -> Desk:
    return cast.staff("clerk")


@pytest.fixture
def codes(town: Town) -> list[str]:
    return [town.code("conveni", place) for place in range(3)]


@pytest.fixture
def ids(app: FastAPI, codes: list[str]) -> list[UUID]:
    return [badge_id(app, code) for code in codes]


def print_sheet(clerk: Desk, ids: list[Any]) -> Any:
    return clerk.client.post("/office/badges/sheet", data={"badge": [str(one) for one in ids]})


def scanned(pdf: bytes) -> list[str]:
    return sorted(code.text for page in pages(pdf) for code in page.codes(300))


def test_every_code_scans_to_the_badges_own_page(
    clerk: Desk, cast: Cast, codes: list[str], ids: list[UUID]
) -> None:
    answer = print_sheet(clerk, ids)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert 'filename="nafuda.pdf"' in answer.headers["content-disposition"]
    assert scanned(answer.content) == sorted(f"HTTP://LOCALHOST:8000/B/{code}" for code in codes)
    path = scanned(answer.content)[0].removeprefix("HTTP://LOCALHOST:8000")
    assert cast.phone().client.get(path).status_code == 200


def test_the_sheet_says_whom_to_call_and_where_to_bring_a_lost_badge(
    clerk: Desk, town: Town, ids: list[UUID]
) -> None:
    front, back = pages(print_sheet(clerk, ids).content)
    number = next(one["number"] for one in town.badges if one["url"].endswith(town.code()))
    assert number in front.text
    assert "0000-00-1188" in back.text
    assert "青波市 市民生活課" in back.text.replace("\r\n", "")


def test_a_network_without_an_office_prints_its_centre_instead(cast: Cast, app: FastAPI) -> None:
    clerk = cast.stranger("clerk")
    answer = print_sheet(clerk, [badge_id(app, cast.town.neighbour_code)])
    text = "".join(page.text for page in pages(answer.content))
    assert text.count("0000-00-2188") >= 2


def test_printing_is_remembered(clerk: Desk, ids: list[UUID], session: Session) -> None:
    print_sheet(clerk, ids)
    states = session.exec(select(Badge.state).where(Badge.id.in_(ids))).all()  # type: ignore[attr-defined]
    assert set(states) == {"printed"}
    entry = session.exec(select(AuditEntry).where(AuditEntry.action == "badge.print")).one()
    assert entry.details == {"count": 3}


def test_a_badge_in_use_stays_in_use(
    clerk: Desk, cast: Cast, ids: list[UUID], session: Session
) -> None:
    cast.phone().report()
    print_sheet(clerk, ids[:1])
    assert session.exec(select(Badge).where(Badge.id == ids[0])).one().state == "in_use"


def test_a_stopped_badge_is_left_out(clerk: Desk, codes: list[str], ids: list[UUID]) -> None:
    clerk.post(f"/office/badges/{ids[0]}/stop")
    answer = print_sheet(clerk, ids)
    assert sorted(text.rsplit("/", 1)[1] for text in scanned(answer.content)) == sorted(codes[1:])


def test_only_stopped_badges_are_nothing_to_print(clerk: Desk, ids: list[UUID]) -> None:
    clerk.post(f"/office/badges/{ids[0]}/stop")
    answer = print_sheet(clerk, ids[:1])
    assert answer.status_code == 422
    assert "停止した名札は印刷できません" in answer.text


def test_nothing_ticked_is_said(clerk: Desk) -> None:
    answer = print_sheet(clerk, [])
    assert answer.status_code == 422
    assert "印刷する名札に✓してください" in answer.text


@pytest.mark.parametrize("junk", ["", "x", "00000000-0000-0000-0000-000000000000", "'"])
def test_what_is_no_badge_is_not_printed(clerk: Desk, junk: str, session: Session) -> None:
    assert print_sheet(clerk, [junk]).status_code == 422
    assert session.exec(select(Badge).where(Badge.state == "printed")).all() == []


def test_another_networks_badges_are_not_printed(
    clerk: Desk, app: FastAPI, town: Town, codes: list[str], ids: list[UUID]
) -> None:
    theirs = badge_id(app, town.neighbour_code)
    assert print_sheet(clerk, [theirs]).status_code == 422
    printed = scanned(print_sheet(clerk, [theirs, ids[0]]).content)
    assert [text.rsplit("/", 1)[1] for text in printed] == codes[:1]


def test_a_call_name_stands_on_the_front(clerk: Desk, ids: list[UUID]) -> None:
    clerk.post(f"/office/badges/{ids[0]}/holder", call_name="はやばん")
    front, _ = pages(print_sheet(clerk, ids[:1]).content)
    assert "はやばん" in front.text
