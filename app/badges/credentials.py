"""The phone's credential: a long-lived signed cookie that names its device, renewed on use."""

from functools import lru_cache
from uuid import UUID

from itsdangerous import BadSignature, URLSafeSerializer
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from app.badges.models import Device
from app.web.access import PhoneActor

COOKIE = "nafuda_device"
# Cookies whose signature was checked lately: checking again says the same.
REMEMBERED = 10_000
TWO_YEARS = 2 * 365 * 24 * 3600


class Credentials:
    """Signs and reads device cookies. Older keys stay readable while they are in the list."""

    def __init__(self, keys: list[bytes], secure: bool) -> None:
        self.secure = secure
        self._signer = URLSafeSerializer(keys, salt="device")
        self._read = lru_cache(REMEMBERED)(self._unsign)

    @property
    def cookie(self) -> str:
        return f"__Host-{COOKIE}" if self.secure else COOKIE

    def give(self, response: Response, network_id: UUID, device_id: UUID) -> None:
        response.set_cookie(
            self.cookie,
            self.sign(network_id, device_id),
            max_age=TWO_YEARS,
            httponly=True,
            secure=self.secure,
            samesite="lax",
            path="/",
        )

    def sign(self, network_id: UUID, device_id: UUID) -> str:
        return str(self._signer.dumps([str(network_id), str(device_id)]))

    def read(self, request: Request) -> tuple[UUID, UUID] | None:
        return self._read(request.cookies.get(self.cookie, ""))

    def _unsign(self, token: str) -> tuple[UUID, UUID] | None:
        try:
            network_id, device_id = self._signer.loads(token)
            return UUID(network_id), UUID(device_id)
        except (BadSignature, ValueError, TypeError):
            return None

    def find_phone(self, request: Request, session: Session) -> PhoneActor | None:
        """The phone that asks. A revoked device is nobody."""
        named = self.read(request)
        device = session.get(Device, named) if named else None
        if device is None or device.revoked_at:
            return None
        return PhoneActor(device.network_id, device.id)
