"""A roster comes from a browser, and what is wrong with it stays at hand."""

import re
from collections.abc import Callable
from io import BytesIO
from uuid import uuid4

import pytest
from fastapi import FastAPI
from python_calamine import CalamineWorkbook
from sqlmodel import Session, select

from app.office.roster.models import RosterDraft
from tests.cast import Cast, Desk
from tests.office.roster.steps import bring, confirm, counts, upload
from tests.organizations.roster.files import HEADINGS, LINE, comma_separated, line, roster


def test_lines_with_problems_stay_reachable_and_come_as_a_sheet(next_door: Desk) -> None:
    bad = line(organization="=1+1", industry="コンビに", contact="@甲", telephone="-1")
    draft = bring(next_door, content=comma_separated([HEADINGS, LINE, bad]))
    confirm(next_door, draft)
    page = next_door.get("/office/badges").text
    assert "取り込みで1行に確認が必要です" in page
    assert "2行のうち1行を登録しました" in page
    assert draft in page
    assert "2行のうち1行を登録しました。1行に確認が必要です。" in next_door.get(draft).text
    sheet = next_door.get(f"{draft}/problems.xlsx")
    rows = CalamineWorkbook.from_filelike(BytesIO(sheet.content)).get_sheet_by_index(0).to_python()
    assert rows[0][-1] == "確認すること"
    assert rows[1][2] == "=1+1"
    assert rows[1][-1].startswith("業種「コンビに」は一覧にありません")
    text = next_door.get(f"{draft}/problems.csv").content.decode("utf-8-sig")
    assert "'=1+1" in text
    assert "'@甲" in text
    corrected = sheet.content
    assert counts(next_door.get(bring(next_door, content=corrected)).text)[3] == 1


def test_cells_copied_from_excel_are_read(next_door: Desk) -> None:
    cells = '区分\t業種\t団体名\t事業所\t名札\r\n構成員\t銀行\tゆり銀行\t"本\n店"\t4\r\n'
    answer = next_door.post("/office/roster", cells=cells)
    assert answer.status_code == 303
    page = next_door.get(answer.headers["location"]).text
    assert counts(page) == [1, 0, 4, 0]
    assert "ゆり銀行 本 店" in page


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"\x89PNG\r\n\x1a\n\0", "読める形式ではありません"), (b"", "空のファイルです")],
)
def test_a_file_that_is_no_roster_is_refused_with_a_sentence(
    next_door: Desk, session: Session, content: bytes, sentence: str
) -> None:
    answer = upload(next_door, content, "絵.xlsx")
    assert answer.status_code == 422
    assert "「絵.xlsx」" in answer.text
    assert sentence in answer.text
    assert session.exec(select(RosterDraft)).all() == []


def test_pasted_text_that_is_no_roster_stays_in_its_field(next_door: Desk) -> None:
    answer = next_door.post("/office/roster", cells="<b>こんにちは</b>")
    assert answer.status_code == 422
    assert "見出しの行が見つかりません" in answer.text
    assert "&lt;b&gt;こんにちは&lt;/b&gt;</textarea>" in answer.text


def test_nothing_chosen_says_what_to_do(next_door: Desk) -> None:
    answer = next_door.post("/office/roster", cells=" ")
    assert answer.status_code == 422
    assert "ファイルを選ぶか" in answer.text


def test_large_files_may_come_here_and_larger_ones_nowhere(next_door: Desk) -> None:
    assert upload(next_door, b"x" * 3_000_000, "大.csv").status_code == 422
    assert upload(next_door, b"x" * 10_000_000, "大.csv").status_code == 413
    elsewhere = next_door.client.post("/office/badges/sheet", data={"badge": "x" * 2_000_000})
    assert elsewhere.status_code == 413


def test_nobody_reads_the_file_of_somebody_unknown(cast: Cast, app: FastAPI) -> None:
    counsellor = cast.staff("counsellor")
    assert upload(counsellor, roster(LINE)).status_code == 403


def test_another_networks_draft_is_not_there(clerk: Desk, next_door: Desk) -> None:
    draft = bring(next_door, LINE)
    paths = ("", "/problems.xlsx", "/problems.csv")
    assert {clerk.get(f"{draft}{path}").status_code for path in paths} == {404}
    posts = {clerk.post(f"{draft}/{path}").status_code for path in ("import", "discard")}
    assert posts == {404}
    assert next_door.get(draft).status_code == 200


def test_a_draft_can_be_given_up(next_door: Desk, session: Session) -> None:
    draft = bring(next_door, LINE)
    assert draft in next_door.get("/office/roster").text
    assert next_door.post(f"{draft}/discard").status_code == 303
    assert session.exec(select(RosterDraft)).all() == []
    assert next_door.get(draft).status_code == 404


def test_after_seven_days_nothing_of_the_file_is_left(
    next_door: Desk, cast: Cast, session: Session, work: Callable[[], int]
) -> None:
    bring(next_door, LINE)
    cast.clock.advance(days=6, hours=23)
    work()
    assert session.exec(select(RosterDraft)).all()
    session.rollback()
    cast.clock.advance(hours=2)
    work()
    assert session.exec(select(RosterDraft)).all() == []


def test_pages_of_a_hundred_rows_show_every_row_once(next_door: Desk) -> None:
    draft = bring(next_door, *[line(workplace=f"{n}号店") for n in range(230)])
    seen: list[str] = []
    for page in (1, 2, 3):
        text = next_door.get(f"{draft}?page={page}").text
        seen += re.findall(r'<th scope="row" class="n">(\d+)</th>', text)
    assert seen == [str(n) for n in range(2, 232)]
    assert "当てはまる行はありません" in next_door.get(f"{draft}?show=changed").text
    assert next_door.get(f"{draft}?page=99&show=nonsense").status_code == 200


def test_an_id_that_is_none_is_not_found(next_door: Desk) -> None:
    assert next_door.get(f"/office/roster/{uuid4()}").status_code == 404
