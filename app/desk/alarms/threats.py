"""こわい思い・カスハラ: who was threatened, who looks after them, and how it ended."""

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
from app.badges.models import Badge
from app.badges.queries import BadgeHolder, holder_of
from app.desk.dependencies import Claimer, Reader
from app.networks.scope import get_row
from app.reports.models import Report
from app.staff.models import Staff
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


def shown(session: Session, threat: Threat) -> Shown:
    network_id, owner = threat.network_id, threat.assigned_to_id
    report = get_row(session, Report, network_id, threat.report_id)
    return Shown(
        threat,
        report,
        holder_of(session, get_row(session, Badge, network_id, report.badge_id)),
        get_row(session, Staff, network_id, owner).name if owner else "",
    )


@router.get("")
def show_threats(request: Request, session: SessionDep, actor: Reader) -> Response:
    threats = [shown(session, one) for one in open_threats(session, actor.network_id)]
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
