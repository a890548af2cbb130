"""A network that was just founded is ready for its first badge."""

import pytest
from fastapi import FastAPI
from sqlmodel import Session

from app.checklists.queries import current_checklist
from app.checklists.standard_set import INDUSTRIES
from app.deliveries.vapid_keys import current_vapid_key, private_key_of
from app.networks.models import Network
from app.networks.numbers import KINDS, current_number
from app.networks.opening_hours import WEEKDAYS_9_TO_1630
from app.office.founding import found_network
from app.sealing.envelope import Context
from app.sealing.keys import open_for, seal_for
from tests.towns import AFTERNOON


@pytest.fixture
def network(app: FastAPI) -> Network:
    with app.state.database.writing() as session:
        return found_network(
            session,
            app.state.master_key,
            AFTERNOON,
            slug="nishi",
            municipality="西町",
            name="見守りネットワーク",
            center_name="西町消費生活センター",
            center_tel="0000-00-3188",
            hours=WEEKDAYS_9_TO_1630,
        )


def test_it_asks_for_the_workplace_code_unless_told_otherwise(network: Network) -> None:
    assert network.pairing_policy == "workplace_code"


def test_every_industry_has_a_checklist(network: Network, session: Session) -> None:
    versions = [current_checklist(session, network.id, one).version for one in INDUSTRIES]
    assert versions == [1] * len(INDUSTRIES)


def test_its_numbers_start_at_zero(network: Network, session: Session) -> None:
    assert {current_number(session, network.id, kind) for kind in KINDS} == {0}


def test_what_is_sealed_for_it_opens_with_its_own_key(
    app: FastAPI, network: Network, session: Session
) -> None:
    context = Context(str(network.id), "x", "report", "note")
    sealed = seal_for(session, "ひとこと", context)
    assert open_for(session, app.state.master_key, sealed, context) == "ひとこと"


def test_its_push_key_is_stored_wrapped(app: FastAPI, network: Network, session: Session) -> None:
    key = current_vapid_key(session, network.id)
    assert "PRIVATE KEY" not in key.private_wrapped
    assert "PRIVATE KEY" in private_key_of(key, app.state.master_key)
