import pytest

from app.networks.hours_in_words import hours_in_words
from app.networks.opening_hours import WEEKDAYS_9_TO_1630

NOON = ["09:00", "12:00"]


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (WEEKDAYS_9_TO_1630, "平日 9:00〜16:30(祝日・年末年始を除く)"),
        ({"weekly": {str(day): NOON for day in range(7)}, "holidays": True}, "毎日 9:00〜12:00"),
        (
            {"weekly": {"0": NOON, "2": NOON, "5": ["10:00", "15:00"]}, "holidays": True},
            "月・水 9:00〜12:00、土 10:00〜15:00",
        ),
        (
            {"weekly": {str(d): ["00:00", "23:59:59.999999"] for d in range(7)}, "holidays": True},
            "毎日 24時間",
        ),
        ({"weekly": {"0": NOON}}, "月 9:00〜12:00(祝日を除く)"),
        (
            {"weekly": {"0": NOON}, "holidays": True, "year_end": ["12-29", "01-03"]},
            "月 9:00〜12:00(年末年始を除く)",
        ),
        ({"weekly": {"0": None}}, ""),
        ({"weekly": {}}, ""),
    ],
)
def test_hours_read_as_on_a_notice(hours: dict[str, object], words: str) -> None:
    assert hours_in_words(hours) == words
