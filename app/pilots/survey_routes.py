"""アンケート: the form that a slip's code opens, without sign-in and without a name."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from app.clock import TOKYO
from app.errors import N_, Conflict
from app.pilots.commands import keep_answer
from app.pilots.forms import read_ticks
from app.pilots.queries import OpenSurvey, get_survey
from app.pilots.questions import QUESTIONS
from app.pilots.rules import is_open, window_of
from app.web.access import Everyone
from app.web.fields import Fields
from app.web.forms import read_form
from app.web.rendering import render, see_other
from app.web.session import Now, SessionDep

router = APIRouter()
worker = Depends(Everyone("workers answer under their workplace's code and have no account"))


@router.get("/q/{survey_code}", dependencies=[worker])
@router.get("/Q/{survey_code}", dependencies=[worker])
def show_survey(
    request: Request,
    session: SessionDep,
    survey_code: str,
    now: Now,
    done: Annotated[str, Query(max_length=8)] = "",
) -> Response:
    found = get_survey(session, survey_code)
    return survey_page(request, found, now, Fields({}), is_done=done == "yes")


@router.post("/q/{survey_code}", dependencies=[worker])
def answer_survey(
    request: Request,
    session: SessionDep,
    survey_code: str,
    form: Annotated[FormData, Depends(read_form)],
    now: Now,
) -> Response:
    found, fields = get_survey(session, survey_code), Fields(form)
    if not takes_answers(found, now):
        raise Conflict(N_("このアンケートは、いまは受け付けていません。"))
    ticks = read_ticks(form, fields)
    if fields.wrong:
        return survey_page(request, found, now, fields)
    keep_answer(session, found.survey, ticks, now)
    return see_other(f"/q/{found.survey.code}?done=yes")


def takes_answers(found: OpenSurvey, now: Now) -> bool:
    pilot = found.pilot
    today = now.astimezone(TOKYO).date()
    return is_open(found.survey.phase, pilot.begins_on, pilot.ends_on, today)


def survey_page(
    request: Request, found: OpenSurvey, now: Now, typed: Fields, *, is_done: bool = False
) -> Response:
    pilot = found.pilot
    return render(
        request,
        "pilots/survey.html",
        status=422 if typed.wrong else 200,
        found=found,
        questions=QUESTIONS,
        typed=typed,
        is_done=is_done,
        is_open=takes_answers(found, now),
        window=window_of(found.survey.phase, pilot.begins_on, pilot.ends_on),
    )
