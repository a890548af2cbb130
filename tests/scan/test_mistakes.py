"""What is missing or odd is said above the form, and what was ticked or typed stays."""

import time
from typing import Any

import pytest
from sqlmodel import Session, select

from app.badges.models import Device
from app.reports.models import Report
from tests.cast import Cast
from tests.scan.plain_form import PlainForm, errors_in, note_in, ticked

NOTE = "70代くらいの方、画面を見せてくれません"


@pytest.fixture
def form(cast: Cast) -> PlainForm:
    return PlainForm(cast.phone())


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"item": []}, "1つ以上に✓してください。"),
        ({"agreed_version": None}, "「お約束」を確かめて、✓を付けてください。"),
        ({"agreed_version": "2"}, "「お約束」を確かめて、✓を付けてください。"),
        ({"note": "あ" * 121}, "ひとことは120字までです(いま 121字)。"),
        ({"note": "山田花子さんが来ました"}, "ひとことに、名前や番号のような文字があります。"),
        ({"note": "連絡先は090-1234-5678"}, "ひとことに、名前や番号のような文字があります。"),
    ],
)
def test_what_is_missing_is_said_above_the_form(
    form: PlainForm, session: Session, changes: dict[str, Any], missing: str
) -> None:
    answer = form.send(**changes)
    assert answer.status_code == 422
    assert [error[: len(missing)] for error in errors_in(answer.text)] == [missing]
    assert "set-cookie" not in answer.headers
    assert session.exec(select(Device)).all() == session.exec(select(Report)).all() == []


def test_ticks_note_and_promise_stand_as_they_were(form: PlainForm) -> None:
    choices = {"item": ["CV-02", "CM-10"], "answer-claimed_role": ["police", "bank"]}
    page = form.send(note="山田花子さんが<b>来ました", **choices).text
    assert note_in(page) == "山田花子さんが<b>来ました"
    assert ticked(page) >= {"CV-02", "CM-10", "yes", "1"}
    assert f'value="{form.report_id}"' in page
    assert "CV-01" not in ticked(page)


def test_a_person_may_say_that_a_suspicious_note_is_fine(form: PlainForm, session: Session) -> None:
    assert form.send(note="店長の山田さんに伝えました").status_code == 422
    assert form.send(note="店長の山田さんに伝えました", note_is_fine="yes").status_code == 303
    assert session.exec(select(Report)).one().has_note


def test_a_huge_note_is_refused_at_once_and_given_back(form: PlainForm) -> None:
    started = time.monotonic()
    answer = form.send(note="a" * 100_000)
    assert answer.status_code == 422
    assert note_in(answer.text) == "a" * 100_000
    assert time.monotonic() - started < 3


def test_more_than_a_form_may_hold_is_413(form: PlainForm) -> None:
    answer = form.send(note="a" * 300_000)
    assert answer.status_code == 413
    assert "大きすぎます" in answer.text


@pytest.mark.parametrize(
    "item", ["", "<script>", "あ", "x" * 21, "CV-01\n", "'; DROP TABLE report"]
)
def test_what_can_be_no_item_is_left_out(form: PlainForm, session: Session, item: str) -> None:
    assert form.send(item=[item]).status_code == 422
    assert form.send(item=[item, "CV-01"], **{"answer-still_here": item}).status_code == 303
    report = session.exec(select(Report)).one()
    assert (report.items, report.answers) == (["CV-01"], {})


def test_an_id_that_is_none_gets_a_fresh_one(form: PlainForm, session: Session) -> None:
    assert form.send(report_id="'; DROP TABLE report").status_code == 303
    assert session.exec(select(Report)).one().id != form.report_id


def test_a_foreign_site_can_not_send_in_somebodys_name(form: PlainForm) -> None:
    answer = form.phone.client.post(
        f"/b/{form.phone.code}/reports",
        data=form.fields(),
        headers={"Sec-Fetch-Site": "cross-site"},
    )
    assert answer.status_code == 403


def test_no_form_takes_a_file(form: PlainForm) -> None:
    address = f"/b/{form.phone.code}/reports"
    answer = form.phone.client.post(address, data=form.fields(), files={"x": ("x", b"x")})
    assert answer.status_code == 400
