"""Ending a link: either side does it alone, and at once."""

from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from app.links.commands import end_link
from app.office.settings.routes import Editor
from app.web.rendering import see_other
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/office/settings/links")


@router.post("/{link_id}/end")
def end(session: SessionDep, actor: Editor, link_id: UUID, now: Now) -> Response:
    end_link(session, actor.network_id, link_id, f"staff:{actor.id}", now)
    return see_other("/office/settings#links")
