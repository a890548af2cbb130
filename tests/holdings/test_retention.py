"""保存期間: what was kept long enough goes, some at a time, and no promise breaks."""

import json
from datetime import timedelta
from uuid import UUID

from fastapi import FastAPI
from sqlmodel import col, func, select

from app.audit.commands import first_broken
from app.audit.models import AuditEntry
from app.badges.models import Badge
from app.deliveries.models import Evidence, Message, OutboxItem, Recipient, Subscription
from app.deliveries.outbox import Item
from app.holdings.models import RetentionRun
from app.holdings.retention_run import run
from app.instructions.models import Instruction
from app.networks.retention import RUN
from app.networks.scope import in_network
from app.outcomes.models import Candidate, Outcome
from app.reports.models import DeviceGap, PastReport, Report, ReportConflict
from app.staff.models import StaffSession
from tests.cast import Phone
from tests.holdings.years import YEAR, Years
from tests.towns import Town


def test_a_note_goes_after_a_year_and_its_report_stays(years: Years) -> None:
    raw = years.with_note("声が大きい人が一緒でした")
    years.close(raw)
    report_id = json.loads(raw)["report_id"]
    desk = years.cast.staff("counsellor").get(f"/desk/reports/{report_id}").text
    assert "声が大きい人が一緒でした" in desk
    years.later(YEAR)
    report = years.session.get_one(Report, (years.here, UUID(report_id)))
    assert json.loads(report.envelope)["sealed"] is None
    assert (report.has_note, report.note_erased_at is not None) == (True, True)
    page = years.cast.staff("counsellor").get(f"/desk/reports/{report_id}").text
    assert "保存期間が過ぎたので、消しました。" in page
    assert "声が大きい人が一緒でした" not in page
    assert years.phone.put(raw).status_code == 200


def test_a_report_goes_after_three_years_and_leaves_only_what_is_counted(years: Years) -> None:
    raw = years.report()
    years.close(raw)
    years.later(3 * YEAR)
    assert [years.count(one) for one in (Report, Instruction, ReportConflict)] == [0, 0, 0]
    past = years.session.exec(in_network(PastReport, years.here)).one()
    assert (past.industry, past.urgency, past.items) == ("conveni", "now", ["CV-01"])
    assert past.closed_at is not None
    assert not {"device_id", "badge_id", "answers", "envelope"} & set(PastReport.model_fields)


def test_how_it_ended_stays_for_statistics_and_why_it_was_corrected_goes(years: Years) -> None:
    raw = years.report()
    years.close(raw)
    address = f"/desk/reports/{json.loads(raw)['report_id']}"
    desk = years.cast.staff("counsellor")
    corrected = {"outcome": "advice", "connections": "police", "stopped_yen": "30000", "grade": "A"}
    desk.post(f"{address}/outcome", based_on="1", reason="警察の確認", **corrected)
    desk.post(f"{address}/candidates", kind="bulletin", reason="同じ手口")
    years.later(3 * YEAR)
    assert [years.count(one) for one in (Report, Outcome, Candidate)] == [0, 0, 0]
    past = years.session.exec(in_network(PastReport, years.here)).one()
    assert (past.outcome, past.connections) == ("advice", ["police"])
    assert (past.stopped_yen, past.grade, past.recovered_yen) == (30000, "A", None)


def test_a_phone_that_offers_it_again_gets_its_receipt_and_nothing_new(years: Years) -> None:
    raw = years.report()
    first = years.phone.put(raw)
    years.close(raw)
    years.later(3 * YEAR)
    again = years.phone.put(raw)
    assert (again.status_code, again.content) == (200, first.content)
    assert (years.count(Report), years.count(PastReport)) == (0, 1)
    changed = json.loads(raw) | {"items": ["CV-02"]}
    assert years.phone.put(changed).status_code == 409
    assert (years.count(Report), years.count(ReportConflict)) == (0, 0)


def test_numbers_of_reports_that_are_gone_are_not_missing(years: Years) -> None:
    for _ in range(3):
        years.close(years.report())
    years.later(3 * YEAR)
    years.report()
    assert years.count(DeviceGap) == 0
    # The same phone without its cookie: another device of the same badge that counts on.
    other = Phone(years.cast.app, years.phone.code, years.cast.clock)
    other.pair()
    other.device_seq = years.phone.device_seq
    assert other.put(other.envelope()).status_code == 201
    assert years.count(DeviceGap) == 0


