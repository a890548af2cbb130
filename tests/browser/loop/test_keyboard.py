"""With the keyboard alone: everything is reached, seen where one is, and never covered."""

import pytest

from tests.browser.loop.keyboard import tab_through
from tests.browser.loop.story import People, only_sqlite

pytestmark = [pytest.mark.browser, only_sqlite]


def test_the_badge_page(people: People) -> None:
    worker = people.worker()
    worker.scan()
    worker.is_ready_for_no_network()
    worker.page.locator("[name=item]").first.evaluate("box => { box.checked = true }")
    tab_through(worker)


def test_a_report_goes_by_keyboard_alone(people: People) -> None:
    worker = people.worker()
    worker.scan()
    worker.page.locator("[name=item]").first.focus()
    worker.page.keyboard.press("Space")
    worker.page.locator("[name=agreed_version]").focus()
    worker.page.keyboard.press("Space")
    worker.page.locator("#bar button.pri").focus()
    worker.page.keyboard.press("Enter")
    worker.arrives()


def test_the_instruction_on_the_phone(people: People) -> None:
    worker, counsellor = people.worker(), people.counsellor()
    worker.report_something()
    counsellor.instruct(worker.report_id, "R07")
    worker.gets_instruction()
    tab_through(worker)


def test_the_desk(people: People) -> None:
    worker, counsellor = people.worker(), people.counsellor()
    counsellor.go(f"/desk/reports/{worker.report_unseen()}")
    tab_through(counsellor)


def test_the_composer(people: People) -> None:
    worker, counsellor = people.worker(), people.counsellor()
    counsellor.go(f"/desk/reports/{worker.report_unseen()}")
    counsellor.take_template("R07")
    tab_through(counsellor)


def test_the_badges_in_the_office(people: People) -> None:
    clerk = people.clerk()
    clerk.go("/office/badges?text=A-000")
    tab_through(clerk)
