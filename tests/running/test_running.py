"""会の運営: what the clerk wrote and what the rows say, on one paper for the next clerk."""

import io
import re
from datetime import date
from typing import Any

import pypdfium2
import pytest
from sqlmodel import Session, select

from app.audit.models import AuditEntry
from app.badges.models import Badge
from app.networks.scope import in_network
from app.organizations.models import Organization, Workplace
from app.running.models import NoteForSuccessor
from tests.cast import Cast, Desk
from tests.towns import Town

TOPICS = ("server", "keys", "backup", "people", "habits", "pending")
PAPERS = ("succession", "url-request")


@pytest.fixture
def clerk(cast: Cast) -> Desk:
    return cast.staff("clerk")


def write(clerk: Desk, **texts: str) -> Any:
    return clerk.post("/office/running/notes", **dict.fromkeys(TOPICS, "") | texts)


def paper(clerk: Desk, name: str = "succession") -> str:
    answer = clerk.get(f"/office/running/{name}.pdf")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    document = pypdfium2.PdfDocument(io.BytesIO(answer.content))
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return "".join(text.split())


def test_the_paper_says_what_the_rows_say(
    clerk: Desk, cast: Cast, session: Session, town: Town
) -> None:
    cast.phone().report()
    text = paper(clerk)
    badges = session.exec(in_network(Badge, town.here.network.id)).all()
    for said in (
        "青波市消費生活センター0000-00-1188",
        "青波警察署0000-00-0110",
        f"{len(badges)}枚(印刷待ち{len(badges) - 1}、印刷済み0、使用中1、停止0)",
        f"令和9年3月31日名札{len(badges)}枚の有効期限",
        "完了していない報告1件",
        "事務局林hayashi",
        "月09:00〜16:30",
        "ひとこと365日",
        "署名",
    ):
        assert said in text
    assert "北山" not in text


def test_who_left_is_not_counted(clerk: Desk, cast: Cast, session: Session) -> None:
    before = paper(clerk)
    with cast.app.state.database.writing() as writing:
        here = in_network(Organization, cast.town.here.network.id).order_by(Organization.name)
        gone = writing.exec(here).first()
        assert gone
        places = in_network(Workplace, gone.network_id).where(Workplace.organization_id == gone.id)
        for one in (gone, *writing.exec(places)):
            one.ended_on = date(2026, 9, 1)
    after = paper(clerk)
    for unit in ("団体(", "か所"):
        counts = [re.findall(rf"(\d+){re.escape(unit)}", text)[0] for text in (before, after)]
        assert int(counts[1]) < int(counts[0])


def test_what_was_written_stands_in_it_with_its_day(clerk: Desk, session: Session) -> None:
    assert write(clerk, keys="市民生活課の金庫\r\n封筒の3番").status_code == 303
    text = paper(clerk)
    assert "市民生活課の金庫封筒の3番(令和8年9月24日)" in text
    assert "バックアップの置き場所(書かれていません)" in text
    session.rollback()
    details = session.exec(
        select(AuditEntry.details).where(AuditEntry.action == "succession.write")
    ).all()
    assert details == [{"topics": ["keys"]}]


def test_a_letter_the_paper_cant_show_stops_no_handing_over(clerk: Desk) -> None:
    write(clerk, server="鍵は棚\U0001f600")
    assert "鍵は棚{U+1F600}" in paper(clerk)


def test_writing_the_same_again_changes_nothing(clerk: Desk, session: Session) -> None:
    write(clerk, pending="総会の日を決める")
    session.rollback()
    before = session.exec(select(AuditEntry)).all()
    write(clerk, pending="総会の日を決める")
    session.rollback()
    assert len(session.exec(select(AuditEntry)).all()) == len(before)
    page = clerk.get("/office/running?done=written").text
    assert "総会の日を決める</textarea>" in page
    assert "書き込みを残しました。" in page


def test_too_much_is_said_at_its_field_and_stays_typed(clerk: Desk, session: Session) -> None:
    answer = write(clerk, people="あ" * 1001, habits="総会は5月")
    assert answer.status_code == 422
    assert answer.text.count("長すぎます。1000字までにしてください。") == 2
    assert "総会は5月</textarea>" in answer.text
    assert session.exec(select(NoteForSuccessor)).all() == []


def test_what_cannot_be_seen_is_not_kept(clerk: Desk, session: Session) -> None:
    assert write(clerk, server="a\x00b\x1b<b>").status_code == 303
    assert session.exec(select(NoteForSuccessor)).one().text == "ab<b>"
    assert "ab&lt;b&gt;" in clerk.get("/office/running").text


def test_the_town_next_door_writes_its_own(clerk: Desk, cast: Cast) -> None:
    write(clerk, people="佐藤さん")
    next_door = cast.stranger("clerk")
    assert "佐藤さん" not in next_door.get("/office/running").text
    text = paper(next_door)
    assert "佐藤さん" not in text
    assert "警察署(書かれていません)(書かれていません)" in text


@pytest.mark.parametrize("role", ["counsellor", "supervisor"])
def test_the_desk_has_no_business_here(cast: Cast, role: str) -> None:
    assert cast.staff(role).get("/office/running").status_code == 403


def test_the_request_names_the_host_and_what_notifications_need(clerk: Desk) -> None:
    text = paper(clerk, "url-request")
    for said in ("localhostTCP8000(http)", "*.push.apple.com", "mtalk.google.com", "御中"):
        assert said in text
    assert "青波市市民生活課電話0000-00-1188" in text


@pytest.mark.parametrize("name", PAPERS)
def test_papers_are_a4(clerk: Desk, name: str) -> None:
    answer = clerk.get(f"/office/running/{name}.pdf")
    document = pypdfium2.PdfDocument(io.BytesIO(answer.content))
    assert [round(side / 72 * 25.4) for side in document[0].get_size()] == [210, 297]
    document.close()


@pytest.mark.parametrize("name", PAPERS)
def test_no_letter_that_somebody_typed_keeps_a_paper_from_being_made(
    clerk: Desk, name: str
) -> None:
    odd = "外\ue000字と😀とก\ufeff\uffff\u202e"
    write(clerk, habits=odd)
    clerk.post("/office/settings/names", kind="municipality", municipality="青波市", name=odd)
    text = paper(clerk, name)
    assert "外{U+E000}字と{U+1F600}と{U+0E01}" in text
    assert clerk.get("/setup/sample-sheet").status_code == 200
    assert clerk.get("/office/running/founding/charter.pdf").status_code == 200
    assert clerk.get("/office/running/founding/charter.docx").status_code == 200
