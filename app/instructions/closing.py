"""R17 or R18, written and sent: with it the report is closed."""

from datetime import datetime

from sqlmodel import Session

from app.instructions.commands import write_instruction
from app.instructions.edition import template_of
from app.instructions.models import Instruction
from app.instructions.wording import closing_texts, variables_for
from app.networks.scope import get_network
from app.reports.models import Report
from app.web.access import StaffActor


def close_with(
    session: Session,
    report: Report,
    template_id: str,
    summary: str,
    choice: str,
    actor: StaffActor,
    now: datetime,
) -> Instruction:
    """`choice`: the code of a result, or nothing; `summary`: in the counsellor's words."""
    template = template_of(session, report.network_id, template_id)
    network = get_network(session, report.network_id)
    codes = {"result_summary": choice}
    values = variables_for(network, report, actor.name, now, codes)
    texts = closing_texts(template, values, summary)
    return write_instruction(session, report, template, texts, actor, deadline_at=None, now=now)
