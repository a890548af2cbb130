"""お客様の情報を送る (M6d): sealed in the browser, online only, once, and gone afterwards."""

import json
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, unquote_plus
from uuid import UUID

import pytest
from playwright.sync_api import Page, Request, expect
from sqlmodel import select

from app.db import Database
from app.disclosures.models import Disclosure
from tests.browser.audit import Audit
from tests.browser.loop.people import Counsellor, Worker
from tests.browser.loop.story import People, only_sqlite
from tests.disclosures.asking import GIVEN, REQUEST
from tests.towns import settings_in

pytestmark = [pytest.mark.browser, only_sqlite]


def asks(sato: Counsellor, report_id: str) -> None:
    """On the page that the report leads to."""
    sato.go(f"/desk/reports/{report_id}")
    sato.page.get_by_role("link", name="個人情報を求める").click()
    sato.page.locator(f"[name=ground][value={REQUEST['ground']}]").check()
    for item in REQUEST["items"]:
        sato.page.locator(f"[name=items][value={item}]").check()
    sato.page.locator(f"[name=purpose][value={REQUEST['purpose']}]").check()
    sato.page.get_by_role("button", name="求めを送る").click()
    expect(sato.page.locator("#disclosures")).to_contain_text("答えを待っています")


def opens_form(worker: Worker, report_id: str) -> Page:
    worker.go(f"/reports/{report_id}")
    worker.page.get_by_role("link", name="専用画面で答える").click(timeout=20_000)
    expect(worker.page.locator("#disclosure")).to_be_visible()
    return worker.page


def fills(page: Page) -> None:
    for name, text in GIVEN.items():
        page.fill(f"#{name}", text)


def run_out(data: Path, report_id: str) -> None:
    database = Database(settings_in(data).database)
    with database.writing() as session:
        query = select(Disclosure).where(Disclosure.report_id == UUID(report_id))
        session.exec(query).one().expires_at = datetime(2026, 1, 1, tzinfo=UTC)
    database.close()


def of_form(request: Request) -> bool:
    return request.method == "POST" and request.url.endswith("/disclosure")


def test_a_bank_is_asked_and_answers_once_sealed(people: People, tmp_path: Path) -> None:
    audit = Audit(tmp_path / "wrong")
    worker, sato = people.worker("finance"), people.counsellor()
    worker.scan()
    worker.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    reports = []
    for place in range(4):
        worker.scan()
        worker.tick(place)
        worker.promise()
        worker.send()
        reports.append(worker.report_id)
    assert worker.page.evaluate("Boolean(navigator.serviceWorker.controller)")
    for report_id in reports:
        asks(sato, report_id)
    given, refused, late, asking = reports

    page = opens_form(worker, given)
    audit.take(page, "form")
    address = page.url
    page.get_by_role("button", name="相談員だけに送る").click()
    expect(page.locator("#empty")).to_be_visible()
    fills(page)
    worker.context.set_offline(True)
    page.get_by_role("button", name="相談員だけに送る").click()
    expect(page.locator("#unsent")).to_be_visible()
    expect(page.locator("#name")).to_have_value(GIVEN["name"])
    audit.take(page, "offline")
    worker.context.set_offline(False)
    with page.expect_request(of_form) as sent:
        page.get_by_role("button", name="相談員だけに送る").click()
    body = sent.value.post_data or ""
    assert {*parse_qs(body, keep_blank_values=True)} == {"sealed", "consent"}
    assert {*json.loads(parse_qs(body)["sealed"][0])} == {"v", "kid", "enc", "ct"}
    assert not [one for one in GIVEN.values() if one in body or one in unquote_plus(body)]
    worker.reads("送った内容は、この端末には残っていません")
    assert not [one for one in GIVEN.values() if one in page.content()]
    page.go_back()
    expect(page.locator("#disclosure")).to_have_count(0)
    worker.page.goto(address)
    worker.reads("もう送られています")
    audit.take(page, "used")

    page = opens_form(worker, refused)
    page.get_by_role("link", name="分からない・送れない").click()
    page.locator("#refusal [value=decline]").check()
    audit.take(page, "refusing")
    page.locator("#refusal button").click()
    worker.reads("結果を送りました")

    page = opens_form(worker, late)
    fills(page)
    run_out(people.server.data, late)
    page.get_by_role("button", name="相談員だけに送る").click()
    worker.reads("この求めは終わりました")
    assert not [one for one in GIVEN.values() if one in page.content()]
    audit.take(page, "expired")

    page = opens_form(worker, asking)
    page.get_by_role("link", name="上司に確認してから返事する").click()
    page.locator("#asking summary").click()
    page.locator("#asking [value='4']").check()
    page.locator("#asking button").click()
    worker.reads("「上司に確認中」を伝えました")
    worker.context.set_offline(True)
    page.goto(address.replace(address.split("/")[-2], "00000000-0000-7000-8000-000000000000"))
    worker.reads("電波がないため")
    worker.context.set_offline(False)

    sato.go(f"/desk/reports/{refused}")
    sato.reads("送れない、と返事がありました")
    sato.go(f"/desk/reports/{given}")
    audit.take(sato.page, "given")
    sato.page.locator("#disclosures summary").click()
    sato.page.locator("[name=reason][value=advice]").check()
    sato.page.get_by_role("button", name="開く").click()
    sato.reads(GIVEN["name"])
    audit.take(sato.page, "opened")
    assert not any(audit.wrong.values()), audit.wrong


def test_without_a_script_it_is_answered_all_the_same(people: People) -> None:
    worker = people.worker("finance", java_script_enabled=False)
    sato = people.counsellor(java_script_enabled=False)
    report_id = worker.report_unseen()
    asks(sato, report_id)
    worker.page.wait_for_timeout(10_500)
    page = opens_form(worker, report_id)
    fills(page)
    page.get_by_role("button", name="相談員だけに送る").click()
    worker.reads("送った内容は、この端末には残っていません")
    sato.page.reload()
    sato.reads("届いています(封をしたまま)")
