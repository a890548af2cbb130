"""The rows of the composer in which a counsellor offers times, as typed and as the phone shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from typing import Annotated

from pydantic import BaseModel, Field

from app.errors import DomainError
from app.instructions.slots import (
    MOST,
    OFFERED_WITH,
    WAYS,
    Slot,
    TypedSlot,
    UnfitSlot,
    read_slot,
)
from app.networks.models import Network

Cell = Annotated[str, Field(max_length=20)]
Column = Annotated[list[Cell], Field(max_length=MOST)]


class OfferForm(BaseModel):
    """One column of the rows in each list."""

    slot_day: Column = []
    slot_begins: Column = []
    slot_ends: Column = []
    slot_way: Column = []

    @property
    def slots(self) -> list[TypedSlot]:
        columns = (self.slot_day, self.slot_begins, self.slot_ends, self.slot_way)
        return [TypedSlot(*row) for row in zip_longest(*columns, fillvalue="")]


@dataclass(frozen=True)
class Offer:
    """`rows`: what stands in the form; none where no times are offered. `slots`: those of them that
    can be read. `wrong`: the row that was refused, from 1."""

    rows: list[TypedSlot]
    slots: list[Slot]
    wrong: int = 0
    ways: Sequence[str] = WAYS


def offer_of(
    template_id: str,
    typed: Sequence[TypedSlot],
    network: Network,
    now: datetime,
    refused: DomainError | None = None,
) -> Offer:
    if template_id not in OFFERED_WITH:
        return Offer([], [])
    slots = []
    for row, one in enumerate(typed, start=1):
        try:
            slots.append(read_slot(row, one, network, now))
        except UnfitSlot:
            continue
    return Offer(
        [*typed, *[TypedSlot()] * MOST][:MOST],
        slots,
        refused.row if isinstance(refused, UnfitSlot) else 0,
    )
