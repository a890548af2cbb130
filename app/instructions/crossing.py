"""Two who write at once: the second one reads first what the other one wrote."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col

from app.audit.queries import EntryFilter, entries
from app.errors import N_, Conflict
from app.instructions.models import Instruction
from app.networks.scope import get_row, in_network
from app.reports.models import Report
from app.staff.models import Staff
from app.web.access import StaffActor


class Crossed(Conflict):
    """A colleague's instruction is on its way that the writer hadn't seen."""


@dataclass(frozen=True)
class Seen:
    """How many instructions of colleagues a writer had before them. `insists`: they read what came
    meanwhile, and send theirs as well; the claim stays with whoever has it."""

    count: int
    insists: bool = False

    def check(self, session: Session, report: Report, actor: StaffActor) -> None:
        """Raises Crossed, naming who wrote."""
        written = of_colleagues(session, report, actor)
        if len(written) > self.count:
            author = get_row(session, Staff, report.network_id, written[-1].author_id)
            raise Crossed(
                N_("%(name)sさんが、先に指示を書きました。読んでから決めてください。"),
                name=author.name,
            )


def refuse_second(
    session: Session, instruction: Instruction, action: str, actor: StaffActor
) -> None:
    """Raises Conflict, naming the colleague who did this to it first; nothing if it was oneself."""
    asked = EntryFilter(action=action, object_id=str(instruction.id))
    for done in entries(session, instruction.network_id, asked, at_most=1):
        kind, _, name = done.actor.partition(":")
        if kind == "staff" and name != str(actor.id):
            colleague = get_row(session, Staff, instruction.network_id, UUID(name))
            raise Conflict(N_("%(name)sさんが、先に取り消しました。"), name=colleague.name)


def of_colleagues(session: Session, report: Report, actor: StaffActor) -> list[Instruction]:
    """What others wrote and didn't take back before it left, in its order."""
    query = in_network(Instruction, report.network_id).where(
        Instruction.report_id == report.id,
        Instruction.author_id != actor.id,
        col(Instruction.cancelled_at).is_(None),
    )
    return list(session.exec(query.order_by(col(Instruction.created_at), col(Instruction.id))))
