"""引き継ぎの書き込み: a few lines per topic, by whoever runs the office now."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from app.audit.commands import record
from app.errors import N_
from app.networks.scope import in_network
from app.running.models import NoteForSuccessor
from app.web.access import StaffActor

LONGEST = 1000


@dataclass(frozen=True)
class Topic:
    code: str
    name: str
    hint: str


TOPICS = (
    Topic("server", N_("サーバーの担当者"), N_("会社・課の名前、電話、契約の期間")),
    Topic("keys", N_("鍵の写しの置き場所"), N_("例: 市民生活課の金庫、封筒の番号")),
    Topic("backup", N_("バックアップの置き場所"), N_("どこに、いつ、だれが確かめるか")),
    Topic("people", N_("頼れる人"), N_("センター、警察署、地域包括、団体のまとめ役の電話")),
    Topic("habits", N_("毎年すること"), N_("総会、研修、名札の入れ替え、報告の時期")),
    Topic("pending", N_("途中のこと"), N_("決まっていないこと、約束したこと")),
)


def notes_of(session: Session, network_id: UUID) -> dict[str, NoteForSuccessor]:
    """By topic."""
    return {one.topic: one for one in session.exec(in_network(NoteForSuccessor, network_id))}


def write_notes(session: Session, actor: StaffActor, texts: dict[str, str], now: datetime) -> None:
    """Only what changed is written, with who wrote it and when."""
    known = notes_of(session, actor.network_id)
    changed = [
        topic.code
        for topic in TOPICS
        if texts[topic.code] != (known[topic.code].text if topic.code in known else "")
    ]
    for code in changed:
        note = known.get(code) or NoteForSuccessor(
            network_id=actor.network_id, topic=code, updated_at=now, updated_by_id=actor.id
        )
        note.text, note.updated_at, note.updated_by_id = texts[code], now, actor.id
        session.add(note)
    if changed:
        record(
            session,
            actor.network_id,
            actor=f"staff:{actor.id}",
            action="succession.write",
            object_id=actor.network_id,
            now=now,
            details={"topics": changed},
        )
