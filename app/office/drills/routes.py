"""訓練 from the office: choosing a mock case and workplaces, ending it, and how it went."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from sqlmodel import Session
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from app.clock import TOKYO
from app.drills.commands import end_drill, start_drill
from app.drills.measuring import Figures, measured
from app.drills.mock_cases import mock_cases
from app.drills.models import Drill
from app.drills.queries import all_drills, phones_and_places
from app.drills.rules import LASTING
from app.errors import N_, DomainError, Invalid
from app.networks.scope import get_network, get_row
from app.office.drills.places import chosen_workplaces, drill_places
from app.web.access import Permission, StaffActor, StaffWith
from app.web.forms import read_form
from app.web.language import say, say_plainly
from app.web.rendering import render, see_other
from app.web.session import Now, SessionDep
from app.web.spreadsheets import as_csv

router = APIRouter(prefix="/office/drills")
Runner = Annotated[StaffActor, Depends(StaffWith(Permission.DRILL_RUN))]
Fields = Annotated[FormData, Depends(read_form)]
USUAL = "60"
HEADER = (
    N_("事業所・店舗"),
    N_("対象の端末"),
    N_("通知が届いた"),
    N_("開いた"),
    N_("報告した"),
    N_("報告までの時間(秒、中央値)"),
    N_("指示を受けた"),
    N_("了解した"),
    N_("終了後"),
)


@router.get("")
def show_drills(request: Request, session: SessionDep, actor: Runner, now: Now) -> Response:
    return drills_page(request, session, actor, now)


def drills_page(
    request: Request,
    session: Session,
    actor: StaffActor,
    now: Now,
    form: FormData | None = None,
    refused: DomainError | None = None,
) -> Response:
    """Everything that was chosen stays chosen."""
    drills = all_drills(session, actor.network_id)
    sizes = phones_and_places(session, actor.network_id, drills)
    return render(
        request,
        "office/drills/drills.html",
        status=refused.status if refused else 200,
        actor=actor,
        network=get_network(session, actor.network_id),
        cases=mock_cases(),
        lasting=LASTING,
        places=drill_places(session, actor.network_id, form),
        rows=[(one, *sizes[one.id], one.is_running_at(now)) for one in drills],
        case=str(form.get("case", "")) if form else "",
        lasts=str(form.get("lasts", "")) if form else USUAL,
        error=say(refused.message) if refused else None,
        wrong=refused.values.get("field", "workplace") if refused else "",
    )


@router.post("")
def start(request: Request, session: SessionDep, actor: Runner, form: Fields, now: Now) -> Response:
    """Or, for the button that searches, the same form with other workplaces."""
    if "search" in form:
        return drills_page(request, session, actor, now, form)
    try:
        case, lasts = str(form.get("case", "")), str(form.get("lasts", ""))
        if case not in mock_cases():
            raise Invalid(N_("想定を1つ選んでください。"), field="case")
        if lasts not in LASTING:
            raise Invalid(N_("訓練の長さを選んでください。"), field="lasts")
        places = chosen_workplaces(drill_places(session, actor.network_id, form))
        drill = start_drill(session, actor, case, places, LASTING[lasts], now)
    except DomainError as refused:
        return drills_page(request, session, actor, now, form, refused)
    return see_other(f"/office/drills/{drill.id}")


def get_drill(session: SessionDep, actor: Runner, drill_id: UUID) -> Drill:
    return get_row(session, Drill, actor.network_id, drill_id)


Loaded = Annotated[Drill, Depends(get_drill)]


@router.get("/{drill_id}")
def show_drill(
    request: Request, session: SessionDep, actor: Runner, drill: Loaded, now: Now
) -> Response:
    return render(
        request,
        "office/drills/drill.html",
        actor=actor,
        network=get_network(session, actor.network_id),
        drill=drill,
        measured=measured(session, drill),
        is_running=drill.is_running_at(now),
    )


@router.get("/{drill_id}/results.csv")
def download_results(session: SessionDep, drill: Loaded) -> Response:
    found = measured(session, drill)
    rows = [cells(one.place, one) for one in found.by_workplace]
    rows.append(cells(say_plainly(N_("合計")), found.total))
    name = f"drill-{drill.starts_at.astimezone(TOKYO):%Y%m%d}.csv"
    return Response(
        as_csv([say_plainly(one) for one in HEADER], rows),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def cells(place: str, one: Figures) -> list[object]:
    seconds = "" if one.reporting is None else round(one.reporting.total_seconds())
    return [
        place,
        one.called,
        one.delivered,
        one.opened,
        one.reported,
        seconds,
        one.instructed,
        one.acknowledged,
        one.late,
    ]


@router.post("/{drill_id}/end")
def end(session: SessionDep, actor: Runner, drill: Loaded, now: Now) -> Response:
    end_drill(session, drill, actor, now)
    return see_other(f"/office/drills/{drill.id}")
