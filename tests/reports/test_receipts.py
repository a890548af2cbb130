"""Receipts are known again by who wrote them, and after a restore their numbers stay."""

import base64
import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from sqlmodel import Session, col, delete, select

from app.audit.commands import first_broken
from app.audit.models import AuditEntry
from app.db import Database
from app.networks.models import Counter
from app.reports.models import Report
from app.reports.receipts import Receipt, Receipts
from tests.cast import Cast, Phone

HERE, THERE = UUID(int=1), UUID(int=2)
RECEIPT = Receipt(UUID(int=7), "f" * 43, 12, datetime(2026, 9, 24, 5, 5, tzinfo=UTC))


def test_a_receipt_is_known_to_who_wrote_it_and_to_nobody_else() -> None:
    ours = Receipts(b"k" * 32)
    raw = ours.write(HERE, RECEIPT)
    assert ours.read(HERE, raw) == RECEIPT
    assert ours.read(THERE, raw) is None
    assert Receipts(b"x" * 32).read(HERE, raw) is None


def test_a_receipt_changed_anywhere_is_unknown() -> None:
    ours = Receipts(b"k" * 32)
    raw = ours.write(HERE, RECEIPT)
    for place in range(len(raw)):
        assert ours.read(HERE, raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :]) is None
    odd = [b"", b"null", b"[]", b"{}", b"[" * 999, b"\xff", raw + b" ", raw[:-1], b"9" * 2000]
    odd += [json.dumps(json.loads(raw) | {"seq": seq}).encode() for seq in ("12", 1e999, None, [])]
    assert {ours.read(HERE, one) for one in odd} == {None}


@pytest.fixture
def phone(cast: Cast) -> Phone:
    phone = cast.phone()
    phone.pair()
    return phone


def coded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def offer(phone: Phone, raw: bytes, receipt: bytes) -> Any:
    """As a phone does that has seen a new epoch."""
    headers = {"Content-Type": "application/json", "Nafuda-Badge": phone.code,
               "Nafuda-Receipt": coded(receipt)}  # fmt: skip
    named = json.loads(raw)["report_id"]
    return phone.client.put(f"/api/reports/{named}", content=raw, headers=headers)


def put_three(phone: Phone) -> list[tuple[bytes, bytes]]:
    raws = [json.dumps(phone.envelope()).encode() for _ in range(3)]
    return [(raw, phone.put(raw).content) for raw in raws]


def forget_after(database: Database, seq: int) -> None:
    """What a restored copy looks like: later reports and their numbers are unknown."""
    with database.writing() as session:
        session.execute(delete(Report).where(col(Report.seq) > seq))
        for counter in session.exec(select(Counter).where(Counter.kind == "receipt")):
            counter.value = min(counter.value, seq)


def test_what_a_restored_server_lacks_keeps_its_receipt(
    app: FastAPI, phone: Phone, cast: Cast, session: Session
) -> None:
    sent = put_three(phone)
    forget_after(app.state.database, 1)
    cast.clock.advance(hours=3)
    answers = [offer(phone, raw, receipt) for raw, receipt in reversed(sent)]
    assert [one.status_code for one in answers] == [201, 201, 200]
    assert [one.content for one in answers] == [receipt for _, receipt in reversed(sent)]
    assert phone.put(phone.envelope()).json()["seq"] == 4
    rows = session.exec(select(Report).order_by(col(Report.seq))).all()
    assert [row.receipt for row in rows[:3]] == [receipt for _, receipt in sent]
    assert {row.received_at.hour for row in rows[:3]} == {5}
    entries = session.exec(select(AuditEntry).where(AuditEntry.action == "report.create")).all()
    assert [one.details.get("restored") for one in entries] == [None] * 3 + [True, True, None]
    assert first_broken(session, rows[0].network_id) is None


def test_a_batch_brings_its_receipts_beside_its_envelopes(app: FastAPI, phone: Phone) -> None:
    sent = put_three(phone)
    forget_after(app.state.database, 0)
    fresh = json.dumps(phone.envelope()).encode()
    body = {
        "envelopes": [coded(fresh), *(coded(raw) for raw, _ in sent)],
        "receipts": [None, *(coded(receipt) for _, receipt in sent[:2])],
    }
    results = phone.client.post("/api/reports", json=body).json()["results"]
    assert [one["receipt"]["seq"] for one in results] == [3, 1, 2, 4]
    assert [one["receipt"] for one in results[1:3]] == [json.loads(one) for _, one in sent[:2]]


def test_a_number_given_away_since_is_not_given_twice(
    app: FastAPI, phone: Phone, cast: Cast, session: Session
) -> None:
    sent = put_three(phone)
    forget_after(app.state.database, 0)
    other = cast.phone("finance")
    other.report()
    answer = offer(phone, *sent[0])
    assert (answer.status_code, answer.json()["seq"]) == (201, 2)
    again = offer(phone, sent[0][0], answer.content)
    assert (again.status_code, again.content) == (200, answer.content)
    moved = session.exec(select(Report).where(Report.seq == 2)).one()
    assert "renumbered" in moved.flags


@pytest.mark.parametrize("how", ["forged", "another report's", "the neighbour's", "rubbish"])
def test_a_receipt_we_did_not_give_for_it_moves_nothing(
    app: FastAPI, phone: Phone, cast: Cast, how: str
) -> None:
    first = put_three(phone)[0][1]
    stranger = cast.stranger_phone()
    stranger.pair()
    receipts = {
        "forged": first.replace(b'"seq":1', b'"seq":999'),
        "another report's": first,
        "the neighbour's": stranger.put(stranger.envelope()).content,
        "rubbish": b"\x00\xff",
    }
    answer = offer(phone, json.dumps(phone.envelope()).encode(), receipts[how])
    assert (answer.status_code, answer.json()["seq"]) == (201, 4)
