"""電話・紙の報告: typed in at the desk, a report like any other, of somebody without a phone."""

import re
from typing import Any
from uuid import UUID

import pypdfium2
from sqlmodel import Session, select

from app.audit.models import AuditEntry
from app.badges.models import Badge
from app.instructions.models import PhoneTask
from app.organizations.models import Workplace
from app.reports.models import Intake, PastReport, Report, ReportConflict
from app.reports.past import let_go
from tests.cast import Cast, Desk
from tests.desk.test_rescue import number, reports
from tests.scan.plain_form import errors_in, hidden, note_in, ticked

NOTE = "レジの前で電話をしている"
TWO = 2


def fields_of(page: str, **changes: Any) -> dict[str, Any]:
    """What a browser would send of the page, one thing ticked; None leaves a field out."""
    found = {name: hidden(page, name) for name in ("report_id", "version")}
    for name in ("badge", "workplace"):
        if f'name="{name}" value=' in page:
            found[name] = hidden(page, name)
    at = re.search(r'name="at"[^>]*value="([^"]*)"', page)
    assert at
    usual = found | {"way": "phoned", "at": at[1], "item": ["CV-01"], "answer-still_here": "yes"}
    return {name: value for name, value in (usual | changes).items() if value is not None}


def sheet(desk: Desk, badge: str) -> str:
    answer = desk.get("/desk/intake", params={"badge": badge})
    assert answer.status_code == 200, answer.text
    return str(answer.text)


def take_in(desk: Desk, badge: str, **changes: Any) -> Any:
    return desk.post("/desk/intake", **fields_of(sheet(desk, badge), **changes))


def workplace_of(session: Session, badge: str) -> Workplace:
    found = session.exec(select(Badge).where(Badge.number == badge)).first()
    assert found
    return session.get_one(Workplace, (found.network_id, found.workplace_id))


def test_a_call_becomes_a_report_with_its_receipt_and_what_to_read_out(
    cast: Cast, desk: Desk, session: Session
) -> None:
    page = sheet(desk, "a1")
    assert "CV-01" in page
    answer = desk.post("/desk/intake", **fields_of(page, note=NOTE))
    assert answer.status_code == 303
    detail = desk.get(answer.headers["location"]).text
    assert "電話で受けました" in detail
    assert "受付番号を伝える:" in detail
    assert "読み上げる" in detail
    assert NOTE in detail
    assert "さんが入力" in detail
    (report,) = reports(session)
    assert (report.items, report.flags, report.urgency) == (["CV-01"], ["phoned"], "now")
    assert report.answers == {"still_here": "yes"}
    assert report.claimed_by_id
    assert NOTE.encode() not in report.envelope
    intake = session.exec(select(Intake)).one()
    assert (intake.way, intake.said_number) == ("phoned", True)
    actions = session.exec(select(AuditEntry.action)).all()
    assert "report.phoned" in actions


def test_sent_twice_it_is_one_report(cast: Cast, desk: Desk, session: Session) -> None:
    fields = fields_of(sheet(desk, number(cast)), note=NOTE)
    first, again = (desk.post("/desk/intake", **fields) for _ in range(2))
    assert first.headers["location"] == again.headers["location"]
    assert len(reports(session)) == 1
    assert session.exec(select(ReportConflict)).all() == []


def test_paper_is_typed_in_by_codes_and_its_own_day(
    cast: Cast, desk: Desk, session: Session
) -> None:
    answer = take_in(desk, number(cast), item=None, codes="cv-01、ＣＭ-02", way="paper",
                     at="2026-09-23T17:30")  # fmt: skip
    assert answer.status_code == 303
    (report,) = reports(session)
    assert (report.items, report.flags) == (["CV-01", "CM-02"], ["paper"])
    assert report.client_at.isoformat() == "2026-09-23T08:30:00+00:00"
    assert report.claimed_by_id is None
    assert "紙で受けました" in desk.get(answer.headers["location"]).text


def test_an_instruction_is_told_by_telephone_at_once(
    cast: Cast, desk: Desk, session: Session, work: Any
) -> None:
    report_id = UUID(take_in(desk, number(cast)).headers["location"].rsplit("/", 1)[1])
    desk.instruct(report_id)
    page = desk.get(f"/desk/reports/{report_id}").text
    assert "電話で伝えてください。" in page
    assert "端末に届いた" not in page
    task = session.exec(select(PhoneTask)).one()
    assert "端末には届きません" in desk.get("/desk/calls").text
    assert desk.post(f"/desk/calls/{task.id}/outcome", outcome="told").status_code == 303
    for seconds in (11, 600):
        cast.clock.advance(seconds=seconds)
        while work():
            pass
    page = desk.get(f"/desk/reports/{report_id}").text
    assert "電話で伝えてください。" not in page
    assert "職場にメール" not in page
    assert "電話で伝えた" in page


def test_nobody_phones_for_the_end_of_a_report(cast: Cast, desk: Desk, session: Session) -> None:
    location = take_in(desk, number(cast)).headers["location"]
    desk.post(f"{location}/closure", template="R18", outcome="informed")
    assert session.exec(select(PhoneTask)).all() == []


