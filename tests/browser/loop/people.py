"""The cast of the loop, each with a screen of their own size: what they do, in their words."""

import re

from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.loop.keeping import KEPT
from tests.browser.server import DemoServer

PHONE = {"width": 390, "height": 844}
TABLET = {"width": 1180, "height": 820}
PC = {"width": 1440, "height": 900}
TICKED = {"item": "CV-01", "version": "1", "agreed_version": "1"}


class Person:
    size = PHONE

    def __init__(self, browser: Browser, server: DemoServer, **options: object) -> None:
        self.server = server
        settings = {"viewport": self.size, "locale": "ja-JP", "timezone_id": "Asia/Tokyo"}
        self.context = browser.new_context(**(settings | options))  # type: ignore[arg-type]
        self.page: Page = self.context.new_page()

    def go(self, path: str) -> None:
        self.page.goto(self.server.base + path)

    def reads(self, text: str, seconds: float = 10) -> None:
        """It is on the screen, or comes within that time."""
        shown = self.page.get_by_text(text).filter(visible=True)
        expect(shown.first).to_be_visible(timeout=seconds * 1000)

    def stays(self) -> None:
        """Mark the page, to see later that it was never loaded anew."""
        self.page.evaluate("window.stays = true")

    @property
    def has_stayed(self) -> bool:
        return bool(self.page.evaluate("window.stays === true"))


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
        self.badge = server.badge(industry, place)
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

    def press_send(self) -> None:
        self.page.locator("#bar button.pri").click()

    def send(self, waits: bool = True) -> None:
        """Press 送る; with `waits`, until the centre has it."""
        self.press_send()
        if waits:
            self.arrives()

    def arrives(self) -> None:
        self.page.wait_for_url("**/reports/**", timeout=15_000)
        expect(self.page.locator("#report")).to_be_visible()

    def is_ready_for_no_network(self) -> None:
        """The service worker is in charge, and keeps this page with what to do and to show."""
        self.page.evaluate(KEPT, [f"/B/{self.code}", f"/B/{self.code}/guidance/CV-01"])

    def report_something(self, place: int = 0) -> str:
        """Scan, tick, promise, send; returns the receipt number."""
        self.scan()
        self.tick(place)
        self.promise()
        self.send()
        return self.receipt_no

    def report_unseen(self, **answers: str) -> str:
        """The plain form without looking at it; returns the report's id."""
        given = {f"answer-{name}": code for name, code in answers.items()}
        form: dict[str, str | float | bool] = {**TICKED, **given}
        path = f"{self.server.base}/b/{self.code}/reports"
        # A connection that was kept may have been closed meanwhile.
        answer = self.context.request.post(path, form=form, max_redirects=0, max_retries=3)
        return answer.headers["location"].rsplit("/", 1)[1]

    def gets_instruction(self) -> Locator:
        """The ten seconds during which it can be taken back have to pass first."""
        instruction = self.page.locator("[data-instruction]")
        instruction.wait_for(timeout=20_000)
        return instruction

    def acknowledge(self) -> None:
        self.page.locator("[action$=acknowledgement] button").click()
        self.page.locator("[action$=result]").wait_for()

    def tell_result(self, code: str) -> None:
        self.page.locator(f"[name=result][value={code}]").check()
        self.page.locator("[action$=result] button").click()
        self.page.locator("[action$=result]").wait_for(state="detached")

    @property
    def own_reports(self) -> Locator:
        """On the home screen."""
        return self.page.locator("a.it")

    @property
    def report_id(self) -> str:
        return self.page.url.rsplit("/", 1)[1]

    @property
    def receipt_no(self) -> str:
        found = re.search(r"K-\d{4,}", self.page.title())
        assert found, self.page.title()
        return found[0]


class Staff(Person):
    role = "counsellor"

    def sign_in(self, place: int = 0) -> None:
        self.go("/sign-in")
        self.give_password(place)
        self.page.wait_for_selector(".dk")

    def give_password(self, place: int = 0) -> None:
        person = self.server.person(self.role, place)
        self.page.fill("#sign-in", person["sign_in"])
        self.page.fill("#password", person["password"])
        self.page.locator("footer button").click()


class Counsellor(Staff):
    """With one tablet, and a telephone in the other hand."""

    size = TABLET

    def row(self, receipt_no: str) -> Locator:
        return self.page.locator("#inbox .cl a", has_text=receipt_no)

    @property
    def newcomers(self) -> Locator:
        """What came since: a list that has something in it doesn't move under the finger."""
        return self.page.locator("#inbox .new")

    def sees_arrival(self, receipt_no: str, seconds: float = 2) -> None:
        """In the list itself or as 新着, without asking for it."""
        sign = self.row(receipt_no).or_(self.newcomers)
        expect(sign.first).to_be_visible(timeout=seconds * 1000)

    def open(self, receipt_no: str) -> None:
        """From the list; one that stands within a case is searched for."""
        if not self.row(receipt_no).count():
            self.newcomers.click()
            self.newcomers.wait_for(state="detached")
        if not self.row(receipt_no).count():
            self.search(receipt_no)
        self.row(receipt_no).click()
        self.page.wait_for_url("**/desk/reports/**")

    def search(self, words: str) -> None:
        self.page.fill("#q", words)
        self.page.locator("#search button").first.click()
        self.page.wait_for_url("**q=*")

    def open_newest(self) -> str:
        row = self.page.locator("#inbox .cl a").first
        row.wait_for(timeout=10_000)
        row.click()
        self.page.wait_for_url("**/desk/reports/**")
        return self.page.url.rsplit("/", 1)[1].split("?")[0]

    def claim(self) -> None:
        self.page.locator("#detail [action$=claim] button").click()
        self.page.locator("[action$=release]").wait_for()

    def take_template(self, template: str) -> None:
        self.page.locator(f".nx [href$='template={template}']").click()
        self.page.wait_for_selector("#composer")

    def compose(self, template: str) -> None:
        self.page.goto(self.page.url.split("?")[0] + f"/instructions/new?template={template}")

    def send(self) -> None:
        self.page.locator(".df .btn.pri").click()
        self.page.wait_for_selector(".undo")

    def instruct(self, report_id: str, template: str) -> None:
        """Open the report, choose the template, send it as it is."""
        self.go(f"/desk/reports/{report_id}")
        self.compose(template)
        self.send()

    def take_back(self) -> None:
        self.page.locator(".undo button").click()
        self.page.locator(".undo").wait_for(state="detached")

    def close_with_thanks(self, summary: str = "") -> None:
        self.page.locator("[href$=closure]").click()
        self.page.locator("[name=outcome][value=advice]").check()
        self.page.fill("#result_summary", summary)
        self.page.locator("[action$=closure] .btn.pri").click()
        self.page.locator("#ending").wait_for()

    def rung(self, name: str) -> Locator:
        """A step of the receipt ladder that has a time."""
        return self.page.locator("#detail .tl li.dn", has_text=name).locator("time")

    def found_of(self, worker: Worker) -> set[str]:
        """Receipt numbers of all that came from the workplace, asked anew."""
        self.go("/desk")
        self.search(worker.badge["workplace"])
        return set(re.findall(r"K-\d{4,}", self.page.locator("#inbox .cl").inner_text()))


class Supervisor(Counsellor):
    """As a counsellor, and may take a claim from whoever has it."""

    role = "supervisor"


class Clerk(Staff):
    """In the city hall, with Edge and a shared printer."""

    size = PC
    role = "clerk"
