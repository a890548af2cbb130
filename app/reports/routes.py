"""Where phones put their reports (protocol A): one, or all that wait in one batch."""

import base64
import binascii
import json
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.errors import N_, DomainError, Invalid, TooLarge
from app.networks.commands import current_epoch
from app.networks.scope import get_network
from app.reports.commands import Acceptance, AlreadyOther, accept_report
from app.reports.forms import LARGEST_ENVELOPE, NotAnEnvelope, read_envelope
from app.web.access import PairedPhone, PhoneActor
from app.web.problems import problem
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/api/reports")
Phone = Annotated[PhoneActor, Depends(PairedPhone())]
BATCH_LIMIT = 1024 * 1024


def body_reader(limit: int) -> Any:
    async def read_json_body(request: Request) -> bytes:
        """The bytes as sent. Only JSON gets in, which no cross-site form can send."""
        if not request.headers.get("content-type", "").startswith("application/json"):
            raise Invalid(N_("受け付けられる形ではありません。"))
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > limit:
                raise TooLarge(N_("報告が大きすぎます。ひとことを短くしてください。"))
        return bytes(body)

    return Depends(read_json_body)


class Batch(BaseModel):
    model_config = ConfigDict(extra="forbid")

    envelopes: Annotated[list[str], Field(min_length=1, max_length=100)]


@router.put("/{report_id}")
def put_report(
    request: Request,
    session: SessionDep,
    phone: Phone,
    now: Now,
    report_id: UUID,
    body: Annotated[bytes, body_reader(LARGEST_ENVELOPE)],
) -> Response:
    if read_envelope(body).report_id != report_id:
        raise NotAnEnvelope(N_("報告の形が正しくありません。画面を開き直してください。"))
    accepted = accept_report(session, phone, body, badge_code=badge_code(request), now=now)
    return with_epoch(session, phone, single_answer(accepted))


@router.post("")
def post_batch(
    request: Request,
    session: SessionDep,
    phone: Phone,
    now: Now,
    body: Annotated[bytes, body_reader(BATCH_LIMIT)],
) -> Response:
    """Up to 100 envelopes in one transaction; a verdict and a receipt for each."""
    try:
        batch = Batch.model_validate_json(body)
    except ValidationError:
        raise NotAnEnvelope(N_("報告の形が正しくありません。画面を開き直してください。")) from None
    code = badge_code(request)
    results = [batch_item(session, phone, text, code, now) for text in batch.envelopes]
    return with_epoch(session, phone, JSONResponse({"results": results}))


def batch_item(
    session: Session, phone: PhoneActor, text: str, code: str | None, now: Now
) -> dict[str, Any]:
    """One bad envelope never blocks the next."""
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        accepted = accept_report(session, phone, raw, badge_code=code, now=now)
    except (binascii.Error, ValueError):
        refused: DomainError = NotAnEnvelope(
            N_("報告の形が正しくありません。画面を開き直してください。")
        )
        return {"status": refused.status, "problem": json.loads(bytes(problem(refused).body))}
    except DomainError as refused:
        return {"status": refused.status, "problem": json.loads(bytes(problem(refused).body))}
    if accepted.status == 409:
        differs = problem(AlreadyOther(N_("同じ番号で、内容の違う報告があります。")))
        return {"status": 409, "problem": json.loads(bytes(differs.body))}
    return {"status": accepted.status, "receipt": json.loads(accepted.receipt)}


def single_answer(accepted: Acceptance) -> Response:
    if accepted.status == 409:
        return problem(AlreadyOther(N_("同じ番号で、内容の違う報告があります。")))
    return Response(accepted.receipt, accepted.status, media_type="application/json")


def badge_code(request: Request) -> str | None:
    return request.headers.get("nafuda-badge")


def with_epoch(session: Session, phone: PhoneActor, response: Response) -> Response:
    """A phone that sees a new epoch knows that the server was restored, and offers again."""
    response.headers["Nafuda-Epoch"] = str(current_epoch(session).id)
    through = get_network(session, phone.network_id).backed_up_through
    response.headers["Nafuda-Backed-Up-Through"] = str(through)
    return response
