"""個人情報の求め at the desk: asking, opening what came with a reason, noting its transcription."""

from typing import Annotated
from uuid import UUID

from cryptography.exceptions import InvalidTag
from fastapi import APIRouter, Depends, Form
from markupsafe import Markup
from pydantic import BaseModel, Field
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from app.badges.models import Badge
from app.badges.queries import holder_of
from app.desk.dependencies import Loaded
from app.desk.returning import kept_query, see_report
from app.disclosures.commands import ask, note_transcription, open_answer
from app.disclosures.forms import RequestForm
from app.disclosures.letter import request_letter
from app.disclosures.models import Disclosure
from app.disclosures.queries import allowed_grounds, check_switched_on, get_disclosure
from app.disclosures.rules import LIVES, PURPOSES, USUAL_LIFE
from app.disclosures.words import GROUND_WORDS, ITEM_WORDS, PURPOSE_WORDS
from app.errors import Conflict
from app.networks.scope import get_network, get_row
from app.reports.models import Report
from app.sealing.envelope import SealBroken
from app.web.access import Permission, StaffActor, StaffWith
from app.web.language import say
from app.web.rendering import render, see_other
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/desk")
Asker = Annotated[StaffActor, Depends(StaffWith(Permission.DISCLOSURE_HANDLE))]


class OpeningForm(BaseModel):
    reason: Annotated[str, Field(max_length=12)] = ""


def get_mine(session: SessionDep, actor: Asker, disclosure_id: UUID) -> Disclosure:
    return get_disclosure(session, actor.network_id, disclosure_id)


Mine = Annotated[Disclosure, Depends(get_mine)]


@router.get("/reports/{report_id}/disclosures/new")
def show_request(request: Request, session: SessionDep, actor: Asker, report: Loaded) -> Response:
    network = get_network(session, actor.network_id)
    typed = RequestForm(asker=f"{network.center_name} {actor.name}"[:60], hours=USUAL_LIFE)
    return _request_page(request, session, actor, report, typed)


@router.post("/reports/{report_id}/disclosures")
def send_request(
    request: Request,
    session: SessionDep,
    actor: Asker,
    report: Loaded,
    now: Now,
    form: Annotated[RequestForm, Form()],
) -> Response:
    check_switched_on(session, actor.network_id)
    allowed = get_network(session, actor.network_id).asked_items
    if problem := form.problem(allowed_grounds(session, report), allowed):
        return _request_page(request, session, actor, report, form, problem)
    try:
        ask(session, report, actor, form, now)
    except Conflict as refused:
        said = say(refused.message, **refused.values)
        return _request_page(request, session, actor, report, form, ("", said), refused.status)
    return see_report(request, report.id)


def _request_page(
    request: Request,
    session: Session,
    actor: StaffActor,
    report: Report,
    typed: RequestForm,
    problem: tuple[str, str | Markup] | None = None,
    status: int = 422,
) -> Response:
    check_switched_on(session, actor.network_id)
    network = get_network(session, actor.network_id)
    badge = get_row(session, Badge, report.network_id, report.badge_id)
    return render(
        request,
        "desk/disclosures/ask.html",
        status=status if problem else 200,
        actor=actor,
        kept=kept_query(request),
        report=report,
        holder=holder_of(session, badge),
        grounds=allowed_grounds(session, report),
        ground_words=GROUND_WORDS,
        items=[one for one in ITEM_WORDS if one in network.asked_items],
        item_words=ITEM_WORDS,
        purposes=PURPOSES,
        purpose_words=PURPOSE_WORDS,
        lives=LIVES,
        typed=typed,
        wrong=problem[0] if problem else None,
        error=_sentence(problem[1]) if problem else None,
    )


def _sentence(message: str | Markup) -> Markup:
    return message if isinstance(message, Markup) else say(message)


@router.post("/disclosures/{disclosure_id}/opening")
def open_it(
    request: Request,
    session: SessionDep,
    actor: Asker,
    now: Now,
    mine: Mine,
    form: Annotated[OpeningForm, Form()],
) -> Response:
    """The answer itself is the page: no address shows it again without another reason."""
    try:
        texts = open_answer(session, request.app.state.master_key, mine, actor, form.reason, now)
    except (SealBroken, InvalidTag):
        texts = None
    return render(
        request,
        "desk/disclosures/opened.html",
        actor=actor,
        disclosure=mine,
        report=get_row(session, Report, mine.network_id, mine.report_id),
        texts=texts,
        item_words=ITEM_WORDS,
    )


@router.post("/disclosures/{disclosure_id}/transcription")
def transcribe(session: SessionDep, actor: Asker, now: Now, mine: Mine) -> Response:
    note_transcription(session, mine, actor, now)
    return see_other(f"/desk/reports/{mine.report_id}")


@router.get("/disclosures/{disclosure_id}/letter.pdf")
def print_letter(session: SessionDep, actor: Asker, mine: Mine) -> Response:
    """求めの書面, for an organization that wants it on paper. It names no customer."""
    report = get_row(session, Report, mine.network_id, mine.report_id)
    badge = get_row(session, Badge, report.network_id, report.badge_id)
    pdf = request_letter(mine, report, holder_of(session, badge))
    headers = {"Content-Disposition": 'inline; filename="motome.pdf"'}
    return Response(pdf, media_type="application/pdf", headers=headers)
