"""Protocol A3: accepted once, in one transaction, whatever the phone repeats."""

import json
from typing import Any

import pytest
from sqlmodel import Session, select

from app.audit.models import AuditEntry
from app.badges.models import Badge
from app.deliveries.models import OutboxItem
from app.reports.models import Report, ReportConflict
from tests.cast import Cast, fingerprint


def test_the_first_time_is_201_with_a_receipt_of_these_bytes(cast: Cast) -> None:
    phone = cast.phone()
    phone.pair()
    raw = json.dumps(phone.envelope()).encode()
    answer = phone.put(raw)
    receipt = answer.json()
    assert answer.status_code == 201
    assert receipt["fp"] == fingerprint(raw)
    assert (receipt["receipt_no"], receipt["seq"]) == ("K-0001", 1)
    assert answer.headers["nafuda-epoch"]
    assert answer.headers["nafuda-backed-up-through"] == "0"


def test_the_same_bytes_again_get_the_same_receipt_to_the_byte(cast: Cast) -> None:
    phone = cast.phone()
    phone.pair()
    raw = json.dumps(phone.envelope()).encode()
    first, again = phone.put(raw), phone.put(raw)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.content == again.content


def test_other_bytes_under_the_same_id_are_kept_in_quarantine(cast: Cast, session: Session) -> None:
    phone = cast.phone()
    phone.pair()
    envelope = phone.envelope()
    phone.put(envelope)
    answers = [phone.put(envelope | {"items": ["CV-02"]}) for _ in range(2)]
    assert [one.status_code for one in answers] == [409, 409]
    assert answers[0].json()["type"] == "/problems/report-differs"
    assert len(session.exec(select(ReportConflict)).all()) == 1
    assert session.exec(select(Report)).one().items == ["CV-01"]


def test_report_outbox_and_audit_are_written_together(cast: Cast, session: Session) -> None:
    report_id = cast.phone().report()
    assert session.exec(select(Report)).one().id == report_id
    arrived = session.exec(select(OutboxItem).where(OutboxItem.kind == "report.arrived")).one()
    assert arrived.payload == {"report_id": str(report_id)}
    entries = session.exec(select(AuditEntry).where(AuditEntry.action == "report.create")).all()
    assert [entry.object_id for entry in entries] == [str(report_id)]


def test_an_unknown_phone_keeps_everything_and_reads_the_badge_again(cast: Cast) -> None:
    phone = cast.phone()
    answer = phone.put(phone.envelope())
    assert answer.status_code == 401
    assert answer.json()["type"] == "/problems/unknown-device"


def test_a_batch_gets_a_verdict_for_each(cast: Cast) -> None:
    phone = cast.phone()
    phone.pair()
    good, bad = phone.envelope(), phone.envelope(items=[])
    answer = phone.put_batch([good, bad, good])
    results = answer.json()["results"]
    assert answer.status_code == 200
    assert [one["status"] for one in results] == [201, 400, 200]
    assert results[1]["problem"]["type"] == "/problems/not-an-envelope"
    assert results[0]["receipt"] == results[2]["receipt"]


def test_a_stopped_badge_does_not_stop_what_is_on_its_way(cast: Cast, session: Session) -> None:
    phone = cast.phone()
    phone.pair()
    clerk = cast.staff("clerk")
    page = clerk.get("/office/badges").text
    badge_id = page.split('name="badge" value="')[1].split('"')[0]
    assert clerk.post(f"/office/badges/{badge_id}/stop").status_code == 303
    assert phone.put(phone.envelope()).status_code == 201
    assert "stopped_badge" in session.exec(select(Report)).one().flags
    assert cast.phone().pair().status_code == 409


@pytest.mark.parametrize(
    ("change", "flag"),
    [
        ({"checklist": {"id": "CV", "version": 99}}, "unknown_version"),
        ({"items": ["CV-01", "XX-99"]}, "unknown_items"),
        ({"client_at": "1999-01-01T00:00:00+09:00"}, "clock"),
    ],
)
def test_odd_reports_of_a_paired_phone_are_taken_and_flagged(
    cast: Cast, session: Session, change: dict[str, Any], flag: str
) -> None:
    cast.phone().report(**change)
    assert flag in session.exec(select(Report)).one().flags


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"null", b"[]", b"{}", b'"x"', b"\xff\xfe", b"{" * 1000, b'{"v":1}',
        json.dumps({"v": 2}).encode(), b'{"v":NaN}',
    ],
)  # fmt: skip
def test_what_is_no_envelope_is_400_and_changes_nothing(
    cast: Cast, session: Session, raw: bytes
) -> None:
    phone = cast.phone()
    phone.pair()
    answer = phone.put(raw, "01920000-0000-7000-8000-000000000000")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert session.exec(select(Report)).all() == []


@pytest.mark.parametrize(
    "change",
    [
        {"items": []}, {"items": [1]}, {"items": ["x" * 99]}, {"answers": {"q": {"deep": 1}}},
        {"extra": 1}, {"client_at": "yesterday"}, {"client_at": "2026-09-24T05:05:00"},
        {"report_id": "x"}, {"device_seq": -1}, {"sealed": {"v": 1}}, {"corrects": 5},
        {"answers": {f"q{n}": "yes" for n in range(30)}}, {"items": ["'; DROP TABLE report"]},
    ],
)  # fmt: skip
def test_a_bent_envelope_is_400(cast: Cast, change: dict[str, Any]) -> None:
    phone = cast.phone()
    phone.pair()
    named = "01920000-0000-7000-8000-000000000000"
    assert phone.put(phone.envelope(**change), named).status_code == 400


def test_the_address_and_the_envelope_must_name_the_same_report(cast: Cast) -> None:
    phone = cast.phone()
    phone.pair()
    answer = phone.put(phone.envelope(), "01920000-0000-7000-8000-000000000000")
    assert answer.status_code == 400


def test_too_large_is_413(cast: Cast) -> None:
    phone = cast.phone()
    phone.pair()
    sealed = {"v": 1, "kid": "k", "enc": "A" * 88, "ct": "A" * 70_000}
    answer = phone.put(phone.envelope(sealed=sealed))
    assert answer.status_code == 413
    assert answer.json()["type"] == "/problems/too-large"


def test_only_json_gets_in(cast: Cast) -> None:
    phone = cast.phone()
    phone.pair()
    answer = phone.client.put("/api/reports/01920000-0000-7000-8000-000000000000", data={"a": "b"})
    assert answer.status_code == 422


def test_the_third_similar_information_within_thirty_days_is_looked_at_today(
    cast: Cast, session: Session
) -> None:
    phone = cast.phone()
    for _ in range(3):
        phone.report(items=["CM-07"], answers={})
        cast.clock.advance(days=5)
    urgencies = session.exec(select(Report.urgency).order_by(Report.seq)).all()  # type: ignore[arg-type]
    assert urgencies == ["info", "info", "today"]


def test_a_report_speaks_for_the_badge_it_was_written_under(cast: Cast, session: Session) -> None:
    phone = cast.phone()
    phone.pair()
    first_code, written = phone.code, phone.envelope()
    phone.code = cast.town.code("conveni", 7)
    phone.pair()
    phone.code = first_code
    phone.put(written)
    report = session.exec(select(Report)).one()
    assert session.get_one(Badge, (report.network_id, report.badge_id)).code == first_code
