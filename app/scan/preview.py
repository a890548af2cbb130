"""見本: a checklist that isn't published yet, on the very page that phones will show it with."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from app.badges.models import Badge
from app.badges.queries import BadgeHolder
from app.checklists.adaptation import published_form
from app.checklists.edition import CHECKLISTS
from app.checklists.queries import current_checklist
from app.checklists.standard_set import INDUSTRIES
from app.editions.models import Draft
from app.editions.queries import find_draft
from app.errors import N_, NotFound
from app.networks.scope import get_network
from app.organizations.models import Organization, Workplace
from app.scan.guidance import guidance_answer, screen_answer
from app.scan.pages import ChecklistPage, page_around
from app.scan.routes import STYLE, checklist_answer
from app.web.access import Permission, StaffActor, StaffWith
from app.web.assets import digest
from app.web.language import say_plainly
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/office/checklists/{industry}/preview")
Reader = Annotated[StaffActor, Depends(StaffWith(Permission.EDITION_READ))]
SEALED_OFF = (
    "default-src 'none'; script-src 'none'; style-src 'self' {style}; img-src 'self' data:; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
)


def sample_page(session: SessionDep, actor: Reader, industry: str, now: Now) -> ChecklistPage:
    """The draft, or what is published where there is none."""
    if industry not in INDUSTRIES:
        raise NotFound(N_("見つかりません。"))
    draft = find_draft(session, actor.network_id, CHECKLISTS, industry)
    base = f"/office/checklists/{industry}/preview"
    return sample_of(session, actor.network_id, industry, draft, base, now)


def sample_of(
    session: Session, network_id: UUID, industry: str, draft: Draft | None, base: str, now: datetime
) -> ChecklistPage:
    """As phones of that network would show it."""
    current = current_checklist(session, network_id, industry)
    return page_around(
        published_form(industry, draft.document) if draft else current.document,
        holder=nobody(session, network_id, industry, now),
        version=current.version + 1 if draft else current.version,
        agreed=True,
        promises=[],
        sealing={},
        base=base,
        is_sample=True,
    )


def nobody(session: Session, network_id: UUID, industry: str, now: datetime) -> BadgeHolder:
    """A badge that was never issued, at a shop that doesn't exist. Neither is stored."""
    place = Organization(
        network_id=network_id, name=say_plainly(N_("見本の店")), standing="partner", created_at=now
    )
    workplace = Workplace(
        network_id=network_id, organization_id=place.id, industry=industry, created_at=now
    )
    badge = Badge(
        network_id=network_id,
        workplace_id=workplace.id,
        number="A-0000",
        code="",
        state="issued",
        valid_until=date.max,
        issued_at=now,
    )
    return BadgeHolder(badge, workplace, place, get_network(session, network_id))


Sample = Annotated[ChecklistPage, Depends(sample_page)]


def sealed_off(response: Response) -> Response:
    """No script runs in it, no form leaves it, and only our own pages show it in a frame."""
    response.headers["Content-Security-Policy"] = SEALED_OFF.format(style=digest(STYLE))
    return response


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
