"""A phone with a real Firefox that reported once and said yes to notifications."""

from collections.abc import Collection, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import httpx2

from tests.browser.push.centre import Centre
from tests.browser.push.people import DeskByHttp, ask_to_be_told, report_something
from tests.browser.rig.firefox import Firefox
from tests.browser.rig.push_service import PushService
from tests.browser.rig.waiting import awaited
from tests.browser.server import DemoServer, demo_server

SWEPT = """navigator.serviceWorker.ready.then(registration => registration.getNotifications())
  .then(all => all.forEach(one => one.close()))"""


@dataclass(frozen=True)
class SubscribedPhone:
    firefox: Firefox
    service: PushService
    server: DemoServer
    centre: Centre
    desk: DeskByHttp

    def open(self, path: str = "/") -> None:
        self.firefox.goto(f"{self.server.base}{path}")

    def is_well(self) -> None:
        """Switched on, allowed to notify, subscribed, nothing on the screen."""
        self.service.offline(False)
        self.firefox.set_permission(self.server.base, "granted")
        self.open()
        awaited(lambda: self.service.knows(self.centre.endpoint), 15, "the subscription")
        self.firefox.evaluate(SWEPT)
        awaited(lambda: not self.shown, 10, "an empty screen")

    def report(self) -> str:
        """One more, whose path this is; the promise was given before."""
        self.open(f"/B/{self.server.code()}")
        self.firefox.wait_for("!document.getElementById('promise')")
        for part in ("[name=item]", "#bar button.pri"):
            self.firefox.click(part)
        self.firefox.wait_for("location.pathname.startsWith('/reports/')")
        return str(self.firefox.evaluate("location.pathname"))

    @property
    def shown(self) -> list[str]:
        """The text of each notification on the screen."""
        return [text for _, text in self.firefox.notifications()]

    def shows(self, text: str) -> None:
        """Before long. Raises TimeoutError, which tells how page, phone and server are."""
        try:
            awaited(lambda: text in self.shown, 20, text)
        except TimeoutError as error:
            page = "[location.pathname, document.body.innerText].join()"
            error.add_note(f"page: {self.firefox.evaluate(page)}")
            error.add_note(f"sent: {self.service.log[-2:]}, taken: {self.acknowledged()[-2:]}")
            error.add_note((self.server.data / "log").read_text()[-4_000:])
            raise

    def acknowledged(self) -> list[tuple[str, int]]:
        """Each message that Firefox took so far, and how that went: 100 is well."""
        updates = (one for frame in self.service.frames for one in frame.get("updates", []))
        return [(one["version"], one["code"]) for one in updates]

    def gets(self, ids: Collection[UUID]) -> None:
        """The centre knows by its own receipts; each comes once."""
        self.waits_for("delivered", ids)
        assert sorted(self.centre.proven(ids, "delivered")) == sorted(ids)

    def waits_for(self, kind: str, ids: Collection[UUID]) -> None:
        awaited(lambda: {*self.centre.proven(ids, kind)} >= {*ids}, 30, f"{kind}: {len(ids)}")


@contextmanager
def subscribed_phone(data: Path) -> Iterator[SubscribedPhone]:
    """With a server and a push service of its own."""
    with ExitStack() as stack:
        service = stack.enter_context(PushService())
        firefox = stack.enter_context(Firefox(service.socket_url))
        origins = f'["{service.origin}"]'
        server = stack.enter_context(demo_server(data, push_origins=origins))
        client = httpx2.Client(base_url=server.base, follow_redirects=True)
        desk = DeskByHttp(stack.enter_context(client))
        desk.sign_in(**server.person("counsellor"))
        centre = stack.enter_context(closing(Centre(server.data)))
        firefox.resize(390, 844)
        report_something(firefox, server.code(), server.base)
        ask_to_be_told(firefox, server.base)
        yield SubscribedPhone(firefox, service, server, centre, desk)
        assert firefox.outside == []
