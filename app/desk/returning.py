"""Back to a report after a form, with the list as the counsellor had it: tab, filter, search."""

from urllib.parse import urlencode
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from app.web.rendering import see_other

FILTERS = ("q", "industry", "urgency", "whose", "state", "since", "until")
LONGEST = 200


def kept_query(request: Request) -> str:
    """What of the address says how the list is narrowed: `?…`, or nothing. Nothing else of it is
    taken along, so that an address can lead nowhere but to the desk."""
    given = kept(request)
    return f"?{urlencode(given)}" if given else ""


def kept(request: Request) -> dict[str, str]:
    asked = request.query_params
    return {name: asked[name][:LONGEST] for name in FILTERS if asked.get(name)}


def see_report(request: Request, report_id: UUID, part: str = "") -> Response:
    """`part`: where on the page, with its `#`."""
    return see_other(f"/desk/reports/{report_id}{kept_query(request)}{part}")
