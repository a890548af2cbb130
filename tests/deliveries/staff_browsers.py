"""Browsers of people who sign in, subscribed for urgent reports."""

import json
from typing import Any

from tests.browser.rig.phone import Phone as Keys
from tests.browser.rig.push_service import PushService
from tests.browser.rig.vapid import decoded
from tests.cast import Desk


class StaffBrowser:
    def __init__(self, desk: Desk, service: PushService, owner: str = "/api/staff") -> None:
        self.desk, self.service, self.keys = desk, service, Keys()
        key = desk.get(f"{owner}/push-key").json()["key"]
        self.endpoint = service.subscribe(decoded(key))
        keys = {"p256dh": self.keys.p256dh, "auth": self.keys.auth}
        whole = {"endpoint": self.endpoint, "keys": keys}
        answer = desk.client.put(f"{owner}/subscription", json=whole)
        assert answer.status_code == 204, answer.text

    def notifications(self) -> list[dict[str, Any]]:
        path = self.endpoint.removeprefix(self.service.origin)
        posts = [one for one in self.service.log if one.path == path and one.status == 201]
        return [json.loads(self.keys.opened(one.body))["notification"] for one in posts]
