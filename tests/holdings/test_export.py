"""全データ: what a municipality takes along opens in Excel, holds no secret, and runs nothing."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from zipfile import ZipFile

import pytest
from fastapi import FastAPI
from python_calamine import CalamineWorkbook
from sqlmodel import Session, select

from app.audit.models import AuditEntry
from app.badges.models import Badge
from app.badges.rules import BadgeState
from app.holdings.column_names import COLUMNS
from app.holdings.headings import LEFT_OUT, SECRET, SHEETS
from app.holdings.models import DataExport, DataExportPart
from app.holdings.read_me import read_me
from app.holdings.rows import Reading
from app.networks.scope import in_network
from app.organizations.models import Organization, Workplace
from app.organizations.rules import Industry, Standing
from app.staff.models import Staff
from app.staff.permissions import Role
from app.tables import metadata
from tests.cast import Cast, Desk
from tests.towns import AFTERNOON, Town

Work = Callable[[], int]
FORMULAS = ["=1+1", "+81", "-5", "@SUM(A1)", "\tx", "'quoted"]


@pytest.fixture
def clerk(cast: Cast) -> Desk:
    return cast.staff("clerk")


def ask(clerk: Desk, session: Session, **fields: str) -> DataExport:
    assert clerk.post("/office/data/exports", **fields).status_code == 303
    session.rollback()
    export = session.exec(select(DataExport).order_by(DataExport.asked_at.desc())).first()  # type: ignore[attr-defined]
    assert export
    return export


def taken(clerk: Desk, session: Session, work: Work, **fields: str) -> ZipFile:
    export = ask(clerk, session, **fields)
    work()
    answer = clerk.post(f"/office/data/exports/{export.id}/file")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-disposition"].startswith('attachment; filename="aonami-2026')
    return ZipFile(io.BytesIO(answer.content))


def sheet(zipped: ZipFile, name: str) -> list[list[object]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(zipped.read("全データ.xlsx")))
    return book.get_sheet_by_name(name).to_python()


def lines(zipped: ZipFile, path: str, encoding: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(zipped.read(path).decode(encoding), newline="")))


def test_every_table_and_column_has_a_name_or_a_reason_to_stay() -> None:
    tables = {table.name: table for table in metadata.sorted_tables}
    assert set(SHEETS) | set(LEFT_OUT) == set(tables)
    assert not set(SHEETS) & set(LEFT_OUT)
    named = {
        column.name
        for name in SHEETS
        for column in tables[name].columns
        if column.name not in SECRET.get(name, ())
    }
    assert sorted(named - set(COLUMNS)) == []
    assert len(set(SHEETS.values())) == len(SHEETS)


def test_what_is_read_back_is_what_was_there(
    clerk: Desk, session: Session, work: Work, town: Town
) -> None:
    zipped = taken(clerk, session, work)
    here = town.here.network.id
    head, *rows = sheet(zipped, "団体")
    expected = [o.name for o in session.exec(in_network(Organization, here))]
    assert sorted(str(row[head.index("名前")]) for row in rows) == sorted(expected)
    badges = lines(zipped, "CSV(UTF-8)/名札.csv", "utf-8-sig")
    assert {b["番号"] for b in badges} == {b.number for b in session.exec(in_network(Badge, here))}
    assert badges[0]["有効期限"] == "2027-03-31"
    assert badges[0]["有効期限(和暦)"] == "令和9年3月31日"
    assert badges[0]["発行した日時"] == "2026-09-24T14:05:00+09:00"
    assert badges[0]["発行した日時(和暦)"] == "令和8年9月24日 14:05"
    assert zipped.testzip() is None


def test_what_somebody_typed_never_becomes_a_formula(
    clerk: Desk, app: FastAPI, session: Session, work: Work, town: Town
) -> None:
    with app.state.database.writing() as writing:
        places = writing.exec(in_network(Workplace, town.here.network.id)).all()
        for place, typed in zip(places, FORMULAS, strict=False):
            place.contact = typed
    zipped = taken(clerk, session, work)
    head, *rows = sheet(zipped, "事業所・店舗")
    assert set(FORMULAS) <= {row[head.index("担当者")] for row in rows}
    raw = ZipFile(io.BytesIO(zipped.read("全データ.xlsx")))
    sheets = [raw.read(name) for name in raw.namelist() if "worksheets/" in name]
    assert sheets
    assert not any(b"<f>" in one or b"<f " in one for one in sheets)
    for path, encoding in (("UTF-8", "utf-8-sig"), ("CP932", "cp932")):
        cells = lines(zipped, f"CSV({path})/事業所・店舗.csv", encoding)
        assert {f"'{typed}" for typed in FORMULAS} <= {cell["担当者"] for cell in cells}


def test_what_cp932_lacks_is_written_as_its_number_and_listed(
    clerk: Desk, app: FastAPI, session: Session, work: Work, town: Town
) -> None:
    with app.state.database.writing() as writing:
        place = writing.exec(in_network(Workplace, town.here.network.id)).first()
        assert place
        place.contact = "𠮷野髙﨑"
    zipped = taken(clerk, session, work)
    whole = lines(zipped, "CSV(UTF-8)/事業所・店舗.csv", "utf-8-sig")
    small = lines(zipped, "CSV(CP932)/事業所・店舗.csv", "cp932")
    number = [one["担当者"] for one in whole].index("𠮷野髙﨑")
    assert small[number]["担当者"] == "{U+20BB7}野髙﨑"
    assert small[number]["CP932にない字"] == "担当者:U+20BB7"
    row = ("事業所・店舗", str(number + 2), "担当者")
    (listed,) = [
        one
        for one in lines(zipped, "CP932にない字の一覧.csv", "utf-8-sig")
        if (one["表"], one["行"], one["列"]) == row
    ]
    assert (listed["字"], listed["Unicode"]) == ("𠮷", "U+20BB7")


def test_nothing_that_opens_a_door_is_in_it(
    clerk: Desk, cast: Cast, session: Session, work: Work, town: Town
) -> None:
    cast.phone().report()
    zipped = taken(clerk, session, work)
    everything = b"".join(zipped.read(n) for n in zipped.namelist() if n.endswith(".csv"))
    secrets = [one.password_hash for one in session.exec(in_network(Staff, town.here.network.id))]
    secrets += [one.code for one in session.exec(in_network(Badge, town.here.network.id))]
    assert len(secrets) > 50
    assert not [one for one in secrets if one and one.encode() in everything]
    assert "北山商店".encode() not in everything
    head = sheet(zipped, "報告")[0]
    assert not {"✓した項目", "質問への答え", "手口", "見出し"} & set(head)
    assert "報告の中身" in zipped.read("読んでください.txt").decode()


def test_the_codes_are_explained_where_they_are_read() -> None:
    text = read_me(Reading(codes=True, contents=True), {}, [], 0, AFTERNOON)
    for codes in (Standing, Industry, BadgeState, Role):
        assert not [one for one in codes if f" {one.value} " not in text.replace("、", "、 ")]


def test_codes_come_along_only_where_somebody_asks(
    clerk: Desk, session: Session, work: Work, town: Town
) -> None:
    zipped = taken(clerk, session, work, codes="yes")
    codes = {one.code for one in session.exec(in_network(Badge, town.here.network.id))}
    head, *rows = sheet(zipped, "名札")
    assert {row[head.index("番号・符号")] for row in rows} == codes
    assert (
        "職場の番号(書き出すときに選ぶと入ります)" not in zipped.read("読んでください.txt").decode()
    )


def test_asking_twice_makes_one_and_each_step_is_written_down(
    clerk: Desk, session: Session, work: Work
) -> None:
    first, second = ask(clerk, session), ask(clerk, session)
    assert first.id == second.id
    page = clerk.get("/office/data")
    assert page.headers["refresh"] == "5"
    assert "作っています。" in page.text
    assert clerk.post("/office/data/exports", codes="yes").status_code == 409
    work()
    done = clerk.get("/office/data")
    assert "refresh" not in done.headers
    assert "受け取る" in done.text
    clerk.post(f"/office/data/exports/{first.id}/file")
    session.rollback()
    actions = session.exec(select(AuditEntry.action)).all()
    assert [one for one in actions if one.startswith("data.")] == [
        "data.export",
        "data.export_fetch",
    ]


def test_the_file_is_gone_after_a_day(
    clerk: Desk, cast: Cast, session: Session, work: Work
) -> None:
    export = ask(clerk, session)
    work()
    session.rollback()
    assert session.exec(select(DataExportPart)).all()
    cast.clock.now += timedelta(hours=24)
    fresh = cast.staff("clerk")
    assert fresh.post(f"/office/data/exports/{export.id}/file").status_code == 404
    work()
    session.rollback()
    assert session.exec(select(DataExportPart)).all() == []
    assert "24時間が過ぎたので、消しました。" in fresh.get("/office/data").text


def test_neither_the_desk_nor_the_town_next_door_gets_it(
    clerk: Desk, cast: Cast, session: Session, work: Work
) -> None:
    export = ask(clerk, session)
    work()
    for role in ("counsellor", "supervisor"):
        assert cast.staff(role).get("/office/data").status_code == 403
    next_door = cast.stranger("clerk")
    assert next_door.post(f"/office/data/exports/{export.id}/file").status_code == 404
    assert "まだ一度も書き出していません。" in next_door.get("/office/data").text
