"""What to do at once about one sign, and the page turned to the customer."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.badges.queries import BadgeHolder
from app.checklists.standard_set import customer_screens
from app.errors import N_, NotFound
from app.scan.dependencies import Holder, bearer
from app.scan.pages import ChecklistPage, checklist_page
from app.web.access import find_phone
from app.web.rendering import render
from app.web.session import SessionDep
from app.web.text import filled_document

router = APIRouter()


@router.get("/B/{code}/guidance/{item_id}", dependencies=[bearer])
@router.get("/b/{code}/guidance/{item_id}", dependencies=[bearer])
def show_guidance(request: Request, session: SessionDep, holder: Holder, item_id: str) -> Response:
    """すぐやること (M3b) for one sign: say, phone, don't."""
    page = checklist_page(session, holder, find_phone(request, session))
    return guidance_answer(request, page, item_id)


def guidance_answer(request: Request, page: ChecklistPage, item_id: str) -> Response:
    item = next((one for one in page.document["items"] if one["id"] == item_id), None)
    if item is None:
        raise NotFound(N_("この項目は見つかりません。"))
    return render(request, "scan/guidance.html", page=page, item=item)


@router.get("/B/{code}/screens/{screen_id}", dependencies=[bearer])
@router.get("/b/{code}/screens/{screen_id}", dependencies=[bearer])
def show_customer_screen(request: Request, holder: Holder, screen_id: str) -> Response:
    """The page turned to the customer (M3c): always light, large, and never an accusation."""
    return screen_answer(request, holder, screen_id, f"/B/{holder.badge.code}")


def screen_answer(
    request: Request,
    holder: BadgeHolder,
    screen_id: str,
    base: str,
    *,
    is_sample: bool = False,
) -> Response:
    screens = filled_document(customer_screens(), holder.network.variables)
    place = next((n for n, one in enumerate(screens) if one["id"] == screen_id), None)
    if place is None:
        raise NotFound(N_("この画面は見つかりません。"))
    following = screens[(place + 1) % len(screens)]
    return render(
        request,
        "scan/customer_screen.html",
        holder=holder,
        base=base,
        is_sample=is_sample,
        screen=screens[place],
        following=following,
    )
