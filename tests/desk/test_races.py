"""Two at the same moment, fifty times: exactly one has it, and the other is told."""

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
from tests.cast import Cast, Desk, Phone

ROUNDS = 50
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
