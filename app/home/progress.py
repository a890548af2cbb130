"""How far a report has come, as its sender sees it: only what the server can prove."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from app.instructions.answers import REASONS, WAITS, results_of
from app.instructions.edition import template_of
from app.instructions.models import Answer, Instruction
from app.instructions.queries import answers_to, released_for
from app.instructions.slots import Slot, chosen_slot, slots_of
from app.instructions.wording import all_wordings, variables_for
from app.networks.models import Network
from app.networks.opening_hours import is_open
from app.networks.scope import get_network, get_row
from app.reports.models import Report
from app.staff.models import Staff


@dataclass(frozen=True)
class ShownInstruction:
    """An instruction with what was answered so far. `has_form`: it is answered on 専用画面, as long
    as personal data may be asked for at all."""

    instruction: Instruction
    answers: dict[str, Answer]
    author: str
    may_ask_for_persons: bool

    @property
    def has_form(self) -> bool:
        return self.instruction.ack == "form"

    @property
    def waits_for_answer(self) -> bool:
        answered = self.answers.keys() & {"acknowledged", "refused", "result"}
        wants_one = self.instruction.wants_answer and not self.instruction.is_withdrawn
        can_be_given = self.may_ask_for_persons or not self.has_form
        return wants_one and can_be_given and not answered

    @property
    def chosen(self) -> Slot | None:
        return chosen_slot(self.instruction, self.answers)

    def offered(self, now: datetime) -> list[Slot]:
        """Times that can still be chosen, without the one that is."""
        if self.instruction.ended_at or "refused" in self.answers:
            return []
        coming = [one for one in slots_of(self.instruction) if one.starts_at > now]
        return [one for one in coming if one != self.chosen]

    @property
    def can_ask(self) -> bool:
        """Whether 上司に確認中 is still to be had; it is said once."""
        return self.waits_for_answer and "asking" not in self.answers

    @property
    def waits(self) -> tuple[str, ...]:
        return tuple(WAITS)

    @property
    def waits_for_result(self) -> bool:
        has_results = self.instruction.ack in {"tap_result", "call"} and not self.instruction.slots
        is_open = "acknowledged" in self.answers and "result" not in self.answers
        return has_results and is_open and not self.instruction.is_withdrawn

    @property
    def choices(self) -> list[dict[str, Any]]:
        return results_of(self.instruction)

    @property
    def reasons(self) -> tuple[str, ...]:
        return REASONS


@dataclass(frozen=True)
class Progress:
    """One report for its sender: the state, the instructions, and the automatic first answer."""

    report: Report
    network: Network
    state: str
    instructions: list[ShownInstruction]
    automatic: dict[str, Any] | None
    is_open: bool


def progress_of(session: Session, report: Report, now: datetime) -> Progress:
    network = get_network(session, report.network_id)
    shown = [
        ShownInstruction(
            one,
            answers_to(session, one),
            get_row(session, Staff, one.network_id, one.author_id).name,
            network.personal_data,
        )
        for one in released_for(session, report, now)
    ]
    return Progress(
        report,
        network,
        state_of(report, shown),
        shown[::-1],
        None if shown else automatic_answer(session, network, report, now),
        is_open(network.hours, now),
    )


def state_of(report: Report, shown: list[ShownInstruction]) -> str:
    """送信済み → 受付済み → 指示あり → 了解済み → 対応済み."""
    if any(one.instruction.closes for one in shown):
        return "done"
    if any(one.waits_for_answer for one in shown):
        return "ins"
    if any(not one.instruction.is_withdrawn for one in shown):
        return "ack"
    return "acc" if report.claimed_by_id else "sent"


def automatic_answer(
    session: Session, network: Network, report: Report, now: datetime
) -> dict[str, Any]:
    """R01 while the centre is open, R19 while it is closed: who to call now, when it opens."""
    name = "R01" if is_open(network.hours, now) else "R19"
    values = variables_for(network, report, "", now)
    template = template_of(session, network.id, name)
    return {"template": name, "texts": all_wordings(template, values)}
