"""Pilots, their surveys, and what was answered: counts only, never whose."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session, col, func, select

from app.badges.rules import read_code
from app.errors import N_, NotFound
from app.networks.models import Network
from app.networks.scope import get_network, get_row, in_network
from app.organizations.models import Workplace
from app.organizations.queries import place_names
from app.pilots.models import Pilot, Survey, SurveyAnswer
from app.pilots.questions import QUESTIONS, Question
from app.pilots.rules import Phase, Shown, is_awaited, several_shown, single_shown, total_shown


@dataclass(frozen=True)
class Participant:
    """A workplace that takes part, its two surveys, and how many have answered each."""

    workplace: Workplace
    name: str
    surveys: dict[str, Survey]
    answered: dict[str, int]


@dataclass(frozen=True)
class Result:
    """Of one question: by phase, how many answered (None: the survey still takes answers), and how
    many chose what (None: that, or too few)."""

    question: Question
    totals: dict[Phase, Shown | None]
    counts: dict[Phase, dict[str, Shown] | None]


@dataclass(frozen=True)
class OpenSurvey:
    survey: Survey
    pilot: Pilot
    network: Network
    place: str


def pilots_of(session: Session, network_id: UUID) -> list[Pilot]:
    query = in_network(Pilot, network_id).order_by(col(Pilot.begins_on).desc(), col(Pilot.id))
    return list(session.exec(query.limit(200)))


def get_survey(session: Session, typed: str) -> OpenSurvey:
    """By the code on the slip, which is all that a reader has. Raises NotFound."""
    code = read_code(typed)
    survey = session.exec(select(Survey).where(Survey.code == code)).first() if code else None
    if survey is None:
        raise NotFound(
            N_("このアンケートは見つかりません。紙のコードをもう一度読み取ってください。")
        )
    names = place_names(session, survey.network_id, [survey.workplace_id])
    return OpenSurvey(
        survey,
        get_row(session, Pilot, survey.network_id, survey.pilot_id),
        get_network(session, survey.network_id),
        names[survey.workplace_id],
    )


def surveys_of(session: Session, pilot: Pilot) -> list[Survey]:
    query = in_network(Survey, pilot.network_id).where(Survey.pilot_id == pilot.id)
    return list(session.exec(query.order_by(col(Survey.id))))


def participants_of(session: Session, pilot: Pilot) -> list[Participant]:
    """In the order in which they were added."""
    by_place: dict[UUID, dict[str, Survey]] = {}
    surveys = surveys_of(session, pilot)
    for one in surveys:
        by_place.setdefault(one.workplace_id, {})[one.phase] = one
    names = place_names(session, pilot.network_id, by_place)
    known = in_network(Workplace, pilot.network_id).where(col(Workplace.id).in_(by_place))
    workplaces = {one.id: one for one in session.exec(known)}
    counts = answer_counts(session, pilot.network_id, [one.id for one in surveys])
    return [
        Participant(
            workplaces[place],
            names[place],
            of_place,
            {phase: counts.get(one.id, 0) for phase, one in of_place.items()},
        )
        for place, of_place in by_place.items()
    ]


def answer_counts(
    session: Session, network_id: UUID, survey_ids: Sequence[UUID]
) -> dict[UUID, int]:
    """By survey; one without an answer isn't in it."""
    query = (
        select(SurveyAnswer.survey_id, func.count())
        .where(SurveyAnswer.network_id == network_id)
        .where(col(SurveyAnswer.survey_id).in_(survey_ids))
        .group_by(col(SurveyAnswer.survey_id))
    )
    return dict(session.exec(query).all())


def results_of(session: Session, pilot: Pilot, today: date) -> list[Result]:
    """Of all workplaces together: of one alone, few answers would say who gave them. Of a survey
    that still takes answers, nothing."""
    told = [one for one in Phase if not is_awaited(one, pilot.begins_on, pilot.ends_on, today)]
    phases = {one.id: one.phase for one in surveys_of(session, pilot)}
    answers = in_network(SurveyAnswer, pilot.network_id).where(
        col(SurveyAnswer.survey_id).in_(list(phases))
    )
    chosen: dict[tuple[str, str], list[list[str]]] = {}
    for answer in session.exec(answers):
        for code, ticks in answer.ticks.items():
            chosen.setdefault((phases[answer.survey_id], code), []).append(ticks)

    def given(phase: Phase, question: Question) -> list[list[str]]:
        return chosen.get((phase, question.code), [])

    return [
        Result(
            question,
            {one: total_shown(len(given(one, question))) if one in told else None for one in Phase},
            {
                one: _counted(question, given(one, question)) if one in told else None
                for one in Phase
            },
        )
        for question in QUESTIONS
    ]


def _counted(question: Question, answers: list[list[str]]) -> dict[str, Shown] | None:
    ticked = Counter(code for ticks in answers for code in ticks)
    counts = {code: ticked[code] for code in question.options}
    told = several_shown if question.several else single_shown
    return told(counts, len(answers))
