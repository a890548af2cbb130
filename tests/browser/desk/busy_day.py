"""A day at the desk on which everything happens at once."""

from collections.abc import Iterator

from tests.browser.loop.people import Supervisor
from tests.browser.loop.story import People
from tests.browser.office.test_drills import registered, start
from tests.browser.office_pages import pages_of

A_FLOOD = 20


def busy_day(people: People) -> tuple[Supervisor, list[str]]:
    """One rings, one is answered and talked to, one was closed, one is a threat to its sender, a
    badge floods, and a drill runs. Also pages to which no link may lead today."""
    mori = people.supervisor()
    closed, rings, threatens, floods = (people.worker() for _ in range(4))
    ended = closed.report_unseen()
    mori.go(f"/desk/reports/{ended}")
    mori.close_with_thanks()
    answered = threatens.report_unseen(still_here="yes")
    threatens.go(f"/reports/{answered}")
    threatens.page.locator("[action$=threat] button").click()
    mori.go(f"/desk/reports/{answered}")
    mori.page.locator("#talk [value=manager]").click()
    mori.page.locator(".talk li").first.wait_for()
    mori.instruct(answered, "R05")
    rings.report_unseen(still_here="yes")
    for _ in range(A_FLOOD):
        floods.report_unseen()
    start(people.clerk(), registered(people, "conveni"))
    pages = [f"/desk/reports/{answered}", f"/desk/reports/{answered}/handover"]
    pages += [f"/desk/reports/{ended}", f"/desk/reports/{ended}/outcome"]
    return mori, [*pages, "/desk/calls", "/desk/owed", "/desk/missing"]


def every_page(mori: Supervisor, others: list[str]) -> Iterator[str]:
    """Each while it is open."""
    yield from pages_of(mori, "/desk", ("/desk",))
    for path in others:
        mori.go(path)
        yield path
