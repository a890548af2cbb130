"""A clerk brings a roster, sees what it would change, and confirms it once."""

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from fastapi import FastAPI
from python_calamine import CalamineWorkbook
from sqlmodel import Session, func, select

from app.audit.models import AuditEntry
from app.badges.models import Badge
from app.demo.town import ROSTER
from app.office.roster.models import RosterDraft
from app.organizations.models import Organization, Workplace
from tests.cast import Cast, Desk
from tests.organizations.roster.files import HEADINGS, LINE, comma_separated, line, roster

NEW = line(organization="ゆり銀行", workplace="本店", industry="金融機関", badges=3, contact="甲")


@pytest.fixture
def clerk(cast: Cast) -> Desk:
    return cast.staff("clerk")


@pytest.fixture
def next_door(cast: Cast) -> Desk:
    """北山町, which has one organization with one badge."""
    return cast.stranger("clerk")


def bring(clerk: Desk, *lines: list[object], content: bytes = b"") -> str:
    """The draft's address."""
    answer = upload(clerk, content or roster(*lines))
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def upload(clerk: Desk, content: bytes, name: str = "名簿.xlsx") -> Any:
    return clerk.client.post("/office/roster", files={"file": (name, content)})


def fingerprint(page: str) -> str:
    found = re.search(r'name="fingerprint" value="(\w+)"', page)
    assert found, page
    return found[1]


def confirm(clerk: Desk, draft: str, **changes: Any) -> Any:
    fields = {"fingerprint": fingerprint(clerk.get(draft).text), "valid_until": "2027-03-31"}
    return clerk.post(f"{draft}/import", **(fields | changes))


def take_over(clerk: Desk, *lines: list[object], **changes: Any) -> str:
    """The outcome's page."""
    draft = bring(clerk, *lines)
    answer = confirm(clerk, draft, **changes)
    assert answer.status_code == 303, answer.text
    return str(clerk.get(draft).text)


def counts(page: str) -> list[int]:
    """追加, 変更, 新しい名札 and 確認が必要 (or 終了)."""
    return [int(n) for n in re.findall(r"<dd><b>(\d+)</b>", page)]


def test_what_would_change_is_shown_before_anything_changes(
    next_door: Desk, app: FastAPI, session: Session
) -> None:
    before = session.exec(select(func.count()).select_from(Workplace)).one()
    session.rollback()
    page = next_door.get(bring(next_door, LINE, NEW, line(industry="コンビに", workplace="x"))).text
    assert counts(page) == [2, 0, 9, 1]
    assert "業種「コンビに」は一覧にありません(コンビニ ですか?)" in page
    assert "3行のうち" in page
    assert "<b>2行</b>を登録します" in page
    assert session.exec(select(func.count()).select_from(Workplace)).one() == before


def test_confirming_registers_everything_once(next_door: Desk, session: Session) -> None:
    page = take_over(next_door, LINE, NEW)
    assert "2行すべてを登録しました" in page
    assert counts(page) == [2, 0, 9, 0]
    bank = session.exec(select(Organization).where(Organization.name == "ゆり銀行")).one()
    place = session.exec(select(Workplace).where(Workplace.organization_id == bank.id)).one()
    assert (place.name, place.industry, place.contact) == ("本店", "finance", "甲")
    badges = session.exec(select(Badge).where(Badge.workplace_id == place.id)).all()
    assert [badge.number for badge in badges] == ["B-0001", "B-0002", "B-0003"]
    again = next_door.get(bring(next_door, LINE, NEW)).text
    assert counts(again) == [0, 0, 0, 0]
    assert "変わる所はありません" in again


def test_the_sample_town_taken_over_again_changes_nothing(clerk: Desk) -> None:
    page = clerk.get(bring(clerk, content=ROSTER.read_bytes())).text
    assert counts(page) == [0, 0, 0, 0]
    assert "名簿にない事業所" not in page


def test_a_changed_field_is_shown_old_and_new_and_then_registered(
    next_door: Desk, session: Session
) -> None:
    take_over(next_door, LINE)
    draft = bring(next_door, line(telephone="0000-00-2999", day="R8.5.1", contact=""))
    page = next_door.get(draft).text
    assert "<del>0885-00-2001</del> → <ins>0000-00-2999</ins>" in page
    assert "<del>2026/4/1</del> → <ins>2026/5/1</ins>" in page
    confirm(next_door, draft)
    place = session.exec(select(Workplace).where(Workplace.telephone == "0000-00-2999")).one()
    assert place.contact == "店長"


def test_more_badges_are_issued_and_fewer_are_only_told(next_door: Desk, session: Session) -> None:
    take_over(next_door, LINE)
    assert counts(take_over(next_door, line(badges=8)))[2] == 2
    draft = bring(next_door, line(badges=5))
    assert "いま3枚多い" in next_door.get(draft).text
    confirm(next_door, draft)
    assert session.exec(select(Badge).where(Badge.state == "stopped")).all() == []


