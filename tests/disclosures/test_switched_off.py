"""Where personal data is switched off, no route, screen, choice or column is about it."""

import io
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4
from zipfile import ZipFile

import pytest
from sqlmodel import Session, select

from app.disclosures.models import Disclosure
from app.instructions.models import Instruction
from app.instructions.standard_templates import personal_templates
from app.networks.models import Network
from tests.cast import Cast
from tests.disclosures.asking import ask, give, of_report
from tests.holdings.asking import ask as ask_for_export
from tests.house_rules.doors import Door, every_door
from tests.house_rules.test_routes import refusal
from tests.house_rules.visitors import ENDLESS, ENDS_THE_SESSION, Crowd, Visitor
from tests.towns import settings_in

WHAT_WAS = re.compile(r"<tbody>\s*<tr><td class=.n.>.*?</tbody>", re.S)
"""The records of what was done: nobody can change those."""
AREAS = ("app.disclosures.", "app.desk.disclosures.")
ABOUT = re.compile(
    r'(?:href|action)="(?!/office/settings)[^"]*/disclosures?\b|\bR03\b|\bR04\b|\bR13\b|専用画面で|個人情報の求め'
    r"|個人情報を求め(?!ること|られるように)|届いた個人情報(?!はすぐに消えます)|転記済みの個人情報"
)
"""The switch itself stays, with what it does."""


def doors_of_area() -> list[Door]:
    return [one for one in every_door() if one.route.endpoint.__module__.startswith(AREAS)]


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory, sqlite_town: tuple) -> Iterator[Crowd]:  # type: ignore[type-arg]
    """One for all visits, since nobody changes anything."""
    folder, town = sqlite_town
    data: Path = tmp_path_factory.mktemp(f"off-{uuid4().hex}") / "data"
    shutil.copytree(folder, data)
    crowd = Crowd(settings_in(data), town)
    yield crowd
    crowd.app.state.database.close()


def switch(crowd: Crowd, *, on: bool) -> None:
    with crowd.app.state.database.writing() as session:
        session.get_one(Network, crowd.network_id).personal_data = on


def pages(crowd: Crowd, visitor: Visitor) -> Iterator[tuple[str, str]]:
    """Every page that this visitor is shown, found from the routes."""
    for door in every_door():
        unfit = door.address in ENDLESS | ENDS_THE_SESSION
        if door.method != "GET" or unfit or refusal(door, visitor):
            continue
        answer = visitor.client.get(crowd.path(door))
        if "text/html" in answer.headers.get("content-type", "") and answer.status_code == 200:
            yield door.address, WHAT_WAS.sub("", answer.text)


def about_it(crowd: Crowd) -> dict[str, set[str]]:
    """By page, what somebody of this network reads there about personal data on request."""
    found: dict[str, set[str]] = {}
    for visitor in crowd.visitors:
        if visitor.knows:
            for address, page in pages(crowd, visitor):
                if said := set(ABOUT.findall(page)):
                    found.setdefault(address, set()).update(said)
    return found


def test_the_area_has_doors_and_every_one_is_closed_to_everybody(crowd: Crowd) -> None:
    doors = doors_of_area()
    assert len(doors) >= 8
    switch(crowd, on=False)
    before = crowd.rows()
    for door in doors:
        for visitor in crowd.visitors:
            expected = refusal(door, visitor) or 404
            assert crowd.ask(door, visitor) == expected, (door.address, visitor.name)
    assert crowd.rows() == before


def test_no_page_is_about_it(crowd: Crowd) -> None:
    switch(crowd, on=True)
    on = about_it(crowd)
    assert {"GET /desk/reports/{report_id}", "GET /office/templates", "GET /office/audit"} <= {*on}
    switch(crowd, on=False)
    assert about_it(crowd) == {}


def test_a_hidden_template_has_no_page_and_takes_no_words(crowd: Crowd) -> None:
    switch(crowd, on=False)
    clerk = next(one for one in crowd.visitors if one.role == "clerk" and one.knows).client
    clerk.post("/office/editions/templates/all/draft")
    before = crowd.rows()
    assert personal_templates() == {"R03", "R04", "R13"}
    for hidden in personal_templates():
        path = f"/office/templates/{hidden}"
        assert clerk.get(path).status_code == 404
        for end in ("", "/place", "/use", "/reset"):
            assert clerk.post(f"{path}{end}", data={"step": "1", "on": "yes"}).status_code == 404
    assert crowd.rows() == before
    assert clerk.post("/office/templates/R05/place", data={"step": "-1"}).status_code == 303
    ids = re.findall(r'<tr id="(R\d\d)"', clerk.get("/office/templates").text)
    assert ids[:4] == ["R01", "R05", "R02", "R06"]


def test_the_export_of_the_office_has_no_sheet_and_no_column_of_it(
    cast: Cast, session: Session, work: Callable[[], int]
) -> None:
    clerk = cast.staff("clerk")

    def exported() -> str:
        cast.clock.advance(minutes=1)
        export = ask_for_export(clerk, session)
        work()
        answer = clerk.post(f"/office/data/exports/{export.id}/file")
        zipped = ZipFile(io.BytesIO(answer.content))
        texts = [
            zipped.read(one).decode("utf-8-sig") for one in zipped.namelist() if "UTF-8" in one
        ]
        book = ZipFile(io.BytesIO(zipped.read("全データ.xlsx")))
        texts += [book.read(one).decode() for one in book.namelist()]
        return "\n".join([*zipped.namelist(), *texts])

    told = re.compile("個人情報の求め|個人情報を求める|求めてよい項目")
    assert len({*told.findall(exported())}) == 3
    clerk.post("/office/settings/disclosures", **{"item-name": "yes"})
    assert told.findall(exported()) == []


def test_what_was_asked_and_never_answered_is_called_off_at_any_moment(
    cast: Cast, session: Session
) -> None:
    """Before it has left, nobody sees it; afterwards the phone says that it is over."""
    bank, desk = cast.phone("finance"), cast.staff("counsellor")
    left, answered = bank.report(), bank.report()
    ask(desk, left)
    ask(desk, answered)
    cast.clock.advance(seconds=11)
    here = cast.town.here.network.id
    assert give(bank, of_report(session, here, answered)).status_code == 303
    waiting = bank.report()
    ask(desk, waiting)
    cast.staff("clerk").post("/office/settings/disclosures", **{"item-name": "yes"})
    cast.clock.advance(seconds=11)
    session.rollback()
    ends = {one.report_id: one.end_reason for one in session.exec(select(Instruction))}
    assert ends == {left: "withdrawn", answered: "answered", waiting: "taken_back"}
    assert [one.sealed for one in session.exec(select(Disclosure))] == [None] * 3
    assert "取り消されました" in bank.see(left)
    assert "R04" not in bank.see(waiting)
    for report_id in (left, answered, waiting):
        assert "/disclosure" not in bank.see(report_id)
        assert "専用画面で答える" not in bank.see(report_id)


def test_what_has_run_out_leads_nowhere(cast: Cast, session: Session) -> None:
    bank, desk = cast.phone("finance"), cast.staff("counsellor")
    report_id = bank.report()
    ask(desk, report_id, hours="4")
    cast.clock.advance(hours=5)
    with cast.app.state.database.writing() as writing:
        (one,) = writing.exec(select(Instruction)).all()
        one.ended_at, one.end_reason = cast.clock.now, "unanswered"
    cast.staff("clerk").post("/office/settings/disclosures", **{"item-name": "yes"})
    assert "/disclosure" not in bank.see(report_id)
