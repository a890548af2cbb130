"""折り返しの枠: up to three times that a worker may choose from, and how they are met then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from app.clock import TOKYO
from app.errors import N_, Invalid
from app.instructions.models import Answer, Instruction
from app.networks.models import Network
from app.networks.quiet_hours import quiet_until

OFFERED_WITH = frozenset({"R15"})
WAYS = ("phone", "online", "visit")
NONE = "none"
"""どれも むずかしい: none of them is possible."""
MOST = 3
LONGEST = timedelta(hours=4)
FARTHEST = timedelta(days=31)


@dataclass(frozen=True)
class Slot:
    """From `starts_at` to `ends_at` on one day; `code` is its place, from 1."""

    code: str
    starts_at: datetime
    ends_at: datetime
    way: str

    def as_json(self) -> dict[str, str]:
        return {
            "code": self.code,
            "starts_at": self.starts_at.isoformat(),
            "ends_at": self.ends_at.isoformat(),
            "way": self.way,
        }


@dataclass(frozen=True)
class TypedSlot:
    """One row of the form, as it was typed."""

    day: str = ""
    begins: str = ""
    ends: str = ""
    way: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.day.strip() or self.begins.strip() or self.ends.strip())


class UnfitSlot(Invalid):
    """`row`: which one, from 1."""

    def __init__(self, row: int, message: str) -> None:
        super().__init__(message, n=row)
        self.row = row


def slots_of(instruction: Instruction) -> list[Slot]:
    return [_from_json(one) for one in instruction.slots or []]


def slot_of(instruction: Instruction, code: str) -> Slot | None:
    return next((one for one in slots_of(instruction) if one.code == code), None)


def chosen_slot(instruction: Instruction, answers: Mapping[str, Answer]) -> Slot | None:
    """What is agreed: the time that was chosen, unless they said later that none is possible."""
    given = answers.get("slot")
    if given is None or "refused" in answers:
        return None
    return slot_of(instruction, given.code)


def read_slots(typed: Sequence[TypedSlot], network: Network, now: datetime) -> list[Slot]:
    """In their order, without the empty rows. Raises UnfitSlot for the first that can't be."""
    found: list[Slot] = []
    for row, one in enumerate(typed[:MOST], start=1):
        if one.is_empty:
            continue
        slot = read_slot(row, one, network, now)
        if any(
            slot.starts_at < other.ends_at and other.starts_at < slot.ends_at for other in found
        ):
            raise UnfitSlot(row, N_("候補%(n)sは、ほかの候補と時間が重なっています。"))
        found.append(slot)
    return found


def read_slot(row: int, typed: TypedSlot, network: Network, now: datetime) -> Slot:
    """Raises UnfitSlot with what is to be put right."""
    day, begins, ends = _day(row, typed.day), _time(row, typed.begins), _time(row, typed.ends)
    if typed.way not in WAYS:
        raise UnfitSlot(row, N_("候補%(n)sの方法を選んでください。"))
    starts_at = datetime.combine(day, begins, TOKYO)
    ends_at = datetime.combine(day, ends, TOKYO)
    if ends_at <= starts_at:
        raise UnfitSlot(row, N_("候補%(n)sは、終わりを始まりより後にしてください。"))
    if starts_at <= now:
        raise UnfitSlot(row, N_("候補%(n)sは、もう過ぎた時間です。これからの時間にしてください。"))
    if ends_at - starts_at > LONGEST:
        raise UnfitSlot(row, N_("候補%(n)sは、4時間までの幅にしてください。"))
    if starts_at - now > FARTHEST:
        raise UnfitSlot(row, N_("候補%(n)sは、1か月以内の日にしてください。"))
    if _is_at_night(starts_at, ends_at, network):
        raise UnfitSlot(row, N_("候補%(n)sは、夜間にかからない時間にしてください。"))
    return Slot(str(row), starts_at, ends_at, typed.way)


def _is_at_night(starts_at: datetime, ends_at: datetime, network: Network) -> bool:
    """Within the hours in which phones stay silent."""
    last = ends_at - timedelta(minutes=1)
    return any(quiet_until(network, at) is not None for at in (starts_at, last))


def _day(row: int, typed: str) -> date:
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        raise UnfitSlot(row, N_("候補%(n)sの日を入れてください。")) from None


def _time(row: int, typed: str) -> time:
    try:
        return time.fromisoformat(typed.strip()).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        raise UnfitSlot(row, N_("候補%(n)sの始まりと終わりの時間を入れてください。")) from None


def _from_json(kept: Mapping[str, str]) -> Slot:
    begins, ends = (datetime.fromisoformat(kept[name]) for name in ("starts_at", "ends_at"))
    return Slot(kept["code"], begins, ends, kept["way"])
