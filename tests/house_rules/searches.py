"""What people type into the pages that search and turn over, by page: one of each kind."""

from collections.abc import Iterator

from fastapi.dependencies.models import Dependant

from app.office.members.rows import ONLY
from tests.house_rules.doors import Door

LONG_AGO, LATELY = "2020-01-01", "2026-09-01"
SOME = "00000000-0000-4000-8000-000000000000"

SEARCHES: dict[str, list[str]] = {
    "GET /desk": [
        "q=青波",
        "q=どこにもない",
        "q=K-000001",
        "q=C-0001",
        "q=a",
        "industry=bank",
        "industry=conveni&urgency=info&state=closed",
        "urgency=now&whose=mine",
        "whose=nobody&state=open",
        f"since={LONG_AGO}",
        f"since={LATELY}&until={LATELY}",
        f"q=青波&industry=bank&until={LONG_AGO}",
        "after=500000000",
        "instructed_after=500000000",
        "q=青波&after=500000000&up_to=900000000",
        "whose=mine&after=500000000",
    ],
    "GET /desk/reports/{report_id}": ["q=青波", f"since={LONG_AGO}&state=closed", "whose=mine"],
    "GET /desk/done": ["after=500000000"],
    "GET /desk/workplaces/{workplace_id}": ["after=500000000"],
    "GET /desk/candidates": ["after=500000000"],
    "GET /desk/calls": [f"first={SOME}"],
    "GET /desk/missing": [f"first={SOME}"],
    "GET /desk/intake": ["badge=C-0001", "place=青波", "place=どこにもない"],
    "GET /office": [
        *(f"only={one}" for one in ONLY),
        "text=青波",
        "text=どこにもない",
        "standing=member",
        f"after={SOME}",
    ],
    "GET /office/badges/new": ["text=青波"],
    "GET /office/audit": [
        "action=report.close",
        "action=no.such",
        "person=phone",
        f"person=staff:{SOME}",
        f"since={LONG_AGO}&until={LONG_AGO}",
        f"since={LATELY}",
        "before=500",
        f"object={SOME}",
        f"action=report.close&since={LATELY}&before=500",
    ],
    "GET /office/staff/sign-ins": ["before=500"],
    "GET /office/leaflets": ["text=青波", f"after={SOME}"],
    "GET /office/pilots/{pilot_id}": ["text=青波"],
    "GET /office/trainings": ["after=20260101"],
    "GET /office/trainings/untrained": [f"after={SOME}"],
    "GET /office/trainings/{training_id}": ["text=青波"],
    "GET /office/running/bylaws/{bylaw_id}": ["text=青波", f"after={SOME}"],
    "GET /office/secrecy": [f"after={SOME}"],
}

# By name, what an address may say that neither finds nor leads further.
SAYS_NO_MORE = {
    "app", "code", "done", "drafts", "handover", "mail", "network", "next", "number",
    "organization", "page", "paper", "promise", "saved", "selected", "settings", "show", "template",
}  # fmt: skip


def asks_further(door: Door) -> bool:
    """Whether its address may say what to find, or from where to go on."""
    return not SAYS_NO_MORE.issuperset(_names(door.route.dependant))


def _names(dependant: Dependant) -> Iterator[str]:
    for one in dependant.query_params:
        yield from getattr(one.field_info.annotation, "model_fields", {one.name: one})
    for inner in dependant.dependencies:
        yield from _names(inner)
