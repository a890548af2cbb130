"""Who a report speaks for: the badge and its workplace, loaded for many reports at once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, case, func, select, tuple_, update
from sqlmodel import Session, col

from app.badges.models import Badge, Device, Pairing
from app.badges.rules import BadgeState, StopReason, read_code
from app.organizations.models import Workplace
from app.reports.models import Report

DeviceKey = tuple[UUID, UUID]
LARGEST_COUNT = 2**53


@dataclass(frozen=True, slots=True)
class Sender:
    """A pairing of a phone with a badge, as the report's acceptance needs it. `last_number`: the
    highest device_seq that came from the phone, also of reports that are gone; 0 for none."""

    network_id: UUID
    device_id: UUID
    badge_id: UUID
    code: str
    badge_is_stopped: bool
    workplace_id: UUID
    industry: str
    has_inbox: bool
    is_current: bool
    last_number: int


class Senders:
    """The senders of some phones. A phone that is revoked or never paired has none."""

    def __init__(self, senders: Iterable[Sender]) -> None:
        self._of: dict[DeviceKey, list[Sender]] = defaultdict(list)
        for sender in senders:
            self._of[sender.network_id, sender.device_id].append(sender)

    def find(self, device: DeviceKey, badge_code: str | None) -> Sender | None:
        """The badge the report was written under, else the one the phone speaks for now."""
        known = self._of.get(device, [])
        code = read_code(badge_code or "")
        written_under = next((one for one in known if one.code == code), None)
        return written_under or next((one for one in known if one.is_current), None)


def _same(model: Any, reference: Any, of: Any = Pairing) -> Any:
    return (col(model.network_id) == col(of.network_id)) & (col(model.id) == col(reference))


def _keyed(model: Any) -> Any:
    key = tuple_(col(model.network_id), col(model.id))
    return key.in_(bindparam("keys", expanding=True))


# Built once: building a statement takes longer than running it.
BADGES_USED = (
    update(Badge)
    .where(_keyed(Badge))
    .values(
        last_used_at=bindparam("now"),
        state=case((col(Badge.state) == BadgeState.STOPPED, Badge.state), else_=BadgeState.IN_USE),
    )
)
# Whoever reports is on duty.
DEVICES_HEARD = (
    update(Device).where(_keyed(Device)).values(last_heard_at=bindparam("now"), off_duty_until=None)
)
# The end of an index for each phone, however much it has sent.
LAST_NUMBER = (
    select(func.coalesce(func.max(Report.device_seq), 0))
    .where(col(Report.network_id) == col(Pairing.network_id))
    .where(col(Report.device_id) == col(Pairing.device_id))
    .where(col(Report.device_seq).between(1, LARGEST_COUNT))
    .scalar_subquery()
)
# Newest pairing first, so that the first one that hasn't ended is the current one.
PAIRINGS = (
    select(
        col(Pairing.network_id),
        col(Pairing.device_id),
        col(Pairing.badge_id),
        col(Pairing.has_inbox),
        col(Pairing.ended_at),
        col(Badge.code),
        col(Badge.state),
        col(Badge.stop_reason),
        col(Badge.workplace_id),
        col(Workplace.industry),
        LAST_NUMBER.label("last_number"),
        col(Device.counted_through),
    )
    .join(Device, _same(Device, Pairing.device_id))
    .join(Badge, _same(Badge, Pairing.badge_id))
    .join(Workplace, _same(Workplace, Badge.workplace_id, of=Badge))
    .where(
        tuple_(col(Pairing.network_id), col(Pairing.device_id)).in_(
            bindparam("devices", expanding=True)
        ),
        col(Device.revoked_at).is_(None),
    )
    .order_by(col(Pairing.paired_at).desc(), col(Pairing.id).desc())
)


def load_senders(session: Session, devices: Sequence[DeviceKey]) -> Senders:
    current: set[DeviceKey] = set()
    found = session.connection().execute(PAIRINGS, {"devices": list(set(devices))})
    return Senders(_sender(row, current) for row in found)


def _sender(row: Any, current: set[DeviceKey]) -> Sender:
    key = (row.network_id, row.device_id)
    is_current = row.ended_at is None and key not in current
    if is_current:
        current.add(key)
    return Sender(
        network_id=row.network_id,
        device_id=row.device_id,
        badge_id=row.badge_id,
        code=row.code,
        badge_is_stopped=row.state == BadgeState.STOPPED
        and row.stop_reason != StopReason.UNNUMBERED,
        workplace_id=row.workplace_id,
        industry=row.industry,
        has_inbox=row.has_inbox,
        is_current=is_current,
        last_number=max(row.last_number, row.counted_through),
    )


def note_use(session: Session, senders: Sequence[Sender], now: datetime) -> None:
    badges = {(sender.network_id, sender.badge_id) for sender in senders}
    devices = {(sender.network_id, sender.device_id) for sender in senders}
    connection = session.connection()
    connection.execute(BADGES_USED, {"keys": list(badges), "now": now})
    connection.execute(DEVICES_HEARD, {"keys": list(devices), "now": now})
