"""Forms of the office as they stand in its pages, sent with a few changes."""

import re
from html import unescape
from typing import Any

from tests.cast import Desk

LIFE = "/office/editions"


def fields_of(page: str, action: str) -> dict[str, Any]:
    """What a browser would send of the form with this address."""
    form = page.split(f'action="{action}"')[1].split("</form>")[0]
    texts = re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>(.*?)</textarea>', form, re.S)
    inputs = re.findall(r'<input(?![^>]*checkbox)[^>]*name="([\w-]+)"[^>]*value="([^"]*)"', form)
    fields: dict[str, Any] = {name: unescape(text) for name, text in [*texts, *inputs]}
    for name, options in re.findall(r'<select[^>]*name="([\w-]+)">(.*?)</select>', form, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        fields[name] = chosen[1] if chosen else ""
    for name, value in re.findall(r'type="checkbox" name="(\w+)" value="([^"]*)" checked', form):
        fields.setdefault(name, []).append(value)
    return fields


class Editor:
    """A member of staff at one document that comes in versions."""

    def __init__(self, desk: Desk, kind: str = "checklist", subject: str = "conveni") -> None:
        self.desk, self.base = desk, f"{LIFE}/{kind}/{subject}"
        self.home = f"/office/checklists/{subject}" if kind == "checklist" else f"/office/{kind}"

    @property
    def page(self) -> str:
        answer = self.desk.get(self.home)
        assert answer.status_code == 200, answer.text
        return str(answer.text)

    def post(self, where: str, **fields: Any) -> Any:
        return self.desk.post(f"{self.base}/{where}", **fields)

    def begin(self, **fields: Any) -> "Editor":
        assert self.post("draft", **fields).status_code == 303
        return self

    def write(self, path: str, **changes: Any) -> Any:
        """Open the page of a piece, change some fields, press its button."""
        address = f"{self.home}/{path}"
        fields = fields_of(self.desk.get(address).text, address)
        return self.desk.post(address, **(fields | changes))

    def use(self, item_id: str, on: str) -> Any:
        return self.desk.post(f"{self.home}/items/{item_id}/use", on=on)

    def ask(self, **fields: Any) -> Any:
        return self.post("asking", **fields)

    def approve(self, revision: int | None = None) -> Any:
        """What stands in the page, unless the page has no button."""
        found = re.search(r'name="revision" value="(\d+)"', self.page)
        return self.post("approval", revision=str(revision or (found[1] if found else "1")))
