"""未着の可能性: numbers a phone gave to reports that never came, while later ones did.

Ranges are kept while reports are accepted, so that asking for them reads nothing else.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, bindparam, select, tuple_, update
from sqlmodel import Session, col
from sqlmodel.sql.expression import SelectOfScalar

from app.audit.commands import record
from app.badges.models import Badge
from app.deliveries.pulse import bump
from app.networks.scope import get_row, in_network
from app.reports.models import DeviceGap, Report
from app.reports.senders import LARGEST_COUNT, DeviceKey, Sender
from app.reports.submissions import Submission
from app.web.access import StaffActor

KEY = (col(DeviceGap.noticed_at), col(DeviceGap.id))
PATIENCE = timedelta(hours=24)
Gaps = dict[DeviceKey, list[DeviceGap]]

# Built once: building a statement takes longer than running it.
DEVICES: BindParameter[Any] = bindparam("devices", expanding=True)
GAPS = select(DeviceGap).where(
    tuple_(col(DeviceGap.network_id), col(DeviceGap.device_id)).in_(DEVICES)
)


def note_numbers(
    session: Session, fresh: Sequence[tuple[Submission, Sender]], now: datetime
) -> set[tuple[UUID, UUID]]:
    """Note what is missing and what was missing until now, before the reports are written.

    Returns the keys of those whose number their phone had given before.
    """
    counted = [pair for pair in fresh if _is_counted(pair[0])]
    counted.sort(key=lambda pair: (pair[0].device, pair[0].envelope.device_seq))
    highest = {one.device: sender.last_number for one, sender in counted}
    late = {one.device for one, _ in counted if one.envelope.device_seq <= highest[one.device]}
    gaps = _gaps_of(session, late)
    repeated = set()
    for one, sender in counted:
        number, last = one.envelope.device_seq, highest[one.device]
        if number > last:
            missing = [(last + 1, number - 1)] if last else _before(session, sender, number)
            session.add_all(_gap(sender, first, end, now) for first, end in missing if first <= end)
            highest[one.device] = number
        elif not _close(session, gaps[one.device], number):
            repeated.add(one.key)
    return repeated


def _is_counted(one: Submission) -> bool:
    """Plain forms have no number; a rescued report's number is another device's."""
    return 0 < one.envelope.device_seq <= LARGEST_COUNT and not one.flags


def _gaps_of(session: Session, devices: Collection[DeviceKey]) -> Gaps:
    gaps: Gaps = defaultdict(list)
    if not devices:
        return gaps
    for gap in session.scalars(GAPS, {"devices": list(devices)}):
        gaps[gap.network_id, gap.device_id].append(gap)
    return gaps


def _before(session: Session, sender: Sender, number: int) -> list[tuple[int, int]]:
    """What lacks before a device's first number. A phone that lost its cookie counts on, so what
    came under the same badge from the device it was before isn't missing, nor what was let go."""
    if number == 1:
        return []
    query = in_network(Report, sender.network_id).with_only_columns(col(Report.device_seq))
    here = query.where(
        col(Report.badge_id) == sender.badge_id, col(Report.device_seq).between(1, number - 1)
    )
    gone = get_row(session, Badge, sender.network_id, sender.badge_id).counted_through
    found = {found for (found,) in session.execute(here) if found > gone}
    bounds = [min(gone, number), *sorted(found), number]
    return [(low + 1, high - 1) for low, high in pairwise(bounds)]


def _gap(sender: Sender, first: int, last: int, now: datetime) -> DeviceGap:
    return DeviceGap(
        network_id=sender.network_id,
        device_id=sender.device_id,
        badge_id=sender.badge_id,
        first_number=first,
        last_number=last,
        noticed_at=now,
    )


def _close(session: Session, gaps: list[DeviceGap], number: int) -> bool:
    """Take the number out of the range it lies in. False: it wasn't missing."""
    found = next((gap for gap in gaps if gap.first_number <= number <= gap.last_number), None)
    if found is None:
        return False
    gaps.remove(found)
    session.delete(found)
    ends = ((found.first_number, number - 1), (number + 1, found.last_number))
    kept = found.model_dump(exclude={"id", "first_number", "last_number"})
    rest = [
        DeviceGap(**kept, first_number=first, last_number=last)
        for first, last in ends
        if first <= last
    ]
    session.add_all(rest)
    session.flush()
    gaps += rest
    bump(session, found.network_id)
    return True


def waiting_gaps(
    session: Session, network_id: UUID, now: datetime, most: int, first_id: UUID | None = None
) -> list[DeviceGap]:
    """What a person should ask the workplace about, oldest first, or from that one on."""
    query = gaps_that_wait(network_id, now - PATIENCE)
    if first_id and (first := session.get(DeviceGap, (network_id, first_id))):
        query = query.where(tuple_(*KEY) >= (first.noticed_at, first.id))
    return list(session.exec(query.order_by(*KEY).limit(most)))


def gaps_that_wait(network_id: UUID, noticed_by: datetime) -> SelectOfScalar[DeviceGap]:
    return in_network(DeviceGap, network_id).where(
        col(DeviceGap.dismissed_at).is_(None), col(DeviceGap.noticed_at) <= noticed_by
    )


def dismiss_gap(
    session: Session, gap: DeviceGap, actor: StaffActor, reason: str, now: datetime
) -> None:
    """A person found out what became of it. Twice is once, and what arrived meanwhile is gone."""
    found = session.execute(
        update(DeviceGap)
        .where(col(DeviceGap.network_id) == gap.network_id, col(DeviceGap.id) == gap.id)
        .where(col(DeviceGap.dismissed_at).is_(None))
        .values(dismissed_at=now, dismissed_by_id=actor.id, reason=reason)
    )
    if not found.rowcount:  # type: ignore[attr-defined]
        return
    record(
        session,
        gap.network_id,
        actor=f"staff:{actor.id}",
        action="gap.dismiss",
        object_id=gap.id,
        now=now,
        details={"numbers": [gap.first_number, gap.last_number], "reason": reason},
    )
    bump(session, gap.network_id)
