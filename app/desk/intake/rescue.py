"""救出: taking in a report that is stuck on a phone, by camera, from its file, or by telephone."""

import re
import unicodedata
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form
from pydantic import BaseModel, Field
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from app.badges.models import Badge
from app.clock import TOKYO
from app.desk.dependencies import Claimer
from app.errors import N_, DomainError, Invalid
from app.ids import new_id
from app.networks.scope import in_network
from app.reports.forms import CODE, MOST_ITEMS
from app.reports.frames import joined
from app.reports.models import Report
from app.reports.rescue import envelope_heard, rescue_report
from app.web.access import StaffActor
from app.web.language import say
from app.web.rendering import render, see_other
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/desk/rescue")
Number = Annotated[str, Field(max_length=20)]


class CodesForm(BaseModel):
    badge: Number = ""
    frames: Annotated[str, Field(max_length=120_000)] = ""


class CallForm(BaseModel):
    report_id: UUID = Field(default_factory=new_id)
    badge: Number = ""
    items: Annotated[str, Field(max_length=400)] = ""
    at: Annotated[str, Field(max_length=40)] = ""
    check: Annotated[str, Field(max_length=20)] = ""


@router.get("")
def show_rescue(request: Request, actor: Claimer) -> Response:
    return rescue_page(request, actor)


def rescue_page(
    request: Request,
    actor: StaffActor,
    refused: DomainError | None = None,
    codes: CodesForm | None = None,
    called: CallForm | None = None,
) -> Response:
    return render(
        request,
        "desk/intake/rescue.html",
        status=refused.status if refused else 200,
        actor=actor,
        error=say(refused.message, **refused.values) if refused else None,
        codes=codes or CodesForm(),
        called=called or CallForm(),
    )


@router.post("")
def rescue_by_codes(
    request: Request,
    session: SessionDep,
    actor: Claimer,
    now: Now,
    form: Annotated[CodesForm, Form()],
) -> Response:
    try:
        badge = badge_with(session, actor.network_id, form.badge)
        return filed(request, session, badge, joined(form.frames), actor, now, "rescued")
    except DomainError as refused:
        return rescue_page(request, actor, refused, codes=form)


@router.post("/call")
def rescue_by_telephone(
    request: Request,
    session: SessionDep,
    actor: Claimer,
    now: Now,
    form: Annotated[CallForm, Form()],
) -> Response:
    """What was read out. Sent twice, it is one report: the form brings its id."""
    if session.get(Report, (actor.network_id, form.report_id)):
        return see_other(f"/desk/reports/{form.report_id}")
    try:
        badge = badge_with(session, actor.network_id, form.badge)
        items, at = items_in(form.items), time_in(form.at, now)
        raw = envelope_heard(session, badge, form.report_id, items, digits(form.check), at)
        return filed(request, session, badge, raw, actor, now, "phoned")
    except DomainError as refused:
        return rescue_page(request, actor, refused, called=form)


def filed(
    request: Request,
    session: Session,
    badge: Badge,
    raw: bytes,
    actor: StaffActor,
    now: datetime,
    flag: str,
) -> Response:
    receipts = request.app.state.receipts
    report_id, _ = rescue_report(session, receipts, badge, raw, actor, flag=flag, now=now)
    return see_other(f"/desk/reports/{report_id}")


def badge_with(session: Session, network_id: UUID, typed: str) -> Badge:
    """By the public number on its front: A-0023, also a23 or Ａ－００２３."""
    plain = unicodedata.normalize("NFKC", typed)
    found = re.fullmatch(r"\s*([A-Za-z])[\s\-‐ー−]*(\d{1,6})\s*", plain, re.ASCII)
    number = f"{found[1].upper()}-{int(found[2]):04d}" if found else ""
    badge = session.exec(in_network(Badge, network_id).where(Badge.number == number)).first()
    if badge is None:
        raise Invalid(N_("この名札番号は見つかりません。名札の表の番号を入れてください。"))
    return badge


def items_in(typed: str) -> list[str]:
    words = re.split(r"[\s,、。・]+", unicodedata.normalize("NFKC", typed).upper().strip())
    items = list(dict.fromkeys(word for word in words if word))
    if not items or len(items) > MOST_ITEMS or not all(re.fullmatch(CODE, one) for one in items):
        raise Invalid(N_("項目の番号を、空白で区切って入れてください(例 CV-01 CM-02)。"))
    return items


def time_in(typed: str, now: datetime) -> datetime:
    """As a browser's field writes it, in Asia/Tokyo; empty is now."""
    if not typed:
        return now
    try:
        return datetime.strptime(typed[:16], "%Y-%m-%dT%H:%M").replace(tzinfo=TOKYO)
    except ValueError:
        raise Invalid(N_("日時の形が正しくありません。")) from None


def digits(typed: str) -> str:
    return re.sub(r"\D", "", unicodedata.normalize("NFKC", typed), flags=re.ASCII)[:6]
