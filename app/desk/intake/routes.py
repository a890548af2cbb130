"""電話・紙の報告を入力する: the checklist of that workplace, ticked for whoever uses no phone."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from markupsafe import Markup
from sqlmodel import Session
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from app.badges.unnumbered import badge_without_number
from app.clock import TOKYO
from app.desk.dependencies import Claimer
from app.desk.intake.rescue import badge_with, items_in, time_in
from app.desk.intake.sheets import Sheet, sheet_for_badge, sheet_for_workplace
from app.errors import N_, DomainError, Invalid
from app.ids import new_id, read_id
from app.networks.scope import get_row
from app.organizations.models import Workplace
from app.organizations.queries import PLACES_SHOWN, places_holding
from app.organizations.rules import Industry
from app.reports.forms import MOST_ITEMS
from app.reports.intake import Heard, Way, take_in
from app.reports.models import Report
from app.reports.personal_data import suspicions
from app.reports.plain_reports import PlainReport, note_troubles, read_plain_report
from app.web.access import StaffActor
from app.web.forms import read_form
from app.web.language import say
from app.web.rendering import render, see_other
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/desk/intake")
Form = Annotated[FormData, Depends(read_form)]
LONGEST_AGO = timedelta(days=366)
CLOCKS_DIFFER = timedelta(minutes=5)


@router.get("")
def show_intake(
    request: Request,
    session: SessionDep,
    actor: Claimer,
    now: Now,
    badge: str = "",
    place: str = "",
    workplace: UUID | None = None,
) -> Response:
    """Whose report it is; then the checklist of that workplace."""
    try:
        if badge.strip():
            sheet = sheet_for_badge(session, badge_with(session, actor.network_id, badge))
        elif workplace:
            sheet = sheet_for_workplace(session, working(session, actor.network_id, workplace))
        else:
            return start_page(request, session, actor, place=place)
    except DomainError as refused:
        return start_page(request, session, actor, place=place, badge=badge, refused=refused)
    return sheet_page(request, actor, sheet, now)


def start_page(
    request: Request,
    session: Session,
    actor: StaffActor,
    *,
    place: str = "",
    badge: str = "",
    refused: DomainError | None = None,
) -> Response:
    asked = place.replace("\x00", "").strip()[:60]
    found = places_holding(session, actor.network_id, asked) if asked else []
    return render(
        request,
        "desk/intake/start.html",
        status=refused.status if refused else 200,
        actor=actor,
        error=say(refused.message, **refused.values) if refused else None,
        badge=badge[:20],
        place=asked,
        places=found[:PLACES_SHOWN],
        has_more=len(found) > PLACES_SHOWN,
        industries=[one.value for one in Industry],
    )


def working(session: Session, network_id: UUID, workplace_id: UUID) -> Workplace:
    workplace = get_row(session, Workplace, network_id, workplace_id)
    if workplace.ended_on:
        raise Invalid(N_("この事業所は終了しています。"))
    return workplace


def sheet_page(
    request: Request,
    actor: StaffActor,
    sheet: Sheet,
    now: datetime,
    *,
    form: FormData | None = None,
    typed: PlainReport | None = None,
    errors: list[Markup] | None = None,
) -> Response:
    sent = {name: value for name, value in (form or {}).items() if isinstance(value, str)}
    return render(
        request,
        "desk/intake/sheet.html",
        status=422 if errors else 200,
        actor=actor,
        sheet=sheet,
        errors=errors or [],
        report_id=typed.report_id if typed else new_id(),
        chosen=typed.items if typed else [],
        answers=typed.answers if typed else {},
        note=typed.note if typed else "",
        way=sent.get("way", Way.PHONED),
        at=sent.get("at", now.astimezone(TOKYO).strftime("%Y-%m-%dT%H:%M"))[:16],
        codes=sent.get("codes", "")[:400],
        suspected=bool(typed and not typed.note_is_too_long and suspicions(typed.note)),
    )


@router.post("")
def take_report_in(
    request: Request, session: SessionDep, actor: Claimer, form: Form, now: Now
) -> Response:
    """Sent twice, it is one report: the form brings its id."""
    network_id = actor.network_id
    try:
        sheet = sheet_sent(session, network_id, form)
    except DomainError as refused:
        return start_page(request, session, actor, refused=refused)
    typed = read_plain_report(form, *sheet.question_kinds)
    if session.get(Report, (network_id, typed.report_id)):
        return see_other(f"/desk/reports/{typed.report_id}")
    typed, way, at, errors = what_was_heard(form, sheet, typed, now)
    if errors or at is None:
        return sheet_page(request, actor, sheet, now, form=form, typed=typed, errors=errors)
    badge = sheet.badge or badge_without_number(session, sheet.workplace, now)
    heard = Heard(badge, typed, sheet.document["id"], way, at, sheet.badge is not None)
    take_in(session, request.app.state.receipts, heard, actor, now)
    return see_other(f"/desk/reports/{typed.report_id}")


def sheet_sent(session: Session, network_id: UUID, form: FormData) -> Sheet:
    if workplace := read_id(form.get("workplace")):
        return sheet_for_workplace(session, working(session, network_id, workplace))
    return sheet_for_badge(session, badge_with(session, network_id, str(form.get("badge", ""))))


def what_was_heard(
    form: FormData, sheet: Sheet, typed: PlainReport, now: datetime
) -> tuple[PlainReport, Way, datetime | None, list[Markup]]:
    """With the items that were typed by their codes, and a sentence for everything that's wrong."""
    errors: list[Markup] = []
    at: datetime | None = None
    try:
        typed = with_codes(typed, str(form.get("codes", "")), sheet.codes)
        at = moment_in(str(form.get("at", "")), now)
    except DomainError as refused:
        errors.append(say(refused.message, **refused.values))
    if not typed.items and not errors:
        errors.append(say(N_("1つ以上に✓してください。")))
    way = form.get("way", Way.PHONED)
    if way not in set(Way):
        errors.append(say(N_("電話か紙かを選んでください。")))
    errors += note_troubles(typed, is_fine=bool(form.get("note_is_fine")))
    return typed, Way(way) if way in set(Way) else Way.PHONED, at, errors


def with_codes(typed: PlainReport, codes: str, known: Collection[str]) -> PlainReport:
    """Raises Invalid for what is no code of this checklist: on paper it would be a slip."""
    if not codes.strip():
        return typed
    if unknown := [code for code in items_in(codes) if code not in known]:
        raise Invalid(N_("この業種にない番号です:%(codes)s"), codes=" ".join(unknown))
    together = dict.fromkeys([*typed.items, *items_in(codes)])
    return replace(typed, items=list(together)[:MOST_ITEMS])


def moment_in(text: str, now: datetime) -> datetime:
    """When they called or wrote. Raises Invalid for what can't be."""
    at = time_in(text, now)
    if not now - LONGEST_AGO <= at <= now + CLOCKS_DIFFER:
        raise Invalid(N_("日時は、1年前から今までの間で入れてください。"))
    return at
