"""An instruction that offers times to choose from."""

from collections.abc import Callable

import pytest

from tests.cast import Cast
from tests.instructions.scene import Scene

OFFER = {
    "slot_day": ["2026-09-25", "2026-09-28", ""],
    "slot_begins": ["10:00", "13:00", ""],
    "slot_ends": ["11:00", "14:30", ""],
    "slot_way": ["phone", "visit", "phone"],
}


@pytest.fixture
def offered(cast: Cast, work: Callable[[], int]) -> Scene:
    """佐藤 offers tomorrow at ten by telephone, and to meet on Monday; it has left."""
    phone, desk = cast.phone(), cast.staff("counsellor")
    report_id = phone.report()
    instruction_id = desk.instruct(report_id, "R15", **OFFER)  # type: ignore[arg-type]
    scene = Scene(cast, phone, desk, report_id, instruction_id, work)
    scene.release()
    return scene
