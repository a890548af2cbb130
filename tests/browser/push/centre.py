"""The centre's end of a push, without a desk: words go straight to its only subscribed phone."""

from collections.abc import Collection
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from sqlmodel import col, select

from app.clock import system_clock
from app.db import Database
from app.deliveries.messages import push_to, send_message
from app.deliveries.models import Evidence, Message, Subscription
from app.ids import new_id

DAY = timedelta(days=1)
TITLE = "つなぐ名札"


class Centre:
    """Writes into the database of a running server, whose own worker does the rest."""

    def __init__(self, data: Path) -> None:
        self._database = Database(f"sqlite:///{data / 'nafuda.db'}")

    def close(self) -> None:
        self._database.close()

    def send(self, *texts: str, life: timedelta = DAY) -> list[UUID]:
        """One message for each text, all at once."""
        network_id, phone = self._phone()
        now, ids = system_clock(), [new_id() for _ in texts]
        with self._database.writing() as session:
            for message_id, text in zip(ids, texts, strict=True):
                send_message(
                    session,
                    network_id,
                    message_id,
                    texts={"ja": {"title": TITLE, "body": text}},
                    path="/",
                    urgent=True,
                    expires_at=now + life,
                    phones={phone: now},
                    now=now,
                )
        return ids

    def send_again(self, message_id: UUID, text: str) -> None:
        """The same message with newer words."""
        network_id, phone = self._phone()
        with self._database.writing() as session:
            message = session.get_one(Message, (network_id, message_id))
            message.texts = {"ja": {"title": TITLE, "body": text}}
            push_to(session, message, {phone: system_clock()})

    def proven(self, ids: Collection[UUID], kind: str) -> list[UUID]:
        """Of which of these that is known, each as often as it is written down."""
        with self._database.reading() as session:
            rows = select(Evidence.message_id).where(
                col(Evidence.message_id).in_(ids), Evidence.kind == kind
            )
            return list(session.exec(rows))

    @property
    def endpoint(self) -> str:
        """Where the phone is subscribed; empty where it isn't."""
        live = self._live()
        return live.endpoint if live else ""

    def _phone(self) -> tuple[UUID, UUID]:
        """Its network and itself."""
        live = self._live()
        assert live, "nobody is subscribed"
        assert live.device_id, "not a phone"
        return live.network_id, live.device_id

    def _live(self) -> Subscription | None:
        with self._database.reading() as session:
            live = select(Subscription).where(col(Subscription.ended_at).is_(None))
            return session.exec(live).one_or_none()
