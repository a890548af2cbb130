"""What people wrote, opened for one request; a seal that doesn't hold is said, never guessed."""

from typing import Any, NamedTuple

from cryptography.exceptions import InvalidTag
from sqlmodel import Session

from app.errors import NotFound
from app.instructions.models import Answer, Instruction
from app.instructions.result_notes import context_of
from app.reports.forms import read_envelope
from app.reports.masking import Part, parts_of
from app.reports.models import Report
from app.sealing.custody import MasterKey
from app.sealing.envelope import Context, SealBroken, SealedEnvelope
from app.sealing.keys import KeyGone, open_for


class Opened(NamedTuple):
    """`trouble`: there is a note and it can't be opened, because it is `broken` (改ざんの可能性),
    its key is `gone`, or it was kept long enough (`past`). Neither where there is none."""

    text: str | None = None
    trouble: str | None = None

    @property
    def parts(self) -> list[Part]:
        return parts_of(self.text or "")


def open_note(session: Session, master: MasterKey, report: Report) -> Opened:
    if report.note_erased_at and report.has_note:
        return Opened(trouble="past")
    sealed = read_envelope(report.envelope).sealed
    if sealed is None:
        return Opened()
    context = Context(str(report.network_id), str(report.id), "report", "note")
    return open_text(session, master, sealed.model_dump(), context)


def open_result(
    session: Session, master: MasterKey, instruction: Instruction, result: Answer | None
) -> Opened:
    if result is None or not result.sealed:
        return Opened()
    return open_text(session, master, result.sealed, context_of(instruction))


def open_text(
    session: Session, master: MasterKey, sealed: dict[str, Any], context: Context
) -> Opened:
    try:
        return Opened(open_for(session, master, SealedEnvelope.from_dict(sealed), context))
    except KeyGone:
        return Opened(trouble="gone")
    except (SealBroken, InvalidTag, NotFound):
        return Opened(trouble="broken")
