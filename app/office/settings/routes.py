"""設定: one page with all sections, each saved by itself."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends
from sqlmodel import Session, col, func, select
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from app.audit.commands import record
from app.audit.queries import EntryFilter, entries
from app.badges.models import Badge
from app.badges.rules import BadgeState
from app.deliveries.smtp import MailAnswer
from app.deliveries.staff_trial import send_staff_trial, trial_shown
from app.deliveries.trial_mail import check_address, send_trial_mail
from app.deliveries.vapid_contact import contact_trouble
from app.disclosures.commands import switch_off
from app.disclosures.words import ITEM_WORDS
from app.errors import N_, Forbidden, Invalid, NotFound, SignInNeeded, TooMany
from app.links.queries import peers_of
from app.networks.kinds import NetworkKind
from app.networks.models import Network
from app.networks.scope import get_network
from app.office.settings.changing import change_settings
from app.office.settings.fields import Reading
from app.office.settings.names import held_by_links
from app.office.settings.sections import SECTIONS
from app.office.settings.standings import differing_organizations
from app.organizations.rules import Industry, Standing
from app.web.access import Permission, StaffActor, StaffWith, find_staff
from app.web.forms import read_form
from app.web.rendering import render, see_other
from app.web.session import Now, SessionDep
from app.web.turns import Turns

router = APIRouter(prefix="/office/settings")
Editor = Annotated[StaffActor, Depends(StaffWith(Permission.SETTINGS_EDIT))]
SentForm = Annotated[FormData, Depends(read_form)]
Tester = Annotated[StaffActor, Depends(StaffWith(Permission.PUSH_TRY))]
TRIAL_HERE = "/office/settings#delivery"
TRIAL_MAIL = "settings.trial_mail"
MOST_LETTERS, LETTERS_WITHIN = 5, timedelta(minutes=10)
LETTERS = Turns(2, waiting=6, of_one=8)
OUTCOMES = ("accepted", "refused", "later", "no_server")


@router.get("")
def show_settings(
    request: Request, session: SessionDep, actor: Editor, saved: str = "", mail: str = ""
) -> Response:
    return settings_page(request, session, actor, saved=saved, mail=mail)


async def hand_over_trial_mail(request: Request, sent: SentForm) -> MailAnswer | Invalid:
    """Before the transaction begins: a mail server may take its time, and writers wait in line."""
    return await LETTERS.take("", handed_over, request, sent)


def handed_over(request: Request, sent: FormData) -> MailAnswer | Invalid:
    """Raises TooMany where somebody makes our mail server write to people again and again."""
    with request.app.state.database.reading() as session:
        actor = find_staff(request, session)
        if actor is None:
            raise SignInNeeded(N_("サインインしてください。"))
        if Permission.SETTINGS_EDIT not in actor.permissions:
            raise Forbidden(N_("この画面を使う権限がありません。"))
        wanted = EntryFilter(action=TRIAL_MAIL)
        earlier = entries(session, actor.network_id, wanted, MOST_LETTERS)
    since = request.app.state.clock() - LETTERS_WITHIN
    if len(earlier) == MOST_LETTERS and earlier[-1].at > since:
        raise TooMany(N_("試しのメールは、10分に%(n)s通までです。"), n=MOST_LETTERS)
    try:
        address = check_address(str(sent.get("address", "")))
    except Invalid as error:
        return error
    return send_trial_mail(request.app.state.settings, address)


TrialAnswer = Annotated[MailAnswer | Invalid, Depends(hand_over_trial_mail)]


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
        reading = Reading(typed, problems={"address": answer.message})
        return settings_page(request, session, actor, wrong=("delivery", reading))
    note_trial_mail(session, actor, answer, now=now)
    return see_other(f"/office/settings?mail={answer.outcome}#delivery")


@router.post("/trial-push")
def try_push(session: SessionDep, actor: Tester, now: Now, sent: SentForm) -> Response:
    """Asked for here or in the first run, and answered there."""
    send_staff_trial(session, actor, now)
    return see_other("/setup/contact" if sent.get("back") == "setup" else TRIAL_HERE)


@router.post("/{section}")
def save(
    request: Request, session: SessionDep, actor: Editor, now: Now, section: str, sent: SentForm
) -> Response:
    if section not in SECTIONS:
        raise NotFound(N_("見つかりません。"))
    network = get_network(session, actor.network_id)
    reading = held_by_links(session, network, SECTIONS[section].read(texts_of(sent)))
    if reading.problems:
        return settings_page(request, session, actor, wrong=(section, reading))
    change_settings(session, actor, network, section, reading.values, now)
    if not network.personal_data:
        switch_off(session, network.id, actor, now)
    return see_other(f"/office/settings?saved={section}#{section}")


def texts_of(sent: FormData) -> dict[str, str]:
    return {name: value for name, value in sent.items() if isinstance(value, str)}


def note_trial_mail(session: Session, actor: StaffActor, answer: MailAnswer, now: Now) -> None:
    record(
        session,
        actor.network_id,
        actor=f"staff:{actor.id}",
        action=TRIAL_MAIL,
        object_id=actor.network_id,
        now=now,
        details={"outcome": answer.outcome},
    )


def printed_badges(session: Session, network: Network) -> int:
    """How many carry the numbers of today."""
    on_paper = (BadgeState.PRINTED, BadgeState.IN_USE)
    query = select(func.count()).where(
        Badge.network_id == network.id, col(Badge.state).in_(on_paper)
    )
    return session.exec(query).one()


def settings_page(
    request: Request,
    session: Session,
    actor: StaffActor,
    *,
    wrong: tuple[str, Reading] | None = None,
    saved: str = "",
    mail: str = "",
) -> Response:
    """`wrong`: the section that couldn't be saved, with what was typed there."""
    network, settings = get_network(session, actor.network_id), request.app.state.settings
    readings = {name: Reading(one.shown(network)) for name, one in SECTIONS.items()}
    readings |= {"delivery": Reading({"address": ""})} | dict([wrong] if wrong else [])
    return render(
        request,
        "office/settings/settings.html",
        status=422 if wrong else 200,
        actor=actor,
        network=network,
        readings=readings,
        wrong=wrong[0] if wrong else "",
        saved=saved if saved in SECTIONS else "",
        mail=mail if mail in OUTCOMES else "",
        printed=printed_badges(session, network),
        kinds=NetworkKind,
        item_words=ITEM_WORDS,
        peers=peers_of(session, network.id),
        industries=Industry,
        standings=Standing,
        differing=differing_organizations(session, network),
        trial=trial_shown(session, actor, request.app.state.clock()),
        contact=settings.vapid_contact,
        contact_trouble=contact_trouble(settings.vapid_contact),
        smtp_host=settings.smtp_host,
        smtp_sender=settings.smtp_sender,
    )
