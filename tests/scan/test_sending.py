"""第1報 without a script: once, sealed, and nothing ticked or typed is ever lost on the way."""

from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlmodel import Session, select

from app.badges.models import Device, Pairing
from app.networks.models import Network
from app.reports.models import Report, ReportConflict
from tests.badges.records import ask_for_workplace_code, badge_id
from tests.cast import Cast
from tests.scan.plain_form import PlainForm

NOTE = "70代くらいの方、画面を見せてくれません"


@pytest.fixture
def form(cast: Cast) -> PlainForm:
    return PlainForm(cast.phone())


def test_one_tick_and_the_promise_are_enough(form: PlainForm, session: Session) -> None:
    answer = form.send()
    assert (answer.status_code, answer.headers["location"]) == (303, f"/reports/{form.report_id}")
    assert "センターに届きました" in form.phone.see(form.report_id)
    report = session.exec(select(Report)).one()
    assert (report.id, report.items, report.device_seq) == (form.report_id, ["CV-01"], 0)
    assert report.answers == {"still_here": "yes"}
    assert session.exec(select(Pairing)).one().agreed_version == 1


def test_the_promise_is_asked_for_once(form: PlainForm) -> None:
    form.send()
    again = PlainForm(form.phone)
    assert 'name="agreed_version"' not in again.page
    assert again.send(agreed_version=None).status_code == 303


def test_the_promise_is_asked_for_again_in_a_new_version(form: PlainForm, cast: Cast) -> None:
    form.send()
    with cast.app.state.database.writing() as session:
        session.get_one(Network, cast.town.here.network.id).secrecy_version = 2
    again = PlainForm(form.phone)
    assert 'name="agreed_version" value="2"' in again.page
    assert again.send(agreed_version="1").status_code == 422
    assert again.send(agreed_version="2").status_code == 303


def test_the_note_is_sealed_before_the_database_sees_it(form: PlainForm, session: Session) -> None:
    assert form.send(note=NOTE).status_code == 303
    for table in ("report", "outbox_item", "audit_entry", "pairing", "device"):
        for row in session.connection().execute(text(f"SELECT * FROM {table}")):
            for value in row:
                shown = value.decode("latin-1") if isinstance(value, bytes) else str(value)
                assert NOTE[:4] not in shown
                assert NOTE.encode().decode("latin-1")[:12] not in shown


def test_the_note_opens_at_the_desk(form: PlainForm, cast: Cast) -> None:
    form.send(note=NOTE)
    assert NOTE in cast.staff("counsellor").get(f"/desk/reports/{form.report_id}").text


def test_a_note_of_120_characters_arrives_and_line_breaks_count_once(
    form: PlainForm, session: Session
) -> None:
    assert form.send(note="\r\n".join(["あ" * 59, "い" * 60])).status_code == 303
    assert session.exec(select(Report)).one().has_note


def test_a_double_click_and_the_back_button_send_once(form: PlainForm, session: Session) -> None:
    answers = [form.send(note=NOTE) for _ in range(3)]
    assert {(one.status_code, one.headers["location"]) for one in answers} == {
        (303, f"/reports/{form.report_id}")
    }
    assert len(session.exec(select(Report)).all()) == 1
    assert session.exec(select(ReportConflict)).all() == []


@pytest.mark.parametrize("policy", ["open", "workplace_code"])
def test_a_double_click_on_a_phone_that_has_no_cookie_yet_sends_once(
    form: PlainForm, cast: Cast, session: Session, policy: str
) -> None:
    """The browser sends both before the first answer is there, and shows the second answer."""
    if policy == "workplace_code":
        ask_for_workplace_code(cast.app, cast.town)
    form.send()
    form.phone.client.cookies.clear()
    assert form.send().headers["location"] == f"/reports/{form.report_id}"
    assert "センターに届きました" in form.phone.see(form.report_id)
    assert len(session.exec(select(Report)).all()) == len(session.exec(select(Device)).all()) == 1
    assert session.exec(select(ReportConflict)).all() == []


def test_items_nobody_knows_are_taken_and_marked(form: PlainForm, session: Session) -> None:
    assert form.send(item=["CV-01", "ZZ-99"]).status_code == 303
    report = session.exec(select(Report)).one()
    assert (report.items, report.flags) == (["CV-01", "ZZ-99"], ["unknown_items"])


def test_a_report_of_another_network_stays_out_of_reach(cast: Cast, session: Session) -> None:
    theirs = PlainForm(cast.stranger_phone())
    theirs.send(item=["CV-02"])
    ours = PlainForm(cast.phone())
    assert ours.send(report_id=str(theirs.report_id)).status_code == 303
    reports = session.exec(select(Report)).all()
    assert {(one.network_id, one.items[0]) for one in reports} == {
        (cast.town.neighbour.id, "CV-02"),
        (cast.town.here.network.id, "CV-01"),
    }


def test_a_report_of_another_badge_is_never_shown_for_its_id(cast: Cast) -> None:
    first = PlainForm(cast.phone())
    first.send()
    second = PlainForm(cast.phone("finance"))
    second.send(report_id=str(first.report_id), item=["BK-01"])
    assert second.phone.client.get(f"/reports/{first.report_id}").status_code == 404


def test_a_stopped_badge_takes_what_its_phone_was_writing_and_nothing_from_others(
    form: PlainForm, cast: Cast, session: Session
) -> None:
    form.send()
    writing, other = PlainForm(form.phone), PlainForm(cast.phone())
    badge = badge_id(cast.app, form.phone.code)
    cast.staff("clerk").post(f"/office/badges/{badge}/stop")
    assert writing.send().status_code == 303
    assert other.send().status_code == 409
    flags = session.exec(select(Report.flags).order_by(Report.seq)).all()  # type: ignore[arg-type]
    assert "stopped_badge" in flags[1]


def test_a_multipart_form_is_the_same_form(form: PlainForm, session: Session) -> None:
    address = f"/b/{form.phone.code}/reports"
    named = {name: (None, value) for name, value in form.fields(item="CV-01").items()}
    assert form.phone.client.post(address, files=named).status_code == 303
    assert session.exec(select(Report)).one().items == ["CV-01"]


def test_opening_the_page_changes_nothing(cast: Cast, session: Session) -> None:
    phone = cast.phone()
    phone.client.get(f"/B/{phone.code}")
    phone.client.get(f"/B/{phone.code}", headers={"Sec-Purpose": "prefetch"})
    assert phone.client.cookies == {}
    assert session.exec(select(Device)).all() == []
    assert phone.client.get(f"/reports/{uuid4()}").status_code == 401
