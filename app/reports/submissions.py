"""What was sent, as it waits to be accepted."""

from dataclasses import dataclass
from uuid import UUID

from app.reports.forms import Envelope, fingerprint, read_envelope
from app.web.access import PhoneActor


@dataclass(frozen=True, slots=True)
class Submission:
    """One envelope as it came, the phone whose credential came with it, and the badge it names.

    `held`: the receipt that the phone says it has. `flags`: what is known about the way it came.
    """

    network_id: UUID
    device_id: UUID
    raw: bytes
    envelope: Envelope
    fingerprint: str
    badge_code: str | None
    held: bytes = b""
    flags: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[UUID, UUID]:
        return self.network_id, self.envelope.report_id

    @property
    def device(self) -> tuple[UUID, UUID]:
        return self.network_id, self.device_id

    @property
    def identity(self) -> tuple[UUID, str]:
        return self.envelope.report_id, self.fingerprint


def read_submission(
    phone: PhoneActor,
    raw: bytes,
    badge_code: str | None,
    held: bytes = b"",
    flags: tuple[str, ...] = (),
) -> Submission:
    """Raises NotAnEnvelope or TooLarge."""
    envelope = read_envelope(raw)
    return Submission(
        phone.network_id, phone.device_id, raw, envelope, fingerprint(raw), badge_code, held, flags
    )
