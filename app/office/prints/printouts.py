"""What goes for everything printed: how it is answered, and what is remembered of it."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Annotated, ParamSpec, TypeVar
from uuid import UUID

from fastapi import Depends
from sqlmodel import Session
from starlette.responses import Response

from app.audit.commands import record
from app.badges.models import Badge
from app.badges.rules import BadgeState
from app.errors import DomainError
from app.web.access import Permission, StaffActor, StaffAhead
from app.web.turns import Turns

PrinterAhead = Annotated[StaffActor, Depends(StaffAhead(Permission.BADGE_PRINT))]
PRESSES = Turns(2, waiting=10, of_one=3)
"""For what is set and read back before a transaction begins."""
Given = ParamSpec("Given")
Made = TypeVar("Made")


def attempted(
    work: Callable[Given, Made], *args: Given.args, **kwargs: Given.kwargs
) -> Made | DomainError:
    """What was made, or why it can't be: for whoever shows the clerk's page again."""
    try:
        return work(*args, **kwargs)
    except DomainError as refused:
        return refused


def mark_printed(badges: Sequence[Badge]) -> None:
    for badge in badges:
        if badge.state == BadgeState.ISSUED:
            badge.state = BadgeState.PRINTED


def note_printing(
    session: Session, network_id: UUID, actor: str, count: int, now: datetime
) -> None:
    record(
        session,
        network_id,
        actor=actor,
        action="badge.print",
        object_id=network_id,
        now=now,
        details={"count": count},
    )


def pdf_answer(pdf: bytes, name: str, *, inline: bool = False) -> Response:
    """Kept by no browser or proxy: it may hold codes."""
    kind = "inline" if inline else "attachment"
    headers = {
        "Content-Disposition": f'{kind}; filename="{name}"',
        "Cache-Control": "private, no-store",
    }
    return Response(pdf, media_type="application/pdf", headers=headers)
