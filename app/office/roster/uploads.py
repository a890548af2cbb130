"""A roster that comes from a browser: a file, or cells copied in Excel."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

from app.confinement import AT_ONCE
from app.errors import N_, Invalid, TooLarge
from app.office.roster.rules import LARGEST_FILE
from app.organizations.roster.confined import read_confined
from app.organizations.roster.entries import Roster, RosterUnreadable
from app.web.access import Permission, StaffActor, StaffAhead
from app.web.text import one_line
from app.web.turns import Turns

# Frame, and the cells pasted beside the file.
LARGEST_BODY = LARGEST_FILE + 1024 * 1024
LARGEST_PASTE = 1024 * 1024
PASTED = "貼り付けた表"
# One network's files don't keep another's waiting for long.
READINGS = Turns(AT_ONCE, waiting=8, of_one=3)
RosterBringer = Annotated[StaffActor, Depends(StaffAhead(Permission.ROSTER_IMPORT))]


@dataclass(frozen=True)
class Upload:
    """Either a roster or the sentence that says why there is none."""

    filename: str
    roster: Roster | None
    refusal: str = ""
    pasted: str = ""


async def read_upload(request: Request, actor: RosterBringer) -> Upload:
    """Reads the file outside of any transaction: nobody waits for a slow line or a large file."""
    length = request.headers.get("content-length", "")
    if length.isdigit() and int(length) > LARGEST_BODY:
        raise TooLarge(N_("名簿のファイルは%(n)sMBまでです。"), n=LARGEST_FILE // 1024**2)
    async with request.form(max_files=1, max_fields=5, max_part_size=LARGEST_PASTE) as form:
        filename, content, pasted = await _brought(form)
    try:
        roster = await READINGS.take(str(actor.network_id), read_confined, content, filename)
    except RosterUnreadable as refusal:
        return Upload(filename, None, str(refusal), pasted)
    return Upload(filename, roster)


async def _brought(form: FormData) -> tuple[str, bytes, str]:
    """Name, content, and what was pasted. Raises Invalid when there is neither."""
    file, pasted = form.get("file"), form.get("cells")
    if isinstance(file, UploadFile) and file.filename:
        content = await file.read()
        if len(content) > LARGEST_FILE:
            raise TooLarge(N_("名簿のファイルは%(n)sMBまでです。"), n=LARGEST_FILE // 1024**2)
        return one_line(file.filename), content, ""
    if isinstance(pasted, str) and pasted.strip():
        return PASTED, pasted.encode("utf-8", "replace"), pasted
    raise Invalid(N_("名簿のファイルを選ぶか、Excelの表を貼り付けてください。"))
