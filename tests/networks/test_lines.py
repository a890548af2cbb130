"""#9110 and 188 are offered only while somebody surely answers."""

from datetime import datetime

import pytest

from app.clock import TOKYO
from app.networks.lines import CONSUMERS, POLICE, open_lines
from app.networks.opening_hours import WEEKDAYS_9_TO_1630


@pytest.mark.parametrize(
    ("at", "lines"),
    [
        ("2026-09-24T14:05", {POLICE, CONSUMERS}),
        ("2026-09-24T08:29", set()),
        ("2026-09-24T08:30", {POLICE}),
        ("2026-09-24T16:30", {POLICE}),
        ("2026-09-24T17:15", set()),
        ("2026-09-26T09:59", set()),
        ("2026-09-26T10:00", {CONSUMERS}),
        ("2026-09-26T16:00", set()),
        ("2026-09-22T11:00", {CONSUMERS}),
        ("2026-12-30T11:00", set()),
        ("2027-01-03T11:00", set()),
        ("2027-01-04T11:00", {POLICE, CONSUMERS}),
    ],
)
def test_a_line_is_there_in_its_hours_only(at: str, lines: set[str]) -> None:
    moment = datetime.fromisoformat(at).replace(tzinfo=TOKYO)
    assert open_lines(WEEKDAYS_9_TO_1630, moment) == lines
