"""From outbox items to letters, and from the mail server's answers to recorded facts."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session

from app.deliveries.carriers import Sent, pause
from app.deliveries.messages import fall_back
from app.deliveries.models import Mail, Message
from app.deliveries.outbox import Item
from app.deliveries.pulse import bump
from app.deliveries.smtp import Letter, MailAnswer, MailServer, hand_over
from app.settings import Settings

LONGEST_TRY = timedelta(hours=4)
NO_SERVER = "no_server"


class Mailer:
    """Sends letters through the server that the settings name."""

    def __init__(self, settings: Settings) -> None:
        self.base_url = settings.base_url
        self.server = (
            MailServer(
                settings.smtp_host,
                settings.smtp_port,
                settings.smtp_sender,
                settings.smtp_user,
                settings.smtp_password,
                settings.smtp_security,
            )
            if settings.smtp_host
            else None
        )

    def prepare(
        self, session: Session, items: Sequence[Item], now: datetime
    ) -> Mapping[UUID, Letter]:
        """Nothing is sent once a letter had its answer, nobody needs it any more, or four hours of
        trying are over."""
        letters = {item.id: self._letter(session, item, now) for item in items}
        return {item_id: letter for item_id, letter in letters.items() if letter}

    def _letter(self, session: Session, item: Item, now: datetime) -> Letter | None:
        mail = self._mail(session, item)
        message = session.get_one(Message, (mail.network_id, mail.message_id))
        if mail.accepted_at or mail.failed_at or message.cancelled_at:
            return None
        if mail.created_at + LONGEST_TRY <= now:
            return None
        body = mail.body.replace("{base_url}", self.base_url)
        return Letter(mail.id.hex, mail.address, mail.subject, body)

    async def send(self, letter: Letter) -> MailAnswer:
        if self.server is None:
            return MailAnswer(NO_SERVER)
        return await asyncio.to_thread(hand_over, self.server, letter)

    def record(
        self, session: Session, sent: Sequence[Sent], now: datetime
    ) -> Mapping[UUID, datetime]:
        """A letter that nobody will ever take starts the next fallback at once."""
        later = [one.item for one in sent if one.answer.outcome == "later"]
        for one in sent:
            if one.item not in later:
                self._note(session, one.item, one.answer, now)
        return {item.id: now + pause(item.attempts) for item in later}

    def _note(self, session: Session, item: Item, answer: MailAnswer, now: datetime) -> None:
        mail = self._mail(session, item)
        if answer.outcome == "accepted":
            mail.accepted_at = now
        else:
            mail.failed_at, mail.reason = now, answer.outcome
            message = session.get_one(Message, (mail.network_id, mail.message_id))
            fall_back(session, message, now)
        bump(session, item.network_id)

    async def close(self) -> None:
        """Each letter has a connection of its own; none stays open."""

    def _mail(self, session: Session, item: Item) -> Mail:
        return session.get_one(Mail, (item.network_id, UUID(item.payload["mail_id"])))
