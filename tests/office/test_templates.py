"""The network's own templates: approved by somebody else, then what the desk sends."""

from uuid import UUID

import pytest
from sqlmodel import Session, select

from app.editions.models import Draft
from app.instructions.models import Instruction
from tests.cast import Cast, composer_fields
from tests.office.editing import Editor

TITLE = "青波のことばで声を掛けてください"


@pytest.fixture
def clerk(cast: Cast) -> Editor:
    return Editor(cast.staff("clerk"), "templates", "all")


def publish_second(cast: Cast, clerk: Editor) -> None:
    clerk.begin()
    words = {f"{field}_{language}": "" for field in ("title", "steps", "say")
             for language in ("easy", "en")}  # fmt: skip
    answer = clerk.write("R09", title_ja=TITLE, minutes="60", **words)
    assert answer.status_code == 303, answer.text
    assert clerk.desk.post(f"{clerk.home}/R06/use", on="no").status_code == 303
    assert clerk.ask().status_code == 303
    approver = Editor(cast.staff("counsellor"), "templates", "all")
    assert approver.approve().status_code == 303


def test_the_desk_offers_what_was_approved(cast: Cast, clerk: Editor) -> None:
    desk, report_id = cast.staff("counsellor"), cast.phone().report()
    address = f"/desk/reports/{report_id}/instructions/new"
    publish_second(cast, clerk)
    page = desk.get(f"{address}?template=R09").text
    assert TITLE in composer_fields(page)["title"]
    assert "?template=R06" not in page
    assert "まだない言葉があります" in page
    assert desk.get(f"{address}?template=R06").status_code == 404


def test_a_missing_language_reads_the_japanese(cast: Cast, clerk: Editor, session: Session) -> None:
    phone = cast.phone()
    report_id = phone.report()
    publish_second(cast, clerk)
    cast.staff("counsellor").instruct(report_id, "R09")
    assert set(session.exec(select(Instruction)).one().texts) == {"ja"}
    cast.clock.advance(seconds=11)
    assert TITLE in phone.see(report_id, params={"lang": "en"})


def test_what_was_sent_keeps_its_words(cast: Cast, clerk: Editor) -> None:
    phone = cast.phone()
    report_id = phone.report()
    sent: UUID = cast.staff("counsellor").instruct(report_id, "R09")
    publish_second(cast, clerk)
    cast.clock.advance(seconds=11)
    page = phone.see(report_id)
    assert str(sent) in page
    assert TITLE not in page


def test_the_receipt_and_the_closing_cannot_be_switched_off(
    clerk: Editor, session: Session
) -> None:
    clerk.begin()
    for template_id in ("R01", "R17", "R18", "R19", "R20"):
        assert clerk.desk.post(f"{clerk.home}/{template_id}/use", on="no").status_code == 409
    assert session.exec(select(Draft)).one().revision == 1


def test_the_closing_goes_out_in_the_networks_words(cast: Cast, clerk: Editor) -> None:
    phone = cast.phone()
    report_id = phone.report()
    clerk.begin().write("R17", title_ja="知らせてくれてありがとう")
    clerk.ask()
    Editor(cast.staff("supervisor"), "templates", "all").approve()
    cast.staff("counsellor").post(
        f"/desk/reports/{report_id}/closure", template="R17", outcome="informed"
    )
    cast.clock.advance(seconds=11)
    assert "知らせてくれてありがとう" in phone.see(report_id)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title_ja": ""}, "日本語は必ず入れてください"),
        ({"steps_ja": "警察に電話"}, "110 を残してください"),
        ({"minutes": "99"}, "1から60までの数"),
        ({"say_easy": "漢字"}, "読みのない漢字"),
    ],
)
def test_what_cannot_stay_is_said_and_what_was_typed_stays(
    clerk: Editor, session: Session, changes: dict[str, str], said: str
) -> None:
    clerk.begin()
    answer = clerk.write("R05", label_ja="百十番", **changes)
    assert answer.status_code == 422
    assert said in answer.text
    assert ">百十番</textarea>" in answer.text
    assert session.exec(select(Draft)).one().revision == 1


def test_the_sample_shows_what_a_phone_would(clerk: Editor) -> None:
    clerk.begin().write("R18", title_ja="ありがとうございました")
    sample = clerk.desk.get(f"{clerk.home}/R18").text.split('class="phb"')[1]
    assert "ありがとうございました" in sample
    assert "K-0387" in sample
    assert "{{" not in sample


def test_next_door_keeps_the_standard(cast: Cast, clerk: Editor) -> None:
    publish_second(cast, clerk)
    stranger = Editor(cast.stranger("counsellor"), "templates", "all")
    assert TITLE not in stranger.page
    assert "公開中:第1版" in stranger.page


def test_a_template_that_cannot_be_changed_yet_leads_to_where_drafts_begin(clerk: Editor) -> None:
    page = clerk.desk.get(f"{clerk.home}/R09").text
    assert f'href="{clerk.home}#edition"' in page
    assert 'id="edition"' in clerk.desk.get(clerk.home).text
