"""The worker's home: own reports with their states, and the screen that waits for an answer."""

from datetime import time
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form
from pydantic import BaseModel, Field
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from app.badges.models import Badge, Device, Pairing
from app.badges.queries import BadgeHolder, current_pairing, find_badge, holder_of
from app.badges.rules import read_code
from app.checklists.queries import current_checklist, find_version
from app.deliveries.messages import live_subscriptions
from app.deliveries.trial import send_trial
from app.home.at_counter import at_counter_of
from app.home.drills import card_for, lead_to_drill
from app.home.handover import (
    is_iphones_browser,
    manifest_for,
    show_installing,
    show_start,
    show_unpaired,
)
from app.home.progress import progress_of
from app.networks.quiet_hours import next_time
from app.networks.scope import get_network, get_row
from app.reports.coverage import coverage_of
from app.reports.models import Report
from app.reports.queries import find_own_report, last_device_seq, own_reports
from app.web.access import Everyone, PairedPhone, PhoneActor, find_phone
from app.web.language import Language, cookie_name
from app.web.rendering import render, see_other
from app.web.resumption import local_path
from app.web.session import Now, SessionDep

router = APIRouter()
anyone = Depends(Everyone("a phone that isn't paired finds a field for its badge's code here"))
Phone = Annotated[PhoneActor, Depends(PairedPhone())]
ONE_YEAR = 365 * 24 * 3600


@router.get("/", dependencies=[anyone])
def show_home(request: Request, session: SessionDep, now: Now, handover: str = "") -> Response:
    phone = find_phone(request, session)
    pairing = current_pairing(session, phone.network_id, phone.device_id) if phone else None
    if phone is None or pairing is None:
        return show_start(request, session, handover, now)
    holder = holder_of(session, get_row(session, Badge, phone.network_id, pairing.badge_id))
    progresses = [progress_of(session, report, now) for report in own_reports(session, phone)]
    waiting = [one for one in progresses if one.state == "ins"]
    if holder.badge.is_shared:
        # Whoever stands at the counter next needn't know what the one before them reported.
        progresses, waiting = [], waiting if pairing.has_inbox else []
    device = session.get_one(Device, (phone.network_id, phone.device_id))
    response = render(
        request,
        "home/show.html",
        off_duty_until=device.off_duty_at(now),
        manifest=manifest_for(request, session, pairing, now),
        holder=holder,
        pairing=pairing,
        progresses=progresses,
        last_seq=last_device_seq(session, phone),
        waiting=waiting,
        subscribed=bool(live_subscriptions(session, phone.network_id, [phone.device_id])),
        card=card_for(session, pairing, holder, now),
    )
    return coverage_of(session, phone.network_id).tell(response)


@router.get("/badge", dependencies=[anyone])
def find_by_code(request: Request, session: SessionDep, code: str = "") -> Response:
    """For a code that was typed instead of scanned."""
    if badge := find_badge(session, code):
        return see_other(f"/B/{badge.code}")
    status = 404 if read_code(code) else 422
    return show_unpaired(request, status=status, typed=code[:20], wrong="code")


@router.get("/reports/{report_id}")
def show_report(
    request: Request, session: SessionDep, phone: Phone, report_id: UUID, now: Now
) -> Response:
    report = find_own_report(session, phone, report_id)
    if report is None:
        return lead_to_drill(session, phone, report_id)
    progress = progress_of(session, report, now)
    pairing = current_pairing(session, phone.network_id, phone.device_id)
    response = render(
        request,
        "home/report.html",
        partial="home/_report.html",
        progress=progress,
        items=ticked_items(session, report),
        holder=holder_for(session, report),
        at_counter=at_counter_of(session, progress, now),
        asks_for_push=asks_for_push(session, phone, pairing),
        manifest=manifest_for(request, session, pairing, now),
    )
    return coverage_of(session, phone.network_id).tell(response)


