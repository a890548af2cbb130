"""Forms whose fields aren't known beforehand: a checklist's ticks, or what was typed earlier."""

from starlette.datastructures import FormData
from starlette.requests import Request

from app.errors import N_, TooLarge

LARGEST = 256 * 1024
MOST_FIELDS = 6_000
"""A drill at every workplace of a large town; a form of such size is shorter than LARGEST."""


async def read_form(request: Request) -> FormData:
    """The whole form. Raises TooLarge before a byte too many is kept, 400 for a file."""
    length = request.headers.get("content-length", "0")
    if not length.isdigit() or int(length) > LARGEST:
        raise TooLarge(N_("送られた内容が大きすぎます。"))
    return await request.form(max_fields=MOST_FIELDS, max_files=0)
