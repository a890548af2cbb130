"""候補: reports from which a good-practice card or a bulletin may be made. Nothing is published."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from app.desk.dependencies import Closer, Loaded, Reader
from app.desk.outcomes.routes import outcome_page
from app.desk.returning import see_report
from app.ids import read_id
from app.networks.scope import get_row
from app.outcomes.codes import candidate_words
from app.outcomes.commands import mark_candidate, withdraw_candidate
from app.outcomes.forms import read_candidate
from app.outcomes.models import Candidate
from app.outcomes.queries import PAGE, listed_candidates
from app.web.fields import Fields
from app.web.forms import read_form
from app.web.rendering import render, see_other
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/desk")


@router.get("/candidates")
def show_candidates(
    request: Request,
    session: SessionDep,
    actor: Reader,
    after: Annotated[str, Query(max_length=40)] = "",
) -> Response:
    found = listed_candidates(session, actor.network_id, read_id(after))
    return render(
        request,
        "desk/outcomes/candidates.html",
        actor=actor,
        candidates=found[:PAGE],
        more=len(found) > PAGE,
        words=candidate_words(),
    )


@router.post("/reports/{report_id}/candidates")
def create_candidate(
    request: Request,
    session: SessionDep,
    actor: Closer,
    report: Loaded,
    form: Annotated[FormData, Depends(read_form)],
    now: Now,
) -> Response:
    fields = Fields(form)
    values = read_candidate(fields)
    if fields.wrong:
        return outcome_page(request, session, actor, report, candidate=fields)
    mark_candidate(session, report, values, actor, now)
    return see_report(request, report.id)


def get_candidate(session: SessionDep, actor: Closer, candidate_id: UUID) -> Candidate:
    return get_row(session, Candidate, actor.network_id, candidate_id)


@router.post("/candidates/{candidate_id}/withdrawal")
def withdraw(
    session: SessionDep,
    actor: Closer,
    now: Now,
    candidate: Annotated[Candidate, Depends(get_candidate)],
) -> Response:
    withdraw_candidate(session, candidate, actor, now)
    return see_other("/desk/candidates")
