"""終わりの返事を待つ報告: answered long ago, and whoever reported doesn't know how it went."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.desk.dependencies import Reader
from app.desk.inbox.owed import owed_rows
from app.web.rendering import render
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/desk/owed")


@router.get("")
def show_owed(request: Request, session: SessionDep, actor: Reader, now: Now) -> Response:
    rows = owed_rows(session, actor.network_id, now)
    return render(request, "desk/outcomes/owed.html", actor=actor, rows=rows)
