"""Two counsellors press at the same moment, on both databases: one has it, the other reads who.

`make races` does each fifty times.
"""

import os

import pytest

from tests.browser.desk.racing import Race, winner_of
from tests.browser.loop.people import Worker
from tests.browser.loop.story import People

pytestmark = pytest.mark.browser

ROUNDS = int(os.environ.get("ROUNDS", "1"))
SEND = "#composer .df .pri"
OTHER = {"佐藤": "田中", "田中": "佐藤"}
INSTRUCTIONS = "#detail section[id^=instruction-]"


@pytest.fixture
def worker(people: People) -> Worker:
    return people.worker()


@pytest.fixture
def race(people: People) -> Race:
    return Race({"佐藤": people.counsellor(0), "田中": people.counsellor(1)})


def refused_to(read: dict[str, str]) -> str:
    return read[OTHER[winner_of(read)]]


def instructions_of(race: Race, report_id: str) -> int:
    race.open(f"/desk/reports/{report_id}")
    return race.runners["佐藤"].page.locator(INSTRUCTIONS).count()


def test_claiming(race: Race, worker: Worker) -> None:
    for _ in range(ROUNDS):
        race.open(f"/desk/reports/{worker.report_unseen()}")
        read = race.press("#detail [action$=claim] button")
        assert refused_to(read) == f"{winner_of(read)}さんが先に担当しました。最新を表示します。"
        for runner in race.runners.values():
            assert runner.page.locator("#detail .dh .s").inner_text() == winner_of(read)
        loser = race.runners[OTHER[winner_of(read)]].page
        assert loser.locator("#detail [action$=claim]").count() == 0


def test_answering(race: Race, worker: Worker) -> None:
    for _ in range(ROUNDS):
        report_id = worker.report_unseen()
        race.open(f"/desk/reports/{report_id}/instructions/new?template=R05")
        read = race.press(SEND)
        assert refused_to(read) == (
            f"{winner_of(read)}さんが、先に指示を書きました。読んでから決めてください。"
        )
        assert instructions_of(race, report_id) == 1


def test_closing(race: Race, worker: Worker) -> None:
    for _ in range(ROUNDS):
        report_id = worker.report_unseen()
        race.open(f"/desk/reports/{report_id}/closure")
        for runner in race.runners.values():
            runner.page.locator("[name=outcome][value=advice]").check()
        read = race.press("[action$=closure] .btn.pri")
        assert refused_to(read) == f"この報告は、{winner_of(read)}さんが終わりにしました。"
        assert instructions_of(race, report_id) == 1


def test_taking_back(race: Race, worker: Worker) -> None:
    for _ in range(ROUNDS):
        report_id = worker.report_unseen()
        writer = race.runners["佐藤"]
        race.open(f"/desk/reports/{report_id}/instructions/new?template=R05")
        writer.send()
        race.runners["田中"].go(f"/desk/reports/{report_id}")
        read = race.press(".undo button")
        assert refused_to(read) == f"{winner_of(read)}さんが、先に取り消しました。"
        assert instructions_of(race, report_id) == 1
        assert writer.page.locator(f"{INSTRUCTIONS} .undo").count() == 0


def test_handing_over_what_is_taken_over(people: People, worker: Worker) -> None:
    sato, mori = people.counsellor(0), people.supervisor()
    race = Race({"佐藤": sato, "森": mori})
    for _ in range(ROUNDS):
        address = f"/desk/reports/{worker.report_unseen()}"
        sato.go(address)
        sato.claim()
        race.open(f"{address}/handover", f"{address}/takeover")
        sato.page.get_by_label("田中さん").check()
        mori.page.fill("#note", "長く動いていません")
        read = race.press("main .btn.pri")
        has_it = "田中" if winner_of(read) == "佐藤" else "森"
        assert f"いまは{has_it}さんが担当しています。" in "".join(read.values())
        sato.go(address)
        assert sato.page.locator("#detail .dh .s").inner_text() == has_it
