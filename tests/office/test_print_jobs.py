"""A thousand badges: made in parts by the worker, taken as one PDF, gone after a day."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from sqlmodel import Session, col, func, select

import app.office.prints.press as press
from app.audit.models import AuditEntry
from app.badges.commands import issue_badges
from app.badges.models import Badge
from app.badges.rules import BadgeState
from app.organizations.models import Workplace
from app.printing.badge_sheet import UnreadableCodes
from app.printing.models import PrintPart
from tests.cast import Cast, Desk
from tests.printing.paper import pages
from tests.towns import AFTERNOON, Town

MANY = 203


@pytest.fixture
def clerk(cast: Cast) -> Desk:
    return cast.staff("clerk")


@pytest.fixture
def codes(app: FastAPI, town: Town) -> list[str]:
    """Of badges just issued for one shop, in the order of their numbers."""
    with app.state.database.writing() as session:
        here = select(Workplace).where(Workplace.network_id == town.here.network.id)
        shop = session.exec(here.where(Workplace.industry == "newspaper")).first()
        assert shop
        badges = issue_badges(session, shop, MANY, valid_until=date(2027, 3, 31), now=AFTERNOON)
        return [badge.code for badge in badges]


def begin(clerk: Desk, **fields: str) -> Any:
    wanted = {"everything": "1", "industry": "newspaper", "state": "issued", "text": ""}
    return clerk.post("/office/badges/sheet", **(wanted | fields))


def works(work: Callable[[], int]) -> None:
    while work():
        pass


def test_many_badges_become_one_pdf_in_the_order_of_their_numbers(
    clerk: Desk, codes: list[str], work: Callable[[], int], session: Session
) -> None:
    answer = begin(clerk)
    assert answer.status_code == 303
    job = answer.headers["location"]
    page = clerk.get(job).text
    assert "PDFを作っています" in page
    assert clerk.post(f"{job}/file").status_code == 409
    works(work)
    page = clerk.get(job).text
    assert "全部読み取って確かめました" in page
    assert f'href="{job}"' in clerk.get("/office/badges").text
    file = clerk.post(f"{job}/file")
    assert file.headers["content-type"] == "application/pdf"
    assert file.headers["cache-control"] == "private, no-store"
    found = [code.text[-11:] for page in pages(file.content)[1::2] for code in page.codes(100)]
    issued = select(Badge).where(Badge.state == "printed").order_by(col(Badge.number))
    printed = [badge.code for badge in session.exec(issued)]
    assert set(codes) <= set(printed)
    assert sorted(found) == sorted(printed)
    actions = session.exec(select(AuditEntry.action)).all()
    assert {"print_job.begin", "print_job.take", "badge.print"} <= set(actions)


def test_progress_stands_in_figures_and_in_a_bar(
    clerk: Desk, codes: list[str], work: Callable[[], int]
) -> None:
    job = begin(clerk).headers["location"]
    work()
    part = clerk.client.get(job, headers={"HX-Request": "true"}).text
    (whole, done) = re.findall(r'max="(\d+)" value="(\d+)"', part)[0]
    assert (int(done), int(whole)) >= (200, MANY)
    assert 'hx-trigger="every 1s"' in part
    assert "<html" not in part


def test_after_a_day_the_codes_are_gone(
    clerk: Desk, codes: list[str], work: Callable[[], int], cast: Cast, session: Session
) -> None:
    job = begin(clerk).headers["location"]
    works(work)
    cast.clock.advance(hours=24)
    clerk = cast.staff("clerk")
    assert clerk.post(f"{job}/file").status_code == 422
    assert "PDFは消しました" in clerk.get(job).text
    works(work)
    assert session.exec(select(func.count()).select_from(PrintPart)).one() == 0
    assert f'href="{job}"' not in clerk.get("/office/badges").text


def test_a_badge_stopped_meanwhile_is_left_out(
    clerk: Desk, app: FastAPI, codes: list[str], work: Callable[[], int]
) -> None:
    job = begin(clerk).headers["location"]
    with app.state.database.writing() as session:
        stopped = session.exec(select(Badge).where(Badge.code == codes[0])).one()
        stopped.state = BadgeState.STOPPED
    works(work)
    file = clerk.post(f"{job}/file").content
    found = {code.text[-11:] for page in pages(file)[1::2] for code in page.codes(100)}
    assert set(codes) - found == {codes[0]}
    assert f"<p>{len(found)}枚" in clerk.get(job).text


def test_codes_that_dont_read_make_no_pdf(
    clerk: Desk, codes: list[str], work: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> bytes:
        raise UnreadableCodes

    monkeypatch.setattr(press, "render_badge_sheet", fail)
    job = begin(clerk).headers["location"]
    works(work)
    page = clerk.get(job).text
    assert "読み取れない名札ができました" in page
    assert f"{job}/file" not in page
    assert clerk.post(f"{job}/file").status_code == 409


def test_a_job_is_nobody_elses(cast: Cast, clerk: Desk, codes: list[str]) -> None:
    job = begin(clerk).headers["location"]
    for stranger, status in ((cast.stranger("clerk"), 404), (cast.staff("counsellor"), 403)):
        assert stranger.get(job).status_code == status
        assert stranger.post(f"{job}/file").status_code == status


def test_a_part_is_made_once_though_it_is_asked_for_twice(
    clerk: Desk, app: FastAPI, codes: list[str], work: Callable[[], int], session: Session
) -> None:
    begin(clerk)
    works(work)
    before = {part.id: part.done_at for part in session.exec(select(PrintPart))}
    carrier = press.Press(app.state.settings)
    part = session.exec(select(PrintPart)).first()
    assert part
    item = press.Item(part.network_id, UUID(int=1), "print.part", {"part_id": str(part.id)}, 2)
    assert carrier.prepare(session, [item], AFTERNOON) == {}
    assert before
