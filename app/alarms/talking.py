"""短いやりとり: single lines between a counsellor and whoever stands at the till."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col

from app.alarms.models import TalkLine
from app.alarms.phrases import CUES, REPLIES
from app.audit.commands import record
from app.deliveries.pulse import bump
from app.errors import N_, Conflict, Invalid, NotFound
from app.instructions.queries import instructions_for
from app.networks.scope import in_network
from app.reports.claims import claim
from app.reports.models import Report
from app.reports.personal_data import suspicions
from app.web.access import PhoneActor, StaffActor
from app.web.text import one_line

LONGEST = 60
MOST = 100
GONE = "gone"


def say_to_till(
    session: Session,
    report: Report,
    actor: StaffActor,
    line_id: UUID,
    *,
    phrase: str,
    text: str,
    is_fine: bool,
    now: datetime,
) -> None:
    """Whoever speaks has the report. The same line sent twice is one. Raises Conflict once an
    instruction or the end took its place, Invalid for what can't be sent as it is."""
    if _is_known(session, report, line_id):
        return
    _check_open(session, report, now)
    text = "" if phrase else one_line(text).strip()
    _check(phrase, text, is_fine)
    claim(session, report, actor, now)
    line = TalkLine(
        id=line_id,
        network_id=report.network_id,
        report_id=report.id,
        author_id=actor.id,
        phrase=phrase,
        text=text,
        at=now,
    )
    _add(session, line, f"staff:{actor.id}")


def reply_from_till(
    session: Session, report: Report, phone: PhoneActor, line_id: UUID, phrase: str, now: datetime
) -> None:
    """もういません may be said at any time, the others once something was asked."""
    if _is_known(session, report, line_id):
        return
    _check_open(session, report, now)
    if phrase not in REPLIES:
        raise Invalid(N_("1つ選んでください。"))
    if phrase != GONE and newest_cue(lines_of(session, report)) is None:
        raise Conflict(N_("まだ相談員からの言葉がありません。"))
    line = TalkLine(
        id=line_id,
        network_id=report.network_id,
        report_id=report.id,
        device_id=phone.device_id,
        phrase=phrase,
        at=now,
    )
    _add(session, line, f"phone:{phone.device_id}")


def lines_of(session: Session, report: Report) -> list[TalkLine]:
    """In the order they were said."""
    query = in_network(TalkLine, report.network_id).where(TalkLine.report_id == report.id)
    return list(session.exec(query.order_by(col(TalkLine.at), col(TalkLine.id))))


def newest_cue(lines: list[TalkLine]) -> TalkLine | None:
    return next((one for one in reversed(lines) if one.author_id), None)


def may_talk(session: Session, report: Report, now: datetime) -> bool:
    """Until an instruction that left, or the end of the report, takes the place of short lines."""
    standing = [
        one
        for one in instructions_for(session, report)
        if one.is_released(now) and not one.is_withdrawn
    ]
    return report.closed_at is None and not standing


def _is_known(session: Session, report: Report, line_id: UUID) -> bool:
    known = session.get(TalkLine, (report.network_id, line_id))
    if known and known.report_id != report.id:
        raise NotFound(N_("この報告は見つかりません。"))
    return known is not None


def _check_open(session: Session, report: Report, now: datetime) -> None:
    if not may_talk(session, report, now):
        raise Conflict(N_("指示か終わりの返事があるので、短い言葉は送れません。"))
    if len(lines_of(session, report)) >= MOST:
        raise Conflict(N_("短い言葉はここまでです。電話してください。"))


def _check(phrase: str, text: str, is_fine: bool) -> None:
    if phrase:
        if phrase not in CUES:
            raise Invalid(N_("1つ選んでください。"))
        return
    if not text:
        raise Invalid(N_("送る言葉を書いてください。"))
    if len(text) > LONGEST:
        raise Invalid(N_("短い言葉は60字までです(いま %(n)s字)。"), n=len(text))
    if not is_fine and any(one.kind != "phone" for one in suspicions(text)):
        raise Invalid(
            N_("名前や番号のような文字があります。消すか、「個人のことではない」に印を付けます。")
        )


def _add(session: Session, line: TalkLine, actor: str) -> None:
    session.add(line)
    session.flush()
    record(
        session,
        line.network_id,
        actor=actor,
        action="talk.say" if line.author_id else "talk.reply",
        object_id=line.report_id,
        now=line.at,
        details={"phrase": line.phrase or "typed"},
    )
    bump(session, line.network_id)
