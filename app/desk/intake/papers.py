"""報告用紙: the checklist of an industry on paper, with the codes by which it is typed in."""

from datetime import datetime
from typing import Any

from fastapi import APIRouter
from sqlmodel import Session
from starlette.responses import Response

from app.checklists.queries import current_checklist
from app.clock import TOKYO
from app.desk.dependencies import Claimer
from app.errors import N_, NotFound
from app.networks.models import Network
from app.networks.scope import get_network
from app.organizations.rules import Industry
from app.printing.documents import Document, Section, render_document
from app.web.session import Now, SessionDep
from app.web.text import filled_document, plain
from app.web.times import era_day

router = APIRouter(prefix="/desk/intake/papers")
LINES = ("名札番号", "気付いた日時", "ひとこと(名前は書かない)")


@router.get("/{industry}.pdf")
def show_paper(session: SessionDep, actor: Claimer, now: Now, industry: str) -> Response:
    if industry not in set(Industry):
        raise NotFound(N_("見つかりません。"))
    document = paper_of(session, get_network(session, actor.network_id), industry, now)
    headers = {"Content-Disposition": f'inline; filename="report-{industry}.pdf"'}
    return Response(render_document(document), media_type="application/pdf", headers=headers)


def paper_of(session: Session, network: Network, industry: str, now: datetime) -> Document:
    """In Japanese, as it is read out and passed round at a workplace."""
    checklist = current_checklist(session, network.id, industry)
    document = filled_document(checklist.document, network.variables)
    items = [[one["id"], plain(one["text"]["ja"]), ""] for one in document["items"]]
    answers = [[plain(one["text"]["ja"]), options_of(one)] for one in document["questions"]]
    return Document(
        title=f"見守りの報告用紙({plain(document['name']['ja'])})",
        when=f"{era_day(now.astimezone(TOKYO).date())}　第{checklist.version}版",
        to="",
        by=f"{network.center_name}　{network.center_tel}",
        sections=[
            Section(
                "",
                [
                    "急ぐときは、書かずに電話してください。いま危ないときは110番です。",
                    "お客様の名前は書かず、当てはまるものに✓してください。1つだけでも出せます。",
                ],
            ),
            Section("気付いたこと", table=[["番号", "項目", "✓"], *items], widths=[2, 14, 2]),
            Section("もう少し(任意、○で囲む)", table=[["質問", "答え"], *answers], widths=[5, 13]),
        ],
        lines=LINES,
        footer=f"つなぐ名札 {network.municipality}",
        is_dense=True,
    )


def options_of(question: dict[str, Any]) -> str:
    return "　".join(plain(one["text"]["ja"]) for one in question["options"])
