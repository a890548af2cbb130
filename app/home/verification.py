"""名札の確認: a resident asks whether the badge in front of them is genuine. The answer says its
standing, never whose it is or how it was used."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

from app.badges.lookups import Finding, count_lookup, look_up, read_badge_number
from app.errors import N_
from app.home.handover import address_of
from app.web.access import Everyone
from app.web.fields import Fields
from app.web.rendering import render
from app.web.session import Now, SessionDep

router = APIRouter()
resident = Depends(Everyone("residents have no account and ask about the badge before them"))


class Question(BaseModel):
    number: Annotated[str, Field(max_length=40)] = ""
    network: Annotated[str, Field(max_length=40)] = ""


@router.get("/verify", dependencies=[resident])
def show_verification(
    request: Request,
    number: Annotated[str, Query(max_length=40)] = "",
    network: Annotated[str, Query(max_length=40)] = "",
) -> Response:
    """An address with a number in it fills the field and asks nothing yet."""
    question = Question(number=number, network=network)
    return answer(request, question, Fields({"number": number}), None)


@router.post("/verify", dependencies=[resident])
def verify(
    request: Request, session: SessionDep, question: Annotated[Question, Form()], now: Now
) -> Response:
    fields = Fields({"number": question.number})
    number = read_badge_number(question.number)
    if number is None:
        fields.refuse("number", N_("「A-0142」のような番号を入れてください。"))
        return answer(request, question, fields, None)
    count_lookup(session, request.app.state.handover, address_of(request), now)
    fields.values["number"] = number
    return answer(request, question, fields, look_up(session, number, question.network, now))


def answer(
    request: Request, question: Question, typed: Fields, finding: Finding | None
) -> Response:
    return render(
        request,
        "home/verify.html",
        status=422 if typed.wrong else 200,
        question=question,
        typed=typed,
        finding=finding,
    )
