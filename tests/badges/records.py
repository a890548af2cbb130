"""What the tests look up, or set, in the rows of 青波市."""

from uuid import UUID

from fastapi import FastAPI
from sqlmodel import select

from app.badges.models import Badge
from app.networks.models import Network
from app.organizations.models import Workplace
from tests.towns import Town


def ask_for_workplace_code(app: FastAPI, town: Town) -> None:
    """From now on 青波市 wants the workplace's code before answers reach a phone."""
    with app.state.database.writing() as session:
        session.get_one(Network, town.here.network.id).pairing_policy = "workplace_code"


def workplace_code(app: FastAPI, badge_code: str) -> str:
    with app.state.database.reading() as session:
        badge = session.exec(select(Badge).where(Badge.code == badge_code)).one()
        return session.get_one(Workplace, (badge.network_id, badge.workplace_id)).code


def badge_id(app: FastAPI, badge_code: str) -> UUID:
    with app.state.database.reading() as session:
        return session.exec(select(Badge.id).where(Badge.code == badge_code)).one()
