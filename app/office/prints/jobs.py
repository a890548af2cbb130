"""印刷の仕事: more badges than one answer should hold, made part by part by the worker."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from sqlmodel import Session, col
from sqlmodel.sql.expression import SelectOfScalar
from starlette.requests import Request
from starlette.responses import Response

from app.audit.commands import record
from app.deliveries.outbox import Item, Work, enqueue, enqueue_all
from app.errors import N_, Conflict, Invalid
from app.networks.scope import get_network, get_row, in_network
from app.office.badges.routes import BadgePrinter
from app.office.prints.printouts import pdf_answer
from app.printing.badge_paper import Layout, Sides, in_parts
from app.printing.models import PrintJob, PrintPart
from app.printing.pages import join
from app.web.access import StaffActor
from app.web.rendering import render
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/office/print-jobs")
MOST_AT_ONCE = 200
KEPT = timedelta(hours=24)
PRINT, EXPIRE = "print.part", "print.expire"


@dataclass(frozen=True)
class Progress:
    """How far a job is, in badges. `problem`: what stopped one of its parts."""

    job: PrintJob
    done: int
    problem: str
    is_complete: bool
    is_over: bool


def begin_job(
    session: Session,
    actor: StaffActor,
    badge_ids: Sequence[UUID],
    layout: Layout,
    *,
    by_reading: bool,
    now: datetime,
) -> PrintJob:
    """Parts of at most 200, each ending with a full sheet, so that they follow one another."""
    network_id = actor.network_id
    job = PrintJob(
        network_id=network_id,
        layout=asdict(layout),
        count=len(badge_ids),
        made_by_id=actor.id,
        made_at=now,
        ends_at=now + KEPT,
    )
    session.add(job)
    session.flush()
    parts = [
        PrintPart(
            network_id=network_id,
            job_id=job.id,
            place=place,
            start=start,
            badge_ids=[str(one) for one in badge_ids[first:end]],
            by_reading=by_reading,
        )
        for place, (first, end, start) in enumerate(in_parts(job.count, MOST_AT_ONCE, layout))
    ]
    session.add_all(parts)
    enqueue_all(session, network_id, PRINT, [Work({"part_id": str(p.id)}, now) for p in parts])
    enqueue(session, network_id, EXPIRE, {"job_id": str(job.id)}, job.ends_at)
    _note(session, job, actor, "print_job.begin", now)
    return job


def layout_of_job(job: PrintJob, start: int) -> Layout:
    kept: dict[str, Any] = job.layout
    return Layout(kept["paper"], Sides(kept["sides"]), start, kept["marks"])


def progress_of(session: Session, job: PrintJob, now: datetime) -> Progress:
    """Without the parts themselves, which weigh a megabyte and more."""
    wanted = col(PrintPart.badge_ids), col(PrintPart.problem), col(PrintPart.done_at)
    parts = session.execute(_of_job(job).with_only_columns(*wanted)).all()
    done = sum(len(badges) for badges, problem, at in parts if at and not problem)
    problems = [problem for _, problem, _ in parts if problem]
    problem = problems[0] if problems else ""
    is_complete = not problem and all(at for _, _, at in parts)
    return Progress(job, done, problem, is_complete, job.has_ended_at(now))


def expire(session: Session, item: Item, now: datetime) -> str:
    """The codes are on paper now, or never will be from here."""
    job = get_row(session, PrintJob, item.network_id, UUID(item.payload["job_id"]))
    if job.ended_at:
        return "ended"
    job.ended_at = now
    for part in session.exec(_of_job(job)):
        session.delete(part)
    return "expired"


@router.get("/{job_id}")
def show_job(
    request: Request, session: SessionDep, actor: BadgePrinter, job_id: UUID, now: Now
) -> Response:
    job = get_row(session, PrintJob, actor.network_id, job_id)
    return render(
        request,
        "office/prints/job.html",
        partial="office/prints/_job.html",
        actor=actor,
        network=get_network(session, actor.network_id),
        progress=progress_of(session, job, now),
    )


@router.post("/{job_id}/file")
def take_file(session: SessionDep, actor: BadgePrinter, job_id: UUID, now: Now) -> Response:
    """All parts as one PDF. Who took it, and when, is recorded."""
    job = get_row(session, PrintJob, actor.network_id, job_id)
    progress = progress_of(session, job, now)
    if progress.is_over:
        raise Invalid(N_("このPDFは、24時間たったので消しました。もう一度作ってください。"))
    if not progress.is_complete:
        raise Conflict(N_("PDFはまだできていません。"))
    _note(session, job, actor, "print_job.take", now)
    pdfs = session.execute(_of_job(job).with_only_columns(col(PrintPart.pdf))).scalars().all()
    return pdf_answer(join(pdfs), "nafuda.pdf")


def _of_job(job: PrintJob) -> SelectOfScalar[PrintPart]:
    mine = in_network(PrintPart, job.network_id).where(PrintPart.job_id == job.id)
    return mine.order_by(col(PrintPart.place))


def _note(session: Session, job: PrintJob, actor: StaffActor, action: str, now: datetime) -> None:
    record(
        session,
        job.network_id,
        actor=f"staff:{actor.id}",
        action=action,
        object_id=job.id,
        now=now,
        details={"count": job.count},
    )
