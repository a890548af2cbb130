"""A session can run out in the middle of writing. What was typed comes back after signing in."""

import re

from starlette.requests import Request

LARGEST = 64 * 1024
SECRET = re.compile("password|code|again")


async def typed_fields(request: Request) -> list[tuple[str, str]]:
    """The text fields of the form that just failed to be accepted; none for other requests."""
    if "form-urlencoded" not in request.headers.get("content-type", ""):
        return []
    form = await request.form()
    fields = [
        (name, value)
        for name, value in form.multi_items()
        if isinstance(value, str) and not SECRET.search(name)
    ]
    return fields if sum(len(v) for _, v in fields) <= LARGEST else []


ABROAD = re.compile(r"//|.*[\x00-\x20\x7f\\]", re.DOTALL)


def local_path(path: str) -> str:
    """Only ever an address of ours: anything else leads to the start page. Browsers leave out tabs
    and line breaks and read \\ as /, so that `/<tab>/there` would lead there."""
    return path if path.startswith("/") and not ABROAD.match(path) else "/"
