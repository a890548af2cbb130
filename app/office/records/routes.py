"""記録: who did what, when; filtered, exported, and checked for gaps in the chain."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Form, Query
from pydantic import BaseModel, Field
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from app.audit.commands import first_broken, record
from app.audit.queries import EntryFilter, entries
from app.audit.words import actions_of
from app.links.queries import peers_of
from app.networks.scope import get_network
from app.office.records.export import HEADINGS, about, as_workbook, detail, rows_of, what, who
from app.staff.queries import everybody
from app.web.access import Permission, StaffActor, StaffAhead, StaffWith
from app.web.language import say_plainly
from app.web.rendering import render, see_other
from app.web.session import Now, SessionDep
from app.web.spreadsheets import as_csv
from app.web.text import one_line

router = APIRouter(prefix="/office/audit")
AuditReader = Annotated[StaffActor, Depends(StaffWith(Permission.AUDIT_READ))]
# Walking a chain or writing a file takes seconds: done before anybody has to wait for it.
AuditReaderAhead = Annotated[StaffActor, Depends(StaffAhead(Permission.AUDIT_READ))]
PAGE = 50
MOST = 50_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Export:
    rows: int
    format: str
    media_type: str
    content: bytes


class WantedForm(BaseModel):
    """An empty field, or a day that isn't one, narrows nothing."""

    since: Annotated[str, Field(max_length=10)] = ""
    until: Annotated[str, Field(max_length=10)] = ""
    person: Annotated[str, Field(max_length=60)] = ""
    action: Annotated[str, Field(max_length=40)] = ""
    object: Annotated[str, Field(max_length=60)] = ""
    before: Annotated[int | None, Field(ge=0, le=2**31 - 1)] = None

    @property
    def filter(self) -> EntryFilter:
        return EntryFilter(
            day(self.since),
            day(self.until),
            one_line(self.person),
            one_line(self.action),
            one_line(self.object).strip(),
            self.before,
        )


class ExportForm(WantedForm):
    format: Literal["csv", "xlsx"] = "csv"


@router.get("")
def show_audit(
    request: Request,
    session: SessionDep,
    actor: AuditReader,
    wanted: Annotated[WantedForm, Query()],
    check: Annotated[str, Query(max_length=12)] = "",
) -> Response:
    found = entries(session, actor.network_id, wanted.filter, PAGE + 1)
    network = get_network(session, actor.network_id)
    return render(
        request,
        "office/records/records.html",
        actor=actor,
        network=network,
        wanted=wanted,
        shown=found[:PAGE],
        more=len(found) > PAGE,
        people=everybody(session, actor.network_id),
        names=names_of(session, actor),
        who=who,
        what=what,
        about=about,
        detail=detail,
        actions=actions_of(network),
        check=check,
    )


def write_export(
    request: Request, actor: AuditReaderAhead, form: Annotated[ExportForm, Form()]
) -> Export:
    with request.app.state.database.reading() as session:
        found = entries(session, actor.network_id, form.filter, MOST)
        rows = rows_of(found, names_of(session, actor))
    headings = [say_plainly(one) for one in HEADINGS]
    if form.format == "csv":
        return Export(len(rows), "csv", "text/csv", as_csv(headings, rows))
    return Export(len(rows), "xlsx", XLSX, as_workbook(rows))


@router.post("/export")
def export(
    actor: AuditReaderAhead,
    made: Annotated[Export, Depends(write_export)],
    session: SessionDep,
    now: Now,
) -> Response:
    note(session, actor, "audit.export", now, {"count": made.rows, "format": made.format})
    headers = {"Content-Disposition": f'attachment; filename="nafuda-kiroku.{made.format}"'}
    return Response(made.content, media_type=made.media_type, headers=headers)


def walk_chain(request: Request, actor: AuditReaderAhead) -> int | None:
    with request.app.state.database.reading() as session:
        return first_broken(session, actor.network_id)


@router.post("/check")
def check_chain(
    actor: AuditReaderAhead,
    broken: Annotated[int | None, Depends(walk_chain)],
    session: SessionDep,
    now: Now,
) -> Response:
    """Walks the whole chain; the result is an entry of it too."""
    note(session, actor, "audit.check", now, {"broken": broken})
    return see_other(f"/office/audit?check={'whole' if broken is None else broken}")


def names_of(session: Session, actor: StaffActor) -> dict[str, str]:
    people = everybody(session, actor.network_id)
    names = {f"staff:{one.id}": one.name or one.sign_in for one in people}
    peers = peers_of(session, actor.network_id)
    return names | {f"network:{one.link.peer_id}": one.name for one in peers}


def note(
    session: Session, actor: StaffActor, action: str, now: Now, details: dict[str, object]
) -> None:
    record(
        session,
        actor.network_id,
        actor=f"staff:{actor.id}",
        action=action,
        object_id=actor.network_id,
        now=now,
        details=details,
    )


def day(typed: str) -> date | None:
    try:
        found = date.fromisoformat(typed)
    except ValueError:
        return None
    return found if 2000 <= found.year < 2200 else None
