"""Where phones put their reports (protocol A): one, or all that wait in one batch."""

import asyncio
import base64
import json
from itertools import zip_longest
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.errors import N_, DomainError, Invalid, TooLarge, TooSlow, UnknownDevice
from app.failpoints import reach
from app.reports.acceptance import Acceptance
from app.reports.commands import AlreadyOther
from app.reports.forms import LARGEST_ENVELOPE, NotAnEnvelope
from app.reports.submissions import Submission, read_submission
from app.reports.writer import ReportWriter
from app.web.access import PhoneActor, SignedPhone
from app.web.problems import problem

router = APIRouter(prefix="/api/reports")
Phone = Annotated[PhoneActor, Depends(SignedPhone())]
BATCH_LIMIT = 1024 * 1024


def body_reader(limit: int) -> Any:
    async def read_json_body(request: Request) -> bytes:
        """The bytes as sent. Only JSON gets in, which no cross-site form can send."""
        kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
        if kind != "application/json":
            raise Invalid(N_("受け付けられる形ではありません。"))
        try:
            async with asyncio.timeout(request.app.state.settings.reading_seconds):
                return await read_up_to(limit, request)
        except TimeoutError:
            raise TooSlow(N_("送信が途中で止まりました。もう一度お試しください。")) from None

    return Depends(read_json_body)


async def read_up_to(limit: int, request: Request) -> bytes:
    """Raises TooLarge as soon as it is known, before a byte too many is kept."""
    body, announced = bytearray(), request.headers.get("content-length", "0")
    if len(announced) > 12 or int(announced) > limit:
        raise TooLarge(N_("報告が大きすぎます。ひとことを短くしてください。"))
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise TooLarge(N_("報告が大きすぎます。ひとことを短くしてください。"))
    return bytes(body)


class Batch(BaseModel):
    model_config = ConfigDict(extra="forbid")

    envelopes: Annotated[list[str], Field(min_length=1, max_length=100)]
    receipts: Annotated[list[str | None] | None, Field(max_length=100)] = None

    def pairs(self) -> list[tuple[str, str | None]]:
        """Each envelope with the receipt its phone holds. Those that lack at the end are none."""
        return list(zip_longest(self.envelopes, (self.receipts or [])[: len(self.envelopes)]))


@router.put("/{report_id}")
async def put_report(
    request: Request,
    phone: Phone,
    report_id: UUID,
    body: Annotated[bytes, body_reader(LARGEST_ENVELOPE)],
) -> Response:
    reach("request accepted")
    held = decoded(request.headers.get("nafuda-receipt"))
    submission = read_submission(phone, body, badge_code(request), held)
    if submission.envelope.report_id != report_id:
        raise not_an_envelope()
    reach("envelope parsed")
    accepted = await writer(request).accept([submission])
    return accepted.coverage.tell(single_answer(accepted.verdicts[0]))


@router.post("")
async def post_batch(
    request: Request, phone: Phone, body: Annotated[bytes, body_reader(BATCH_LIMIT)]
) -> Response:
    """Up to 100 envelopes in one transaction; a verdict and a receipt for each, in their order.

    One bad envelope never blocks the next.
    """
    reach("request accepted")
    try:
        batch = Batch.model_validate_json(body)
    except ValidationError:
        raise not_an_envelope() from None
    code = badge_code(request)
    read = [read_coded(phone, text, held, code) for text, held in batch.pairs()]
    sound = [one for one in read if isinstance(one, Submission)]
    if not sound:
        return JSONResponse(
            {"results": [refusal(one) for one in read if isinstance(one, DomainError)]}
        )
    reach("envelope parsed")
    accepted = await writer(request).accept(sound)
    verdicts = iter(accepted.verdicts)
    results = [
        refusal(one) if isinstance(one, DomainError) else result(next(verdicts)) for one in read
    ]
    return accepted.coverage.tell(JSONResponse({"results": results}))


def read_coded(
    phone: PhoneActor, text: str, held: str | None, code: str | None
) -> Submission | DomainError:
    try:
        return read_submission(phone, decoded(text), code, decoded(held))
    except DomainError as refused:
        return refused


def decoded(text: str | None) -> bytes:
    """Nothing for what isn't base64url: a receipt that can't be read is none."""
    try:
        return base64.urlsafe_b64decode((text or "") + "=" * (-len(text or "") % 4))
    except ValueError:
        return b""


def not_an_envelope() -> NotAnEnvelope:
    return NotAnEnvelope(N_("報告の形が正しくありません。画面を開き直してください。"))


def verdict_problem(verdict: Acceptance) -> DomainError | None:
    if verdict.status == 401:
        return UnknownDevice(N_("名札をもう一度読み取ってください。"))
    if verdict.status == 409:
        return AlreadyOther(N_("同じ番号で、内容の違う報告があります。"))
    return None


def single_answer(verdict: Acceptance) -> Response:
    if refused := verdict_problem(verdict):
        return problem(refused)
    return Response(verdict.receipt, verdict.status, media_type="application/json")


def result(verdict: Acceptance) -> dict[str, Any]:
    if refused := verdict_problem(verdict):
        return refusal(refused)
    return {"status": verdict.status, "receipt": json.loads(verdict.receipt)}


def refusal(refused: DomainError) -> dict[str, Any]:
    return {"status": refused.status, "problem": json.loads(bytes(problem(refused).body))}


def writer(request: Request) -> ReportWriter:
    found: ReportWriter = request.app.state.report_writer
    return found


def badge_code(request: Request) -> str | None:
    return request.headers.get("nafuda-badge")
