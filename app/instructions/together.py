"""One answer to everybody who told of the same event: a row for each, all or none of them."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid5

from sqlmodel import Session, col

from app.errors import N_, Conflict
from app.instructions.closing import close_with
from app.instructions.commands import hold_back, take_back, write_instruction
from app.instructions.crossing import Seen
from app.instructions.drafts import Draft, Typed
from app.instructions.models import Instruction
from app.instructions.slots import Slot
from app.instructions.wording import Wording
from app.networks.scope import in_network
from app.reports.cases import reports_of_case
from app.reports.claims import claimant
from app.reports.models import Report
from app.web.access import StaffActor


def recipients_of(session: Session, report: Report, also: Collection[UUID]) -> list[Report]:
    """The report and those others of its case, free to be answered until this transaction ends.

    Raises Conflict where one of them has left the case since somebody looked.
    """
    others = [one for one in reports_of_case(session, report) if one.id != report.id]
    chosen = [one for one in others if one.id in {*also}]
    if len(chosen) < len({*also} - {report.id}):
        raise Conflict(N_("同じ件の報告が変わりました。送る相手を確かめてください。"))
    return [report, *chosen]


def typed_for(typed: Typed, first: Report, other: Report) -> Typed:
    """What was typed for the first one, with the other's own receipt number."""

    def own(text: str) -> str:
        return text.replace(first.receipt_no, other.receipt_no)

    words = typed.wording
    wording = Wording(own(words.title), [own(step) for step in words.steps], own(words.say))
    return replace(typed, wording=wording)


def write_together(
    session: Session,
    drafts: Sequence[tuple[Report, Draft]],
    actor: StaffActor,
    *,
    now: datetime,
    instruction_id: UUID,
    seen: Seen | None = None,
    slots: Sequence[Slot] = (),
) -> None:
    """The words were typed for the first one. Raises Conflict, before anything is written, where
    one of them is closed or somebody else's, and Crossed as `write_instruction` does."""
    first = drafts[0][0]
    _hold(session, [report for report, _ in drafts], actor)
    for report, draft in drafts:
        write_instruction(
            session,
            report,
            draft.template,
            draft.texts(),
            actor,
            deadline_at=draft.deadline_at,
            ground=draft.ground if draft.wants_ground else "",
            now=now,
            instruction_id=_id_for(instruction_id, report, first),
            seen=seen if report is first else None,
            slots=slots,
        )


def close_together(
    session: Session,
    reports: Sequence[Report],
    template_id: str,
    summary: str,
    choice: str,
    actor: StaffActor,
    now: datetime,
) -> None:
    """終わりの返事 to each of them. Raises Conflict like `write_together`."""
    _hold(session, reports, actor)
    for report in reports:
        close_with(session, report, template_id, summary, choice, actor, now)


def written_together(
    session: Session, report: Report, instruction: Instruction
) -> list[Instruction]:
    """What was written with one press, for all reports that are still in the case."""
    ids = [one.id for one in reports_of_case(session, report)]
    query = in_network(Instruction, report.network_id).where(
        col(Instruction.report_id).in_(ids),
        Instruction.author_id == instruction.author_id,
        Instruction.template == instruction.template,
        Instruction.created_at == instruction.created_at,
    )
    return list(session.exec(query))


def take_back_together(
    session: Session, instruction: Instruction, actor: StaffActor, now: datetime
) -> None:
    """取り消す: one press wrote them, and one takes them back, all or none."""
    report = session.get_one(Report, (instruction.network_id, instruction.report_id))
    together = sorted(written_together(session, report, instruction), key=lambda one: one.id)
    for one in together:
        hold_back(session, one, actor, now)
    for one in together:
        take_back(session, one, actor, now)


def _hold(session: Session, reports: Sequence[Report], actor: StaffActor) -> None:
    """Nobody else changes them before this transaction ends. One alone decides as it is written."""
    if len(reports) == 1:
        return
    for report in sorted(reports, key=lambda one: one.seq):
        session.refresh(report, with_for_update=True)
    for report in reports:
        if report.closed_at:
            raise Conflict(N_("%(no)s は完了しています。"), no=report.receipt_no)
        if report.claimed_by_id not in {None, actor.id}:
            raise Conflict(
                N_("%(no)s は%(name)sさんが担当しています。"),
                no=report.receipt_no,
                name=claimant(session, report),
            )


def _id_for(instruction_id: UUID, report: Report, first: Report) -> UUID:
    """The form brings one id; the others follow from it, so that sent twice it is once."""
    return instruction_id if report is first else uuid5(instruction_id, str(report.id))
