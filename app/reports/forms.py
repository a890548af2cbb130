"""The envelope a phone sends (protocol A1), checked once, here."""

import base64
import hashlib
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from app.errors import N_, DomainError, TooLarge

LARGEST_ENVELOPE = 64 * 1024
NOTE_LENGTH = 120

MOST_ITEMS = 60
CODE = r"^[A-Za-z0-9_-]{1,20}$"

Code = Annotated[str, StringConstraints(pattern=CODE)]
Base64 = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]+$")]


class NotAnEnvelope(DomainError):
    status = 400
    problem = "not-an-envelope"


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ChecklistUsed(Strict):
    id: Code
    version: Annotated[int, Field(ge=1, le=1_000_000)]


class Sealed(Strict):
    v: Literal[1]
    kid: Code
    enc: Annotated[Base64, Field(max_length=200)]
    ct: Annotated[Base64, Field(max_length=40_000)]


class Envelope(Strict):
    """One report as the phone wrote it. `answers` are codes; free text is only ever in `sealed`."""

    v: Literal[1]
    report_id: UUID
    device_seq: Annotated[int, Field(ge=0, le=2**53)]
    checklist: ChecklistUsed
    items: Annotated[list[Code], Field(min_length=1, max_length=MOST_ITEMS)]
    answers: Annotated[dict[Code, Code | list[Code]], Field(max_length=20)]
    client_at: datetime
    corrects: UUID | None
    sealed: Sealed | None


def read_envelope(raw: bytes) -> Envelope:
    """Raises TooLarge, or NotAnEnvelope for anything that isn't one."""
    if len(raw) > LARGEST_ENVELOPE:
        raise TooLarge(N_("報告が大きすぎます。ひとことを短くしてください。"))
    try:
        envelope = Envelope.model_validate_json(raw)
    except ValidationError:
        raise NotAnEnvelope(N_("報告の形が正しくありません。画面を開き直してください。")) from None
    if envelope.client_at.tzinfo is None:
        raise NotAnEnvelope(N_("報告の形が正しくありません。画面を開き直してください。"))
    return envelope


def fingerprint(raw: bytes) -> str:
    """SHA-256 of the envelope's bytes, base64url without padding, as the phone computes it."""
    return base64.urlsafe_b64encode(hashlib.sha256(raw).digest()).rstrip(b"=").decode()


def codes_of(answer: Any) -> list[str]:
    return answer if isinstance(answer, list) else [answer]
