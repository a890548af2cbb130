"""What a pilot leaves: its result as a page and as a file, and the slips for its workplaces."""

from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.clock import TOKYO
from app.errors import N_, NotFound
from app.networks.scope import get_network, get_row
from app.pilots.models import Pilot
from app.pilots.papers import HEAD, result_paper, result_rows, slips
from app.pilots.queries import participants_of, results_of
from app.pilots.routes import Runner
from app.pilots.rules import Phase
from app.web.rendering import see_other
from app.web.session import Now, SessionDep
from app.web.spreadsheets import as_csv

router = APIRouter(prefix="/office/pilots")


@router.get("/{pilot_id}/result.csv")
def export_result(session: SessionDep, actor: Runner, pilot_id: UUID, now: Now) -> Response:
    pilot = get_row(session, Pilot, actor.network_id, pilot_id)
    content = as_csv(HEAD, result_rows(results_of(session, pilot, now.astimezone(TOKYO).date())))
    return file_answer(content, "text/csv; charset=utf-8", "shikou.csv")


@router.get("/{pilot_id}/result.pdf")
def print_result(session: SessionDep, actor: Runner, pilot_id: UUID, now: Now) -> Response:
    pilot = get_row(session, Pilot, actor.network_id, pilot_id)
    network = get_network(session, actor.network_id)
    places = len(participants_of(session, pilot))
    results = results_of(session, pilot, now.astimezone(TOKYO).date())
    pdf = result_paper(network, pilot, places, results, now)
    return file_answer(pdf, "application/pdf", "shikou.pdf")


@router.get("/{pilot_id}/slips/{phase}.pdf")
def print_slips(
    request: Request, session: SessionDep, actor: Runner, pilot_id: UUID, phase: str
) -> Response:
    """Without workplaces there is nothing to print: back to where they are added."""
    pilot = get_row(session, Pilot, actor.network_id, pilot_id)
    if phase not in set(Phase):
        raise NotFound(N_("見つかりません。"))
    places = participants_of(session, pilot)
    if not places:
        return see_other(f"/office/pilots/{pilot.id}")
    network, base = get_network(session, actor.network_id), request.app.state.settings.base_url
    pdf = slips(network, pilot, places, Phase(phase), base)
    return file_answer(pdf, "application/pdf", f"anketo-{phase}.pdf")


def file_answer(content: bytes, kind: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=kind, headers=headers)
