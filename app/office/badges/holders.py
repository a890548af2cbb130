"""Who has a badge: a call name that may be printed, and where the network wants it, a note for the
clerk alone. Neither is ever required."""

from uuid import UUID

from fastapi import APIRouter
from sqlalchemy import update
from sqlmodel import Session, col
from starlette.requests import Request
from starlette.responses import Response

from app.badges.models import Badge
from app.networks.scope import get_network, get_row
from app.office.badges.routes import BadgeIssuer, Form, badge_page
from app.organizations.commands import change, note
from app.web.access import StaffActor
from app.web.fields import Fields
from app.web.rendering import see_other
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/office/badges")


@router.post("/{badge_id}/holder")
def save_holder(
    request: Request, session: SessionDep, actor: BadgeIssuer, badge_id: UUID, form: Form, now: Now
) -> Response:
    badge = get_row(session, Badge, actor.network_id, badge_id)
    fields = Fields(form)
    values = {"call_name": fields.line("call_name", 12)}
    if get_network(session, actor.network_id).notes_holders:
        values["holder_note"] = fields.line("holder_note", 60)
    if fields.wrong:
        return badge_page(request, session, actor, badge, now, fields)
    change(session, badge, actor, "badge.holder", values, now)
    return see_other(f"/office/badges/{badge.id}")


@router.post("/holder-notes")
def switch_notes(session: SessionDep, actor: BadgeIssuer, form: Form, now: Now) -> Response:
    """On, or off; off wipes what was noted."""
    network = get_network(session, actor.network_id)
    wanted = form.get("keep") == "yes"
    if wanted != network.notes_holders:
        network.notes_holders = wanted
        note(session, actor, "network.holder_notes", network.id, now, on=wanted)
        if not wanted:
            wipe_notes(session, actor)
    return see_other("/office/badges")


def wipe_notes(session: Session, actor: StaffActor) -> None:
    noted = update(Badge).where(
        col(Badge.network_id) == actor.network_id, col(Badge.holder_note) != ""
    )
    session.execute(noted.values(holder_note=""))
