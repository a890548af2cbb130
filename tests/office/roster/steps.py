"""A clerk's steps through a roster, as a browser takes them."""

import re
from typing import Any

from tests.cast import Desk
from tests.organizations.roster.files import line, roster

NEW = line(organization="ゆり銀行", workplace="本店", industry="金融機関", badges=3, contact="甲")


def bring(clerk: Desk, *lines: list[object], content: bytes = b"") -> str:
    """The draft's address."""
    answer = upload(clerk, content or roster(*lines))
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def upload(clerk: Desk, content: bytes, name: str = "名簿.xlsx") -> Any:
    return clerk.client.post("/office/roster", files={"file": (name, content)})


def fingerprint(page: str) -> str:
    found = re.search(r'name="fingerprint" value="(\w+)"', page)
    assert found, page
    return found[1]


def confirm(clerk: Desk, draft: str, **changes: Any) -> Any:
    fields = {"fingerprint": fingerprint(clerk.get(draft).text), "valid_until": "2027-03-31"}
    return clerk.post(f"{draft}/import", **(fields | changes))


def take_over(clerk: Desk, *lines: list[object], **changes: Any) -> str:
    """The outcome's page."""
    draft = bring(clerk, *lines)
    answer = confirm(clerk, draft, **changes)
    assert answer.status_code == 303, answer.text
    return str(clerk.get(draft).text)


def counts(page: str) -> list[int]:
    """追加, 変更, 新しい名札 and 確認が必要 (or 終了)."""
    return [int(n) for n in re.findall(r"<dd><b>(\d+)</b>", page)]
