"""こわい思い・カスハラ: who was threatened, who looks after them, and how it ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form
from pydantic import BaseModel, Field
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from app.alarms.models import Threat
from app.alarms.threats import OUTCOMES, close_threat, open_threats
from app.badges.queries import BadgeHolder, holders_of
from app.desk.dependencies import Claimer, Reader
from app.networks.scope import get_row, get_rows
from app.reports.models import Report
from app.staff.queries import names_of
from app.web.rendering import render, see_other
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/desk/threats")


class OutcomeForm(BaseModel):
    outcome: Annotated[str, Field(max_length=12)] = ""


@dataclass(frozen=True)
class Shown:
    """One threat: where it was, and who is to help."""

    threat: Threat
    report: Report
    holder: BadgeHolder
    assigned_to: str


def shown(session: Session, network_id: UUID, threats: Sequence[Threat]) -> list[Shown]:
    reports = get_rows(session, Report, network_id, {one.report_id for one in threats})
    holders = holders_of(session, network_id, {one.badge_id for one in reports.values()})
    names = names_of(session, network_id, {one.assigned_to_id for one in threats})
    found = ((one, reports[one.report_id]) for one in threats)
    return [
        Shown(one, report, holders[report.badge_id], names[one.assigned_to_id])
        for one, report in found
    ]


@router.get("")
def show_threats(request: Request, session: SessionDep, actor: Reader) -> Response:
    threats = shown(session, actor.network_id, open_threats(session, actor.network_id))
    return render(
        request, "desk/alarms/threats.html", actor=actor, threats=threats, outcomes=OUTCOMES
    )


def get_threat(session: SessionDep, actor: Claimer, threat_id: UUID) -> Threat:
    return get_row(session, Threat, actor.network_id, threat_id)


@router.post("/{threat_id}/outcome")
def end_threat(
    session: SessionDep,
    actor: Claimer,
    now: Now,
    threat: Annotated[Threat, Depends(get_threat)],
    form: Annotated[OutcomeForm, Form()],
) -> Response:
    close_threat(session, threat, actor, form.outcome, now)
    return see_other("/desk/threats")
