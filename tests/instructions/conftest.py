from collections.abc import Callable

import pytest

from tests.cast import Cast
from tests.instructions.scene import Scene


@pytest.fixture
def scene(cast: Cast, work: Callable[[], int]) -> Scene:
    """さくら reported, 佐藤 wrote R05 a moment ago; it hasn't left yet."""
    phone, desk = cast.phone(), cast.staff("counsellor")
    report_id = phone.report()
    return Scene(cast, phone, desk, report_id, desk.instruct(report_id), work)
