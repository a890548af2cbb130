"""Accepting a report (protocol A3): once, in one transaction, whatever the phone's repeats."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from app.audit.commands import record
from app.badges.models import Badge, Device, Pairing
from app.badges.queries import current_pairing, find_badge, holder_of, pairing_with
from app.checklists.models import ChecklistVersion
from app.checklists.queries import current_checklist, find_version
from app.checklists.rules import urgency_of
from app.deliveries.outbox import enqueue
from app.errors import N_, DomainError, NotFound, UnknownDevice
from app.networks.numbers import next_number
from app.networks.opening_hours import is_open
from app.networks.scope import get_row, in_network
from app.reports.forms import Envelope, fingerprint, read_envelope
from app.reports.models import Report, ReportConflict
from app.reports.receipts import receipt_bytes
from app.web.access import PhoneActor

RANKS = {"info": 1, "today": 2, "now": 3}
HISTORY = timedelta(days=30)
SIMILAR_BEFORE = 2
IMPOSSIBLE_CLOCK = timedelta(days=30)
# What both databases can hold in any zone; the envelope keeps what the phone's clock said.
EARLIEST, LATEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)


class AlreadyOther(DomainError):
    """The id is taken by different bytes. Both are kept; the second waits for a person."""

    status = 409
    problem = "report-differs"


@dataclass(frozen=True)
class Acceptance:
    """201 for the first time, 200 for the same bytes again, 409 for other bytes under the id."""

    status: int
    receipt: bytes
    report_id: UUID


def accept_report(
    session: Session, phone: PhoneActor, raw: bytes, *, badge_code: str | None, now: datetime
) -> Acceptance:
    """Raises NotAnEnvelope or TooLarge; business validation never refuses a paired phone."""
    envelope = read_envelope(raw)
    known = session.get(Report, (phone.network_id, envelope.report_id))
    if known:
        return repeat(session, known, raw, now)
    badge = badge_spoken_for(session, phone, badge_code)
    try:
        with session.begin_nested():
            report = build_report(session, phone, badge, envelope, raw, now)
            session.add(report)
    except IntegrityError:
        # A twin was a moment faster; the number taken for this one goes back with the savepoint.
        session.expire_all()
        twin = session.get_one(Report, (phone.network_id, envelope.report_id))
        return repeat(session, twin, raw, now)
    badge.use(now)
    session.get_one(Device, (phone.network_id, phone.device_id)).last_heard_at = now
    announce(session, report, now)
    return Acceptance(201, report.receipt, report.id)


def repeat(session: Session, known: Report, raw: bytes, now: datetime) -> Acceptance:
    """The same bytes get the same receipt; other bytes go to quarantine, once."""
    print_of_raw = fingerprint(raw)
    if print_of_raw == known.fingerprint:
        return Acceptance(200, known.receipt, known.id)
    twin = in_network(ReportConflict, known.network_id).where(
        ReportConflict.report_id == known.id, ReportConflict.fingerprint == print_of_raw
    )
    if session.exec(twin).first() is None:
        session.add(
            ReportConflict(
                network_id=known.network_id,
                report_id=known.id,
                fingerprint=print_of_raw,
                envelope=raw,
                received_at=now,
            )
        )
    return Acceptance(409, b"", known.id)


def badge_spoken_for(session: Session, phone: PhoneActor, badge_code: str | None) -> Badge:
    """The badge the report was written under, which may no longer be the phone's newest one."""
    pairing: Pairing | None = None
    if badge_code and (badge := find_badge(session, badge_code)):
        pairing = pairing_with(session, phone.network_id, phone.device_id, badge.id)
    pairing = pairing or current_pairing(session, phone.network_id, phone.device_id)
    if pairing is None:
        raise UnknownDevice(N_("名札をもう一度読み取ってください。"))
    return get_row(session, Badge, phone.network_id, pairing.badge_id)


