"""会の運営: what the next clerk needs, kept while it is known, and printed in one click."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from app.errors import N_, Invalid
from app.networks.scope import get_network
from app.running.facts import facts_of
from app.running.notes import LONGEST, TOPICS, notes_of, write_notes
from app.running.succession import succession_record
from app.running.url_request import url_request
from app.web.access import Permission, StaffActor, StaffWith
from app.web.fields import LINES
from app.web.forms import read_form
from app.web.rendering import render, see_other
from app.web.session import Now, SessionDep
from app.web.text import one_line

router = APIRouter(prefix="/office/running")
Runner = Annotated[StaffActor, Depends(StaffWith(Permission.RUNNING_WRITE))]


@router.get("")
def show_running(
    request: Request, session: SessionDep, actor: Runner, now: Now, done: str = ""
) -> Response:
    return _page(request, session, actor, now, is_kept=done == "written")


@router.post("/notes")
def keep_notes(
    request: Request,
    session: SessionDep,
    actor: Runner,
    now: Now,
    form: Annotated[FormData, Depends(read_form)],
) -> Response:
    texts = {topic.code: _lines(str(form.get(topic.code, ""))) for topic in TOPICS}
    too_long = [topic for topic in TOPICS if len(texts[topic.code]) > LONGEST]
    if too_long:
        message = N_("長すぎます。%(most)s字までにしてください。")
        return _page(
            request,
            session,
            actor,
            now,
            typed=texts,
            wrong=too_long[0].code,
            error=Invalid(message, most=LONGEST),
        )
    write_notes(session, actor, texts, now)
    return see_other("/office/running?done=written")


@router.get("/succession.pdf")
def print_succession(session: SessionDep, actor: Runner, now: Now) -> Response:
    network = get_network(session, actor.network_id)
    facts = facts_of(session, network, now)
    pdf = succession_record(facts, notes_of(session, network.id), actor.name, now)
    return _pdf(pdf, "hikitsugi")


@router.get("/url-request.pdf")
def print_url_request(request: Request, session: SessionDep, actor: Runner, now: Now) -> Response:
    network = get_network(session, actor.network_id)
    return _pdf(url_request(network, request.app.state.settings.base_url, now), "url-irai")


def _pdf(content: bytes, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}.pdf"'}
    return Response(content, media_type="application/pdf", headers=headers)


def _lines(text: str) -> str:
    """Several lines as they were typed, and nothing that can't be seen."""
    return "\n".join(map(one_line, LINES.split(text))).strip()


def _page(
    request: Request,
    session: SessionDep,
    actor: StaffActor,
    now: Now,
    *,
    is_kept: bool = False,
    typed: dict[str, str] | None = None,
    wrong: str = "",
    error: Invalid | None = None,
) -> Response:
    network = get_network(session, actor.network_id)
    notes = notes_of(session, network.id)
    return render(
        request,
        "running/show.html",
        status=422 if error else 200,
        actor=actor,
        network=network,
        facts=facts_of(session, network, now),
        topics=TOPICS,
        notes=notes,
        typed=typed or {code: note.text for code, note in notes.items()},
        is_kept=is_kept,
        wrong=wrong,
        error=error,
        longest=LONGEST,
    )