def holder_for(session: Session, report: Report) -> BadgeHolder:
    return holder_of(session, get_row(session, Badge, report.network_id, report.badge_id))


def asks_for_push(session: Session, phone: PhoneActor, pairing: Pairing | None) -> bool:
    """M7: only after a report was sent, and only where an inbox exists."""
    subscribed = live_subscriptions(session, phone.network_id, [phone.device_id])
    return pairing is not None and pairing.has_inbox and not subscribed


def ticked_items(session: Session, report: Report) -> list[dict[str, object]]:
    version = find_version(
        session, report.network_id, report.industry, report.checklist_version
    ) or current_checklist(session, report.network_id, report.industry)
    known = {item["id"]: item for item in version.document["items"]}
    return [known[item] for item in report.items if item in known]


@router.get("/notifications")
def show_notifications(
    request: Request, session: SessionDep, phone: Phone, now: Now, app: str | None = None
) -> Response:
    """M7: what will come, before the browser asks. Never on a first visit. On an iPhone the app
    comes first; `app`: it says that it is one."""
    device = session.get_one(Device, (phone.network_id, phone.device_id))
    if app is None and is_iphones_browser(request, device):
        return show_installing(request, session, phone, now)
    pairing = current_pairing(session, phone.network_id, phone.device_id)
    return render(
        request,
        "home/notifications.html",
        pairing=pairing,
        device=session.get_one(Device, (phone.network_id, phone.device_id)),
        subscribed=bool(live_subscriptions(session, phone.network_id, [phone.device_id])),
    )


@router.post("/notifications/trial")
def try_notification(session: SessionDep, phone: Phone, now: Now) -> Response:
    """Whether it arrives is seen on the same page, once the phone says so."""
    send_trial(session, phone, now)
    return see_other("/notifications")


@router.get("/contacts", dependencies=[anyone])
def show_contacts(request: Request, session: SessionDep) -> Response:
    """相談先: numbers to call, those of the network where the phone is paired."""
    phone = find_phone(request, session)
    pairing = current_pairing(session, phone.network_id, phone.device_id) if phone else None
    holder = (
        holder_of(session, get_row(session, Badge, pairing.network_id, pairing.badge_id))
        if pairing
        else None
    )
    return render(request, "home/contacts.html", network=holder.network if holder else None)


@router.get("/offline", dependencies=[anyone])
def show_offline(request: Request) -> Response:
    """Kept by the service worker for whatever was never visited."""
    return render(request, "home/offline.html")


class DutyForm(BaseModel):
    """`off`: きょうは終わり; nothing is pushed before tomorrow morning."""

    off: Annotated[str, Field(max_length=3)] = ""


@router.post("/duty")
def change_duty(
    session: SessionDep, phone: Phone, now: Now, form: Annotated[DutyForm, Form()]
) -> Response:
    """The inbox stays as it is; only the sounds stop."""
    device = session.get_one(Device, (phone.network_id, phone.device_id))
    network = get_network(session, phone.network_id)
    morning = next_time(now, time.fromisoformat(network.quiet_until))
    device.off_duty_until = morning if form.off else None
    return see_other("/")


class LanguageForm(BaseModel):
    language: Annotated[str, Field(max_length=4)] = "ja"
    next_path: Annotated[str, Field(max_length=300)] = "/"


@router.get("/language", dependencies=[Depends(Everyone("everybody reads in their language"))])
def show_languages(request: Request, next: str = "/") -> Response:
    return render(request, "home/language.html", next_path=local_path(next))


@router.post("/language", dependencies=[Depends(Everyone("everybody reads in their language"))])
def keep_language(request: Request, form: Annotated[LanguageForm, Form()]) -> Response:
    response = see_other(local_path(form.next_path))
    if form.language in set(Language):
        secure = request.app.state.settings.secure
        response.set_cookie(
            cookie_name(secure),
            form.language,
            max_age=ONE_YEAR,
            samesite="lax",
            secure=secure,
            httponly=True,
        )
    return response
