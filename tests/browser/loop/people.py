"""The cast of the loop, each with a screen of their own size: what they do, in their words."""

from playwright.sync_api import Browser, Page, expect

from tests.browser.server import DemoServer

PHONE = {"width": 390, "height": 844}
TABLET = {"width": 1180, "height": 820}
PC = {"width": 1440, "height": 900}


class Person:
    size = PHONE

    def __init__(self, browser: Browser, server: DemoServer, **options: object) -> None:
        self.server = server
        settings = {"viewport": self.size, "locale": "ja-JP", "timezone_id": "Asia/Tokyo"}
        self.context = browser.new_context(**(settings | options))  # type: ignore[arg-type]
        self.page: Page = self.context.new_page()

    def go(self, path: str) -> None:
        self.page.goto(self.server.base + path)


class Worker(Person):
    """At the till, with a phone and a badge."""

    def __init__(
        self,
        browser: Browser,
        server: DemoServer,
        industry: str = "conveni",
        place: int = 0,
        **options: object,
    ) -> None:
        super().__init__(browser, server, **options)
        self.code = server.code(industry, place)

    def scan(self, query: str = "") -> None:
        self.go(f"/B/{self.code}{query}")

    def tick(self, place: int) -> None:
        box = self.page.locator("[name=item]").nth(place)
        if not box.is_visible():
            self.page.locator("details").first.locator("summary").click()
        box.check()

    def here(self, code: str) -> None:
        self.page.locator(f"[name=answer-still_here][value={code}]").check()

    def write(self, note: str) -> None:
        self.page.fill("#note", note)

    def promise(self) -> None:
        box = self.page.locator("[name=agreed_version]")
        if box.count():
            box.check()

    def send(self, waits: bool = True) -> None:
        """Press 送る; with `waits`, until the centre has it."""
        self.page.locator("#bar button").click()
        if waits:
            self.page.wait_for_url("**/reports/**", timeout=15_000)
            expect(self.page.locator("#report")).to_be_visible()

    @property
    def report_id(self) -> str:
        return self.page.url.rsplit("/", 1)[1]


class Staff(Person):
    role = "counsellor"

    def sign_in(self, place: int = 0) -> None:
        person = self.server.person(self.role, place)
        self.go("/sign-in")
        self.page.fill("#sign-in", person["sign_in"])
        self.page.fill("#password", person["password"])
        self.page.locator("footer button").click()
        self.page.wait_for_selector(".dk")


class Counsellor(Staff):
    """With one tablet, and a telephone in the other hand."""

    size = TABLET

    def open_newest(self) -> str:
        row = self.page.locator("#inbox .cl a").first
        row.wait_for(timeout=10_000)
        row.click()
        self.page.wait_for_url("**/desk/reports/**")
        return self.page.url.rsplit("/", 1)[1].split("?")[0]

    def compose(self, template: str) -> None:
        self.page.goto(self.page.url.split("?")[0] + f"/instructions/new?template={template}")

    def send(self) -> None:
        self.page.locator(".df .btn.pri").click()
        self.page.wait_for_selector(".undo")


class Clerk(Staff):
    """In the city hall, with Edge and a shared printer."""

    size = PC
    role = "clerk"
