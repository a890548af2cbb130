"""When something is done about an instruction that isn't answered."""

from datetime import datetime, timedelta
from enum import StrEnum

from app.instructions.models import Instruction
from app.instructions.standard_templates import standard_templates
from app.networks.models import Network
from app.networks.opening_hours import next_opening


class Step(StrEnum):
    """AGAIN: a second push, and a letter to the workplace. COLLEAGUES: guidance to the workplace's
    other phones. CALL: somebody is to phone. LAST: the supervisor closes it."""

    AGAIN = "again"
    COLLEAGUES = "colleagues"
    CALL = "call"
    LAST = "last"


# Seconds after it left. A network's `follow_up` may hold others under the same names. None: the
# next working day.
USUAL: dict[str, dict[str, int | None]] = {
    "urgent": {Step.AGAIN: 60, Step.COLLEAGUES: 180, Step.CALL: 300, Step.LAST: 600},
    "normal": {Step.AGAIN: 900, Step.COLLEAGUES: 7200, Step.CALL: 14400, Step.LAST: None},
}


def is_urgent(instruction: Instruction) -> bool:
    return bool(standard_templates()[instruction.template]["urgency"] == "now")


def due_at(step: Step, instruction: Instruction, network: Network) -> datetime:
    """A template's own deadline wins: it is when to call, and nothing before the call waits longer.
    The last step keeps its distance from the call."""
    seconds = _times(instruction, network)
    deadline = instruction.deadline_at
    if step is Step.LAST:
        call = due_at(Step.CALL, instruction, network)
        if (last := seconds[step]) is None:
            return next_working_day(network, call)
        return call + timedelta(seconds=last - (seconds[Step.CALL] or 0))
    usual = instruction.release_at + timedelta(seconds=seconds[step] or 0)
    if deadline and (step is Step.CALL or deadline < usual):
        return deadline
    return usual


def next_working_day(network: Network, after: datetime) -> datetime:
    """When the centre opens next; a day later if it never does."""
    return next_opening(network.hours, after) or after + timedelta(days=1)


def _times(instruction: Instruction, network: Network) -> dict[str, int | None]:
    kind = "urgent" if is_urgent(instruction) else "normal"
    own: dict[str, int | None] = network.follow_up.get(kind, {})
    return USUAL[kind] | own
