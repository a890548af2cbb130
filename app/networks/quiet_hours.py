"""Quiet hours: when phones of people stay silent, unless they are at work just now."""

from datetime import datetime, time, timedelta

from app.clock import TOKYO
from app.networks.models import Network


def quiet_until(network: Network, at: datetime) -> datetime | None:
    """When the quiet hours end that `at` falls into, in Asia/Tokyo; None if it falls into none.

    They may span midnight. A network whose quiet hours begin when they end has none.
    """
    local = at.astimezone(TOKYO)
    begins, ends = (time.fromisoformat(t) for t in (network.quiet_from, network.quiet_until))
    if begins <= ends:
        is_quiet = begins <= local.time() < ends
    else:
        is_quiet = local.time() >= begins or local.time() < ends
    return next_time(local, ends) if is_quiet else None


def next_time(after: datetime, at: time) -> datetime:
    """The next moment, in Asia/Tokyo, at which clocks show `at`."""
    local = after.astimezone(TOKYO)
    today = datetime.combine(local.date(), at, TOKYO)
    return today if today > local else today + timedelta(days=1)
