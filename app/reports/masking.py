"""伏字: parts of a note that name somebody are replaced for good."""

import hashlib
import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col

from app.audit.commands import record
from app.deliveries.pulse import bump
from app.errors import N_, Conflict, Invalid
from app.reports.models import Report
from app.reports.personal_data import suspicions
from app.sealing.envelope import Context
from app.sealing.keys import seal_for
from app.web.access import StaffActor

MASK = "■■"
FIRST = N_("ほかの人が先に伏せました。いまのひとことを見て、選び直してください。")
WORDS = re.compile(r"[^\s、。,.・「」()()]+|[\s、。,.・「」()()]+")


@dataclass(frozen=True)
class Part:
    """A piece of a note. `kind`: what it looks like, or nothing."""

    code: str
    text: str
    kind: str = ""

    @property
    def can_be_masked(self) -> bool:
        return any(one.isalnum() for one in self.text)


def parts_of(text: str) -> list[Part]:
    """All of the text, in order: what looks like personal data, and the words between."""
    parts, at = [], 0
    for one in suspicions(text):
        parts += _words(text, at, one.start)
        parts.append(Part(f"{one.start}-{one.end}", text[one.start : one.end], one.kind))
        at = one.end
    return [*parts, *_words(text, at, len(text))]


def _words(text: str, start: int, end: int) -> list[Part]:
    found = WORDS.finditer(text, start, end)
    return [Part(f"{one.start()}-{one.end()}", one[0]) for one in found]


def masked(text: str, chosen: Collection[str]) -> str:
    """How long a part was isn't told. Raises Invalid where nothing, or nothing known, is chosen."""
    parts = parts_of(text)
    known = {one.code for one in parts if one.can_be_masked}
    if not chosen or not set(chosen) <= known:
        raise Invalid(N_("伏せるところを1つは選んでください。"))
    return "".join(MASK if one.code in chosen else one.text for one in parts)


def state_of(sealed: bytes) -> str:
    """Changes with every masking."""
    return hashlib.sha256(sealed).hexdigest()[:16]


def mask_note(
    session: Session,
    report: Report,
    text: str,
    chosen: Collection[str],
    seen: str,
    actor: StaffActor,
    now: datetime,
) -> None:
    """`text`: the note as it stands, `seen`: the state that the parts were chosen in. The report's
    fingerprint goes on answering for what its phone sent. Raises Conflict once somebody masked."""
    if seen != state_of(report.envelope):
        raise Conflict(FIRST)
    context = Context(str(report.network_id), str(report.id), "report", "note")
    sealed = seal_for(session, masked(text, chosen), context).to_dict()
    said: dict[str, Any] = json.loads(report.envelope)
    envelope = json.dumps(said | {"sealed": sealed}, separators=(",", ":")).encode()
    won = session.execute(
        update(Report)
        .where(col(Report.network_id) == report.network_id, col(Report.id) == report.id)
        .where(col(Report.envelope) == report.envelope)
        .values(envelope=envelope)
    )
    if not won.rowcount:  # type: ignore[attr-defined]
        session.refresh(report)
        raise Conflict(FIRST)
    record(
        session,
        report.network_id,
        actor=f"staff:{actor.id}",
        action="report.mask",
        object_id=report.id,
        now=now,
        details={"count": len(chosen)},
    )
    bump(session, report.network_id)
