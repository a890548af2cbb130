"""A clerk opens the roster, saves it in whatever form, and brings it: every line reads the same."""

from pathlib import Path

import pytest

from app.organizations.roster import Roster, read_roster
from tests.round_trips.conftest import PLAIN, Trip
from tests.round_trips.rosters import clerks_roster, golden

pytestmark = pytest.mark.xdist_group("libreoffice")


def read(path: Path) -> Roster:
    return read_roster(path.read_bytes(), path.name)


def test_the_roster_reads_as_a_person_reads_it() -> None:
    read = read_roster(clerks_roster(), "名簿.xlsx")
    assert (read.rows, read.problems) == (golden(), [])


@pytest.mark.parametrize("way", ["xlsx", "ods", "xls"])
def test_saved_as_another_workbook_it_reads_the_same(trip: Trip, way: str) -> None:
    roster = read(trip(way) / f"roster.{way}")
    assert (roster.rows, roster.problems) == (golden(), [])


def test_saved_as_utf8_csv_it_reads_the_same(trip: Trip) -> None:
    roster = read(trip("csv") / "roster-名簿.csv")
    assert (roster.rows, roster.problems) == (golden(), [])


def test_saved_as_cp932_csv_it_reads_the_same(trip: Trip) -> None:
    roster = read(trip("csv-cp932") / "plain-名簿.csv")
    assert (roster.rows, roster.problems) == (golden(*PLAIN), [])
