"""The file of a 決まり as an answer."""

from uuid import UUID

from sqlmodel import Session
from starlette.responses import Response

from app.bylaws.queries import get_file
from app.web.access import PhoneActor, StaffActor

SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'"


def file_of(session: Session, actor: StaffActor | PhoneActor, bylaw_id: UUID) -> Response:
    """To be saved or opened by the device itself, never run as a page of ours."""
    bylaw, content = get_file(session, actor.network_id, bylaw_id)
    name = f"kimari-{bylaw.kind}-{bylaw.version}.pdf"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Security-Policy": SANDBOX,
    }
    return Response(content, media_type="application/pdf", headers=headers)
