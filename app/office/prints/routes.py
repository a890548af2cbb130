"""印刷物: everything but badges, each with a true small picture of it."""

from dataclasses import dataclass
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Form
from pydantic import BaseModel
from sqlmodel import Session, col, select
from starlette.requests import Request
from starlette.responses import Response

from app.audit.commands import record
from app.errors import N_, Conflict, DomainError, Invalid, NotFound
from app.networks.scope import get_network, in_network
from app.office.badges.routes import BadgePrinter
from app.office.prints.printouts import PRESSES, PrinterAhead, attempted, pdf_answer
from app.office.prints.shop_codes import shop_addresses
from app.office.prints.words import letters_missing_in, words_of
from app.organizations.models import Organization, Workplace
from app.printing.badge_sheet import UnreadableCodes
from app.printing.glyphs import missing_glyphs
from app.printing.prints import (
    ON_A_PAGE,
    PRINTS,
    PrintWords,
    WorkplaceSlip,
    render_preview,
    render_print,
    render_slips,
)
from app.printing.shop_codes import check_codes
from app.web.access import StaffActor
from app.web.language import say
from app.web.rendering import render
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/office/prints")
PREVIEW_SECONDS = 300


@dataclass(frozen=True)
class Slips:
    count: int
    pdf: bytes


class SlipsForm(BaseModel):
    """`organization_id`: empty for all; `skip`: leave out names that the faces can't draw."""

    organization_id: Literal[""] | UUID = ""
    skip: bool = False


@router.get("")
def show_prints(
    request: Request, session: SessionDep, actor: BadgePrinter, organization: UUID | None = None
) -> Response:
    """`organization`: whose slips are wanted; its own page leads here."""
    return prints_page(request, session, actor, organization)


@router.get("/{article}.pdf")
def show_print(
    request: Request, session: SessionDep, actor: BadgePrinter, article: str
) -> Response:
    words = words_here(request, session, actor)
    return pdf_answer(render_print(known(article), words), f"{article}.pdf", inline=True)


@router.get("/{article}.png")
def show_preview(
    request: Request, session: SessionDep, actor: BadgePrinter, article: str
) -> Response:
    picture = render_preview(known(article), words_here(request, session, actor))
    headers = {"Cache-Control": f"private, max-age={PREVIEW_SECONDS}"}
    return Response(picture, media_type="image/png", headers=headers)


async def read_slips(
    request: Request, actor: PrinterAhead, form: Annotated[SlipsForm, Form()]
) -> Slips | DomainError:
    """Before any transaction begins: five thousand slips take a quarter of a minute, and writers
    wait in line."""
    return await PRESSES.take(str(actor.network_id), attempted, made_slips, request, actor, form)


def made_slips(request: Request, actor: StaffActor, form: SlipsForm) -> Slips:
    with request.app.state.database.reading() as session:
        base = request.app.state.settings.base_url
        slips = slips_of(session, actor.network_id, form, base)
        words = words_here(request, session, actor)
    return Slips(len(slips), checked_slips(slips, words))


@router.post("/slips")
def print_slips(
    request: Request,
    actor: PrinterAhead,
    made: Annotated[Slips | DomainError, Depends(read_slips)],
    session: SessionDep,
    now: Now,
    form: Annotated[SlipsForm, Form()],
) -> Response:
    """They hold the workplaces' numbers, so it is recorded who printed them."""
    if isinstance(made, DomainError):
        return prints_page(request, session, actor, form.organization_id or None, made)
    record(
        session,
        actor.network_id,
        actor=f"staff:{actor.id}",
        action="workplace_code.print",
        object_id=form.organization_id or actor.network_id,
        now=now,
        details={"count": made.count},
    )
    return pdf_answer(made.pdf, "shokuba.pdf")


def checked_slips(slips: list[WorkplaceSlip], words: PrintWords) -> bytes:
    pdf = render_slips(slips, words)
    try:
        check_codes(pdf, [slip.address for slip in slips], ON_A_PAGE)
    except UnreadableCodes:
        raise Conflict(
            N_("二次元コードを読み取れない引渡し票ができました。PDFは作っていません。")
        ) from None
    return pdf


def words_here(request: Request, session: Session, actor: StaffActor) -> PrintWords:
    return words_of(get_network(session, actor.network_id), request.app.state.settings.base_url)


def known(article: str) -> str:
    if article not in PRINTS:
        raise NotFound(N_("見つかりません。"))
    return article


def prints_page(
    request: Request,
    session: Session,
    actor: StaffActor,
    organization_id: UUID | None,
    refused: DomainError | None = None,
) -> Response:
    network = get_network(session, actor.network_id)
    chosen = in_network(Organization, actor.network_id).where(Organization.id == organization_id)
    return render(
        request,
        "office/prints/prints.html",
        status=refused.status if refused else 200,
        actor=actor,
        network=network,
        error=say(refused.message, **refused.values) if refused else None,
        missing=letters_missing_in(words_here(request, session, actor)),
        organization=session.exec(chosen).first(),
    )


def slips_of(
    session: Session, network_id: UUID, form: SlipsForm, base_url: str
) -> list[WorkplaceSlip]:
    """Of workplaces that have a number and take part, by name. Raises Invalid where nothing can be
    printed."""
    query = (
        select(Organization.name, Workplace.name, Workplace.code, Workplace.id)
        .where(Workplace.network_id == network_id, Workplace.code != "")
        .where(col(Workplace.ended_on).is_(None))
        .join(
            Organization,
            (col(Organization.network_id) == col(Workplace.network_id))
            & (col(Organization.id) == col(Workplace.organization_id)),
        )
        .order_by(col(Organization.name), col(Workplace.name))
    )
    if form.organization_id:
        query = query.where(Workplace.organization_id == form.organization_id)
    shops = shop_addresses(session, network_id, base_url)
    slips = [
        WorkplaceSlip(f"{o} {w}".strip(), code, shops.get(place, ""))
        for o, w, code, place in session.exec(query)
    ]
    hard = [slip for slip in slips if missing_glyphs(slip.name)]
    if hard and not form.skip:
        letters = " ".join(missing_glyphs("".join(slip.name for slip in hard)))
        raise Invalid(
            N_("書体にない字(%(letters)s)がある職場が%(n)sか所あります。除くときは✓してください。"),
            letters=letters,
            n=len(hard),
        )
    if len(slips) == len(hard):
        raise Invalid(N_("職場の番号がある職場がありません。"))
    return [slip for slip in slips if slip not in hard]
