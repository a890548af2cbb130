"""The badges that were chosen, as a PDF to print: at once, or as a job if they are many."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from sqlmodel import Session
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from app.errors import N_, Conflict, DomainError, Invalid
from app.networks.scope import get_network
from app.office.badges.choice import Unprintable, card_of, chosen_badges, sheet_text, unprintable
from app.office.badges.print_panel import layout_of, remember, typed_again
from app.office.badges.routes import BadgePrinter, badges_page
from app.office.badges.rows import BadgeRow, filter_of
from app.office.prints.jobs import MOST_AT_ONCE, begin_job
from app.office.prints.printouts import (
    PRESSES,
    PrinterAhead,
    attempted,
    mark_printed,
    note_printing,
    pdf_answer,
)
from app.printing.badge_paper import PAPERS, USUAL
from app.printing.badge_sheet import BadgeCard, UnreadableCodes, render_badge_sheet
from app.printing.trial_sheet import render_trial_sheet
from app.web.access import StaffActor
from app.web.forms import read_form
from app.web.rendering import render, see_other
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/office/badges")
SKIP, READING = "skip", "reading"


@dataclass(frozen=True)
class Pressed:
    """A PDF, and what stands on it: badge by badge, in its order."""

    stands: Sequence[object]
    pdf: bytes


async def read_sheet(
    request: Request, actor: PrinterAhead, form: Annotated[FormData, Depends(read_form)]
) -> Pressed | DomainError | None:
    """Before any transaction begins: setting two hundred badges and reading them back takes two
    seconds, and writers wait in line."""
    return await PRESSES.take(str(actor.network_id), attempted, pressed_sheet, request, actor, form)


def pressed_sheet(request: Request, actor: StaffActor, form: FormData) -> Pressed | None:
    """None where something has to be asked first, or the worker prints."""
    layout, base = layout_of(form), request.app.state.settings.base_url
    with request.app.state.database.reading() as session:
        rows = printable_rows(chosen_badges(session, actor.network_id, form), form)
        if rows is None or len(rows) > MOST_AT_ONCE:
            return None
        cards = cards_of(rows, base, form)
        text = sheet_text(get_network(session, actor.network_id))
    try:
        return Pressed(cards, render_badge_sheet(cards, text, layout))
    except UnreadableCodes:
        raise Conflict(
            N_("二次元コードを読み取れない名札ができました。PDFは作っていません。")
        ) from None


@router.post("/sheet")
def print_badges(
    request: Request,
    actor: PrinterAhead,
    pressed: Annotated[Pressed | DomainError | None, Depends(read_sheet)],
    session: SessionDep,
    now: Now,
    form: Annotated[FormData, Depends(read_form)],
) -> Response:
    """A PDF, or the page of the job; or the list again, with what keeps it from being made."""
    try:
        return printed(request, session, actor, pressed, now, form)
    except DomainError as refused:
        return badges_page(request, session, actor, filter_of(form), now, form, refused)


def printed(
    request: Request,
    session: Session,
    actor: StaffActor,
    pressed: Pressed | DomainError | None,
    now: datetime,
    form: FormData,
) -> Response:
    """Names that the faces can't draw are asked about first."""
    layout, chosen = layout_of(form), chosen_badges(session, actor.network_id, form)
    rows = printable_rows(chosen, form)
    if rows is None:
        return ask_about(request, session, actor, form, chosen, unprintable(chosen))
    if len(rows) > MOST_AT_ONCE:
        badges, by_reading = [row.badge.id for row in rows], form.get("missing") == READING
        remember(session, actor.network_id, layout)
        job = begin_job(session, actor, badges, layout, by_reading=by_reading, now=now)
        return see_other(f"/office/print-jobs/{job.id}")
    pdf = still_right(pressed, cards_of(rows, request.app.state.settings.base_url, form))
    remember(session, actor.network_id, layout)
    mark_printed([row.badge for row in rows])
    note_printing(session, actor.network_id, f"staff:{actor.id}", len(rows), now)
    return pdf_answer(pdf, "nafuda.pdf")


def printable_rows(rows: list[BadgeRow], form: FormData) -> list[BadgeRow] | None:
    """Without those that the clerk leaves out; None where they haven't been asked yet."""
    answer, trouble = form.get("missing"), unprintable(rows)
    if trouble and answer not in {SKIP, READING}:
        return None
    return without(rows, [one for one in trouble if not (answer == READING and one.reading)])


def cards_of(rows: Sequence[BadgeRow], base_url: str, form: FormData) -> list[BadgeCard]:
    by_reading = form.get("missing") == READING
    return [card_of(row, base_url, by_reading=by_reading) for row in rows]


def still_right(pressed: Pressed | DomainError | None, stands: Sequence[object]) -> bytes:
    """The PDF. Raises what kept it from being made, and Conflict if a badge changed meanwhile."""
    if isinstance(pressed, DomainError):
        raise pressed
    if pressed is None or pressed.stands != stands:
        raise Conflict(N_("印刷している間に、名札が変わりました。もう一度押してください。"))
    return pressed.pdf


@router.get("/test-sheet")
def show_trial_sheet(actor: BadgePrinter, paper: str = USUAL.paper) -> Response:
    """Rulers and frames without any badge, to be printed before card stock is."""
    if paper not in PAPERS:
        raise Invalid(N_("用紙と向きを選びなおしてください。"))
    return pdf_answer(render_trial_sheet(paper), "tameshizuri.pdf", inline=True)


def ask_about(
    request: Request,
    session: Session,
    actor: StaffActor,
    form: FormData,
    rows: Sequence[BadgeRow],
    trouble: Sequence[Unprintable],
    action: str = "/office/badges/sheet",
) -> Response:
    return render(
        request,
        "office/prints/missing_letters.html",
        status=422,
        actor=actor,
        network=get_network(session, actor.network_id),
        trouble=trouble,
        readable=[one for one in trouble if one.reading],
        others=len(rows) - len(trouble),
        typed=typed_again(form),
        action=action,
    )


def without(rows: list[BadgeRow], left_out: Sequence[Unprintable]) -> list[BadgeRow]:
    gone = {one.row.badge.id for one in left_out}
    rest = [row for row in rows if row.badge.id not in gone]
    if not rest:
        raise Invalid(N_("印刷できる名札が残りませんでした。"))
    return rest
