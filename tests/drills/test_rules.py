from datetime import timedelta

from app.drills.rules import is_running, typical
from tests.towns import AFTERNOON

HOUR = timedelta(hours=1)


def test_the_typical_time_is_the_middle_one_and_not_spoilt_by_a_straggler() -> None:
    times = [timedelta(seconds=30), timedelta(seconds=50), timedelta(hours=7)]
    assert typical(times) == timedelta(seconds=50)


def test_where_nobody_reported_there_is_no_typical_time() -> None:
    assert typical([]) is None


def test_a_drill_runs_from_its_start_until_its_end_and_no_longer() -> None:
    begins, ends = AFTERNOON, AFTERNOON + HOUR
    assert is_running(begins, ends, None, begins)
    assert not is_running(begins, ends, None, ends)
    assert not is_running(begins, ends, begins, begins)
