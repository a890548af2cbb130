"""Whatever comes in by any route, the answer is never an error of ours."""

import json
import string
from collections.abc import Callable
from typing import Any
from urllib.parse import quote
from uuid import UUID

from fastapi.routing import APIRoute
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from app.routers import ROUTES
from tests.cast import Cast
from tests.drills.practice import Practice

ENDLESS = {"/desk/events"}
ADDRESSES = sorted(
    (method, route.path)
    for route in ROUTES
    if isinstance(route, APIRoute) and route.path not in ENDLESS
    for method in route.methods
)
ODD = ["", " ", "0", "-1", "1e999", "NaN", "null", "9" * 40, "\x00", "a\x00b", "\ud800", "' OR 1=1"]
ODD += ["%", "_", "\\", "../..", "{{x}}", "{a|b}", "%(n)s", "<b>", "あ" * 300, "👨‍👩‍👧", "\u202e"]
SENSIBLE = ["told", "R05", "CV-01", "1", "ja", "delivered", "called", "busy", "/desk", "2026-09-24"]
TEXTS = st.sampled_from(ODD + SENSIBLE) | st.text(max_size=30) | st.text(string.printable)
FIELD_NAMES = """
    up_to selected template text industry state after next lang code item note report_id version
    agreed_version answer-still_here answer-done call_name workplace_code title steps say badge
    result_summary instruction_id sign_in password next_path kept-a language reason result
    note_is_fine endpoint keys kind envelopes v device_seq client_at items answers
    frames check at receipts number token handover app name role new_password
    again credential before saved mail address municipality center_tel open-0 close-0 closed
    quiet_from since until person action object format urgent-call
    standing-conveni pairing_policy year_end_from
    q whose also
    urgency text_ja text_easy do dont direction on enough number-C188 alone revision
    step minutes title_ja steps_ja
    standing only workplace kind all badge valid_until count name kana ground commissioned_on
    term_begins_on term_ends_on approval industry email telephone agreed_on signer holder_note keep
    member-ja partner-en network
    case workplace lasts drill
    codes municipality report
    server keys people
    held_on place audience material title link text numbers
    begins_on ends_on good better aware shares done phase
    ground asker items other_item purpose purpose_text hours sealed consent outcome
    telephone age_band other personal_data item-name
    to writing is_fine seen insist claim_minutes
    stock leaflet quantity wanted_on given_on given_as since_on
"""
NAMES = st.sampled_from(FIELD_NAMES.split())
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=6,
)
FIELDS = st.dictionaries(NAMES, TEXTS.map(lambda text: text.encode("utf-8", "replace").decode()))
AS_JSON = {"Content-Type": "application/json"}
BODIES: st.SearchStrategy[dict[str, Any]] = st.one_of(
    FIELDS.map(lambda fields: {"data": fields}),
    FIELDS.map(lambda fields: {"files": {name: (None, text) for name, text in fields.items()}}),
    VALUES.map(lambda value: {"content": json.dumps(value).encode(), "headers": AS_JSON}),
    st.binary(max_size=60).map(lambda raw: {"content": raw, "headers": AS_JSON}),
)


class Visitors:
    """A stranger, a worker, a counsellor and a clerk, with real things to aim at."""

    def __init__(self, cast: Cast) -> None:
        worker, desk, clerk = cast.phone(), cast.staff("counsellor"), cast.staff("clerk")
        report_id = worker.report()
        self.known = {
            "code": worker.code,
            "report_id": str(report_id),
            "instruction_id": str(desk.instruct(report_id)),
            "item_id": "CV-01",
            "screen_id": "stop_atm",
            "industry": "conveni",
            "kind": "checklist",
            "subject": "conveni",
            "version": "1",
            "template_id": "R05",
        }
        drill = Practice(cast, worker, clerk, desk)
        self.known |= {"drill_id": str(drill.start())}
        self.known |= {"drill_report_id": str(drill.report(UUID(self.known["drill_id"])))}
        cast.clock.advance(seconds=10)
        self.clients = [cast.phone().client, worker.client, desk.client, clerk.client]

    def ask(self, who: int, method: str, path: str, **options: Any) -> int:
        client = self.clients[who]
        client._transport.raise_server_exceptions = False  # type: ignore[attr-defined]
        return int(client.request(method, path, **options).status_code)


def filled(path: str, known: dict[str, str], odd: str, draw: Callable[[Any], Any]) -> str:
    junk = quote(odd.encode("utf-8", "replace"), safe="") or "x"
    names = [part[1:-1] for part in path.split("/") if part.startswith("{")]
    for name in names:
        path = path.replace(f"{{{name}}}", draw(st.sampled_from([known.get(name, junk), junk])))
    return path


def test_no_route_ever_fails_for_what_it_is_sent(cast: Cast) -> None:
    visitors = Visitors(cast)

    @settings(
        max_examples=250,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def bombard(data: st.DataObject) -> None:
        method, path = data.draw(st.sampled_from(ADDRESSES))
        address = filled(path, visitors.known, data.draw(TEXTS), data.draw)
        body = {} if method in ("GET", "HEAD") else data.draw(BODIES)
        query, who = data.draw(FIELDS), data.draw(st.integers(0, 3))
        status = visitors.ask(who, method, address, params=query, **body)
        assert status < 500, (method, address, query, body)

    bombard()
