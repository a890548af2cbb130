"""What stands in a database survives its migrations."""

from collections.abc import Callable

from fastapi import FastAPI
from sqlalchemy import text
from sqlmodel import Session, select

from alembic import command
from app.deliveries.models import Recipient
from app.operations.migrations import alembic_config, migrate
from tests.cast import Cast

BEFORE_RECIPIENTS = "2f5556c89fb7"


def test_a_message_keeps_the_phones_it_went_to(
    app: FastAPI, cast: Cast, session: Session, work: Callable[[], int]
) -> None:
    phone, desk = cast.phone(), cast.staff("counsellor")
    phone.pair()
    desk.instruct(phone.report())
    cast.clock.advance(seconds=10)
    work()
    ((message_id, device_id),) = recipients(session)
    command.downgrade(alembic_config(app.state.settings), BEFORE_RECIPIENTS)
    with app.state.database.writing() as writing:
        ids = text("UPDATE message SET device_ids = :ids")
        writing.connection().execute(ids, {"ids": f'["{device_id}"]'})
    migrate(app.state.settings)
    assert recipients(session) == [(message_id, device_id)]


def recipients(session: Session) -> list[tuple[object, object]]:
    session.rollback()
    found = [(one.message_id, one.device_id) for one in session.exec(select(Recipient))]
    session.rollback()
    return found
