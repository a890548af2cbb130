"""What a push service keeps for browsers: subscriptions, and messages that wait for them."""

import base64
from dataclasses import dataclass
from typing import Any


@dataclass
class Channel:
    """One subscription; `key` is the sender's public key that it names, if any."""

    id: str
    uaid: str
    key: bytes | None


@dataclass
class Waiting:
    id: str
    channel: Channel
    topic: str | None
    body: bytes
    expires: float
    sent: bool = False

    def frame(self) -> dict[str, Any]:
        frame = {"messageType": "notification", "channelID": self.channel.id, "version": self.id}
        if not self.body:
            return frame
        data = base64.urlsafe_b64encode(self.body).rstrip(b"=").decode()
        return {**frame, "data": data, "headers": {"encoding": "aes128gcm"}}
