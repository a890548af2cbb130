"""The design of the tutorials: a `def` endpoint, a session per request, rows added one by one.

Same tables, same checks, same durability; SQLite takes its write lock at once, since the tutorials'
own deferred transactions fail under load.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from fastapi import Depends, FastAPI
from sqlmodel import Session, col, select
from starlette.requests import Request
from starlette.responses import Response

from app.audit.models import AuditEntry
from app.audit.rules import GENESIS, digest_of
from app.badges.credentials import Credentials
from app.badges.models import Badge, Device, Pairing
from app.db import Database
from app.deliveries.models import OutboxItem
from app.networks.models import Counter
from app.organizations.models import Workplace
from app.reports.forms import Envelope, fingerprint
from app.reports.models import Report
from app.reports.receipts import Receipt, Receipts
from app.sealing.custody import key_file
from app.settings import Settings
from bench.envelopes import PlainEnvelope

RECEIPTS = Receipts(b"tutorial")


def get_session(request: Request) -> Iterator[Session]:
    with Session(request.app.state.database.engine) as session:
        session.connection(execution_options={"writes": True})
        yield session


SessionDep = Annotated[Session, Depends(get_session)]


def create_app(settings: Settings) -> FastAPI:
    app = FastAPI()
    app.state.database = Database(settings.database)
    app.state.credentials = Credentials([key_file(settings.data_dir, "cookie")], settings.secure)
    app.put("/api/reports/{report_id}")(put_report)
    return app


def put_report(
    request: Request, report_id: UUID, envelope: PlainEnvelope, session: SessionDep
) -> Response:
    network_id, device_id = request.app.state.credentials.read(request)
    if known := session.get(Report, (network_id, report_id)):
        return Response(known.receipt, 200, media_type="application/json")
    now = datetime.now(UTC)
    report = new_report(session, network_id, device_id, envelope, now)
    session.add(report)
    payload = {"report_id": str(report_id)}
    session.add(
        OutboxItem(network_id=network_id, kind="report.arrived", payload=payload, due_at=now)
    )
    session.add(new_entry(session, report, now))
    session.commit()
    return Response(report.receipt, 201, media_type="application/json")


def new_report(
    session: Session, network_id: UUID, device_id: UUID, envelope: Envelope, now: datetime
) -> Report:
    device = session.get_one(Device, (network_id, device_id))
    pairing = session.exec(
        select(Pairing).where(
            Pairing.network_id == network_id,
            Pairing.device_id == device_id,
            col(Pairing.ended_at).is_(None),
        )
    ).one()
    badge = session.get_one(Badge, (network_id, pairing.badge_id))
    workplace = session.get_one(Workplace, (network_id, badge.workplace_id))
    device.last_heard_at = badge.last_used_at = now
    raw = envelope.model_dump_json().encode()
    print_, seq = fingerprint(raw), next_number(session, network_id, "receipt")
    return Report(
        network_id=network_id, id=envelope.report_id, seq=seq, fingerprint=print_, envelope=raw,
        receipt=RECEIPTS.write(network_id, Receipt(envelope.report_id, print_, seq, now)),
        device_id=device_id,
        badge_id=badge.id, workplace_id=workplace.id, industry=workplace.industry,
        checklist_version=envelope.checklist.version, items=envelope.items,
        answers=envelope.answers, category="other", headline={}, urgency="today", rank=2, flags=[],
        device_seq=envelope.device_seq, client_at=envelope.client_at, received_at=now,
        received_open=True,
    )  # fmt: skip


def new_entry(session: Session, report: Report, now: datetime) -> AuditEntry:
    number = next_number(session, report.network_id, "audit")
    before = session.get(AuditEntry, (report.network_id, number - 1))
    previous = before.digest if before else GENESIS
    return AuditEntry(
        network_id=report.network_id, number=number, at=now, actor=f"phone:{report.device_id}",
        action="report.create", object_id=str(report.id), details={}, previous=previous,
        digest=digest_of(previous, {"number": number, "object": str(report.id)}),
    )  # fmt: skip


def next_number(session: Session, network_id: UUID, kind: str) -> int:
    key = (network_id, kind)
    counter = session.get_one(Counter, key, with_for_update=True)
    counter.value += 1
    session.flush()
    return counter.value
