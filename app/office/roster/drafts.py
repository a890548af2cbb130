"""Keeping a roster that was read, taking it over once, and forgetting it."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from app.deliveries.outbox import Item, enqueue
from app.errors import N_, Conflict, Invalid
from app.networks.models import Network
from app.networks.scope import get_network, in_network
from app.office.roster.applying import RosterImport, apply_plan, counted, record_import
from app.office.roster.ending import end_workplaces
from app.office.roster.models import RosterDraft
from app.office.roster.plan import planned
from app.office.roster.register import Register
from app.office.roster.rules import DRAFT_LIFE, ENDED_AT_ONCE
from app.organizations.roster.entries import Roster
from app.organizations.roster.written import roster_of, written_roster
from app.organizations.rules import usual_standings
from app.web.access import StaffActor

FORGET = "roster.forget"


class TakenOver(Conflict):
    """Somebody confirmed this draft before."""


class Outdated(Conflict):
    """What is registered isn't what the clerk was shown."""


@dataclass(frozen=True)
class Decision:
    """What the clerk confirms: the state they saw, what ends, and until when new badges last."""

    fingerprint: str
    ends: Collection[UUID]
    valid_until: date


def keep_draft(
    session: Session, roster: Roster, filename: str, actor: StaffActor, now: datetime
) -> RosterDraft:
    draft = RosterDraft(
        network_id=actor.network_id,
        made_by_id=actor.id,
        filename=filename[:120],
        content=written_roster(roster),
        made_at=now,
    )
    session.add(draft)
    session.flush()
    forgotten = {"draft_id": str(draft.id)}
    enqueue(session, actor.network_id, FORGET, forgotten, now + DRAFT_LIFE)
    return draft


def forget_draft(session: Session, item: Item, now: datetime) -> str:
    """Seven days have passed: who is in the file is nobody's business any more."""
    draft = session.get(RosterDraft, (item.network_id, UUID(item.payload["draft_id"])))
    if draft is None:
        return "gone"
    session.delete(draft)
    return "forgotten"


def take_over(
    session: Session, draft: RosterDraft, decision: Decision, actor: StaffActor, now: datetime
) -> None:
    """All of it or nothing. Raises Conflict when it was taken over before, or when what the
    network has registered isn't what the clerk saw."""
    _wait_for_others(session, draft)
    if draft.taken_over_at:
        raise TakenOver(N_("この名簿は、もう登録してあります。二重には登録していません。"))
    if len(decision.ends) > ENDED_AT_ONCE:
        raise Invalid(N_("一度に終了にできるのは%(n)sか所までです。"), n=ENDED_AT_ONCE)
    roster = roster_of(draft.content)
    register = Register(session, actor.network_id)
    usual = usual_standings(get_network(session, actor.network_id).standings)
    plan = planned(roster, register, usual)
    if plan.fingerprint != decision.fingerprint:
        raise Outdated(
            N_(
                "確かめている間に、団体か名札の登録が変わりました。まだ何も登録していません。"
                "もう一度確かめてください。"
            )
        )
    done = counted(plan)
    try:
        apply_plan(
            session, actor.network_id, plan, register, valid_until=decision.valid_until, now=now
        )
        ended = end_workplaces(session, plan, decision.ends, register, actor, now)
        session.flush()
    except IntegrityError as clash:
        raise Conflict(
            N_("同じ時に、ほかの人が団体を登録しました。もう一度お試しください。")
        ) from clash
    _finish(session, draft, roster, done, ended, actor, now)


def _wait_for_others(session: Session, draft: RosterDraft) -> None:
    """One roster at a time in a network; reports, which only point at it, don't wait."""
    session.exec(
        select(Network).where(Network.id == draft.network_id).with_for_update(key_share=True)
    ).one()
    session.refresh(draft)


def _finish(
    session: Session,
    draft: RosterDraft,
    roster: Roster,
    done: RosterImport,
    ended: int,
    actor: StaffActor,
    now: datetime,
) -> None:
    draft.content = written_roster(Roster([], roster.problems, roster.layout, roster.cells))
    draft.outcome = asdict(done) | {"ended": ended, "problem_lines": len(roster.cells)}
    draft.taken_over_at = now
    actor_name = f"staff:{actor.id}"
    record_import(
        session,
        draft.network_id,
        done,
        actor=actor_name,
        object_id=draft.id,
        now=now,
        ended=ended,
    )


def latest_with_problems(session: Session, network_id: UUID) -> RosterDraft | None:
    """The roster taken over last, while some of its lines are left to be put right."""
    taken = in_network(RosterDraft, network_id).where(col(RosterDraft.taken_over_at).is_not(None))
    newest = session.exec(taken.order_by(col(RosterDraft.taken_over_at).desc()).limit(1)).first()
    return newest if newest and newest.outcome["problem_lines"] else None


def waiting_drafts(session: Session, network_id: UUID) -> list[RosterDraft]:
    """Those that nobody has confirmed or discarded, newest first."""
    waiting = in_network(RosterDraft, network_id).where(col(RosterDraft.taken_over_at).is_(None))
    return list(session.exec(waiting.order_by(col(RosterDraft.made_at).desc()).limit(20)))
