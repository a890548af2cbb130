"""ほかの会に渡すファイル: fetched by one network's clerk, brought by another's."""

import json
from dataclasses import asdict, dataclass, field
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query
from sqlmodel import Session
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response

from app.errors import N_, DomainError, Invalid, TooLarge
from app.networks.scope import get_network
from app.office.blueprint.contents import LARGEST, read_blueprint
from app.office.blueprint.taking_over import PARTS, carry_out, planned
from app.office.blueprint.writing import blueprint_of
from app.web.access import Permission, StaffActor, StaffAhead, StaffWith
from app.web.rendering import render, see_other
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/office/running/blueprint")
Keeper = Annotated[StaffActor, Depends(StaffWith(Permission.RUNNING_WRITE))]
Bringer = Annotated[StaffActor, Depends(StaffAhead(Permission.RUNNING_WRITE))]
WRITERS = [
    Depends(StaffAhead(permission))
    for permission in (
        Permission.EDITION_WRITE,
        Permission.ORGANIZATION_WRITE,
        Permission.SETTINGS_EDIT,
        Permission.DATA_END,
    )
]
Count = Annotated[int | None, Query(ge=0, le=100)]


@dataclass(frozen=True)
class Brought:
    content: bytes = b""
    parts: frozenset[str] = frozenset()
    error: DomainError | None = field(default=None)


async def read_brought(request: Request, actor: Bringer) -> Brought:
    """Outside of any transaction: nobody waits for a slow line."""
    async with request.form(max_files=1, max_fields=len(PARTS) + 2) as form:
        file = form.get("file")
        content = await file.read() if isinstance(file, UploadFile) else b""
        parts = frozenset(part for part in PARTS if part in form.getlist("part"))
    if len(content) > LARGEST:
        return Brought(b"", parts, TooLarge(N_("ファイルは1MBまでです。")))
    if not content:
        return Brought(b"", parts, Invalid(N_("ファイルを選んでください。")))
    if not parts:
        return Brought(b"", parts, Invalid(N_("取り入れるものに✓してください。")))
    return Brought(content, parts)


@router.get("")
def show_blueprint(
    request: Request,
    session: SessionDep,
    actor: Keeper,
    drafts: Count = None,
    settings: Count = 0,
    promise: Annotated[int, Query(ge=0, le=2**31 - 1)] = 0,
) -> Response:
    return _page(request, session, actor, Brought(), drafts, settings, promise)


@router.get("/file.json")
def fetch(session: SessionDep, actor: Keeper) -> Response:
    blueprint = blueprint_of(session, get_network(session, actor.network_id))
    content = json.dumps(blueprint, ensure_ascii=False, indent=1)
    headers = {"Content-Disposition": 'attachment; filename="tsunagu-nafuda.json"'}
    return Response(content, media_type="application/json", headers=headers)


@router.post("", dependencies=WRITERS)
def bring(
    request: Request,
    actor: Bringer,
    brought: Annotated[Brought, Depends(read_brought)],
    session: SessionDep,
    now: Now,
) -> Response:
    try:
        if brought.error:
            raise brought.error
        blueprint = read_blueprint(brought.content)
        network = get_network(session, actor.network_id)
        plan = planned(session, network, blueprint, brought.parts)
    except DomainError as refused:
        return _page(request, session, actor, Brought(b"", brought.parts, refused))
    done = carry_out(session, actor, network, plan, now)
    return see_other(f"/office/running/blueprint?{urlencode(asdict(done))}")


def _page(
    request: Request,
    session: Session,
    actor: StaffActor,
    brought: Brought,
    drafts: int | None = None,
    settings: int | None = 0,
    promise: int = 0,
) -> Response:
    return render(
        request,
        "office/blueprint.html",
        status=422 if brought.error else 200,
        actor=actor,
        network=get_network(session, actor.network_id),
        ticked=brought.parts,
        error=brought.error,
        drafts=drafts,
        settings=settings,
        promise=promise,
    )
