"""What the others at a workplace may see: the guidance of an urgent instruction, nothing else."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session

from app.badges.models import Badge
from app.badges.queries import current_pairing
from app.errors import N_, NotFound
from app.instructions.edition import template_of
from app.instructions.models import FollowUp, Instruction
from app.instructions.wording import all_wordings, variables_for
from app.networks.models import Network
from app.networks.scope import get_network, get_row, in_network
from app.reports.models import Report
from app.web.access import PhoneActor


@dataclass(frozen=True)
class Guidance:
    """The network's words of the template, not what a counsellor typed. A language that is missing
    is read in Japanese."""

    texts: dict[str, Any]
    network: Network


def get_guidance(
    session: Session, phone: PhoneActor, instruction_id: UUID, now: datetime
) -> Guidance:
    """For phones of the same workplace, once they were asked. Raises NotFound for all others."""
    instruction = session.get(Instruction, (phone.network_id, instruction_id))
    if instruction is None or not _was_asked(session, phone, instruction):
        raise NotFound(N_("この指示は見つかりません。"))
    if instruction.is_withdrawn:
        raise NotFound(N_("この指示は取り消されました。対応は不要です。"))
    network = get_network(session, phone.network_id)
    report = get_row(session, Report, phone.network_id, instruction.report_id)
    values = variables_for(network, report, "", now)
    template = template_of(session, phone.network_id, instruction.template)
    return Guidance(all_wordings(template, values), network)


def _was_asked(session: Session, phone: PhoneActor, instruction: Instruction) -> bool:
    asked = in_network(FollowUp, phone.network_id).where(
        FollowUp.instruction_id == instruction.id, FollowUp.kind == "colleagues"
    )
    if session.exec(asked).first() is None:
        return False
    pairing = current_pairing(session, phone.network_id, phone.device_id)
    if pairing is None or not pairing.has_inbox:
        return False
    badge = get_row(session, Badge, phone.network_id, pairing.badge_id)
    report = get_row(session, Report, phone.network_id, instruction.report_id)
    return badge.workplace_id == report.workplace_id
