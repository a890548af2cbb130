"""未着の可能性: what a phone sent and the centre never got, to be asked about by telephone."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Query
from pydantic import BaseModel
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from app.badges.queries import BadgeHolder, holders_of
from app.desk.dependencies import Claimer, Reader
from app.desk.inbox.listing import PAGE, capped
from app.ids import read_id
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


def missing_reports(session: Session, network_id: UUID, gaps: Sequence[DeviceGap]) -> list[Missing]:
    holders = holders_of(session, network_id, {one.badge_id for one in gaps})
    return [Missing(gap, holders[gap.badge_id]) for gap in gaps]


@router.get("")
def show_missing(
    request: Request,
    session: SessionDep,
    actor: Reader,
    now: Now,
    first: Annotated[str, Query(max_length=40)] = "",
) -> Response:
    """Fifty, from the oldest or from that one on."""
    network_id = actor.network_id
    gaps = waiting_gaps(session, network_id, now, PAGE + 1, read_id(first))
    return render(
        request,
        "desk/inbox/missing.html",
        actor=actor,
        missing=missing_reports(session, network_id, gaps[:PAGE]),
        count=capped(len(waiting_gaps(session, network_id, now, PAGE + 1))),
        is_first=not first,
        more=gaps[PAGE].id if len(gaps) > PAGE else None,
    )


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
