"""いま目の前, as the worker at the till sees it: who looks, what to do, and one-tap replies."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form
from pydantic import BaseModel, Field
from sqlmodel import Session
from starlette.responses import Response

from app.alarms.models import TalkLine, Threat
from app.alarms.phrases import CUES, REPLIES
from app.alarms.queries import has_left, is_happening
from app.alarms.rules import NOBODY_YET, Attention, attention, is_looking
from app.alarms.talking import lines_of, may_talk, newest_cue, reply_from_till
from app.alarms.threats import tell_threat, threat_of
from app.alarms.watching import looking_at
from app.errors import N_, NotFound
from app.home.progress import Progress
from app.ids import new_id
from app.networks.lines import open_lines
from app.reports.models import Report
from app.reports.queries import find_own_report
from app.web.access import PairedPhone, PhoneActor
from app.web.rendering import see_other
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/reports/{report_id}")
Phone = Annotated[PhoneActor, Depends(PairedPhone())]


@dataclass(frozen=True)
class AtCounter:
    """`calls`: the desk is being called for this report. `since`: when what `attention` says
    began, as far as it is proven. `cue`: the newest line of a counsellor, `reply` what was said
    after it. `lines`: the public lines that answer now."""

    calls: bool
    attention: Attention
    since: datetime
    cue: TalkLine | None
    reply: TalkLine | None
    may_talk: bool
    has_left: bool
    threat: Threat | None
    lines: frozenset[str]

    @property
    def patience_ends(self) -> datetime:
        """From then on 110 comes first."""
        return self.since + NOBODY_YET

    def left(self, now: datetime) -> int:
        """Seconds until then."""
        return max(0, int((self.patience_ends - now).total_seconds()))

    def elapsed(self, now: datetime) -> int:
        return max(0, int((now - self.since).total_seconds()))

    @property
    def cue_texts(self) -> dict[str, str]:
        assert self.cue
        return CUES.get(self.cue.phrase) or {"ja": self.cue.text}

    @property
    def reply_texts(self) -> dict[str, str]:
        assert self.reply
        return REPLIES[self.reply.phrase]

    @property
    def replies(self) -> list[tuple[str, dict[str, str], UUID]]:
        """Each with an id of its own, so that it is sent once however often it is pressed."""
        return [(code, texts, new_id()) for code, texts in REPLIES.items()]

    @property
    def version(self) -> str:
        """Changes with whatever the screen shows of this, and with nothing else."""
        said = [one.id.hex[-8:] for one in (self.cue, self.reply) if one]
        return "-".join(
            [
                self.attention if self.calls else "",
                *said,
                "talk" if self.may_talk else "",
                self._threat_version,
            ]
        )

    @property
    def _threat_version(self) -> str:
        if self.threat is None:
            return ""
        return "closed" if self.threat.done_at else "told"


def at_counter_of(session: Session, progress: Progress, now: datetime) -> AtCounter:
    report = progress.report
    watched_since = _watched_since(session, report, now)
    state = attention(
        watched_since=watched_since,
        claimed_at=report.claimed_at,
        received_at=report.received_at,
        is_open=progress.is_open,
        now=now,
    )
    lines = lines_of(session, report)
    cue = newest_cue(lines)
    reply = lines[-1] if lines and lines[-1].device_id else None
    return AtCounter(
        calls=not progress.instructions
        and report.closed_at is None
        and is_happening(session, report, now),
        attention=state,
        since=watched_since or report.claimed_at or report.received_at,
        cue=cue,
        reply=reply,
        may_talk=may_talk(session, report, now),
        has_left=has_left(session, report),
        threat=threat_of(session, report),
        lines=open_lines(progress.network.hours, now),
    )


def _watched_since(session: Session, report: Report, now: datetime) -> datetime | None:
    """Whoever claimed a moment ago had it before them, also where no script says so."""
    if watches := looking_at(session, report, now):
        return watches[0].began_at
    claimed_at = report.claimed_at
    return claimed_at if claimed_at and is_looking(claimed_at, now) else None


def get_own_report(session: SessionDep, phone: Phone, report_id: UUID) -> Report:
    if report := find_own_report(session, phone, report_id):
        return report
    raise NotFound(N_("この報告は見つかりません。"))


Own = Annotated[Report, Depends(get_own_report)]


class ReplyForm(BaseModel):
    phrase: Annotated[str, Field(max_length=12)] = ""
    line_id: UUID = Field(default_factory=new_id)


@router.post("/replies")
def reply(
    session: SessionDep,
    phone: Phone,
    report: Own,
    now: Now,
    form: Annotated[ReplyForm, Form()],
) -> Response:
    reply_from_till(session, report, phone, form.line_id, form.phrase, now)
    return see_other(f"/reports/{report.id}")


@router.post("/threat")
def tell(session: SessionDep, phone: Phone, report: Own, now: Now) -> Response:
    """One tap; what to do comes at once."""
    tell_threat(session, report, phone, now)
    return see_other(f"/reports/{report.id}#threat")
