"""The cast: workers with their phones and members of staff with their browsers, as HTTP clients."""

import base64
import hashlib
import json
import re
from html import unescape
from typing import Any
from uuid import UUID

from fastapi import FastAPI

from app.ids import new_id
from tests.near import NearClient
from tests.towns import StandingClock, Town


class Phone:
    """A worker's phone, as its script behaves: pairs once, then puts envelopes."""

    def __init__(self, app: FastAPI, code: str, clock: StandingClock) -> None:
        self.code, self.clock = code, clock
        self.client = NearClient(app, follow_redirects=False)
        self.device_seq = 0
        self.paired_with = ""

    def pair(self, **fields: Any) -> Any:
        self.paired_with = self.code
        return self.client.post(f"/b/{self.code}/pairing", json={"agreed_version": 1, **fields})

    def envelope(self, **changes: Any) -> dict[str, Any]:
        self.device_seq += 1
        return {
            "v": 1,
            "report_id": str(new_id()),
            "device_seq": self.device_seq,
            "checklist": {"id": "CV", "version": 1},
            "items": ["CV-01"],
            "answers": {"still_here": "yes"},
            "client_at": self.clock.now.isoformat(),
            "corrects": None,
            "sealed": None,
            **changes,
        }

    def put(self, envelope: dict[str, Any] | bytes, report_id: str | None = None) -> Any:
        raw = envelope if isinstance(envelope, bytes) else json.dumps(envelope).encode()
        named = report_id or json.loads(raw)["report_id"]
        return self.client.put(
            f"/api/reports/{named}", content=raw,
            headers={"Content-Type": "application/json", "Nafuda-Badge": self.code},
        )  # fmt: skip

    def put_batch(self, envelopes: list[dict[str, Any]]) -> Any:
        raws = [json.dumps(one).encode() for one in envelopes]
        coded = [base64.urlsafe_b64encode(raw).rstrip(b"=").decode() for raw in raws]
        return self.client.post(
            "/api/reports", json={"envelopes": coded}, headers={"Nafuda-Badge": self.code}
        )

    def report(self, **changes: Any) -> UUID:
        """Pair if need be, report, and return the report's id."""
        if self.paired_with != self.code:
            self.pair()
        envelope = self.envelope(**changes)
        answer = self.put(envelope)
        assert answer.status_code == 201, answer.text
        return UUID(envelope["report_id"])

    def see(self, report_id: UUID, **options: Any) -> str:
        answer = self.client.get(f"/reports/{report_id}", **options)
        assert answer.status_code == 200, answer.text
        return str(answer.text)


def fingerprint(raw: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(raw).digest()).rstrip(b"=").decode()


class Desk:
    """A member of staff in a browser, signed in."""

    def __init__(self, app: FastAPI, sign_in: str, password: str) -> None:
        self.client = NearClient(app, follow_redirects=False)
        answer = self.client.post("/sign-in", data={"sign_in": sign_in, "password": password})
        assert answer.status_code == 303, answer.text

    def get(self, path: str, **options: Any) -> Any:
        return self.client.get(path, **options)

    def post(self, path: str, **fields: Any) -> Any:
        return self.client.post(path, data=fields)

    def instruct(self, report_id: UUID, template: str = "R05", **changes: str) -> UUID:
        """Choose a template, change what is given, send; returns the instruction's id."""
        page = self.get(f"/desk/reports/{report_id}/instructions/new?template={template}").text
        fields = composer_fields(page) | changes
        answer = self.post(f"/desk/reports/{report_id}/instructions", template=template, **fields)
        assert answer.status_code == 303, answer.text
        detail = self.get(answer.headers["location"]).text
        return UUID(re.findall(r'id="instruction-([0-9a-f-]+)"', detail)[0])


def composer_fields(page: str) -> dict[str, str]:
    """What stands in the composer, as a browser would send it."""
    title = re.search(r'name="title"[^>]*value="([^"]*)"', page)
    areas = re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>(.*?)</textarea>', page, re.S)
    assert title, page
    return {"title": unescape(title[1])} | {name: unescape(text) for name, text in areas}


class Cast:
    """さくら at the till, 佐藤 and 田中 at the desk, 林 in the office, and strangers next door."""

    def __init__(self, app: FastAPI, town: Town, clock: StandingClock) -> None:
        self.app, self.town, self.clock = app, town, clock

    def phone(self, industry: str = "conveni", place: int = 0) -> Phone:
        return Phone(self.app, self.town.code(industry, place), self.clock)

    def stranger_phone(self) -> Phone:
        return Phone(self.app, self.town.neighbour_code, self.clock)

    def staff(self, role: str, place: int = 0) -> Desk:
        person = self.town.person(role, place)
        return Desk(self.app, person.sign_in, person.password)

    def stranger(self, role: str) -> Desk:
        person = self.town.neighbour_staff[role]
        return Desk(self.app, person.sign_in, person.password)
