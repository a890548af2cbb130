"""Group commit: who sends at the same time is written together, and nobody spoils the others."""

import asyncio
import json
from typing import Any
from uuid import UUID

from fastapi import FastAPI
from sqlalchemy import event
from sqlmodel import Session, select
from starlette.requests import Request

from app.reports.acceptance import Submission
from app.reports.commands import read_submission
from app.reports.models import Report
from app.reports.writer import Accepted, ReportWriter
from app.web.access import PhoneActor
from tests.cast import Cast, Phone

PATIENCE = 30


def actor(app: FastAPI, phone: Phone) -> PhoneActor:
    cookies = "; ".join(f"{one.name}={one.value}" for one in phone.client.cookies.jar)
    request = Request({"type": "http", "headers": [(b"cookie", cookies.encode())]})
    return PhoneActor(*app.state.credentials.read(request))


def written(app: FastAPI, phone: Phone, **changes: Any) -> Submission:
    raw = json.dumps(phone.envelope(**changes)).encode()
    return read_submission(actor(app, phone), raw, phone.code)


def accepted_together(app: FastAPI, submissions: list[Submission]) -> list[Accepted | Exception]:
    """Handed over before the writer looks, as if all had come within one commit."""
    writer: ReportWriter = app.state.report_writer

    async def hand_over() -> Any:
        waiting = [writer.accept([one]) for one in submissions]
        answers = asyncio.gather(*waiting, return_exceptions=True)
        return await asyncio.wait_for(answers, PATIENCE)

    return asyncio.run(hand_over())  # type: ignore[no-any-return]


def statuses(outcomes: list[Accepted | Exception]) -> list[int]:
    return [one.verdicts[0].status for one in outcomes if isinstance(one, Accepted)]


def test_fifty_twins_at_once_are_one_report(cast: Cast, app: FastAPI, session: Session) -> None:
    phone = cast.phone()
    phone.pair()
    raw = json.dumps(phone.envelope()).encode()
    twins = [read_submission(actor(app, phone), raw, phone.code) for _ in range(50)]
    outcomes = accepted_together(app, twins)
    assert sorted(statuses(outcomes)) == [200] * 49 + [201]
    assert len({one.verdicts[0].receipt for one in outcomes if isinstance(one, Accepted)}) == 1
    assert len(session.exec(select(Report)).all()) == 1


def test_two_towns_share_a_commit_and_keep_their_own_numbers(
    cast: Cast, app: FastAPI, session: Session
) -> None:
    ours, theirs = cast.phone(), cast.stranger_phone()
    for phone in (ours, theirs):
        phone.pair()
    submissions = [written(app, phone) for phone in (ours, theirs, ours, theirs)]
    assert statuses(accepted_together(app, submissions)) == [201] * 4
    reports = session.exec(select(Report)).all()
    numbers: dict[UUID, list[int]] = {}
    for one in reports:
        numbers.setdefault(one.network_id, []).append(one.seq)
    assert sorted(map(sorted, numbers.values())) == [[1, 2], [1, 2]]


def test_one_that_cannot_be_written_does_not_spoil_the_others(
    cast: Cast, app: FastAPI, session: Session
) -> None:
    phone = cast.phone()
    phone.pair()
    sound = [written(app, phone) for _ in range(3)]
    poison = written(app, phone)
    poison.envelope.device_seq = 2**70
    outcomes = accepted_together(app, [sound[0], poison, *sound[1:]])
    assert statuses(outcomes) == [201] * 3
    assert sum(isinstance(one, Exception) for one in outcomes) == 1
    assert len(session.exec(select(Report)).all()) == 3


def test_many_that_wait_cost_few_commits(cast: Cast, app: FastAPI) -> None:
    phone = cast.phone()
    phone.pair()
    commits = []
    event.listen(app.state.database.engine, "commit", commits.append)
    outcomes = accepted_together(app, [written(app, phone) for _ in range(100)])
    assert statuses(outcomes) == [201] * 100
    assert len(commits) < 20


def test_closing_finishes_what_was_taken(cast: Cast, app: FastAPI, session: Session) -> None:
    phone = cast.phone()
    phone.pair()
    accepted_together(app, [written(app, phone)])
    app.state.report_writer.close()
    assert len(session.exec(select(Report)).all()) == 1
