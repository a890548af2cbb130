"""朝礼・回覧シート: what the clerk writes, as one A4 to read aloud and pass round."""

from math import ceil
from typing import Annotated

from fastapi import APIRouter, Form
from pydantic import BaseModel, Field
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from app.clock import TOKYO
from app.errors import N_
from app.networks.scope import get_network
from app.office.badges.routes import BadgePrinter
from app.office.prints.printouts import pdf_answer
from app.office.prints.words import words_of
from app.printing.glyphs import missing_glyphs
from app.printing.prints import Briefing, render_briefing
from app.web.access import StaffActor
from app.web.language import say
from app.web.rendering import render
from app.web.session import Now, SessionDep
from app.web.text import one_line
from app.web.times import era_day

router = APIRouter(prefix="/office/prints/briefing")
LONGEST_SCRIPT, LONGEST_LINE = 150, 40
CHARACTERS_PER_SECOND = 5
MOST_SIGNS = 4
Text = Annotated[str, Field(max_length=2000)]
EMPTY = N_("入力してください。")
TOO_LONG = N_("%(n)s文字までにしてください(いま%(now)s文字)。")
NOT_DRAWN = N_("書体にない字があります:%(letters)s")


class BriefingForm(BaseModel):
    headline: Text = ""
    script: Text = ""
    signs: Annotated[list[Text], Field(max_length=MOST_SIGNS)] = []
    words_to_say: Text = ""
    source: Text = ""


@router.get("")
def show_form(request: Request, session: SessionDep, actor: BadgePrinter) -> Response:
    return form_page(request, session, actor, BriefingForm(), {})


@router.post("")
def print_briefing(
    request: Request,
    session: SessionDep,
    actor: BadgePrinter,
    now: Now,
    form: Annotated[BriefingForm, Form()],
) -> Response:
    """Nothing is kept: what was written is on the paper."""
    briefing = Briefing(
        headline=one_line(form.headline).strip(),
        script=one_line(form.script).strip(),
        signs=tuple(line for sign in form.signs if (line := one_line(sign).strip())),
        words_to_say=one_line(form.words_to_say).strip(),
        source=one_line(form.source).strip(),
        day=era_day(now.astimezone(TOKYO).date()),
        seconds=ceil(len(one_line(form.script).strip()) / CHARACTERS_PER_SECOND),
    )
    if errors := errors_in(briefing):
        return form_page(request, session, actor, form, errors)
    words = words_of(get_network(session, actor.network_id), request.app.state.settings.base_url)
    return pdf_answer(render_briefing(briefing, words), "chorei.pdf")


def errors_in(briefing: Briefing) -> dict[str, str]:
    """By field, in the reader's language."""
    needed = {"headline": briefing.headline, "script": briefing.script}
    lines = {"words_to_say": briefing.words_to_say, "source": briefing.source}
    errors: dict[str, str] = {name: say(EMPTY) for name, text in needed.items() if not text}
    for name, text in {**needed, **lines}.items():
        most = LONGEST_SCRIPT if name == "script" else LONGEST_LINE
        errors |= _error(name, text, most)
    for sign in briefing.signs:
        errors |= _error("signs", sign, LONGEST_LINE)
    return errors


def _error(name: str, text: str, most: int) -> dict[str, str]:
    if len(text) > most:
        return {name: say(TOO_LONG, n=most, now=len(text))}
    if letters := missing_glyphs(text):
        return {name: say(NOT_DRAWN, letters=" ".join(letters))}
    return {}


def form_page(
    request: Request,
    session: Session,
    actor: StaffActor,
    form: BriefingForm,
    errors: dict[str, str],
) -> Response:
    signs = [*form.signs, *[""] * MOST_SIGNS][:MOST_SIGNS]
    return render(
        request,
        "office/prints/briefing.html",
        status=422 if errors else 200,
        actor=actor,
        network=get_network(session, actor.network_id),
        form=form,
        signs=signs,
        errors=errors,
    )
