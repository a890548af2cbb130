import csv
from dataclasses import asdict
from pathlib import Path

import pytest

from app import demo
from app.organizations.roster import Roster, RosterRow, read_roster

GOLDEN = (Path(__file__).parent / "golden.tsv").read_text("utf-8").splitlines()
EXPECTED = list(csv.DictReader(GOLDEN, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.fixture(scope="module")
def roster() -> Roster:
    workbook = Path(demo.__file__).parent / "roster.xlsx"
    return read_roster(workbook.read_bytes(), workbook.name)


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda row: f"line {row['line']}")
def test_every_line_reads_as_a_person_reads_it(roster: Roster, expected: dict[str, str]) -> None:
    row = next(row for row in roster.rows if row.line == int(expected["line"]))
    assert _as_text(row) == expected


def test_there_are_31_workplaces_181_badges_and_nothing_to_put_right(roster: Roster) -> None:
    assert len(roster.rows) == 31
    assert sum(row.badges for row in roster.rows) == 181
    assert roster.problems == []


def _as_text(row: RosterRow) -> dict[str, str]:
    return {field: "" if value is None else str(value) for field, value in asdict(row).items()}