def test_a_workplace_that_is_gone_ends_only_when_ticked(next_door: Desk, session: Session) -> None:
    take_over(next_door, LINE, NEW)
    draft = bring(next_door, LINE)
    page = next_door.get(draft).text
    assert "止まる名札 3枚" in page
    bank_id = session.exec(select(Workplace.id).where(Workplace.contact == "甲")).one()
    session.rollback()
    assert counts(next_door.get(draft).text)[:3] == [0, 0, 0]
    assert confirm(next_door, draft, end=str(bank_id)).status_code == 303
    assert counts(next_door.get(draft).text) == [0, 0, 0, 1]
    ended = session.exec(select(Workplace).where(Workplace.id == bank_id)).one()
    organization = session.exec(
        select(Organization).where(Organization.id == ended.organization_id)
    ).one()
    assert str(ended.ended_on) == str(organization.ended_on) == "2026-09-24"
    badges = session.exec(select(Badge).where(Badge.workplace_id == bank_id)).all()
    assert {badge.state for badge in badges} == {"stopped"}
    session.rollback()
    assert "ゆり銀行" not in next_door.get(bring(next_door, LINE)).text


def test_an_ended_workplace_comes_back_with_new_badges(next_door: Desk, session: Session) -> None:
    take_over(next_door, LINE, NEW)
    bank_id = session.exec(select(Workplace.id).where(Workplace.contact == "甲")).one()
    session.rollback()
    take_over(next_door, LINE, end=str(bank_id))
    draft = bring(next_door, LINE, NEW)
    assert "もう一度始めます" in next_door.get(draft).text
    confirm(next_door, draft)
    back = session.exec(select(Workplace).where(Workplace.id == bank_id)).one()
    assert back.ended_on is None
    live = session.exec(
        select(Badge).where(Badge.workplace_id == bank_id, Badge.state == "issued")
    ).all()
    assert len(live) == 3


def test_a_line_that_could_not_be_read_still_lists_its_workplace(next_door: Desk) -> None:
    take_over(next_door, LINE, NEW)
    page = next_door.get(bring(next_door, LINE, [*NEW[:-2], "4月1日", 3])).text
    assert "ゆり銀行" not in page.partition("unlisted")[2]


def test_volunteers_are_each_registered(next_door: Desk, session: Session) -> None:
    person = {
        "standing": "協力員",
        "industry": "その他",
        "organization": "(個人)",
        "workplace": "—",
        "badges": 1,
    }
    pair = [line(**person, contact="甲"), line(**person, contact="乙")]
    assert counts(take_over(next_door, *pair)) == [2, 0, 2, 0]
    names = session.exec(select(Workplace.name).where(Workplace.contact.in_(["甲", "乙"]))).all()  # type: ignore[attr-defined]
    assert sorted(names) == ["", "協力員2"]
    session.rollback()
    assert counts(next_door.get(bring(next_door, *pair)).text) == [0, 0, 0, 0]


def test_the_same_draft_twice_doubles_nothing(
    next_door: Desk, cast: Cast, session: Session
) -> None:
    draft = bring(next_door, LINE)
    seen = fingerprint(next_door.get(draft).text)
    assert confirm(next_door, draft).status_code == 303
    twice = next_door.post(f"{draft}/import", fingerprint=seen, valid_until="2027-03-31")
    assert twice.status_code == 409
    assert "もう登録してあります" in twice.text
    shop = select(Workplace.id).where(Workplace.telephone == LINE[4])
    shop_id = session.exec(shop.where(Workplace.network_id == cast.town.neighbour.id)).one()
    assert len(session.exec(select(Badge).where(Badge.workplace_id == shop_id)).all()) == 6
    entries = session.exec(select(AuditEntry).where(AuditEntry.action == "roster.import")).all()
    assert len(entries) == 1


def test_what_changed_since_the_preview_is_shown_again(
    next_door: Desk, cast: Cast, app: FastAPI, session: Session
) -> None:
    first, second = bring(next_door, LINE), bring(next_door, LINE)
    seen = fingerprint(next_door.get(second).text)
    confirm(next_door, first)
    late = next_door.post(f"{second}/import", fingerprint=seen, valid_until="2027-03-31")
    assert late.status_code == 409
    assert "登録が変わりました" in late.text
    assert "変わる所はありません" in late.text
    shops = select(Workplace).where(Workplace.name == "青波駅前店", Workplace.telephone == LINE[4])
    network = cast.town.neighbour.id
    assert len(session.exec(shops.where(Workplace.network_id == network)).all()) == 1


@pytest.mark.parametrize("until", ["", "2026-09-24", "きのう", "2099-01-01", "0001-01-01"])
def test_a_day_that_cannot_be_is_refused_and_changes_nothing(
    next_door: Desk, session: Session, until: str
) -> None:
    draft = bring(next_door, LINE)
    answer = confirm(next_door, draft, valid_until=until)
    assert answer.status_code == 422
    assert "あすから10年後まで" in answer.text
    assert f'value="{until}"' in answer.text
    assert session.exec(select(RosterDraft)).one().taken_over_at is None


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


def test_a_strangers_workplace_cannot_be_ended(
    next_door: Desk, cast: Cast, app: FastAPI, session: Session
) -> None:
    theirs = session.exec(
        select(Workplace).where(Workplace.network_id == cast.town.here.network.id)
    ).first()
    assert theirs
    session.rollback()
    assert counts(take_over(next_door, LINE, end=str(theirs.id)))[3] == 0
    assert session.exec(select(Workplace).where(Workplace.ended_on.is_not(None))).all() == []  # type: ignore[union-attr]


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


def test_the_record_counts_and_names_nobody(next_door: Desk, session: Session) -> None:
    take_over(next_door, LINE)
    entry = session.exec(select(AuditEntry).where(AuditEntry.action == "roster.import")).one()
    assert entry.details["workplaces"] == 1
    assert all(isinstance(value, int) for value in entry.details.values())


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
