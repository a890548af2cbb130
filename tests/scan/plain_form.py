"""The badge's page in a browser without script: what it holds is what gets sent."""

import re
from html import unescape
from typing import Any
from uuid import UUID

from tests.cast import Phone


class PlainForm:
    """The form of one opened badge page. `send` presses the button, as often as one likes."""

    def __init__(self, phone: Phone, **options: Any) -> None:
        self.phone = phone
        self.page = phone.client.get(f"/B/{phone.code}", **options).text
        self.report_id = UUID(hidden(self.page, "report_id"))

    def fields(self, **changes: Any) -> dict[str, Any]:
        """One tick and the promise, unless `changes` says otherwise; None leaves a field out."""
        usual = {
            "report_id": str(self.report_id),
            "version": hidden(self.page, "version"),
            "item": ["CV-01"],
            "answer-still_here": "yes",
            "agreed_version": "1",
        }
        return {name: value for name, value in (usual | changes).items() if value is not None}

    def send(self, **changes: Any) -> Any:
        return self.phone.client.post(f"/b/{self.phone.code}/reports", data=self.fields(**changes))


def hidden(page: str, name: str) -> str:
    found = re.search(rf'<input type="hidden" name="{name}" value="([^"]*)"', page)
    assert found, name
    return unescape(found[1])


def ticked(page: str) -> set[str]:
    """Values of all boxes and circles that are on."""
    return set(re.findall(r'value="([^"]*)" checked', page))


def note_in(page: str) -> str:
    found = re.search(r'<textarea[^>]*name="note"[^>]*>(.*?)</textarea>', page, re.S)
    assert found
    return unescape(found[1])


def errors_in(page: str) -> list[str]:
    box = re.search(r'id="errors">.*?</div>', page, re.S)
    return re.findall(r"<li>(.*?)</li>", box[0]) if box else []
