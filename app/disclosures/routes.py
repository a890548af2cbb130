"""お客様の情報を送る (M6d): asked for, once, online only, and gone from the phone afterwards."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form
from markupsafe import Markup
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from app.disclosures.commands import answer, context_of
from app.disclosures.forms import AnswerForm, RefusalForm
from app.disclosures.models import Disclosure
from app.disclosures.queries import get_asked
from app.disclosures.rules import CONSENTS, Ground
from app.disclosures.words import ITEM_WORDS
from app.errors import N_, Invalid
from app.instructions.models import Instruction
from app.networks.scope import get_network, get_row
from app.reports.models import Report
from app.sealing.keys import current_key, seal_for
from app.staff.models import Staff
from app.web.access import PairedPhone, PhoneActor
from app.web.language import say
from app.web.rendering import render, see_other
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/instructions/{instruction_id}/disclosure")
Phone = Annotated[PhoneActor, Depends(PairedPhone())]
Asked = tuple[Disclosure, Instruction]


def get_mine(session: SessionDep, phone: Phone, now: Now, instruction_id: UUID) -> Asked:
    return get_asked(session, phone, instruction_id, now)


Mine = Annotated[Asked, Depends(get_mine)]


@router.get("")
def show_form(request: Request, session: SessionDep, phone: Phone, mine: Mine) -> Response:
    return _page(request, session, *mine)


@router.post("")
def send(
    request: Request,
    session: SessionDep,
    phone: Phone,
    now: Now,
    mine: Mine,
    form: Annotated[AnswerForm, Form()],
) -> Response:
    """Sealed by the phone's script, else here before the database sees it."""
    disclosure, instruction = mine
    try:
        form.check_consent(disclosure.asks_consent)
        sealed = form.envelope()
        if sealed is None:
            text = form.plain(disclosure.items)
            sealed = seal_for(session, text, context_of(disclosure)).to_dict()
    except Invalid as refused:
        return _page(request, session, *mine, form, say(refused.message))
    outcome = Ground(disclosure.ground).given
    answer(
        session, disclosure, instruction, phone,
        outcome=outcome, sealed=sealed, consent=form.consent, now=now,
    )  # fmt: skip
    return see_other(f"/reports/{disclosure.report_id}")


@router.post("/refusal")
def refuse(
    session: SessionDep,
    phone: Phone,
    now: Now,
    mine: Mine,
    form: Annotated[RefusalForm, Form()],
) -> Response:
    """分からない・送れない is a full answer."""
    disclosure, instruction = mine
    if form.outcome not in disclosure.refusals:
        raise Invalid(N_("1つ選んでください。"))
    answer(session, disclosure, instruction, phone, outcome=form.outcome, now=now)
    return see_other(f"/reports/{disclosure.report_id}")


def _page(
    request: Request,
    session: Session,
    disclosure: Disclosure,
    instruction: Instruction,
    typed: AnswerForm | None = None,
    error: Markup | None = None,
) -> Response:
    options = {one["code"]: one["text"] for one in instruction.options}
    return render(
        request,
        "disclosures/show.html",
        status=422 if error else 200,
        disclosure=disclosure,
        instruction=instruction,
        report=get_row(session, Report, disclosure.network_id, disclosure.report_id),
        author=get_row(session, Staff, disclosure.network_id, disclosure.asked_by_id).name,
        network=get_network(session, disclosure.network_id),
        key=current_key(session, disclosure.network_id),
        labels=ITEM_WORDS,
        consents=CONSENTS,
        refusals=[(code, options[code]) for code in disclosure.refusals if code in options],
        typed=typed or AnswerForm(),
        error=error,
    )
