"""What one workplace told: its reports by key, and of which kinds they were lately."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends
from sqlmodel import Session, col
from starlette.requests import Request
from starlette.responses import Response

from app.checklists.standard_set import known_categories
from app.desk.dependencies import Reader
from app.desk.inbox.listing import Part, first_fifty, one_too_many
from app.desk.report.around import LATELY
from app.networks.scope import get_row, in_network
from app.organizations.models import Workplace
from app.organizations.queries import place_names
from app.reports.models import Report
from app.web.rendering import render
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/desk/workplaces/{workplace_id}")
COUNTED = 500


@dataclass(frozen=True)
class History:
    """`kinds`: names of tricks and how often lately, among the last five hundred reports."""

    workplace: Workplace
    place: str
    part: Part
    kinds: list[tuple[dict[str, str] | None, int]]


def history_of(session: Session, workplace: Workplace, after: int | None, now: datetime) -> History:
    mine = in_network(Report, workplace.network_id).where(Report.workplace_id == workplace.id)
    in_order = mine.order_by(col(Report.seq).desc())
    is_first = not after or after < 1
    page = in_order if is_first else in_order.where(col(Report.seq) < min(after or 0, 2**31 - 1))
    return History(
        workplace=workplace,
        place=place_names(session, workplace.network_id, [workplace.id])[workplace.id],
        part=first_fifty(list(session.exec(one_too_many(page))), is_first=is_first),
        kinds=_kinds(session, in_order, now),
    )


def _kinds(session: Session, in_order: Any, now: datetime) -> list[tuple[Any, int]]:
    columns = (col(Report.category), col(Report.received_at))
    found = session.execute(in_order.limit(COUNTED).with_only_columns(*columns))
    names, since = known_categories(), now - LATELY
    counted = Counter(code for code, at in found if at >= since)
    return [(names.get(code), n) for code, n in counted.most_common()]


def get_workplace(session: SessionDep, actor: Reader, workplace_id: UUID) -> Workplace:
    return get_row(session, Workplace, actor.network_id, workplace_id)


@router.get("")
def show_history(
    request: Request,
    session: SessionDep,
    actor: Reader,
    now: Now,
    workplace: Annotated[Workplace, Depends(get_workplace)],
    after: int | None = None,
) -> Response:
    history = history_of(session, workplace, after, now)
    return render(request, "desk/report/workplace.html", actor=actor, history=history)
