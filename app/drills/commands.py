"""Starting and ending a drill, answering in it, and forgetting it."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import Session, col

from app.audit.commands import record
from app.badges.models import Device
from app.badges.queries import phones_of_workplace
from app.deliveries.messages import send_message
from app.deliveries.models import Evidence, Message, Recipient
from app.deliveries.outbox import Item, enqueue
from app.deliveries.pulse import bump
from app.drills.acceptance import FORGET
from app.drills.mock_cases import mock_cases
from app.drills.models import Drill, DrillPhone, DrillReport, DrillWorkplace
from app.drills.queries import find_phone_of_drill, running_drills, workplaces_of
from app.drills.rules import KEPT
from app.errors import N_, Conflict, Invalid
from app.instructions.edition import templates_of
from app.instructions.wording import all_wordings, offered_templates, variables_for
from app.networks.quiet_hours import quiet_until
from app.networks.scope import get_network, get_row, in_network
from app.organizations.models import Workplace
from app.web.access import PhoneActor, StaffActor
from app.web.text import plain

NAMES = {"ja": "【訓練】つなぐ名札", "easy": "【訓練】つなぐ名札", "en": "[DRILL] Tsunagu Nafuda"}
CALLED = {
    "ja": "訓練のお願いが届きました。本当の出来事ではありません。",
    "easy": "訓練の お願いです。本当の ことでは ありません。",
    "en": "A drill has begun. This isn't real.",
}


def start_drill(
    session: Session,
    actor: StaffActor,
    case_id: str,
    workplaces: Sequence[Workplace],
    lasting: timedelta,
    now: datetime,
) -> Drill:
    """Call the phones with an inbox at these workplaces to it. Raises Invalid where nobody could
    take part, Conflict where another drill runs at one of them."""
    busy = {
        workplace_id
        for drill in running_drills(session, actor.network_id, now)
        for workplace_id in workplaces_of(session, drill)
    }
    if any(one.id in busy for one in workplaces):
        raise Conflict(N_("選んだ職場で、別の訓練をしています。終わってから始めてください。"))
    phones = _phones_of(session, workplaces)
    if not phones:
        raise Invalid(N_("選んだ職場に、訓練を受け取れる端末がありません。"))
    case = mock_cases()[case_id]
    drill = Drill(
        network_id=actor.network_id,
        mock_case=case_id,
        title=case["title"],
        story=case["story"],
        starts_at=now,
        ends_at=now + lasting,
        created_by_id=actor.id,
    )
    session.add(drill)
    session.flush()
    _choose(session, drill, workplaces, phones)
    _call(session, drill, [phone for phone, _ in phones.values()], now)
    enqueue(session, drill.network_id, FORGET, {"drill_id": str(drill.id)}, drill.ends_at + KEPT)
    _note(session, drill, actor, "drill.start", now, {"case": case_id, "phones": len(phones)})
    return drill


Phones = Mapping[UUID, tuple[Device, UUID]]


def _phones_of(session: Session, workplaces: Sequence[Workplace]) -> Phones:
    """Each phone once, with the workplace it is counted at."""
    return {
        phone.id: (phone, one.id)
        for one in reversed(workplaces)
        for phone in phones_of_workplace(session, one.network_id, one.id)
    }


def _choose(
    session: Session, drill: Drill, workplaces: Sequence[Workplace], phones: Phones
) -> None:
    network_id, drill_id = drill.network_id, drill.id
    session.add_all(
        DrillWorkplace(network_id=network_id, drill_id=drill_id, workplace_id=one.id)
        for one in workplaces
    )
    session.add_all(
        DrillPhone(
            network_id=network_id, drill_id=drill_id, device_id=phone.id, workplace_id=workplace_id
        )
        for phone, workplace_id in phones.values()
    )
    session.flush()


def _call(session: Session, drill: Drill, phones: Sequence[Device], now: datetime) -> None:
    """Never in quiet hours, nor to whoever is off duty. What is over by then never leaves."""
    quiet = quiet_until(get_network(session, drill.network_id), now) or now
    times = {phone.id: max(now, quiet, phone.off_duty_at(now) or now) for phone in phones}
    send_message(
        session,
        drill.network_id,
        drill.id,
        texts={key: {"title": name, "body": CALLED[key]} for key, name in NAMES.items()},
        path=f"/drills/{drill.id}",
        urgent=False,
        expires_at=drill.ends_at,
        phones=times,
        now=now,
    )


def end_drill(session: Session, drill: Drill, actor: StaffActor, now: datetime) -> None:
    """Over for everybody, at once. Twice is once."""
    if not drill.is_running_at(now):
        return
    drill.ended_at = now
    session.get_one(Message, (drill.network_id, drill.id)).cancelled_at = now
    _note(session, drill, actor, "drill.end", now, {})


def instruct_in_drill(
    session: Session, report: DrillReport, actor: StaffActor, template: str, now: datetime
) -> None:
    """Answer a report, once, with a template as it stands. Nothing follows up: a drill calls
    nobody (docs/adr/0025). Raises Conflict when the drill is over or somebody was first."""
    drill = session.get(Drill, (report.network_id, report.drill_id)) if report.drill_id else None
    if drill is None or not drill.is_running_at(now):
        raise Conflict(N_("この訓練は終わりました。"))
    if report.instructed_at:
        raise Conflict(N_("ほかの人が先に返事をしました。"))
    chosen = offered_templates(templates_of(session, drill.network_id)).get(template)
    if chosen is None:
        raise Invalid(N_("送る指示を選んでください。"))
    network = get_network(session, drill.network_id)
    report.template, report.instructed_at, report.instructed_by_id = template, now, actor.id
    report.texts = all_wordings(chosen, variables_for(network, report, actor.name, now))
    send_message(
        session,
        drill.network_id,
        report.id,
        texts={
            key: {
                "title": f"{name} {report.receipt_no}",
                "body": plain(chosen["push_preview"][key]),
            }
            for key, name in NAMES.items()
        },
        path=f"/drills/reports/{report.id}",
        urgent=False,
        expires_at=drill.ends_at,
        phones={report.device_id: now},
        now=now,
    )
    _note(session, drill, actor, "drill.instruct", now, {"template": template})


def note_opening(session: Session, drill: Drill, phone: PhoneActor, now: datetime) -> None:
    """The first time counts, and only of a phone that was called."""
    mine = find_phone_of_drill(session, drill, phone.device_id)
    if mine and mine.opened_at is None and drill.is_running_at(now):
        mine.opened_at = now
        bump(session, drill.network_id)


def acknowledge_in_drill(session: Session, report: DrillReport, now: datetime) -> None:
    """The first press counts."""
    if report.instructed_at and report.acknowledged_at is None:
        report.acknowledged_at = now
        bump(session, report.network_id)


def _note(
    session: Session,
    drill: Drill,
    actor: StaffActor,
    action: str,
    now: datetime,
    details: dict[str, object],
) -> None:
    record(
        session,
        drill.network_id,
        actor=f"staff:{actor.id}",
        action=action,
        object_id=drill.id,
        now=now,
        details=details,
    )
    bump(session, drill.network_id)


def forget(session: Session, item: Item, now: datetime) -> str:
    """A drill with all that belongs to it, or a report whose drill had been forgotten before."""
    if "report_id" in item.payload:
        _forget_reports(session, item.network_id, [UUID(item.payload["report_id"])])
        return "forgotten"
    drill_id = UUID(item.payload["drill_id"])
    theirs = in_network(DrillReport, item.network_id).where(DrillReport.drill_id == drill_id)
    _forget_reports(session, item.network_id, [one.id for one in session.exec(theirs)])
    for model in (DrillPhone, DrillWorkplace):
        session.execute(
            delete(model).where(
                col(model.network_id) == item.network_id, col(model.drill_id) == drill_id
            )
        )
    _forget_messages(session, item.network_id, [drill_id])
    session.delete(get_row(session, Drill, item.network_id, drill_id))
    return "forgotten"


def _forget_reports(session: Session, network_id: UUID, ids: Sequence[UUID]) -> None:
    _forget_messages(session, network_id, ids)
    session.execute(
        delete(DrillReport).where(
            col(DrillReport.network_id) == network_id, col(DrillReport.id).in_(ids)
        )
    )


def _forget_messages(session: Session, network_id: UUID, ids: Sequence[UUID]) -> None:
    for model in (Evidence, Recipient):
        session.execute(
            delete(model).where(col(model.network_id) == network_id, col(model.message_id).in_(ids))
        )
    session.execute(
        delete(Message).where(col(Message.network_id) == network_id, col(Message.id).in_(ids))
    )
