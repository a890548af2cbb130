"""Two at the same moment, fifty times: exactly one has it, and the other is told."""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import Session, select

from app.deliveries.models import Message
from app.ids import new_id
from app.instructions.models import Instruction
from app.reports.models import Report
from app.staff.models import Staff
from app.staff.permissions import Role
from tests.cast import Cast, Desk, Phone

ROUNDS = 50
FEWER = 10
NAMED = re.compile("この報告は、(佐藤|田中)さんが終わりにしました")
WORDS = {"template": "R05", "title": "店長と一緒に", "steps": "声をかけてください"}


@pytest.fixture
def desks(cast: Cast) -> list[Desk]:
    return [cast.staff("counsellor", place) for place in (0, 1)]


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(2) as pool:
        yield pool


@pytest.fixture
def report_ids(cast: Cast) -> list[UUID]:
    phone: Phone = cast.phone()
    return [phone.report() for _ in range(ROUNDS)]


def together(threads: ThreadPoolExecutor, desks: list[Desk], path: str, **fields: str) -> list[Any]:
    """The answers to both, the winner's first."""
    answers = threads.map(lambda desk: desk.post(path, **fields), desks)
    return sorted(answers, key=lambda one: one.status_code)


def test_claiming(
    threads: ThreadPoolExecutor, desks: list[Desk], report_ids: list[UUID], session: Session
) -> None:
    for report_id in report_ids:
        won, lost = together(threads, desks, f"/desk/reports/{report_id}/claim")
        assert (won.status_code, lost.status_code) == (303, 409)
        assert "さんが先に担当しました" in lost.text
    assert all(one.claimed_by_id for one in session.exec(select(Report)))


def test_claiming_while_the_browser_says_that_it_shows_the_report(
    threads: ThreadPoolExecutor, cast: Cast, report_ids: list[UUID]
) -> None:
    """One person in two windows: what a page does by itself never costs them their press."""
    desk, other = cast.staff("counsellor"), cast.staff("counsellor")
    for report_id in report_ids:
        address = f"/desk/reports/{report_id}"
        tells = threads.submit(other.post, f"{address}/presence", writing="1")
        assert desk.post(f"{address}/claim").status_code == 303
        assert tells.result().status_code == 303


def test_answering(
    threads: ThreadPoolExecutor, desks: list[Desk], report_ids: list[UUID], session: Session
) -> None:
    for report_id in report_ids:
        path = f"/desk/reports/{report_id}/instructions"
        won, lost = together(threads, desks, path, **WORDS)
        assert (won.status_code, lost.status_code) == (303, 409)
        assert "さんが、先に指示を書きました" in lost.text
        assert WORDS["steps"] in lost.text
    assert len(session.exec(select(Instruction)).all()) == ROUNDS


def test_closing(
    threads: ThreadPoolExecutor, desks: list[Desk], report_ids: list[UUID], session: Session
) -> None:
    for report_id in report_ids:
        path = f"/desk/reports/{report_id}/closure"
        won, lost = together(threads, desks, path, template="R18", outcome="informed")
        assert (won.status_code, lost.status_code) == (303, 409)
        assert NAMED.search(lost.text)
    assert len(session.exec(select(Instruction)).all()) == ROUNDS


def test_undoing_while_it_leaves(
    threads: ThreadPoolExecutor,
    desks: list[Desk],
    report_ids: list[UUID],
    session: Session,
    cast: Cast,
    work: Callable[[], int],
) -> None:
    """The tablet's request began a moment before the ten seconds were over."""
    desk, state = desks[0], cast.app.state
    for report_id in report_ids:
        instruction_id = new_id()
        written = {**WORDS, "instruction_id": str(instruction_id)}
        assert desk.post(f"/desk/reports/{report_id}/instructions", **written).status_code == 303
        cast.clock.advance(seconds=10)
        late = cast.clock.now - timedelta(milliseconds=1)
        state.clock = lambda late=late: late
        path = f"/desk/instructions/{instruction_id}/cancellation"
        undone = threads.submit(desk.post, path)
        threads.submit(work).result()
        status = undone.result().status_code
        state.clock = cast.clock
        session.rollback()
        key = (cast.town.here.network.id, instruction_id)
        has_left = session.get(Message, key) is not None
        is_undone = session.get_one(Instruction, key).cancelled_at is not None
        assert (status, has_left, is_undone) in [(303, False, True), (409, True, False)]


