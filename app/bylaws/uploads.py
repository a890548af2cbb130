"""A PDF that comes from a browser, with what was typed beside it."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends
from starlette.datastructures import UploadFile
from starlette.requests import Request

from app.bylaws.pdf import pages_of
from app.bylaws.rules import LARGEST_FILE
from app.confinement import AT_ONCE
from app.errors import N_, DomainError, Invalid, TooLarge
from app.web.access import Permission, StaffActor, StaffAhead
from app.web.fields import Fields
from app.web.turns import Turns

LARGEST_BODY = LARGEST_FILE + 64 * 1024
READINGS = Turns(AT_ONCE, waiting=8, of_one=3)
BylawBringer = Annotated[StaffActor, Depends(StaffAhead(Permission.RUNNING_WRITE))]


@dataclass(frozen=True)
class Upload:
    """`fields` also say what is wrong with the file."""

    fields: Fields
    content: bytes
    pages: int


async def read_upload(request: Request, actor: BylawBringer) -> Upload:
    """Reads and checks the file outside of any transaction. Raises TooLarge."""
    length = request.headers.get("content-length", "")
    if length.isdigit() and int(length) > LARGEST_BODY:
        raise _too_large()
    async with request.form(max_files=1, max_fields=6) as form:
        fields, file = Fields(form), form.get("file")
        content = await file.read() if isinstance(file, UploadFile) else b""
    try:
        if len(content) > LARGEST_FILE:
            raise _too_large()
        if not content:
            raise Invalid(N_("PDFのファイルを選んでください。"))
        pages = await READINGS.take(str(actor.network_id), pages_of, content)
    except DomainError as refused:
        fields.refuse("file", refused.message, **refused.values)
        pages = 0
    return Upload(fields, content, pages)


def _too_large() -> TooLarge:
    return TooLarge(N_("PDFは%(n)sMBまでです。"), n=LARGEST_FILE // 1024**2)
