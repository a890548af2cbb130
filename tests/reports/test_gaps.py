"""I10: what is said to be missing is exactly what was never received, whatever the order."""

import random
from datetime import timedelta

import pytest
from fastapi import FastAPI
from sqlmodel import Session, col, select

from app.reports.gaps import waiting_gaps
from app.reports.models import DeviceGap, Report
from tests.cast import Cast, Phone


@pytest.fixture
def phone(cast: Cast) -> Phone:
    phone = cast.phone()
    phone.pair()
    return phone


def put(phone: Phone, *numbers: int) -> None:
    for number in numbers:
        assert phone.put(phone.envelope(device_seq=number)).status_code == 201


def ranges(session: Session) -> list[tuple[int, int]]:
    session.rollback()
    gaps = session.exec(select(DeviceGap).order_by(col(DeviceGap.first_number))).all()
    return [(gap.first_number, gap.last_number) for gap in gaps]


@pytest.mark.parametrize(
    ("numbers", "missing"),
    [
        ((1, 2, 3), []),
        ((1, 3), [(2, 2)]),
        ((3,), [(1, 2)]),
        ((1, 9, 5), [(2, 4), (6, 8)]),
        ((1, 5, 2, 4), [(3, 3)]),
        ((4, 1, 2, 3), []),
        ((1, 5, 3, 2, 4), []),
        ((1, 0, 3, 0), [(2, 2)]),
        ((1, 2**53), [(2, 2**53 - 1)]),
        ((1, 2**53 + 1, 2), []),
    ],
)
def test_ranges_open_and_close(
    phone: Phone, session: Session, numbers: tuple[int, ...], missing: list[tuple[int, int]]
) -> None:
    put(phone, *numbers)
    assert ranges(session) == missing


def test_any_order_in_any_batches_leaves_exactly_what_was_evicted(
    cast: Cast, session: Session
) -> None:
    chance = random.Random(7)
    for place in range(6):
        phone = cast.phone("conveni", place)
        phone.pair()
        evicted = set(chance.sample(range(1, 20), 5))
        sent = [number for number in range(1, 21) if number not in evicted]
        chance.shuffle(sent)
        while sent:
            batch, sent = sent[:3], sent[3:]
            results = phone.put_batch([phone.envelope(device_seq=n) for n in batch]).json()
            assert {one["status"] for one in results["results"]} == {201}
        session.rollback()
        device_id = session.exec(select(Report).order_by(col(Report.seq).desc())).first().device_id  # type: ignore[union-attr]
        gaps = session.exec(select(DeviceGap).where(DeviceGap.device_id == device_id)).all()
        missing = [n for gap in gaps for n in range(gap.first_number, gap.last_number + 1)]
        assert sorted(missing) == sorted(evicted)


def test_a_phone_that_lost_its_cookie_counts_on(cast: Cast, session: Session) -> None:
    first, second = cast.phone(), cast.phone()
    for phone in (first, second):
        phone.pair()
    put(first, 1, 2, 4)
    put(second, 6)
    session.rollback()
    devices = session.exec(select(DeviceGap).order_by(col(DeviceGap.noticed_at))).all()
    assert {(gap.first_number, gap.last_number) for gap in devices} == {(3, 3), (5, 5)}
    put(second, 5, 3)
    assert ranges(session) == [(3, 3)]


def test_phones_of_one_badge_and_neighbours_count_for_themselves(
    cast: Cast, session: Session
) -> None:
    first, second, stranger = cast.phone(), cast.phone(), cast.stranger_phone()
    for phone in (first, second, stranger):
        phone.pair()
        put(phone, 1)
    put(first, 3)
    put(second, 2)
    put(stranger, 2, 3)
    assert ranges(session) == [(2, 2)]


def test_a_person_hears_of_it_after_24_hours_and_no_longer_once_it_arrived(
    cast: Cast, phone: Phone, session: Session
) -> None:
    network_id = cast.town.here.network.id

    def waiting() -> int:
        session.rollback()
        return len(waiting_gaps(session, network_id, cast.clock.now, 50))

    put(phone, 1)
    cast.clock.advance(days=3)
    put(phone, 3)
    assert waiting() == 0
    cast.clock.advance(hours=23, minutes=59)
    assert waiting() == 0
    cast.clock.now += timedelta(minutes=1)
    assert waiting() == 1
    put(phone, 2)
    assert waiting() == 0


def test_asking_reads_an_index_and_not_the_reports(app: FastAPI, session: Session) -> None:
    if not app.state.database.is_sqlite:
        return
    plan = session.connection().exec_driver_sql(
        "EXPLAIN QUERY PLAN SELECT * FROM device_gap WHERE network_id = 'x'"
        " AND dismissed_at IS NULL AND noticed_at <= '2026' ORDER BY noticed_at LIMIT 20"
    )
    assert "USING INDEX ix_device_gap_waiting" in str(plan.all())
