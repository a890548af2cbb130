"""未着の可能性: what a phone sent and the centre never got, to be asked about by telephone."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form
from pydantic import BaseModel
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from app.badges.models import Badge
from app.badges.queries import BadgeHolder, holder_of
from app.desk.dependencies import Claimer, Reader
from app.networks.scope import get_row
from app.reports.gaps import dismiss_gap, waiting_gaps
from app.reports.models import DeviceGap
from app.web.rendering import render, see_other
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/desk/missing")


class Reason(StrEnum):
    """How a person found out what became of it."""

    TOLD = "told"
    NOTHING = "nothing"
    CLEARED = "cleared"
    UNREACHABLE = "unreachable"


class DismissalForm(BaseModel):
    reason: Reason


@dataclass(frozen=True)
class Missing:
    """Numbers of one phone, and whom to ask."""

    gap: DeviceGap
    holder: BadgeHolder

    @property
    def count(self) -> int:
        return self.gap.last_number - self.gap.first_number + 1


def missing_reports(session: Session, network_id: UUID, now: datetime) -> list[Missing]:
    return [
        Missing(gap, holder_of(session, get_row(session, Badge, network_id, gap.badge_id)))
        for gap in waiting_gaps(session, network_id, now)
    ]


@router.get("")
def show_missing(request: Request, session: SessionDep, actor: Reader, now: Now) -> Response:
    missing = missing_reports(session, actor.network_id, now)
    return render(request, "desk/inbox/missing.html", actor=actor, missing=missing)


def get_gap(session: SessionDep, actor: Claimer, gap_id: UUID) -> DeviceGap:
    return get_row(session, DeviceGap, actor.network_id, gap_id)


@router.post("/{gap_id}/dismissal")
def dismiss_missing(
    session: SessionDep,
    actor: Claimer,
    now: Now,
    gap: Annotated[DeviceGap, Depends(get_gap)],
    form: Annotated[DismissalForm, Form()],
) -> Response:
    dismiss_gap(session, gap, actor, form.reason, now)
    return see_other("/desk/missing")
