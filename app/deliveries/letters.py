"""Letters to workplaces: written once per message, taken by the mail server sometime later."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from app.deliveries.models import Mail
from app.deliveries.outbox import enqueue
from app.networks.scope import in_network


def send_letter(
    session: Session,
    network_id: UUID,
    *,
    message_id: UUID,
    workplace_id: UUID,
    address: str,
    subject: str,
    body: str,
    now: datetime,
) -> Mail:
    """In the caller's transaction. A second letter about the same message isn't written: then it
    is the first that is returned, with what became of it.

    `{base_url}` in the body stands for the server's own address.
    """
    if earlier := letter_about(session, network_id, message_id, workplace_id):
        return earlier
    letter = Mail(
        network_id=network_id,
        message_id=message_id,
        workplace_id=workplace_id,
        address=address,
        subject=subject,
        body=body,
        created_at=now,
    )
    session.add(letter)
    session.flush()
    enqueue(session, network_id, "mail", {"mail_id": str(letter.id)}, now)
    return letter


def letter_about(
    session: Session, network_id: UUID, message_id: UUID, workplace_id: UUID
) -> Mail | None:
    query = in_network(Mail, network_id).where(
        Mail.message_id == message_id, Mail.workplace_id == workplace_id
    )
    return session.exec(query).first()
