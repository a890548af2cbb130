"""店QR: stickers and counter cards of the shared badges that were chosen."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from sqlmodel import Session, col
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from app.badges.models import Badge
from app.badges.rules import BadgeKind, BadgeState
from app.errors import N_, Conflict, DomainError, Invalid
from app.networks.scope import get_network, in_network
from app.office.badges.choice import chosen_badges, printable_name, unprintable
from app.office.badges.routes import badges_page
from app.office.badges.rows import BadgeRow, filter_of
from app.office.prints.badge_sheet import (
    READING,
    Pressed,
    ask_about,
    printable_rows,
    still_right,
)
from app.office.prints.printouts import (
    PRESSES,
    PrinterAhead,
    attempted,
    mark_printed,
    note_printing,
    pdf_answer,
)
from app.office.prints.words import words_of
from app.printing.badge_sheet import UnreadableCodes
from app.printing.shop_codes import Article, ShopCode, render_shop_codes
from app.web.access import StaffActor
from app.web.forms import read_form
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/office/badges")
HERE = "/office/badges/shop-codes"
MOST = 600


async def read_shop_codes(
    request: Request, actor: PrinterAhead, form: Annotated[FormData, Depends(read_form)]
) -> Pressed | DomainError | None:
    """Before any transaction begins, as badges are."""
    return await PRESSES.take(str(actor.network_id), attempted, pressed_codes, request, actor, form)


def pressed_codes(request: Request, actor: StaffActor, form: FormData) -> Pressed | None:
    """None where something has to be asked first."""
    article, base = _article(form), request.app.state.settings.base_url
    with request.app.state.database.reading() as session:
        rows = printable_rows(_shared(chosen_badges(session, actor.network_id, form)), form)
        if rows is None:
            return None
        words = words_of(get_network(session, actor.network_id), base)
    shops = _shops(rows, base, form)
    try:
        return Pressed(shops, render_shop_codes(article, shops, words))
    except UnreadableCodes:
        raise Conflict(
            N_("二次元コードを読み取れない名札ができました。PDFは作っていません。")
        ) from None


@router.post("/shop-codes")
def print_shop_codes(
    request: Request,
    actor: PrinterAhead,
    pressed: Annotated[Pressed | DomainError | None, Depends(read_shop_codes)],
    session: SessionDep,
    now: Now,
    form: Annotated[FormData, Depends(read_form)],
) -> Response:
    """A PDF; or the list again, with what keeps it from being made."""
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
    """Names that the faces can't draw are asked about first, as for badges."""
    article = _article(form)
    chosen = _shared(chosen_badges(session, actor.network_id, form))
    rows = printable_rows(chosen, form)
    if rows is None:
        return ask_about(request, session, actor, form, chosen, unprintable(chosen), HERE)
    pdf = still_right(pressed, _shops(rows, request.app.state.settings.base_url, form))
    mark_printed([row.badge for row in rows])
    note_printing(session, actor.network_id, f"staff:{actor.id}", len(rows), now)
    return pdf_answer(pdf, f"mise-qr-{article}.pdf")


def _article(form: FormData) -> Article:
    try:
        return Article(str(form.get("article", Article.STICKER)))
    except ValueError:
        raise Invalid(N_("ステッカーか、カウンターカードを選んでください。")) from None


def _shared(rows: list[BadgeRow]) -> list[BadgeRow]:
    shared = [row for row in rows if row.badge.is_shared]
    if not shared:
        raise Invalid(N_("店QRの名札に✓してください。"))
    if len(shared) > MOST:
        raise Invalid(N_("一度に印刷できるのは%(n)s枚までです。"), n=MOST)
    return shared


def _shops(rows: list[BadgeRow], base_url: str, form: FormData) -> list[ShopCode]:
    by_reading = form.get("missing") == READING
    return [_shop(row, base_url, by_reading=by_reading) for row in rows]


def _shop(row: BadgeRow, base_url: str, *, by_reading: bool) -> ShopCode:
    name = printable_name(row, by_reading=by_reading)
    place = f"{name} {row.workplace.name}".strip()
    return ShopCode(row.badge.number, row.badge.code, address_of(row.badge, base_url), place)


def address_of(badge: Badge, base_url: str) -> str:
    return f"{base_url}/B/{badge.code}".upper()


def shop_addresses(session: Session, network_id: UUID, base_url: str) -> dict[UUID, str]:
    """By workplace, what its shared badge says: of several that work, the first one's."""
    shared = in_network(Badge, network_id).where(
        Badge.kind == BadgeKind.SHARED, Badge.state != BadgeState.STOPPED
    )
    newest_first = session.exec(shared.order_by(col(Badge.number).desc()))
    return {one.workplace_id: address_of(one, base_url) for one in newest_first}
