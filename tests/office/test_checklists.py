"""A checklist is adapted, read by somebody else, published; phones and reports follow."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import Session, select

from app.audit.models import AuditEntry
from app.checklists.models import ChecklistVersion
from app.editions.models import Draft, Publication
from tests.cast import Cast
from tests.office.editing import Editor
from tests.scan.plain_form import PlainForm, hidden

WORDS = "**高額の商品券**を買おうとしている"


@pytest.fixture
def clerk(cast: Cast) -> Editor:
    return Editor(cast.staff("clerk"))


@pytest.fixture
def counsellor(cast: Cast) -> Editor:
    return Editor(cast.staff("counsellor"))


def publish_second(clerk: Editor, counsellor: Editor) -> None:
    clerk.begin()
    answer = clerk.write("items/CV-01", text_ja=WORDS, text_easy="", text_en="")
    assert answer.status_code == 303, answer.text
    assert clerk.use("CV-03", "no").status_code == 303
    assert clerk.ask().status_code == 303
    assert counsellor.approve().status_code == 303


def test_what_was_approved_is_what_phones_get_next(
    cast: Cast, clerk: Editor, counsellor: Editor
) -> None:
    publish_second(clerk, counsellor)
    page = PlainForm(cast.phone()).page
    assert hidden(page, "version") == "2"
    assert "高額の商品券" in page
    assert 'value="CV-03"' not in page
    assert 'value="CV-03"' not in cast.phone().client.get(f"/B/{cast.town.code()}/more").text
    assert hidden(PlainForm(cast.phone("finance")).page, "version") == "1"
    assert hidden(PlainForm(cast.stranger_phone()).page, "version") == "1"


def test_a_language_without_own_words_shows_the_japanese_as_such(
    cast: Cast, clerk: Editor, counsellor: Editor
) -> None:
    publish_second(clerk, counsellor)
    page = cast.phone().client.get(f"/B/{cast.town.code()}?lang=en").text
    assert '<span lang="ja"><bdi><b>高額の商品券</b>を買おうとしている</bdi></span>' in page
    assert "Trying to buy" not in page


def test_a_report_written_before_keeps_the_words_of_its_version(
    cast: Cast, clerk: Editor, counsellor: Editor
) -> None:
    phone = cast.phone()
    phone.pair()
    waiting = phone.envelope(items=["CV-01", "CV-03"])
    publish_second(clerk, counsellor)
    assert phone.put(waiting).status_code == 201
    detail = cast.staff("counsellor").get(f"/desk/reports/{waiting['report_id']}").text
    assert "高い電子マネーを何枚も" in detail
    assert "未納の料金" in detail
    assert "知らない版" not in detail
    assert "知らない項目" not in detail
    later = phone.report(checklist={"id": "CV", "version": 2})
    assert "高額の商品券" in cast.staff("counsellor").get(f"/desk/reports/{later}").text


def test_whoever_wrote_it_does_not_approve_it(clerk: Editor, session: Session) -> None:
    clerk.begin().use("CV-03", "no")
    clerk.ask()
    answer = clerk.approve(revision=2)
    assert answer.status_code == 409
    assert "ほかの人が確認します" in answer.text
    assert "確認して公開する" not in clerk.page
    assert not session.exec(select(Publication)).all()


def test_everybody_who_wrote_a_part_is_out(cast: Cast, clerk: Editor) -> None:
    supervisor = Editor(cast.staff("supervisor"))
    clerk.begin().use("CV-03", "no")
    supervisor.use("CV-05", "no")
    supervisor.ask()
    answers = [clerk.approve(revision=3), supervisor.approve(revision=3)]
    assert all("ほかの人が確認します" in answer.text for answer in answers)


def test_with_nobody_else_ones_own_review_waits_for_the_next_day(
    cast: Cast, clerk: Editor, session: Session
) -> None:
    clerk.begin().use("CV-03", "no")
    assert clerk.ask(alone="yes", reason=" ").status_code == 422
    clerk.ask(alone="yes", reason="担当が一人のため")
    assert "翌日からです" in clerk.approve(revision=2).text
    cast.clock.advance(hours=9, minutes=54)
    assert "翌日からです" in clerk.approve(revision=2).text
    cast.clock.advance(minutes=2)
    clerk.desk = cast.staff("clerk")
    assert clerk.approve().status_code == 303
    kept = session.exec(select(Publication)).one()
    assert kept.alone_reason == "担当が一人のため"
    assert "担当が一人のため" in clerk.desk.get(f"{clerk.base}/history").text


def test_while_it_waits_nothing_changes_until_it_is_taken_back(clerk: Editor) -> None:
    clerk.begin().use("CV-03", "no")
    clerk.ask()
    assert clerk.use("CV-05", "no").status_code == 409
    clerk.post("asking/end")
    assert clerk.use("CV-05", "no").status_code == 303


def test_an_approval_of_what_was_read_earlier_publishes_nothing(
    clerk: Editor, counsellor: Editor, session: Session
) -> None:
    clerk.begin().use("CV-03", "no")
    clerk.ask()
    page = counsellor.page
    clerk.post("asking/end")
    clerk.use("CV-05", "no")
    clerk.ask()
    found = re.search(r'name="revision" value="(\d+)"', page)
    assert found
    answer = counsellor.post("approval", revision=found[1])
    assert answer.status_code == 409
    assert "下書きが変わりました" in answer.text
    assert not session.exec(select(Publication)).all()


def test_two_approvals_make_one_version(
    cast: Cast, clerk: Editor, counsellor: Editor, session: Session
) -> None:
    publish_second(clerk, counsellor)
    second = Editor(cast.staff("counsellor", 1))
    answer = second.post("approval", revision="3")
    assert answer.status_code == 409
    assert "公開されたか" in answer.text
    versions = session.exec(
        select(ChecklistVersion.version).where(ChecklistVersion.industry == "conveni")
        .where(ChecklistVersion.network_id == cast.town.here.network.id)
    ).all()  # fmt: skip
    assert sorted(versions) == [1, 2]


def test_of_two_who_approve_at_once_one_publishes(
    cast: Cast, clerk: Editor, session: Session
) -> None:
    clerk.begin().use("CV-03", "no")
    clerk.ask()
    readers = [Editor(cast.staff("counsellor", place)) for place in (0, 1)]
    with ThreadPoolExecutor() as pool:
        answers = list(pool.map(lambda one: one.post("approval", revision="2"), readers))
    assert sorted(one.status_code for one in answers) == [303, 409]
    assert len(session.exec(select(Publication)).all()) == 1


def test_a_returned_draft_says_what_to_do(clerk: Editor, counsellor: Editor) -> None:
    clerk.begin().use("CV-03", "no")
    clerk.ask()
    assert counsellor.post("return", note="").status_code == 422
    counsellor.post("return", note="CV-03は残してください")
    page = clerk.page
    assert "佐藤さんから戻りました" in page
    assert "CV-03は残してください" in page
    assert clerk.use("CV-03", "yes").status_code == 303


def test_the_history_says_who_and_brings_a_version_back(
    clerk: Editor, counsellor: Editor, session: Session
) -> None:
    publish_second(clerk, counsellor)
    history = clerk.desk.get(f"{clerk.base}/history").text
    assert "林" in history
    assert "佐藤" in history
    changes = clerk.desk.get(f"{clerk.base}/history/2").text
    assert "高額の商品券" in changes
    assert "使わなくなった" in changes
    clerk.begin(version="1")
    draft = session.exec(select(Draft)).one()
    restored = {item["id"]: item for item in draft.document["items"]}
    assert restored["CV-03"]["on"]
    assert "高い電子マネー" in restored["CV-01"]["text"]["ja"]
    assert draft.based_on == 2


def test_an_older_version_never_replaces_an_open_draft(clerk: Editor, counsellor: Editor) -> None:
    publish_second(clerk, counsellor)
    clerk.begin()
    assert clerk.post("draft", version="1").status_code == 409


def test_every_step_is_in_the_audit_log_without_a_word_of_the_text(
    clerk: Editor, counsellor: Editor, session: Session
) -> None:
    publish_second(clerk, counsellor)
    entries = [one for one in session.exec(select(AuditEntry)) if one.action.startswith("edition.")]
    assert [one.action for one in entries] == [
        "edition.begin", "edition.change", "edition.change", "edition.ask", "edition.publish",
    ]  # fmt: skip
    assert "商品券" not in str([one.details for one in entries])


def test_next_door_nothing_of_it_is_seen(cast: Cast, clerk: Editor, session: Session) -> None:
    clerk.begin().write("items/CV-01", text_ja=WORDS)
    clerk.ask()
    stranger = Editor(cast.stranger("supervisor"))
    assert "高額の商品券" not in stranger.page
    assert stranger.post("approval", revision="2").status_code == 409
    assert stranger.post("draft/removal").status_code == 409
    assert len(session.exec(select(Draft)).all()) == 1
