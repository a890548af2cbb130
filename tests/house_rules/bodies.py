"""What visitors send."""

from typing import Any

from app.staff.permissions import Role
from tests.cast import Phone
from tests.towns import Town


def bodies(phone: Phone, ids: dict[str, str], town: Town) -> dict[str, dict[str, Any]]:
    """What has to be sent so that the door itself decides, and not the form behind it."""
    person = town.person(Role.COUNSELLOR)
    template = {"data": {"template": "R05"}}
    return {
        "PUT /api/reports/{report_id}": {"json": phone.envelope(report_id=ids["report_id"])},
        "POST /api/reports": {"json": {"envelopes": ["e30"]}},
        "PUT /api/subscription": {
            "json": {"endpoint": "https://push.example", "keys": {"p256dh": "", "auth": ""}}
        },
        "POST /api/messages/{message_id}/receipts": {"json": {"kind": "delivered"}},
        "POST /api/trial/{message_id}/receipts": {"json": {"kind": "delivered"}},
        "POST /desk/reports/{report_id}/instructions/preview": template,
        "POST /desk/reports/{report_id}/instructions": template,
        "POST /desk/missing/{gap_id}/dismissal": {"data": {"reason": "told"}},
        "POST /desk/floods/{badge_id}/stopping": {"data": {"reason": "misused"}},
        "POST /desk/calls/{task_id}/outcome": {"data": {"outcome": "no_reply"}},
        "POST /office/badges/sheet": {"data": {"badge": ids["used_badge_id"]}},
        "GET /office/badges/validity": {"params": {"badge": ids["used_badge_id"]}},
        "POST /office/badges/validity": {
            "data": {"badge": ids["used_badge_id"], "valid_until": "2028-03-31"}
        },
        "GET /office/badges/stopping": {"params": {"badge": ids["used_badge_id"]}},
        "POST /office/badges/stopping": {
            "data": {"badge": ids["badge_id"], "reason": "lost", "count": "1"}
        },
        "POST /b/{code}/pairing": {"json": {"agreed_version": 1}},
        "POST /sign-in": {"data": {"sign_in": person.sign_in, "password": person.password}},
    }
