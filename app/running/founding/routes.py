"""立ち上げの書類: a page of drafts, each as PDF and as a file that can be changed."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from app.errors import N_, NotFound
from app.networks.scope import get_network
from app.printing.documents import render_document
from app.printing.word import MEDIA_TYPE, render_word
from app.running.founding.papers import PAPERS, Paper, written
from app.web.access import Permission, StaffActor, StaffWith
from app.web.rendering import render
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/office/running/founding")
Founder = Annotated[StaffActor, Depends(StaffWith(Permission.RUNNING_WRITE))]


def get_paper(paper: str) -> Paper:
    if found := PAPERS.get(paper):
        return found
    raise NotFound(N_("見つかりません。"))


Asked = Annotated[Paper, Depends(get_paper)]


@router.get("")
def show_kit(request: Request, session: SessionDep, actor: Founder) -> Response:
    network = get_network(session, actor.network_id)
    return render(
        request, "running/founding.html", actor=actor, network=network, papers=PAPERS.values()
    )


@router.get("/{paper}.pdf")
def print_paper(session: SessionDep, actor: Founder, paper: Asked, now: Now) -> Response:
    document = written(paper, get_network(session, actor.network_id), now)
    return _file(render_document(document), "application/pdf", f"{paper.code}.pdf")


@router.get("/{paper}.docx")
def fetch_paper(session: SessionDep, actor: Founder, paper: Asked, now: Now) -> Response:
    document = written(paper, get_network(session, actor.network_id), now)
    return _file(render_word(document, now), MEDIA_TYPE, f"{paper.code}.docx")


def _file(content: bytes, media_type: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media_type, headers=headers)
