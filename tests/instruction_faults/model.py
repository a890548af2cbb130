"""What must hold of every instruction, whatever failed: D1 to D10 of the protocol."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from sqlmodel import Session, col, select

from app.deliveries.models import Evidence, Mail, Message, OutboxItem
from app.instructions.models import FollowUp, Instruction, PhoneTask
from app.instructions.queries import ladder
from app.instructions.times import Step, due_at
from app.networks.models import Network
from tests.deliveries.phones import PushedPhone

if TYPE_CHECKING:
    from tests.instruction_faults.world import World

ALLOWED = timedelta(seconds=15)
SAID = {"superseded", "no_answer", "withdrawn"}
STEPS = {"call": Step.CALL, "raised": Step.LAST}
CANARIES = ("ギフト", "電子マネー", "CV-01", "さくら", "佐藤", "マルミ")


@dataclass
class Outcome:
    """Findings in words, and by how many seconds the latest fallback was late."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    untrue: list[str] = field(default_factory=list)
    late: float = 0

    def __add__(self, other: "Outcome") -> "Outcome":
        return Outcome(
            self.lost + other.lost,
            self.doubled + other.doubled,
            self.untrue + other.untrue,
            max(self.late, other.late),
        )

    @property
    def is_good(self) -> bool:
        return not (self.lost or self.doubled or self.untrue) and self.late <= 15


class Model:
    """Keeps what really happened beside what the product says happened."""

    def __init__(self, world: "World") -> None:
        self.world, self.outcome = world, Outcome()
        self.phones: list[PushedPhone] = []
        self.written: list[UUID] = []
        self.answered: set[UUID] = set()
        self.phoned: set[UUID] = set()
        self.happened: set[tuple[str, UUID]] = set()
        self.stood_still = timedelta()
        self._reached: dict[UUID, int] = {}

    def note_written(self, instruction_id: UUID) -> None:
        self.written.append(instruction_id)

    def note(self, kind: str, instruction_id: UUID, phone: PushedPhone) -> None:
        self.happened.add((kind, instruction_id))

    def look(self) -> None:
        with self.world.app.state.database.reading() as session:
            timers = self._timers(session)
            for instruction in session.exec(select(Instruction)):
                count = timers[str(instruction.id)]
                if instruction.ended_at is None and count != 1:
                    self.outcome.lost.append(f"{instruction.template}: {count} timers and no end")
                self._goes_up_only(session, instruction)

    def _timers(self, session: Session) -> Counter[str]:
        """D4: how many each instruction has."""
        undone = select(OutboxItem).where(
            col(OutboxItem.kind).in_(("instruction.release", "instruction.follow_up")),
            col(OutboxItem.done_at).is_(None),
        )
        return Counter(one.payload["instruction_id"] for one in session.exec(undone))

    def _goes_up_only(self, session: Session, instruction: Instruction) -> None:
        """D2, and that no rung stands without a time of its own or a later one."""
        rungs = ladder(session, instruction, self.world.clock.now)
        reached = max((place for place, rung in enumerate(rungs) if rung.at), default=-1)
        if reached < self._reached.get(instruction.id, -1):
            self.outcome.untrue.append("a state went back")
        self._reached[instruction.id] = reached

    def judge(self) -> Outcome:
        with self.world.app.state.database.reading() as session:
            self._evidence_is_real(session)
            for instruction in session.exec(select(Instruction)):
                self._somebody_knows(session, instruction)
                self._nothing_twice(session, instruction)
                self._in_time(session, instruction)
        self._nothing_personal()
        return self.outcome

    def _evidence_is_real(self, session: Session) -> None:
        """D1: what is said to be delivered or opened was; what is accepted, the service took."""
        taken = {shown["tag"] for phone in self.phones for shown in phone.notifications()}
        for one in session.exec(select(Evidence)):
            message = session.get_one(Message, (one.network_id, one.message_id))
            real = {
                "accepted": str(message.tag or message.id) in taken,
                "delivered": ("delivered", one.message_id) in self.happened,
                "opened": ("opened", one.message_id) in self.happened,
            }
            if not real.get(one.kind, True):
                self.outcome.untrue.append(f"{one.kind} without its event")

    def _somebody_knows(self, session: Session, instruction: Instruction) -> None:
        """Reached, or somebody was told to phone or by letter, or it says that nobody knows."""
        if instruction.cancelled_at or not instruction.wants_answer:
            return
        proven = {kind for kind, message in self.happened if message == instruction.id}
        tasks = select(PhoneTask).where(PhoneTask.instruction_id == instruction.id)
        letters = select(Mail).where(Mail.message_id == instruction.id)
        told = session.exec(tasks).first() or any(one.accepted_at for one in session.exec(letters))
        if not (proven or told or instruction.end_reason in SAID):
            self.outcome.lost.append(f"{instruction.template}: nobody knows")

    def _nothing_twice(self, session: Session, instruction: Instruction) -> None:
        """D3, D7, D8: one task, one letter a workplace, one tag on a lock screen."""
        tasks = session.exec(
            select(PhoneTask).where(PhoneTask.instruction_id == instruction.id)
        ).all()
        letters = Counter(
            one.message["Message-ID"] for one in self.world.mail.inbox
        )  # one letter more than once keeps its number
        if len(tasks) > 1:
            self.outcome.doubled.append("two calls for one instruction")
        if len(letters) > len(self.written):
            self.outcome.doubled.append("two letters about one instruction")
        path = f"/reports/{instruction.report_id}"
        places = {
            shown["tag"]
            for phone in self.phones
            for shown in phone.notifications()
            if shown["navigate"].endswith(path)
        }
        mine = select(Instruction.id).where(Instruction.report_id == instruction.report_id)
        if places - {str(one) for one in session.exec(mine)}:
            self.outcome.doubled.append("a second place on the lock screen")

    def _in_time(self, session: Session, instruction: Instruction) -> None:
        """D5. A server that stood still catches up at once when it is back."""
        network = session.get_one(Network, instruction.network_id)
        query = select(FollowUp).where(FollowUp.instruction_id == instruction.id)
        for step in session.exec(query):
            if step.kind in STEPS:
                due = due_at(STEPS[step.kind], instruction, network)
                self._note_lateness(step.at - due)

    def _note_lateness(self, late: timedelta) -> None:
        """Earlier than due is no fault: a call comes at once where nobody can be reached."""
        seconds = (late - self.stood_still).total_seconds()
        self.outcome.late = max(self.outcome.late, seconds)

    def _nothing_personal(self) -> None:
        """D6."""
        letters = [str(one.message["Subject"]) + one.text for one in self.world.mail.inbox]
        for text in [*self.world.pushed_texts(), *(t.replace("マルミ", "") for t in letters)]:
            for canary in CANARIES:
                if canary in text:
                    self.outcome.untrue.append(f"{canary} left the house")
