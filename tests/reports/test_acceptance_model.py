"""Acceptance against a model: whatever phones send and repeat, in any order, each report is here
once, its receipt never changes, and the audit chain holds one entry for it."""

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    rule,
    run_state_machine_as_test,
)
from sqlmodel import Session, select
from starlette.requests import Request

from app.audit.commands import first_broken
from app.audit.models import AuditEntry
from app.badges.models import Device
from app.deliveries.models import OutboxItem
from app.reports.models import Report, ReportConflict
from tests.cast import Cast, Phone, fingerprint

OTHER_ITEMS = ["CV-02"], ["CV-01", "CV-02"], ["NO-SUCH-ITEM"]


@dataclass
class Model:
    """What the server must hold: the bytes and receipt of each report, and the quarantine."""

    reports: dict[str, tuple[bytes, bytes]] = field(default_factory=dict)
    conflicts: set[tuple[str, str]] = field(default_factory=set)

    def expect(self, raw: bytes, answer: tuple[int, bytes]) -> None:
        report_id, (status, receipt) = json.loads(raw)["report_id"], answer
        if report_id not in self.reports:
            assert status == 201
            self.reports[report_id] = raw, receipt
        elif self.reports[report_id][0] == raw:
            assert (status, receipt) == (200, self.reports[report_id][1])
        else:
            assert status == 409
            self.conflicts.add((report_id, fingerprint(raw)))


def single(phone: Phone, raw: bytes) -> tuple[int, bytes]:
    answer = phone.put(raw)
    return answer.status_code, answer.content


def batch(phone: Phone, raws: list[bytes]) -> list[tuple[int, bytes]]:
    """Receipts as the single route writes them, so that both can be compared to the byte."""
    results = phone.put_batch([json.loads(raw) for raw in raws]).json()["results"]
    assert len(results) == len(raws)
    return [
        (one["status"], json.dumps(one.get("receipt"), separators=(",", ":")).encode())
        for one in results
    ]


def machine(cast: Cast, model: Model) -> type[RuleBasedStateMachine]:
    class Sending(RuleBasedStateMachine):
        sent = Bundle("sent")
        revoked = Bundle("revoked")

        def __init__(self) -> None:
            super().__init__()
            self.phones = [cast.phone(), cast.phone(place=1), cast.stranger_phone()]
            assert {phone.pair().status_code for phone in self.phones} == {201}

        @rule(target=sent, who=st.integers(0, 2), ago=st.integers(-9, 9))
        def send(self, who: int, ago: int) -> tuple[int, bytes]:
            year = cast.clock.now.year + ago
            envelope = self.phones[who].envelope(client_at=f"{year}-01-02T03:04:05Z")
            raw = json.dumps(envelope).encode()
            model.expect(raw, single(self.phones[who], raw))
            return who, raw

        @rule(known=sent)
        def repeat(self, known: tuple[int, bytes]) -> None:
            who, raw = known
            model.expect(raw, single(self.phones[who], raw))

        @rule(known=sent, items=st.sampled_from(OTHER_ITEMS))
        def send_other_bytes(self, known: tuple[int, bytes], items: list[str]) -> None:
            who, raw = known
            other = json.dumps(json.loads(raw) | {"items": items}).encode()
            model.expect(other, single(self.phones[who], other))

        @rule(who=st.integers(0, 2), fresh=st.integers(1, 3), known=st.lists(sent, max_size=3))
        def send_together(self, who: int, fresh: int, known: list[tuple[int, bytes]]) -> None:
            phone = self.phones[who]
            raws = [json.dumps(phone.envelope()).encode() for _ in range(fresh)]
            raws += [raw for whose, raw in known if whose == who] + raws[:1]
            for raw, answer in zip(raws, batch(phone, raws), strict=True):
                model.expect(raw, answer)

        @rule(known=sent, who=st.integers(0, 2))
        def send_somebody_elses(self, known: tuple[int, bytes], who: int) -> None:
            """Another device of the same network repeats: the same receipt (A3)."""
            whose, raw = known
            if {whose, who} <= {0, 1}:
                model.expect(raw, single(self.phones[who], raw))

        @rule(target=revoked, who=st.integers(0, 2))
        def revoke(self, who: int) -> int:
            revoke_device(cast, self.phones[who])
            raw = json.dumps(self.phones[who].envelope()).encode()
            assert single(self.phones[who], raw)[0] == 401
            self.phones[who].client.cookies.clear()
            assert self.phones[who].pair().status_code == 201
            return who

        @rule(who=consumes(revoked))
        def send_after_pairing_again(self, who: int) -> None:
            raw = json.dumps(self.phones[who].envelope()).encode()
            model.expect(raw, single(self.phones[who], raw))

    return Sending


def revoke_device(cast: Cast, phone: Phone) -> None:
    state: Any = cast.app.state
    cookies = "; ".join(f"{one.name}={one.value}" for one in phone.client.cookies.jar)
    request = Request({"type": "http", "headers": [(b"cookie", cookies.encode())]})
    with state.database.writing() as session:
        session.get_one(Device, state.credentials.read(request)).revoked_at = cast.clock.now


def test_the_server_holds_what_the_model_holds(cast: Cast, session: Session) -> None:
    model = Model()
    run_state_machine_as_test(
        machine(cast, model),
        settings=settings(
            max_examples=12,
            stateful_step_count=25,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
    reports = session.exec(select(Report)).all()
    held = {str(one.id): (one.envelope, one.receipt) for one in reports}
    assert len(model.reports) > 50
    assert held == model.reports
    conflicts = session.exec(select(ReportConflict)).all()
    assert {(str(one.report_id), one.fingerprint) for one in conflicts} == model.conflicts
    assert len(conflicts) == len(model.conflicts)
    once = Counter(dict.fromkeys(model.reports, 1))
    created = select(AuditEntry.object_id).where(AuditEntry.action == "report.create")
    assert Counter(session.exec(created).all()) == once
    arrived = select(OutboxItem).where(OutboxItem.kind == "report.arrived")
    assert Counter(one.payload["report_id"] for one in session.exec(arrived)) == once
    for network_id in {one.network_id for one in reports}:
        assert first_broken(session, network_id) is None
        numbers = sorted(one.seq for one in reports if one.network_id == network_id)
        assert numbers == list(range(1, len(numbers) + 1))
