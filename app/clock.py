"""The only caller of the system clock. Instants are UTC inside and Asia/Tokyo outside."""

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

TOKYO = ZoneInfo("Asia/Tokyo")

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    return datetime.now(UTC)
