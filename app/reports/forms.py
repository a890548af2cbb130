"""The envelope a phone sends (protocol A1), checked once, here."""

import base64
import hashlib
import re
from contextlib import suppress
from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
)

from app.errors import N_, DomainError, TooLarge

LARGEST_ENVELOPE = 64 * 1024
NOTE_LENGTH = 120
MOST_ITEMS = 60
# What both databases can hold in any zone; the envelope keeps what the phone's clock said.
EARLIEST, LATEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)
CODE = r"^[A-Za-z0-9_-]{1,20}$"
LARGEST_NUMBER = 2**63 - 1
INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{5,18}(Z|[+-][0-9]{2}:[0-9]{2})")

Code = Annotated[str, StringConstraints(pattern=CODE)]
Base64 = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]+$")]


class NotAnEnvelope(DomainError):
    status = 400
    problem = "not-an-envelope"


class Strict(BaseModel):
    """Nothing unknown, and no number that stands in quotes: our own script writes neither."""

    model_config = ConfigDict(extra="forbid", strict=True)


def instant(value: Any) -> datetime:
    """ISO 8601 with its zone. Pydantic would also take seconds since 1970, or a bare date."""
    if isinstance(value, str) and INSTANT.fullmatch(value):
        return datetime.fromisoformat(value)
    raise ValueError("not an instant")


class ChecklistUsed(Strict):
    id: Code
    version: Annotated[int, Field(ge=1, le=1_000_000)]


class Sealed(Strict):
    v: Annotated[int, Field(ge=1, le=1)]
    kid: Code
    enc: Annotated[Base64, Field(max_length=200)]
    ct: Annotated[Base64, Field(max_length=40_000)]


class Envelope(Strict):
    """One report as the phone wrote it. `answers` are codes; free text is only ever in `sealed`.
    `drill`: it was made in that drill, and isn't a real one."""

    v: Annotated[int, Field(ge=1, le=1)]
    report_id: UUID
    device_seq: Annotated[int, Field(ge=0, le=LARGEST_NUMBER)]
    checklist: ChecklistUsed
    items: Annotated[list[Code], Field(min_length=1, max_length=MOST_ITEMS)]
    answers: Annotated[dict[Code, Code | list[Code]], Field(max_length=20)]
    client_at: Annotated[datetime, BeforeValidator(instant)]
    corrects: UUID | None
    sealed: Sealed | None
    drill: UUID | None = None

    @property
    def is_of_the_future(self) -> bool:
        """A newer phone wrote it; the fields we know are read, and a person is told."""
        return self.v > 1


class FutureEnvelope(Envelope):
    model_config = ConfigDict(extra="ignore")

    v: Annotated[int, Field(ge=2, le=1_000_000)]


def read_envelope(raw: bytes) -> Envelope:
    """Raises TooLarge, or NotAnEnvelope for anything that isn't one."""
    if len(raw) > LARGEST_ENVELOPE:
        raise TooLarge(N_("報告が大きすぎます。ひとことを短くしてください。"))
    for form in (Envelope, FutureEnvelope):
        with suppress(ValidationError):
            return form.model_validate_json(raw)
    raise NotAnEnvelope(N_("報告の形が正しくありません。画面を開き直してください。"))


def shown_time(client_at: datetime) -> datetime:
    return min(max(client_at, EARLIEST), LATEST)


def fingerprint(raw: bytes) -> str:
    """SHA-256 of the envelope's bytes, base64url without padding, as the phone computes it."""
    return base64.urlsafe_b64encode(hashlib.sha256(raw).digest()).rstrip(b"=").decode()


def check_number(fingerprint: str) -> str:
    """照合番号, as a person reads it out: 418-203 (docs/rescue.md)."""
    digest = base64.urlsafe_b64decode(f"{fingerprint}=")
    digits = f"{int.from_bytes(digest[:4], 'big') % 1_000_000:06d}"
    return f"{digits[:3]}-{digits[3:]}"


def codes_of(answer: Any) -> list[str]:
    return answer if isinstance(answer, list) else [answer]