@pytest.mark.parametrize("way", ["cancellation", "withdrawal"])
def test_two_who_undo_the_same(
    threads: ThreadPoolExecutor,
    desks: list[Desk],
    report_ids: list[UUID],
    cast: Cast,
    work: Callable[[], int],
    way: str,
) -> None:
    """Whoever comes second reads who was first; pressing twice oneself says nothing."""
    for report_id in report_ids[:FEWER]:
        instruction_id = desks[0].instruct(report_id)
        if way == "withdrawal":
            cast.clock.advance(seconds=10)
            work()
        path = f"/desk/instructions/{instruction_id}/{way}"
        won, lost = together(threads, desks, path)
        assert (won.status_code, lost.status_code) == (303, 409)
        assert re.search("(佐藤|田中)さんが、先に取り消しました", lost.text)
        again = sorted(desk.post(path).status_code for desk in desks)
        assert again == [303, 409]


def test_two_who_take_over(
    threads: ThreadPoolExecutor, cast: Cast, report_ids: list[UUID], session: Session
) -> None:
    with cast.app.state.database.writing() as change:
        tanaka = change.exec(select(Staff).where(Staff.name == "田中")).one()
        tanaka.role = Role.SUPERVISOR
    sato = cast.staff("counsellor")
    both = [cast.staff("supervisor"), cast.staff("counsellor", 1)]
    holder = str(session.exec(select(Staff.id).where(Staff.name == "佐藤")).one())
    for report_id in report_ids[:FEWER]:
        sato.post(f"/desk/reports/{report_id}/claim")
        path = f"/desk/reports/{report_id}/takeover"
        won, lost = together(threads, both, path, note="休み", claimed_by=holder)
        assert (won.status_code, lost.status_code) == (303, 409)
        assert re.search("いまは(田中|森)さんが担当しています", lost.text)


def test_giving_back_never_takes_it_from_who_took_it_over(
    threads: ThreadPoolExecutor, cast: Cast, report_ids: list[UUID], session: Session
) -> None:
    sato, mori = cast.staff("counsellor"), cast.staff("supervisor")
    for report_id in report_ids[:FEWER]:
        address = f"/desk/reports/{report_id}"
        sato.post(f"{address}/claim")
        gives = threads.submit(sato.post, f"{address}/release")
        takes = threads.submit(mori.post, f"{address}/takeover", note="休み")
        statuses = (gives.result().status_code, takes.result().status_code)
        session.rollback()
        has_it = session.exec(select(Report).where(Report.id == report_id)).one().claimed_by_id
        assert (statuses, has_it is not None) in [((303, 409), False), ((409, 303), True)]


def test_claiming_what_is_handed_over(
    threads: ThreadPoolExecutor, desks: list[Desk], report_ids: list[UUID], session: Session
) -> None:
    """To the one who claims: they have it in the end, and were told the truth."""
    to = session.exec(select(Staff).where(Staff.name == "田中")).one().id
    for report_id in report_ids[:FEWER]:
        address = f"/desk/reports/{report_id}"
        desks[0].post(f"{address}/claim")
        claims = threads.submit(desks[1].post, f"{address}/claim")
        assert desks[0].post(f"{address}/handover", to=str(to)).status_code == 303
        answer = claims.result()
        assert answer.status_code == 303 or "佐藤さんが先に担当しました" in answer.text
        session.rollback()
        assert session.exec(select(Report).where(Report.id == report_id)).one().claimed_by_id == to
