"""Turns at receipt numbers, and what is known during them."""

import pytest
from sqlmodel import Session, delete

from app.networks.models import Epoch
from app.reports.turns import take_turns
from tests.towns import Town


def test_no_turn_without_an_epoch(town: Town, session: Session) -> None:
    session.connection().execute(delete(Epoch))
    with pytest.raises(RuntimeError, match="epoch"):
        take_turns(session, {town.here.network.id})