def test_what_nobody_has_closed_stays_and_is_said(years: Years) -> None:
    years.with_note("まだ")
    years.later(3 * YEAR)
    assert (years.count(Report), years.count(PastReport)) == (1, 0)
    text = years.cast.staff("clerk").get("/office/data").text
    assert "完了していない報告が1件あります" in text


def test_a_night_is_noted_with_its_counts_and_the_next_one_is_awaited(years: Years) -> None:
    years.close(years.report())
    years.later(3 * YEAR)
    runs = years.session.exec(in_network(RetentionRun, years.here)).all()
    assert sum(one.counts["report"] for one in runs) == 1
    assert all(one.ended_at for one in runs)
    waiting = years.session.exec(
        in_network(OutboxItem, years.here).where(
            OutboxItem.kind == RUN, col(OutboxItem.done_at).is_(None)
        )
    ).all()
    assert len(waiting) == 1
    assert waiting[0].due_at > years.cast.clock.now
    assert "消した記録" in years.cast.staff("clerk").get("/office/data").text


def test_much_is_done_in_many_transactions_and_twice_is_once(years: Years, app: FastAPI) -> None:
    for _ in range(5):
        years.close(years.report())
    years.cast.clock.now += 3 * YEAR
    outcomes = []
    item = Item(years.here, UUID(int=1), RUN, {}, 1)
    for _ in range(12):
        with app.state.database.writing() as session:
            outcomes.append(run(session, item, years.cast.clock.now, most=2))
            session.flush()
            newest = in_network(RetentionRun, years.here).order_by(
                col(RetentionRun.began_at), col(RetentionRun.id)
            )
            night = session.exec(newest).first()
            assert night
            item = Item(years.here, UUID(int=1), RUN, {"run_id": str(night.id)}, 1)
    assert outcomes[:3] == ["goes-on"] * 3
    assert outcomes[-1] == "done"
    assert years.count(PastReport) == 5


def test_receipts_of_messages_and_silent_phones_and_old_sign_ins_go(years: Years) -> None:
    raw = years.report()
    years.close(raw)
    answer = years.phone.client.get("/api/push-key")
    assert answer.status_code == 200
    assert years.count(Message) > 0
    with years.cast.app.state.database.writing() as session:
        device = session.get_one(Report, (years.here, UUID(json.loads(raw)["report_id"])))
        session.add(
            Subscription(
                network_id=years.here, device_id=device.device_id, endpoint="https://p.example/1",
                p256dh="", auth="", created_at=years.cast.clock.now,
            )
        )  # fmt: skip
    signed_in = years.count(StaffSession)
    years.later(timedelta(days=181))
    assert (years.count(Subscription), years.count(StaffSession)) == (0, signed_in)
    years.later(YEAR)
    assert years.count(StaffSession) == 0
    years.later(2 * YEAR)
    assert [years.count(one) for one in (Message, Recipient, Evidence)] == [0, 0, 0]


def test_the_audit_chain_is_shortened_and_still_proves_itself(years: Years) -> None:
    years.close(years.report())
    years.later(5 * YEAR)
    entries = years.session.exec(
        select(AuditEntry).where(AuditEntry.network_id == years.here).order_by(AuditEntry.number)  # type: ignore[arg-type]
    ).all()
    assert entries[0].number > 1
    assert first_broken(years.session, years.here) is None
    assert "audit.cut" in {one.action for one in entries}


def test_a_chain_that_was_shortened_by_hand_is_noticed(years: Years) -> None:
    years.close(years.report())
    with years.cast.app.state.database.writing() as session:
        first = session.get_one(AuditEntry, (years.here, 1))
        session.delete(first)
    years.session.rollback()
    assert first_broken(years.session, years.here) == 1


def test_the_town_next_door_keeps_its_own_time(years: Years, town: Town) -> None:
    other = years.cast.stranger_phone()
    other.report()
    years.close(years.report())
    years.later(3 * YEAR)
    kept = in_network(Report, town.neighbour.id).with_only_columns(func.count())
    assert years.session.execute(kept).scalar_one() == 1
    assert years.session.exec(in_network(Badge, town.neighbour.id)).one()
