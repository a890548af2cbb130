"""訓練 on the phone: the card of the home, and the screen that waits for the answer."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from app.badges.models import Badge, Pairing
from app.badges.queries import BadgeHolder, holder_of
from app.drills.commands import acknowledge_in_drill
from app.drills.models import Drill, DrillReport
from app.drills.queries import find_own_drill_report, find_running_at, own_report_in
from app.errors import N_, NotFound
from app.networks.scope import get_row
from app.reports.coverage import coverage_of
from app.web.access import PairedPhone, PhoneActor
from app.web.rendering import render, see_other
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/drills/reports")
Phone = Annotated[PhoneActor, Depends(PairedPhone())]


@dataclass(frozen=True)
class DrillCard:
    """`report`: what this phone has sent in it."""

    drill: Drill
    report: DrillReport | None


def card_for(
    session: Session, pairing: Pairing, holder: BadgeHolder, now: datetime
) -> DrillCard | None:
    """While a drill runs at the workplace, for phones with an inbox."""
    if not pairing.has_inbox:
        return None
    drill = find_running_at(session, pairing.network_id, holder.workplace.id, now)
    return DrillCard(drill, own_report_in(session, drill, pairing.device_id)) if drill else None


def lead_to_drill(session: Session, phone: PhoneActor, report_id: UUID) -> Response:
    """To the page of what was reported in a drill. Raises NotFound for any other id."""
    if find_own_drill_report(session, phone, report_id):
        return see_other(f"/drills/reports/{report_id}")
    raise NotFound(N_("この報告は見つかりません。"))


def get_own(session: SessionDep, phone: Phone, drill_report_id: UUID) -> DrillReport:
    if report := find_own_drill_report(session, phone, drill_report_id):
        return report
    raise NotFound(N_("この報告は見つかりません。"))


Own = Annotated[DrillReport, Depends(get_own)]


@router.get("/{drill_report_id}")
def show_drill_report(request: Request, session: SessionDep, report: Own, now: Now) -> Response:
    drill = session.get(Drill, (report.network_id, report.drill_id)) if report.drill_id else None
    response = render(
        request,
        "drills/report.html",
        partial="drills/_report.html",
        report=report,
        is_over=drill is None or not drill.is_running_at(now),
        holder=holder_of(session, get_row(session, Badge, report.network_id, report.badge_id)),
    )
    return coverage_of(session, report.network_id).tell(response)


@router.post("/{drill_report_id}/acknowledgement")
def acknowledge(session: SessionDep, report: Own, now: Now) -> Response:
    acknowledge_in_drill(session, report, now)
    return see_other(f"/drills/reports/{report.id}")
