"""Whether a notification can reach somebody, as far as their phones have told, before it is sent.

A phone that wasn't heard from for 14 days isn't counted as reachable.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlmodel import Session

from app.badges.models import Device
from app.deliveries.messages import live_subscriptions

SILENT = timedelta(days=14)


class Reach(StrEnum):
    """From best to worst. OFF_DUTY: きょうは終わり. SILENT: not heard from for 14 days.
    NOT_INSTALLED: an iPhone without the app on its home screen. NOT_ASKED: nobody agreed yet."""

    REACHABLE = "reachable"
    OFF_DUTY = "off_duty"
    SILENT = "silent"
    NOT_ASKED = "not_asked"
    NOT_INSTALLED = "not_installed"
    UNSUPPORTED = "unsupported"
    DENIED = "denied"
    NO_PHONE = "no_phone"


@dataclass(frozen=True)
class Reachability:
    """Of one person: their best phone. `heard_at`: when any of them was last heard from."""

    reach: Reach
    heard_at: datetime | None

    @property
    def is_certain_not_to_arrive(self) -> bool:
        return self.reach not in {Reach.REACHABLE, Reach.OFF_DUTY, Reach.SILENT}


def reachability_of(
    session: Session, network_id: UUID, phones: Sequence[Device], now: datetime
) -> Reachability:
    live = live_subscriptions(session, network_id, [phone.id for phone in phones])
    subscribed = {one.device_id for one in live}
    found = [_reach(phone, phone.id in subscribed, now) for phone in phones]
    order = list(Reach)
    return Reachability(
        min(found, key=order.index, default=Reach.NO_PHONE),
        max((phone.last_heard_at for phone in phones), default=None),
    )


def _reach(phone: Device, is_subscribed: bool, now: datetime) -> Reach:
    if not is_subscribed:
        return why_not(phone.permission, phone.platform, phone.is_installed)
    if phone.last_heard_at + SILENT < now:
        return Reach.SILENT
    return Reach.OFF_DUTY if phone.off_duty_at(now) else Reach.REACHABLE


def why_not(permission: str, platform: str, is_installed: bool) -> Reach:
    """Why a phone has no subscription, as far as it told."""
    if permission == "denied":
        return Reach.DENIED
    if platform == "ios" and not is_installed:
        return Reach.NOT_INSTALLED
    return Reach.UNSUPPORTED if permission == "unsupported" else Reach.NOT_ASKED
