"""The worker's press: one part of a print job at a time, while no transaction is open."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from app.deliveries.carriers import Sent
from app.deliveries.outbox import Item
from app.networks.scope import get_network, get_row
from app.office.badges.choice import card_of, rows_of, sheet_text
from app.office.prints.jobs import layout_of_job
from app.office.prints.printouts import mark_printed, note_printing
from app.printing.badge_paper import Layout
from app.printing.badge_sheet import BadgeCard, SheetText, UnreadableCodes, render_badge_sheet
from app.printing.models import PrintJob, PrintPart
from app.settings import Settings


@dataclass(frozen=True)
class Plate:
    """Everything that a part needs; `badge_ids` are those on it, without any stopped since."""

    badge_ids: list[UUID]
    cards: list[BadgeCard]
    text: SheetText
    layout: Layout


@dataclass(frozen=True)
class Proof:
    """`outcome`: printed, unreadable, or nothing where all its badges were stopped meanwhile."""

    outcome: str
    pdf: bytes = b""


class Press:
    """Prints badges under the address that the settings name."""

    def __init__(self, settings: Settings) -> None:
        self.base_url = settings.base_url

    def prepare(
        self, session: Session, items: Sequence[Item], now: datetime
    ) -> Mapping[UUID, Plate]:
        """Nothing for a part that is done, or gone with its job."""
        plates = {item.id: self._plate(session, item, now) for item in items}
        return {item_id: plate for item_id, plate in plates.items() if plate}

    def _plate(self, session: Session, item: Item, now: datetime) -> Plate | None:
        part = session.get(PrintPart, (item.network_id, UUID(item.payload["part_id"])))
        if part is None or part.done_at:
            return None
        job = get_row(session, PrintJob, part.network_id, part.job_id)
        if job.has_ended_at(now):
            return None
        rows = rows_of(session, part.network_id, [UUID(one) for one in part.badge_ids])
        cards = [card_of(row, self.base_url, by_reading=part.by_reading) for row in rows]
        text = sheet_text(get_network(session, part.network_id))
        return Plate([row.badge.id for row in rows], cards, text, layout_of_job(job, part.start))

    async def send(self, plate: Plate) -> Proof:
        return await asyncio.to_thread(pull, plate)

    def record(
        self, session: Session, sent: Sequence[Sent], now: datetime
    ) -> Mapping[UUID, datetime]:
        for one in sent:
            self._keep(session, one, now)
        return {}

    def _keep(self, session: Session, sent: Sent, now: datetime) -> None:
        item, plate, proof = sent.item, sent.prepared, sent.answer
        part = session.get(PrintPart, (item.network_id, UUID(item.payload["part_id"])))
        if part is None or part.done_at:
            return
        part.done_at, part.pdf = now, proof.pdf
        part.problem = "" if proof.pdf else proof.outcome
        if proof.pdf:
            part.badge_ids = [str(badge_id) for badge_id in plate.badge_ids]
            rows = rows_of(session, part.network_id, plate.badge_ids)
            mark_printed([row.badge for row in rows])
            note_printing(session, part.network_id, "worker", len(plate.cards), now)

    async def close(self) -> None:
        """A part that is being made is made again once its lease has run out."""


def pull(plate: Plate) -> Proof:
    if not plate.cards:
        return Proof("nothing")
    try:
        pdf = render_badge_sheet(plate.cards, plate.text, plate.layout, tagged=False)
        return Proof("printed", pdf)
    except UnreadableCodes:
        return Proof("unreadable")
