"""はじめの設定: the browser asks for what a network needs, step by step. Each step is saved."""

from fastapi import APIRouter
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from app.deliveries.staff_trial import trial_shown
from app.deliveries.vapid_contact import contact_trouble
from app.errors import N_, Invalid, NotFound
from app.networks.kinds import NetworkKind
from app.networks.models import Network
from app.networks.retention import kinds_of
from app.networks.scope import get_network
from app.office.badges.choice import sheet_text
from app.office.settings.changing import change_settings
from app.office.settings.fields import Reading
from app.office.settings.names import held_by_links
from app.office.settings.routes import (
    OUTCOMES,
    Editor,
    SentForm,
    TrialAnswer,
    note_trial_mail,
    texts_of,
)
from app.office.settings.sections import SECTIONS as OF_SETTINGS
from app.organizations.rules import Industry, Standing
from app.printing.badge_sheet import BadgeCard, render_badge_sheet
from app.sealing.keys import current_key
from app.setup.retention import RETENTION
from app.setup.steps import (
    LOOKED_AT,
    STEPS,
    end_setup,
    lacking_steps,
    next_step,
    save_step,
    step_after,
    step_before,
)
from app.web.access import StaffActor
from app.web.rendering import render, see_other
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/setup")
SECTIONS = OF_SETTINGS | {RETENTION.name: RETENTION}
SAMPLE_CODE = "23456789ABC"
NOT_KEPT = N_("鍵の写しの置き場所を決めて、✓してください。")


@router.get("")
def go_on(session: SessionDep, actor: Editor) -> Response:
    step = next_step(get_network(session, actor.network_id))
    return see_other(f"/setup/{step or 'end'}")


@router.get("/end")
def show_end(request: Request, session: SessionDep, actor: Editor) -> Response:
    network = get_network(session, actor.network_id)
    if step := next_step(network):
        return see_other(f"/setup/{step}")
    return render(
        request,
        "setup/end.html",
        actor=actor,
        network=network,
        steps=STEPS,
        looked_at=LOOKED_AT,
        lacking=lacking_of(request),
    )


def lacking_of(request: Request) -> list[str]:
    settings = request.app.state.settings
    return lacking_steps(settings.vapid_contact, settings.smtp_host)


@router.post("/end")
def end(session: SessionDep, actor: Editor, now: Now) -> Response:
    ended = end_setup(session, actor, get_network(session, actor.network_id), now)
    return see_other("/office" if ended else "/setup")


@router.get("/sample-sheet")
def show_sample_sheet(request: Request, session: SessionDep, actor: Editor) -> Response:
    """One badge, marked 見本, of a code that nobody has."""
    base = request.app.state.settings.base_url
    card = BadgeCard(
        number="X-0000",
        code=SAMPLE_CODE,
        address=f"{base}/B/{SAMPLE_CODE}".upper(),
        organization="見本",
        workplace="使えません",
        call_name=None,
        valid_until="見本",
    )
    pdf = render_badge_sheet([card], sheet_text(get_network(session, actor.network_id)))
    headers = {"Content-Disposition": 'attachment; filename="nafuda-mihon.pdf"'}
    return Response(pdf, media_type="application/pdf", headers=headers)


@router.post("/trial-mail")
def try_mail(
    request: Request,
    answer: TrialAnswer,
    session: SessionDep,
    actor: Editor,
    now: Now,
    sent: SentForm,
) -> Response:
    if isinstance(answer, Invalid):
        typed = {"address": str(sent.get("address", ""))}
        return step_page(
            request, session, actor, "mail", Reading(typed, problems={"address": answer.message})
        )
    note_trial_mail(session, actor, answer, now=now)
    return see_other(f"/setup/mail?mail={answer.outcome}")


@router.get("/{step}")
def show_step(
    request: Request, session: SessionDep, actor: Editor, step: str, mail: str = ""
) -> Response:
    return step_page(request, session, actor, checked(step), mail=mail)


@router.post("/{step}")
def save(
    request: Request, session: SessionDep, actor: Editor, now: Now, step: str, sent: SentForm
) -> Response:
    network = get_network(session, actor.network_id)
    reading = held_by_links(session, network, read_step(checked(step), network, sent))
    if reading.problems:
        return step_page(request, session, actor, step, reading)
    change_settings(session, actor, network, step, reading.values, now)
    save_step(network, step)
    return see_other(f"/setup/{step_after(step) or 'end'}")


def checked(step: str) -> str:
    if step not in STEPS:
        raise NotFound(N_("見つかりません。"))
    return step


def read_step(step: str, network: Network, sent: SentForm) -> Reading:
    """Steps that only show something have nothing to read. How long something is kept that this
    network doesn't see stays as it was."""
    if step == RETENTION.name:
        return RETENTION.read(RETENTION.shown(network) | texts_of(sent))
    if step in SECTIONS:
        return SECTIONS[step].read(texts_of(sent))
    if step == "keys" and sent.get("kept") != "yes":
        return Reading({}, problems={"kept": NOT_KEPT})
    return Reading({})


def step_page(
    request: Request,
    session: Session,
    actor: StaffActor,
    step: str,
    wrong: Reading | None = None,
    mail: str = "",
) -> Response:
    network, settings = get_network(session, actor.network_id), request.app.state.settings
    stands = SECTIONS[step].shown(network) if step in SECTIONS else {"address": ""}
    return render(
        request,
        "setup/show.html",
        status=422 if wrong else 200,
        actor=actor,
        network=network,
        step=step,
        steps=STEPS,
        looked_at=LOOKED_AT,
        lacking=lacking_of(request),
        before=step_before(step),
        reading=wrong or Reading(stands),
        wrong=wrong is not None,
        industries=Industry,
        standings=Standing,
        kinds=kinds_of(network),
        network_kinds=NetworkKind,
        kid=current_key(session, network.id).kid,
        trial=trial_shown(session, actor, request.app.state.clock()),
        contact=settings.vapid_contact,
        contact_trouble=contact_trouble(settings.vapid_contact),
        smtp_host=settings.smtp_host,
        smtp_sender=settings.smtp_sender,
        mail=mail if mail in OUTCOMES else "",
    )
