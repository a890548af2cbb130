"""Asking, answering once, opening with a reason, and erasing."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import null, update
from sqlmodel import Session, col

from app.audit.commands import record
from app.deliveries.pulse import bump
from app.disclosures.forms import RequestForm
from app.disclosures.models import Disclosure
from app.disclosures.queries import Gone, hold_switched_on
from app.disclosures.rules import LIVES, REASONS, Ground
from app.disclosures.words import request_texts
from app.errors import N_, Forbidden, Invalid
from app.instructions.answers import answer_instruction
from app.instructions.commands import take_back, write_instruction
from app.instructions.edition import template_of
from app.instructions.models import Instruction
from app.instructions.recipients import sender_phones
from app.instructions.withdrawing import can_be_withdrawn, withdraw
from app.instructions.wording import variables_for
from app.networks.scope import get_network, get_row, in_network
from app.reports.models import Report
from app.sealing.custody import MasterKey
from app.sealing.envelope import Context, SealedEnvelope
from app.sealing.keys import open_for
from app.web.access import Permission, PhoneActor, StaffActor


def context_of(disclosure: Disclosure) -> Context:
    return Context(str(disclosure.network_id), str(disclosure.id), "disclosure", "answer")


def ask(
    session: Session, report: Report, actor: StaffActor, form: RequestForm, now: datetime
) -> Disclosure:
    """R03 or R04, for the phones that the report's sender has now. `form` was checked."""
    hold_switched_on(session, report.network_id)
    network = get_network(session, report.network_id)
    ground, expires_at = Ground(form.ground), now + LIVES[form.hours]
    template = template_of(session, network.id, ground.template)
    values = variables_for(network, report, actor.name, now)
    texts = request_texts(template, values, form.chosen, form.other, form.purpose, form.reason)
    instruction = write_instruction(
        session, report, template, texts, actor, deadline_at=expires_at, now=now
    )
    disclosure = Disclosure(
        network_id=network.id,
        report_id=report.id,
        instruction_id=instruction.id,
        asked_by_id=actor.id,
        asker=form.asked_by,
        ground=ground,
        items=form.chosen,
        other_item=form.other,
        purpose=form.purpose,
        purpose_text=form.reason,
        device_ids=[str(one.id) for one in sender_phones(session, report)],
        asked_at=now,
        expires_at=expires_at,
    )
    session.add(disclosure)
    session.flush()
    _note(session, disclosure, "disclosure.ask", f"staff:{actor.id}", now, {"ground": ground.value})
    return disclosure


def answer(
    session: Session,
    disclosure: Disclosure,
    instruction: Instruction,
    phone: PhoneActor,
    *,
    outcome: str,
    now: datetime,
    sealed: dict[str, Any] | None = None,
    consent: str = "",
) -> None:
    """Once: of two that come together the second one gets Gone. Nothing comes in while personal
    data is being switched off."""
    hold_switched_on(session, phone.network_id)
    won = session.execute(
        update(Disclosure)
        .where(col(Disclosure.network_id) == phone.network_id, col(Disclosure.id) == disclosure.id)
        .where(col(Disclosure.answered_at).is_(None))
        .values(answered_at=now, outcome=outcome, sealed=sealed or null(), consent=consent)
    )
    if not won.rowcount:  # type: ignore[attr-defined]
        raise Gone(N_("もう送られています。送った内容は、この端末には残っていません。"))
    answer_instruction(session, instruction, phone, "result", code=outcome, now=now)
    actor = f"phone:{phone.device_id}"
    _note(session, disclosure, "disclosure.answer", actor, now, {"outcome": outcome})


def may_open(report: Report, actor: StaffActor) -> bool:
    """Whoever has the report, and those who stand in for them."""
    return report.claimed_by_id == actor.id or Permission.DISCLOSURE_OVERSEE in actor.permissions


def open_answer(
    session: Session,
    master: MasterKey,
    disclosure: Disclosure,
    actor: StaffActor,
    reason: str,
    now: datetime,
) -> dict[str, str]:
    """Item → what was written, for this one request. The opening stands in the audit chain with
    its reason. Raises Invalid without one, Forbidden for others, Gone once it was erased."""
    report = get_row(session, Report, disclosure.network_id, disclosure.report_id)
    if not may_open(report, actor):
        raise Forbidden(N_("担当している人と主任だけが開けます。"))
    if disclosure.sealed is None:
        raise Gone(N_("開けるものはありません。消したか、まだ届いていません。"))
    if reason not in REASONS:
        raise Invalid(N_("開く理由を1つ選んでください。"))
    _note(session, disclosure, "disclosure.open", f"staff:{actor.id}", now, {"reason": reason})
    envelope = SealedEnvelope.from_dict(disclosure.sealed)
    return _texts(open_for(session, master, envelope, context_of(disclosure)), disclosure.items)


def _texts(opened: str, items: list[str]) -> dict[str, str]:
    """What a phone sealed can't be checked before: anything but texts is shown as it stands."""
    try:
        found = json.loads(opened)
    except ValueError:
        return {"other": opened}
    if not isinstance(found, dict):
        return {"other": opened}
    return {one: str(found.get(one, "")) for one in items}


def note_transcription(
    session: Session, disclosure: Disclosure, actor: StaffActor, now: datetime
) -> None:
    """相談カード(PIO-NET)に転記済み: from now on it is kept for days only."""
    report = get_row(session, Report, disclosure.network_id, disclosure.report_id)
    if not may_open(report, actor):
        raise Forbidden(N_("担当している人と主任だけが開けます。"))
    if disclosure.sealed and not disclosure.transcribed_at:
        disclosure.transcribed_at = now
        session.add(disclosure)
        _note(session, disclosure, "disclosure.transcribe", f"staff:{actor.id}", now, {})


def switch_off(session: Session, network_id: UUID, actor: StaffActor, now: datetime) -> None:
    """All that came is erased at once, and what is still asked is taken back."""
    for one in session.exec(in_network(Disclosure, network_id)):
        instruction = get_row(session, Instruction, network_id, one.instruction_id)
        if one.answered_at is None:
            _call_off(session, instruction, actor, now)
        if one.sealed is not None:
            one.sealed, one.erased_at = None, now
            session.add(one)
            _note(session, one, "disclosure.erase", f"staff:{actor.id}", now, {})


def _call_off(session: Session, instruction: Instruction, actor: StaffActor, now: datetime) -> None:
    """Within its ten seconds nobody sees it at all; later it says on the phone that it is over."""
    if can_be_withdrawn(instruction, now):
        withdraw(session, instruction, actor, now)
    elif instruction.ended_at is None:
        take_back(session, instruction, actor, now)


def _note(
    session: Session,
    disclosure: Disclosure,
    action: str,
    actor: str,
    now: datetime,
    details: dict[str, str],
) -> None:
    record(
        session,
        disclosure.network_id,
        actor=actor,
        action=action,
        object_id=disclosure.id,
        now=now,
        details=details,
    )
    bump(session, disclosure.network_id)
