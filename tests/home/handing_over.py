"""What a person does to take a badge over into the installed app."""

import re

from fastapi.testclient import TestClient

from tests.cast import Phone

SAFARI = {"user-agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Safari/604.1"}


def ask(phone: Phone) -> str:
    answer = phone.client.post("/notifications/number")
    assert (answer.status_code, answer.headers["location"]) == (303, "/notifications#number")
    return shown(phone)


def shown(phone: Phone) -> str:
    found = re.search(r'class="big">(\d{3}) (\d{3})<', phone.client.get("/notifications").text)
    return found[1] + found[2] if found else ""


def enter(client: TestClient, number: str) -> int:
    return int(client.post("/handover/number", data={"number": number}).status_code)
