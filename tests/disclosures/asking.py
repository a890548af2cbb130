"""佐藤 asks for personal data, and a phone answers."""

from typing import Any
from uuid import UUID

from fastapi import FastAPI
from sqlmodel import Session

from app.disclosures.models import Disclosure
from app.networks.scope import in_network
from tests.cast import Desk, Phone

REQUEST = {
    "ground": "council",
    "asker": "青波市消費生活センター 佐藤",
    "items": ["name", "telephone"],
    "purpose": "safety",
    "hours": "48",
}
GIVEN = {"name": "海野みさき", "telephone": "0000-00-4321"}


def send_request(desk: Desk, report_id: UUID, **changes: Any) -> Any:
    return desk.post(f"/desk/reports/{report_id}/disclosures", **(REQUEST | changes))


def ask(desk: Desk, report_id: UUID, **changes: Any) -> None:
    answer = send_request(desk, report_id, **changes)
    assert answer.status_code == 303, answer.text


def of_report(session: Session, network_id: UUID, report_id: UUID) -> Disclosure:
    session.rollback()
    query = in_network(Disclosure, network_id).where(Disclosure.report_id == report_id)
    return session.exec(query).one()


def asking(app: FastAPI, network_id: UUID, report_id: UUID) -> Disclosure:
    with app.state.database.reading() as session:
        return of_report(session, network_id, report_id)


def address(disclosure: Disclosure) -> str:
    return f"/instructions/{disclosure.instruction_id}/disclosure"


def give(phone: Phone, disclosure: Disclosure, **fields: str) -> Any:
    return phone.client.post(address(disclosure), data=GIVEN | fields)


def open_with(desk: Desk, disclosure: Disclosure, reason: str = "advice") -> Any:
    return desk.post(f"/desk/disclosures/{disclosure.id}/opening", reason=reason)
