"""The back of the badge: its checklist, and the report as a plain form."""

from typing import Annotated

from fastapi import APIRouter, Depends
from markupsafe import Markup
from sqlmodel import Session
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from app.badges.commands import pair
from app.badges.credentials import Credentials
from app.badges.queries import BadgeHolder, pairing_with
from app.checklists.standard_set import screen_for
from app.errors import N_, Conflict
from app.ids import new_id
from app.reports.commands import accept_report
from app.reports.models import Report
from app.reports.personal_data import suspicions
from app.reports.plain_reports import (
    WITHOUT_SCRIPT,
    PlainReport,
    envelope_bytes,
    note_troubles,
    read_plain_report,
    seal_note,
)
from app.reports.queries import find_own_report, last_device_seq
from app.scan.dependencies import Holder, bearer
from app.scan.pages import ChecklistPage, checklist_page
from app.web.access import PhoneActor, find_phone
from app.web.assets import digest
from app.web.compression import compress_well
from app.web.forms import read_form
from app.web.language import active, say
from app.web.problems import wants_json
from app.web.rendering import render, see_other
from app.web.session import Now, SessionDep

router = APIRouter()
Form = Annotated[FormData, Depends(read_form)]

PAGE_POLICY = (
    "default-src 'none'; script-src 'self' {script}; style-src 'self' {style}; "
    "img-src 'self' data:; connect-src 'self'; manifest-src 'self'; worker-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
SCRIPT, STYLE = "static/js/pages/report.js", "static/css/phone.css"


@router.get("/B/{code}", dependencies=[bearer])
@router.get("/b/{code}", dependencies=[bearer])
def show_checklist(request: Request, session: SessionDep, holder: Holder) -> Response:
    phone = find_phone(request, session)
    if holder.badge.is_stopped:
        if wants_json(request):
            raise Conflict(N_("この名札は使えません(紛失などで停止)。事務局に連絡してください。"))
        return render(request, "scan/stopped.html", status=409, holder=holder)
    return kept_by_browser(checklist_answer(request, checklist_page(session, holder, phone)))


def kept_by_browser(response: Response) -> Response:
    """The phone's script takes this answer over for offline visits without asking for it twice."""
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def checklist_answer(
    request: Request,
    page: ChecklistPage,
    *,
    typed: PlainReport | None = None,
    errors: list[Markup] | None = None,
    status: int = 200,
    whole: bool = False,
) -> Response:
    """The first screen alone, or `whole` with everything that can be ticked and answered."""
    response = render(
        request,
        "scan/show.html",
        status=status,
        page=page,
        typed=typed,
        errors=errors or [],
        report_id=typed.report_id if typed else new_id(),
        suspected=suspicions(typed.note) if typed and not typed.note_is_too_long else [],
        screen_for=screen_for,
        whole=whole or bool(errors),
        open_all=whole,
    )
    response.headers["Content-Security-Policy"] = PAGE_POLICY.format(
        script=digest(SCRIPT), style=digest(STYLE)
    )
    compress_well(request, response)
    return response


@router.get("/B/{code}/more", dependencies=[bearer])
@router.get("/b/{code}/more", dependencies=[bearer])
def show_more(request: Request, session: SessionDep, holder: Holder) -> Response:
    """What the page's script puts in place: the rest of the checklist, and words for what may
    happen to a report."""
    phone = find_phone(request, session)
    response = render(
        request,
        "scan/later.html",
        page=checklist_page(session, holder, phone),
        last_seq=last_device_seq(session, phone),
        chosen=[],
        answers={},
        open_all=False,
        screen_for=screen_for,
    )
    return kept_by_browser(response)


@router.post("/b/{code}/checklist", dependencies=[bearer])
def show_whole_checklist(
    request: Request, session: SessionDep, holder: Holder, form: Form
) -> Response:
    """The same without a script: everything on one page, what was ticked still ticked."""
    page = checklist_page(session, holder, find_phone(request, session))
    typed = read_plain_report(form, *question_kinds(page))
    return checklist_answer(request, page, typed=typed, whole=True)


@router.post("/b/{code}/reports", dependencies=[bearer])
def send_report(
    request: Request, session: SessionDep, holder: Holder, form: Form, now: Now
) -> Response:
    """The same report without a script. What is missing is said above the form, ticks kept."""
    phone = find_phone(request, session)
    page = checklist_page(session, holder, phone)
    report = read_plain_report(form, *question_kinds(page))
    if errors := what_is_missing(page, report, form):
        return checklist_answer(request, page, typed=report, errors=errors, status=422)
    if phone and find_own_report(session, phone, report.report_id):
        return see_other(f"/reports/{report.report_id}")
    if sent := sent_already(session, holder, report):
        phone = PhoneActor(sent.network_id, sent.device_id)
    else:
        phone = phone_for(session, holder, phone, report, now)
        sealed = seal_note(session, phone.network_id, report)
        raw = envelope_bytes(report, page.document["id"], sealed, now)
        receipts = request.app.state.receipts
        accept_report(session, receipts, phone, raw, badge_code=holder.badge.code, now=now)
    response = see_other(f"/reports/{report.report_id}")
    credentials: Credentials = request.app.state.credentials
    credentials.give(response, phone.network_id, phone.device_id)
    return response


def sent_already(session: Session, holder: BadgeHolder, report: PlainReport) -> Report | None:
    """What a double click sends again before the first answer, and its cookie, were there. The id
    stood in that one form only, so it is the same phone."""
    known = session.get(Report, (holder.network.id, report.report_id))
    same = known and known.badge_id == holder.badge.id and known.device_seq == WITHOUT_SCRIPT
    return known if same else None


def question_kinds(page: ChecklistPage) -> tuple[set[str], set[str]]:
    multiple = {q["id"] for q in page.questions if q["type"] == "multi"}
    single = {q["id"] for q in page.questions if q["type"] != "multi"}
    return multiple, single | {page.here["id"]}


def what_is_missing(page: ChecklistPage, report: PlainReport, form: FormData) -> list[Markup]:
    errors: list[Markup] = []
    if not report.items:
        errors.append(say(N_("1つ以上に✓してください。")))
    if not page.agreed and report.agreed_version != page.holder.network.secrecy_version:
        errors.append(say(N_("「お約束」を確かめて、✓を付けてください。")))
    errors += note_troubles(report, is_fine=bool(form.get("note_is_fine")))
    return errors


def phone_for(
    session: Session, holder: BadgeHolder, phone: PhoneActor | None, report: PlainReport, now: Now
) -> PhoneActor:
    """This phone under this badge; paired in the same step if it wasn't. A stopped badge doesn't
    stop what a phone that knew it is sending."""
    if phone and phone.network_id == holder.network.id:
        known = pairing_with(session, holder.network.id, phone.device_id, holder.badge.id)
        if known and (holder.badge.is_stopped or not report.agreed_version):
            return phone
    pairing = pair(
        session,
        holder,
        phone,
        agreed_version=report.agreed_version,
        language=active.get().value,
        now=now,
    )
    return PhoneActor(pairing.network_id, pairing.device_id)
