"""見本 of a checklist that a network around this one asked its 中心市 to read."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from app.checklists.edition import CHECKLISTS
from app.checklists.standard_set import INDUSTRIES
from app.editions.asked import get_asked
from app.errors import N_, NotFound
from app.scan.guidance import guidance_answer, screen_answer
from app.scan.pages import ChecklistPage
from app.scan.preview import sample_of, sealed_off
from app.scan.routes import checklist_answer
from app.web.access import Permission, StaffActor, StaffWith
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/office/reviews/{link_id}/checklist/{industry}/preview")
Approver = Annotated[StaffActor, Depends(StaffWith(Permission.EDITION_APPROVE))]


def sample_page(
    session: SessionDep, actor: Approver, link_id: UUID, industry: str, now: Now
) -> ChecklistPage:
    if industry not in INDUSTRIES:
        raise NotFound(N_("見つかりません。"))
    asked = get_asked(session, actor.network_id, link_id, CHECKLISTS, industry)
    base = f"/office/reviews/{link_id}/checklist/{industry}/preview"
    return sample_of(session, asked.draft.network_id, industry, asked.draft, base, now)


Sample = Annotated[ChecklistPage, Depends(sample_page)]


@router.get("")
def show_sample(request: Request, page: Sample) -> Response:
    """Everything that can be ticked on one page, as without a script."""
    return sealed_off(checklist_answer(request, page, whole=True))


@router.get("/guidance/{item_id}")
def show_sample_guidance(request: Request, page: Sample, item_id: str) -> Response:
    return sealed_off(guidance_answer(request, page, item_id))


@router.get("/screens/{screen_id}")
def show_sample_screen(request: Request, page: Sample, screen_id: str) -> Response:
    return sealed_off(screen_answer(request, page.holder, screen_id, page.base, is_sample=True))
