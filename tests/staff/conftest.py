from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlmodel import Session, col, select

from app.audit.models import AuditEntry
from app.staff.models import Staff
from tests.cast import Cast, Desk
from tests.near import NearClient
from tests.staff.authenticator import Authenticator
from tests.staff.passkeys import register
from tests.towns import StandingClock, Town


@pytest.fixture
def sato(cast: Cast) -> Desk:
    """A counsellor, signed in with the password."""
    return cast.staff("counsellor")


@pytest.fixture
def stranger(app: FastAPI) -> TestClient:
    """A browser in which nobody signed in."""
    return NearClient(app, follow_redirects=False)


@pytest.fixture
def key(sato: Desk, clock: StandingClock) -> Authenticator:
    """佐藤's passkey."""
    authenticator = Authenticator()
    assert register(sato.client, authenticator).status_code == 303
    clock.advance(seconds=1)
    return authenticator


@pytest.fixture
def change(app: FastAPI, town: Town) -> Callable[..., None]:
    """Put something into the row of a person of the town."""

    def change_row(sign_in: str, **values: Any) -> None:
        with app.state.database.writing() as session:
            person = session.exec(select(Staff).where(Staff.sign_in == sign_in)).one()
            person.sqlmodel_update(values)

    return change_row


@pytest.fixture
def noted(session: Session, town: Town) -> Callable[[], list[str]]:
    """The actions that were audited in the town, oldest first."""

    def actions() -> list[str]:
        session.rollback()
        entries = select(AuditEntry).where(AuditEntry.network_id == town.here.network.id)
        return [one.action for one in session.exec(entries.order_by(col(AuditEntry.number)))]

    return actions
