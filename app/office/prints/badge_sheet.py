"""The badges that were chosen, as a PDF to print: at once, or as a job if they are many."""

from collections.abc import Sequence
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
from app.office.prints.printouts import mark_printed, note_printing, pdf_answer
from app.printing.badge_paper import PAPERS, USUAL
from app.printing.badge_sheet import UnreadableCodes, render_badge_sheet
from app.printing.trial_sheet import render_trial_sheet
from app.web.access import StaffActor
from app.web.forms import read_form
from app.web.rendering import render, see_other
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/office/badges")
SKIP, READING = "skip", "reading"


@router.post("/sheet")
def print_badges(
    request: Request,
    session: SessionDep,
    actor: BadgePrinter,
    now: Now,
    form: Annotated[FormData, Depends(read_form)],
) -> Response:
    """A PDF, or the page of the job; or the list again, with what keeps it from being made."""
    try:
        return printed(request, session, actor, now, form)
    except DomainError as refused:
        return badges_page(request, session, actor, filter_of(form), now, form, refused)


def printed(
    request: Request, session: Session, actor: StaffActor, now: datetime, form: FormData
) -> Response:
    """Names that the faces can't draw are asked about first."""
    layout, rows = layout_of(form), chosen_badges(session, actor.network_id, form)
    answer, trouble = form.get("missing"), unprintable(rows)
    if trouble and answer not in {SKIP, READING}:
        return ask_about(request, session, actor, form, rows, trouble)
    by_reading = answer == READING
    rows = without(rows, [one for one in trouble if not (by_reading and one.reading)])
    if len(rows) > MOST_AT_ONCE:
        badges = [row.badge.id for row in rows]
        remember(session, actor.network_id, layout)
        job = begin_job(session, actor, badges, layout, by_reading=by_reading, now=now)
        return see_other(f"/office/print-jobs/{job.id}")
    network = get_network(session, actor.network_id)
    base = request.app.state.settings.base_url
    cards = [card_of(row, base, by_reading=by_reading) for row in rows]
    try:
        pdf = render_badge_sheet(cards, sheet_text(network), layout)
    except UnreadableCodes:
        raise Conflict(
            N_("二次元コードを読み取れない名札ができました。PDFは作っていません。")
        ) from None
    remember(session, actor.network_id, layout)
    mark_printed([row.badge for row in rows])
    note_printing(session, actor.network_id, f"staff:{actor.id}", len(rows), now)
    return pdf_answer(pdf, "nafuda.pdf")


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