def build_report(
    session: Session, phone: PhoneActor, badge: Badge, envelope: Envelope, raw: bytes, now: datetime
) -> Report:
    holder = holder_of(session, badge)
    industry = holder.workplace.industry
    written = find_version(session, phone.network_id, industry, envelope.checklist.version)
    checklist = written or current_checklist(session, phone.network_id, industry)
    known_items = {item["id"]: item for item in checklist.document["items"]}
    urgency = urgency_of(
        checklist.document["rules"],
        {item_id: item["urgency"] for item_id, item in known_items.items()},
        envelope.items,
        envelope.answers,
    )
    first = most_urgent(known_items, envelope.items)
    category = first["category"] if first else "other"
    if urgency == "info" and has_history(session, holder.workplace.id, badge, category, now):
        urgency = "today"
    seq = next_number(session, phone.network_id, "receipt")
    print_of_raw = fingerprint(raw)
    return Report(
        network_id=phone.network_id,
        id=envelope.report_id,
        seq=seq,
        fingerprint=print_of_raw,
        envelope=raw,
        receipt=receipt_bytes(envelope.report_id, print_of_raw, seq, now),
        device_id=phone.device_id,
        badge_id=badge.id,
        workplace_id=holder.workplace.id,
        industry=industry,
        checklist_version=envelope.checklist.version,
        items=envelope.items,
        answers=envelope.answers,
        category=category,
        headline=first["short"] if first else {},
        urgency=urgency,
        rank=RANKS[urgency],
        flags=flags_of(session, phone, badge, envelope, written, set(known_items), now),
        has_note=envelope.sealed is not None,
        device_seq=envelope.device_seq,
        client_at=min(max(envelope.client_at, EARLIEST), LATEST),
        received_at=now,
        received_open=is_open(holder.network.hours, now),
    )


def most_urgent(known: dict[str, dict], ticked: list[str]) -> dict | None:  # type: ignore[type-arg]
    seen = [known[item] for item in ticked if item in known]
    return max(seen, key=lambda item: RANKS[item["urgency"]], default=None)


def has_history(
    session: Session, workplace_id: UUID, badge: Badge, category: str, now: datetime
) -> bool:
    """The third similar 情報提供 from one place within 30 days is looked at today."""
    similar = (
        in_network(Report, badge.network_id)
        .where(Report.workplace_id == workplace_id, Report.category == category)
        .where(Report.urgency == "info", col(Report.received_at) >= now - HISTORY)
        .limit(SIMILAR_BEFORE)
    )
    return len(session.exec(similar).all()) >= SIMILAR_BEFORE


def flags_of(
    session: Session,
    phone: PhoneActor,
    badge: Badge,
    envelope: Envelope,
    written: ChecklistVersion | None,
    known_items: set[str],
    now: datetime,
) -> list[str]:
    """What a counsellor should know about how the report came; never a reason to refuse it."""
    pairing = pairing_with(session, phone.network_id, phone.device_id, badge.id)
    signs = {
        "unknown_version": written is None,
        "unknown_items": not known_items.issuperset(envelope.items),
        "stopped_badge": badge.is_stopped,
        "unregistered": pairing is None or not pairing.has_inbox,
        "clock": abs(envelope.client_at - now) > IMPOSSIBLE_CLOCK,
    }
    return [flag for flag, is_so in signs.items() if is_so]


def announce(session: Session, report: Report, now: datetime) -> None:
    """Tell the centre and the audit, in the report's own transaction."""
    enqueue(session, report.network_id, "report.arrived", {"report_id": str(report.id)}, now)
    record(
        session,
        report.network_id,
        actor=f"phone:{report.device_id}",
        action="report.create",
        object_id=report.id,
        now=now,
        details={"no": report.receipt_no, "urgency": report.urgency},
    )


def get_report(session: Session, network_id: UUID, report_id: UUID) -> Report:
    if report := session.get(Report, (network_id, report_id)):
        return report
    raise NotFound(N_("この報告は見つかりません。"))
