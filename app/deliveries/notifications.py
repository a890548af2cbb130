"""What is pushed of a message, made once for all phones that are read in the same language."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from app.deliveries.models import Message
from app.deliveries.payload import declarative_payload
from app.deliveries.web_push import LONGEST_TTL, PushMessage

SHORTEST_TTL = 60
Pair = tuple[PushMessage, PushMessage]


class Notifications:
    """For one moment: what is left of a message's life is the push's."""

    def __init__(self, base_url: str, now: datetime) -> None:
        self.base_url, self.now = base_url, now
        self._made: dict[tuple[UUID, str, str], Pair] = {}

    def of(self, message: Message, language: str, *, receipts: str) -> Pair:
        """The whole one, and a smaller one for a push service that finds it too large. `receipts`:
        below which address its arrival is told, "" for nowhere."""
        key = (message.id, language, receipts)
        if key not in self._made:
            text = message.texts.get(language) or message.texts["ja"]
            self._made[key] = (
                self._message(message, text, language, receipts),
                self._message(message, {**text, "body": ""}, language, receipts),
            )
        return self._made[key]

    def _message(
        self, message: Message, text: Mapping[str, str], language: str, receipts: str
    ) -> PushMessage:
        receipt = f"{self.base_url}{receipts}/{message.id}/receipts"
        body = declarative_payload(
            title=text["title"],
            body=text["body"],
            navigate=f"{self.base_url}{message.path}",
            tag=str(message.tag or message.id),
            receipt=receipt if receipts else "",
            lang="en" if language == "en" else "ja",
        )
        topic = (message.tag or message.id).hex
        seconds = int((message.expires_at - self.now).total_seconds())
        ttl = min(max(seconds, SHORTEST_TTL), LONGEST_TTL)
        urgency = "high" if message.urgent else "normal"
        return PushMessage(body, ttl, urgency, topic)
