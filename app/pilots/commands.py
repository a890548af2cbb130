"""Beginning a pilot, adding workplaces, and taking in answers without a name."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, func, select

from app.badges.rules import new_code
from app.errors import N_, Conflict, TooMany
from app.networks.scope import in_network
from app.organizations.commands import Values, note
from app.organizations.models import Workplace
from app.pilots.models import Pilot, Survey, SurveyAnswer
from app.pilots.rules import Phase
from app.web.access import StaffActor

WINDOW = timedelta(minutes=10)
IN_A_WINDOW = 40
MOST = 500
MOST_PLACES = 200


def add_pilot(session: Session, actor: StaffActor, values: Values, now: datetime) -> Pilot:
    pilot = Pilot(network_id=actor.network_id, created_at=now, **values)
    session.add(pilot)
    session.flush()
    note(session, actor, "pilot.add", pilot.id, now)
    return pilot


def add_participant(
    session: Session, pilot: Pilot, workplace: Workplace, actor: StaffActor, now: datetime
) -> None:
    """Twice is once. Raises Conflict for an ended workplace, or one too many."""
    here = in_network(Survey, pilot.network_id).where(Survey.pilot_id == pilot.id)
    places = {one.workplace_id for one in session.exec(here)}
    if workplace.id in places:
        return
    if workplace.ended_on:
        raise Conflict(N_("この事業所は終了しています。"))
    if len(places) >= MOST_PLACES:
        raise Conflict(N_("1つの試行に加えられる事業所は%(n)sか所までです。"), n=MOST_PLACES)
    for phase in Phase:
        session.add(
            Survey(
                network_id=pilot.network_id,
                pilot_id=pilot.id,
                workplace_id=workplace.id,
                phase=phase,
                code=new_code(),
            )
        )
    note(session, actor, "pilot.add_workplace", pilot.id, now)


def remove_participant(
    session: Session, pilot: Pilot, workplace: Workplace, actor: StaffActor, now: datetime
) -> None:
    """Raises Conflict where somebody has answered: answers aren't thrown away with it."""
    query = in_network(Survey, pilot.network_id).where(
        Survey.pilot_id == pilot.id, Survey.workplace_id == workplace.id
    )
    surveys = session.exec(query).all()
    answers = in_network(SurveyAnswer, pilot.network_id).where(
        col(SurveyAnswer.survey_id).in_([one.id for one in surveys])
    )
    if session.exec(answers.limit(1)).first():
        raise Conflict(N_("この事業所には回答があるので、外せません。"))
    for one in surveys:
        session.delete(one)
    if surveys:
        note(session, actor, "pilot.remove_workplace", pilot.id, now)


def write_review(
    session: Session, pilot: Pilot, actor: StaffActor, values: Values, now: datetime
) -> None:
    if (pilot.good, pilot.better) != (values["good"], values["better"]):
        pilot.good, pilot.better, pilot.reviewed_at = values["good"], values["better"], now
        note(session, actor, "pilot.review", pilot.id, now)


def keep_answer(
    session: Session,
    survey: Survey,
    ticks: dict[str, list[str]],
    now: datetime,
    *,
    actor: StaffActor | None = None,
) -> None:
    """`actor`: who types in what came on paper. Raises TooMany for a flood of answers."""
    recent = _count(session, survey.network_id, survey.id, now - WINDOW)
    if actor is None and recent >= IN_A_WINDOW:
        raise TooMany(N_("いま回答が続いています。10分ほど待ってから送ってください。"))
    if _count(session, survey.network_id, survey.id, None) >= MOST:
        raise TooMany(N_("このアンケートの回答は、いっぱいになりました。"))
    session.add(
        SurveyAnswer(
            network_id=survey.network_id,
            survey_id=survey.id,
            ticks=ticks,
            from_paper=actor is not None,
            answered_at=now,
        )
    )
    if actor:
        note(session, actor, "pilot.answer_from_paper", survey.pilot_id, now)


def _count(session: Session, network_id: UUID, survey_id: UUID, since: datetime | None) -> int:
    query = (
        select(func.count())
        .select_from(SurveyAnswer)
        .where(SurveyAnswer.network_id == network_id, SurveyAnswer.survey_id == survey_id)
    )
    if since:
        query = query.where(col(SurveyAnswer.answered_at) > since)
    return session.exec(query).one()
