"""Which times may be offered to a worker, and which are refused with a sentence."""

from datetime import datetime, timedelta

import pytest

from app.clock import TOKYO
from app.instructions.slots import TypedSlot, UnfitSlot, read_slots
from app.networks.models import Network

NOW = datetime(2026, 9, 24, 14, 5, tzinfo=TOKYO)
GOOD = TypedSlot("2026-09-25", "10:00", "11:00", "phone")


@pytest.fixture
def network() -> Network:
    return Network(quiet_from="22:00", quiet_until="07:00")


def test_rows_are_read_in_their_order_and_empty_ones_are_none(network: Network) -> None:
    visit = TypedSlot("2026-09-26", "13:30", "15:00", "visit")
    first, last = read_slots([GOOD, TypedSlot(way="phone"), visit], network, NOW)
    assert (first.code, last.code) == ("1", "3")
    assert first.starts_at == datetime(2026, 9, 25, 10, 0, tzinfo=TOKYO)
    assert last.ends_at - last.starts_at == timedelta(minutes=90)
    assert last.way == "visit"


@pytest.mark.parametrize(
    "typed",
    [
        TypedSlot("", "10:00", "11:00", "phone"),
        TypedSlot("25日", "10:00", "11:00", "phone"),
        TypedSlot("2026-09-25", "", "11:00", "phone"),
        TypedSlot("2026-09-25", "10:00", "25:00", "phone"),
        TypedSlot("2026-09-25", "10:00", "11:00", ""),
        TypedSlot("2026-09-25", "10:00", "11:00", "fax"),
        TypedSlot("2026-09-25", "11:00", "10:00", "phone"),
        TypedSlot("2026-09-25", "10:00", "10:00", "phone"),
        TypedSlot("2026-09-24", "14:00", "15:00", "phone"),
        TypedSlot("0001-01-01", "00:00", "23:59", "phone"),
        TypedSlot("9999-12-31", "20:00", "21:00", "phone"),
        TypedSlot("2026-12-01", "10:00", "11:00", "phone"),
        TypedSlot("2026-09-25", "08:00", "18:00", "phone"),
        TypedSlot("2026-09-25", "21:30", "22:30", "phone"),
        TypedSlot("2026-09-25", "06:00", "07:30", "phone"),
    ],
)
def test_what_cannot_be_is_refused_by_its_row(network: Network, typed: TypedSlot) -> None:
    with pytest.raises(UnfitSlot) as refused:
        read_slots([GOOD, typed], network, NOW)
    assert refused.value.row == 2


def test_two_at_the_same_time_are_refused(network: Network) -> None:
    beside = TypedSlot("2026-09-25", "11:00", "12:00", "online")
    within = TypedSlot("2026-09-25", "10:30", "10:45", "phone")
    assert len(read_slots([GOOD, beside], network, NOW)) == 2
    with pytest.raises(UnfitSlot, match="重なって"):
        read_slots([GOOD, within], network, NOW)


def test_until_the_quiet_hours_begin_and_from_their_end_is_fine(network: Network) -> None:
    evening = TypedSlot("2026-09-25", "21:00", "22:00", "phone")
    morning = TypedSlot("2026-09-26", "07:00", "08:00", "phone")
    assert len(read_slots([evening, morning], network, NOW)) == 2