def test_who_has_no_number_at_hand_is_found_by_workplace(
    cast: Cast, desk: Desk, session: Session
) -> None:
    place = workplace_of(session, number(cast))
    found = desk.get("/desk/intake", params={"place": place.name[:2]}).text
    assert f"/desk/intake?workplace={place.id}" in found
    for n in range(TWO):
        page = desk.get(f"/desk/intake?workplace={place.id}").text
        assert "番号なし" in page
        answer = desk.post("/desk/intake", **fields_of(page))
        assert answer.status_code == 303
        detail = desk.get(answer.headers["location"]).text
        assert "番号なし" in detail
        assert "名札番号は聞いていません" in detail
        assert "停止した名札" not in detail
        assert len(reports(session)) == n + 1
    badges = {one.badge_id for one in reports(session)}
    assert len(badges) == 1
    badge = session.get_one(Badge, (place.network_id, badges.pop()))
    assert (badge.state, badge.stop_reason, badge.is_shared) == ("stopped", "unnumbered", True)
    assert not session.exec(select(Intake)).first().said_number  # type: ignore[union-attr]


def test_a_shared_badge_of_the_workplace_is_used_first(
    cast: Cast, desk: Desk, session: Session, app: Any
) -> None:
    place = workplace_of(session, number(cast))
    with app.state.database.writing() as writing:
        shared = writing.exec(select(Badge).where(Badge.number == number(cast))).first()
        shared.kind = "shared"
    page = desk.get(f"/desk/intake?workplace={place.id}").text
    detail = desk.get(desk.post("/desk/intake", **fields_of(page)).headers["location"]).text
    assert number(cast) in detail
    assert "名札番号は聞いていません" in detail


def test_what_is_wrong_is_said_and_what_was_typed_stays(
    cast: Cast, desk: Desk, session: Session
) -> None:
    page = sheet(desk, number(cast))
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"item": None}, "1つ以上に✓してください。"),
        ({"codes": "CV-01 ZZ-99"}, "この業種にない番号です:ZZ-99"),
        ({"codes": "あれ"}, "項目の番号を、空白で区切って入れてください(例 CV-01 CM-02)。"),
        ({"at": "きのう"}, "日時の形が正しくありません。"),
        ({"at": "2031-01-01T00:00"}, "日時は、1年前から今までの間で入れてください。"),
        ({"at": "0001-01-01T00:00"}, "日時は、1年前から今までの間で入れてください。"),
        ({"way": "fax"}, "電話か紙かを選んでください。"),
        ({"note": "あ" * 121}, "ひとことは120字までです(いま 121字)。"),
    ]
    for changes, sentence in wrong:
        answer = desk.post("/desk/intake", **fields_of(page, **({"note": NOTE} | changes)))
        assert answer.status_code == 422
        assert errors_in(answer.text) == [sentence]
        assert note_in(answer.text).startswith((NOTE, "あ"))
        if "item" not in changes:
            assert {"CV-01", "yes"} <= ticked(answer.text)
    for badge in ("", "Z-9999", "\x00", "A-0040"):
        stranger = cast.stranger("counsellor") if badge == "A-0040" else desk
        answer = stranger.post("/desk/intake", **fields_of(page, badge=badge))
        assert answer.status_code == 422
        assert 'role="alert"' in answer.text
    assert reports(session) == []
    suspicious = fields_of(page, report_id="x", note="田中さんが来た")
    assert desk.post("/desk/intake", **suspicious).status_code == 422
    fine = fields_of(page, note="田中さんが来た", note_is_fine="yes", at="")
    assert desk.post("/desk/intake", **fine).status_code == 303


def test_the_town_next_door_finds_neither_workplace_nor_badge(
    cast: Cast, desk: Desk, session: Session
) -> None:
    place = workplace_of(session, number(cast))
    stranger = cast.stranger("counsellor")
    assert stranger.get(f"/desk/intake?workplace={place.id}").status_code == 404
    found = stranger.get("/desk/intake", params={"place": place.name}).text
    assert str(place.id) not in found
    fields = fields_of(desk.get(f"/desk/intake?workplace={place.id}").text)
    assert stranger.post("/desk/intake", **fields).status_code == 404
    assert session.exec(select(Report)).all() == []
    assert cast.staff("clerk").get("/desk/intake").status_code == 403


def test_the_paper_has_the_items_and_codes_that_are_typed_in(
    cast: Cast, desk: Desk, session: Session
) -> None:
    answer = desk.get("/desk/intake/papers/conveni.pdf")
    assert answer.headers["content-type"] == "application/pdf"
    pages = pypdfium2.PdfDocument(answer.content)
    words = " ".join(page.get_textpage().get_text_range() for page in pages)
    assert {"CV-01", "CM-02"} <= set(words.split())
    assert "U+" not in words
    assert desk.get("/desk/intake/papers/circus.pdf").status_code == 404
    assert "/desk/intake/papers/post.pdf" in desk.get("/desk/intake").text


def test_how_it_came_is_still_known_when_the_report_is_let_go(
    cast: Cast, desk: Desk, session: Session
) -> None:
    take_in(desk, number(cast), way="paper")
    with cast.app.state.database.writing() as writing:
        let_go(writing, writing.exec(select(Report)).all(), {}, cast.clock.now)
    assert [one.way for one in session.exec(select(PastReport))] == ["paper"]
    assert session.exec(select(Intake)).all() == []
