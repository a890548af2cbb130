"""引き継ぎ (M7b): an iPhone's installed app starts unpaired, and gets the badge of its Safari."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form
from pydantic import BaseModel, Field
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from app.badges.credentials import Credentials
from app.badges.handover_numbers import Typist, issue_number, live_number, take_over_by_number
from app.badges.handover_tokens import find_invited, invitation, take_over_by_token
from app.badges.models import Device, Pairing
from app.badges.queries import current_pairing
from app.errors import N_, Conflict
from app.web.access import Everyone, PairedPhone, PhoneActor, find_phone
from app.web.language import active
from app.web.rendering import render, see_other
from app.web.session import Now, SessionDep

router = APIRouter()
MANIFEST = "/manifest.webmanifest"
# An iPad calls itself a Macintosh.
APPLES = ("iPhone", "iPad", "Macintosh")
Phone = Annotated[PhoneActor, Depends(PairedPhone())]
unpaired = Depends(Everyone("an unpaired app has nothing but the number or token it was given"))


def may_be_an_iphone(request: Request) -> bool:
    """Elsewhere an installed app has the storage of its browser, and nothing is handed over."""
    agent = request.headers.get("user-agent", "")
    return any(name in agent for name in APPLES)


def is_iphones_browser(request: Request, device: Device) -> bool:
    """Where notifications need the installed app. An iPad is known once its script has told."""
    agent = request.headers.get("user-agent", "")
    is_one = device.platform == "ios" or "iPhone" in agent or "iPad" in agent
    return is_one and not device.is_installed


def show_installing(request: Request, session: Session, phone: PhoneActor, now: Now) -> Response:
    keys = request.app.state.handover
    number = live_number(session, keys, phone, now)
    pairing = current_pairing(session, phone.network_id, phone.device_id)
    manifest = manifest_for(request, session, pairing, now)
    return render(request, "home/installing.html", number=number, manifest=manifest)


def manifest_for(request: Request, session: Session, pairing: Pairing | None, now: Now) -> str:
    """Address of the manifest whose app will start with this phone's invitation. A manifest is
    fetched without cookies, so that its address has to say whose it is."""
    if pairing is None or not may_be_an_iphone(request):
        return MANIFEST
    token = invitation(session, request.app.state.handover, pairing, now)
    return f"{MANIFEST}?handover={token}"


@router.post("/notifications/number")
def create_number(request: Request, session: SessionDep, phone: Phone, now: Now) -> Response:
    pairing = current_pairing(session, phone.network_id, phone.device_id)
    if pairing is None:
        raise Conflict(N_("この端末は、まだ名札とつながっていません。名札を読み取ってください。"))
    issue_number(session, request.app.state.handover, pairing, now)
    return see_other("/notifications#number")


class NumberForm(BaseModel):
    """引き継ぎ番号, as typed in the unpaired app."""

    number: Annotated[str, Field(max_length=20)]


@router.post("/handover/number", dependencies=[unpaired])
def use_number(
    request: Request, session: SessionDep, now: Now, form: Annotated[NumberForm, Form()]
) -> Response:
    phone = find_phone(request, session)
    if is_paired(session, phone):
        return see_other("/")
    keys = request.app.state.handover
    typist = Typist(address_of(request), phone, active.get().value)
    pairing = take_over_by_number(session, keys, form.number, typist, now)
    if pairing is None:
        return show_unpaired(request, status=422, wrong="number")
    return enter(request, pairing)


def show_start(request: Request, session: Session, token: str, now: Now) -> Response:
    """The unpaired home. An app that was installed from a paired phone brings a token."""
    if not token:
        return show_unpaired(request)
    if source := find_invited(session, request.app.state.handover, token, now):
        return render(request, "home/handover.html", holder=source.holder, token=token)
    return show_unpaired(request, wrong="token")


class TokenForm(BaseModel):
    token: Annotated[str, Field(max_length=400)]


@router.post("/handover", dependencies=[unpaired])
def use_token(
    request: Request, session: SessionDep, now: Now, form: Annotated[TokenForm, Form()]
) -> Response:
    phone = find_phone(request, session)
    if is_paired(session, phone):
        return see_other("/")
    pairing = take_over_by_token(
        session,
        request.app.state.handover,
        form.token,
        phone,
        language=active.get().value,
        now=now,
    )
    if pairing is None:
        return show_unpaired(request, status=422, wrong="token")
    return enter(request, pairing)


def address_of(request: Request) -> str:
    return request.client.host if request.client else ""


def show_unpaired(
    request: Request, *, status: int = 200, typed: str = "", wrong: str = ""
) -> Response:
    """`wrong`: which of its ways in failed: code, number, token."""
    return render(
        request,
        "home/unpaired.html",
        status=status,
        typed=typed,
        wrong=wrong,
        takes_numbers=may_be_an_iphone(request),
    )


def is_paired(session: Session, phone: PhoneActor | None) -> bool:
    """A second tap comes from an app that the first one has paired."""
    found = current_pairing(session, phone.network_id, phone.device_id) if phone else None
    return found is not None


def enter(request: Request, pairing: Pairing) -> Response:
    response = see_other("/")
    credentials: Credentials = request.app.state.credentials
    credentials.give(response, pairing.network_id, pairing.device_id)
    return response
