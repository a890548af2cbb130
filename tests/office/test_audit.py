"""記録: filters, pages, exports and the check of the chain, for the clerk of this town alone."""

import csv
import io
import re

import pytest
from fastapi import FastAPI
from python_calamine import CalamineWorkbook
from sqlalchemy import update
from sqlmodel import Session, col, select

from app.audit.models import AuditEntry
from tests.cast import Cast, Desk
from tests.towns import StandingClock


@pytest.fixture
def clerk(cast: Cast) -> Desk:
    return cast.staff("clerk")


def numbers(page: str) -> list[int]:
    return [int(one) for one in re.findall(r'<tr><td class="n">(\d+)</td>', page)]


def listed(clerk: Desk, **wanted: str) -> list[int]:
    answer = clerk.get("/office/audit", params=wanted)
    assert answer.status_code == 200
    return numbers(answer.text)


def last(session: Session) -> AuditEntry:
    session.rollback()
    return session.exec(select(AuditEntry).order_by(col(AuditEntry.at).desc())).all()[0]


def test_the_newest_comes_first_in_words(clerk: Desk, cast: Cast) -> None:
    cast.phone().report()
    page = clerk.get("/office/audit").text
    assert numbers(page) == sorted(numbers(page), reverse=True)
    assert "報告を受け付けた" in page
    assert "サインインした・断った" in page


def test_filters_narrow_by_person_action_object_and_day(
    clerk: Desk, cast: Cast, clock: StandingClock, session: Session
) -> None:
    report_id = cast.phone().report()
    clock.advance(days=1)
    cast.staff("counsellor")
    clerk = cast.staff("clerk")
    _, sato = listed(clerk, since="2026-09-25")
    entry = session.get_one(AuditEntry, (cast.town.here.network.id, sato))
    assert listed(clerk, person=entry.actor) == [sato]
    assert len(listed(clerk, person="phone")) == 2
    assert len(listed(clerk, action="report.create", object=str(report_id))) == 1
    assert sato not in listed(clerk, until="2026-09-24")
    assert listed(clerk, since="2026-09-26") == []
    assert listed(clerk, action="nothing.known") == []


@pytest.mark.parametrize("day", ["soon", "0001-01-01", "9999-99-99", "2026-9-1"])
def test_a_day_that_is_none_narrows_nothing(clerk: Desk, day: str) -> None:
    assert listed(clerk, since=day) == listed(clerk)


def test_pages_show_every_entry_once(clerk: Desk) -> None:
    for _ in range(60):
        clerk.post("/office/audit/check")
    seen, address = [], "/office/audit?action=audit.check"
    while address:
        page = clerk.get(address).text
        seen += numbers(page)
        following = re.search(r'href="(\?[^"]*before=\d+)"', page)
        address = f"/office/audit{following[1].replace('&amp;', '&')}" if following else ""
    assert len(seen) == len(set(seen)) == 60


def export(clerk: Desk, form: str, **wanted: str) -> bytes:
    answer = clerk.post("/office/audit/export", format=form, **wanted)
    assert answer.status_code == 200
    return bytes(answer.content)


def test_what_is_exported_is_what_was_filtered_and_is_noted(
    clerk: Desk, cast: Cast, session: Session
) -> None:
    cast.phone().report()
    raw = export(clerk, "csv", action="report.create")
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    assert [row[3] for row in rows] == ["何を", "報告を受け付けた"]
    entry = session.exec(select(AuditEntry).where(AuditEntry.action == "audit.export")).one()
    assert entry.details == {"count": 1, "format": "csv"}


def test_a_workbook_holds_the_same_as_text(clerk: Desk, cast: Cast) -> None:
    cast.phone().report()
    book = CalamineWorkbook.from_filelike(io.BytesIO(export(clerk, "xlsx", person="phone")))
    rows = book.get_sheet_by_index(0).to_python()
    assert {row[2] for row in rows[1:]} == {"端末"}
    assert len(rows) == 3


def test_nothing_that_is_exported_is_calculated(clerk: Desk, session: Session) -> None:
    clerk.post("/office/settings/names", kind="municipality", municipality="=1+1", name="@sum")
    clerk.post("/office/settings/=cmd")
    text = export(clerk, "csv").decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "@", "+"))]


def test_a_format_nobody_knows_is_refused(clerk: Desk) -> None:
    assert clerk.post("/office/audit/export", format="exe").status_code == 422


def test_the_chain_is_checked_and_the_first_break_named(
    clerk: Desk, app: FastAPI, cast: Cast
) -> None:
    answer = clerk.post("/office/audit/check")
    assert answer.headers["location"] == "/office/audit?check=whole"
    assert "正しくつながっています" in clerk.get(answer.headers["location"]).text
    with app.state.database.writing() as session:
        here = cast.town.here.network.id
        row = (col(AuditEntry.network_id) == here) & (col(AuditEntry.number) == 1)
        session.execute(update(AuditEntry).where(row).values(object_id="somebody else"))
    answer = clerk.post("/office/audit/check")
    assert answer.headers["location"] == "/office/audit?check=1"
    assert "1番から、つながっていません" in clerk.get(answer.headers["location"]).text


def test_a_neighbour_sees_its_own_records_only(cast: Cast, clerk: Desk) -> None:
    cast.phone().report()
    page = cast.stranger("clerk").get("/office/audit").text
    assert "報告を受け付けた</td>" not in page
    assert "佐藤" not in page


@pytest.mark.parametrize("role", ["counsellor", "supervisor"])
def test_only_the_clerk_reads_records(cast: Cast, role: str) -> None:
    desk = cast.staff(role)
    assert desk.get("/office/audit").status_code == 403
    assert desk.post("/office/audit/export", format="csv").status_code == 403
    assert desk.post("/office/audit/check").status_code == 403
