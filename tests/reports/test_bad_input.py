"""Whatever is sent to where reports are taken, nothing is poisoned and nobody gets a 500."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from fastapi import FastAPI
from sqlmodel import Session, func, select

from app.operations.backup import back_up
from app.reports.models import Report
from app.web.forms import MOST_FIELDS
from tests.cast import Cast, Phone
from tests.reports import bad_input
from tests.scan.plain_form import PlainForm, errors_in
from tests.towns import AFTERNOON

NAMED = "01920000-0000-7000-8000-000000000000"
AS_JSON = {"Content-Type": "application/json"}


@pytest.fixture
def phone(cast: Cast) -> Phone:
    phone = cast.phone()
    phone.pair()
    return phone


@pytest.fixture(autouse=True)
def everything_still_answers(
    phone: Phone, cast: Cast, app: FastAPI, tmp_path: Path, session: Session
) -> Iterator[None]:
    """After every test: a sound report gets in, and every page and the backup answer."""
    yield
    report_id = phone.report()
    session.rollback()
    desk = cast.staff("counsellor")
    known = [UUID(str(one)) for one in session.exec(select(Report.id))]
    pages = [f"/desk/reports/{one}" for one in known]
    answers = [desk.get(path).status_code for path in ("/desk", "/desk/done", *pages)]
    own = [phone.client.get(path).status_code for path in ("/", f"/reports/{report_id}")]
    assert set(answers + own) == {200}
    assert phone.client.get("/readyz").status_code == 200
    assert back_up(app.state.database, tmp_path / "copies", AFTERNOON).exists()


def count(session: Session) -> int:
    session.rollback()
    return session.exec(select(func.count()).select_from(Report)).one()


def refused(answer: Any, statuses: set[int]) -> bool:
    """A problem document in words, which repeats nothing of what was sent."""
    body = answer.json()
    in_words = answer.headers["content-type"] == "application/problem+json" and body["title"]
    return bool(
        answer.status_code in statuses
        and in_words
        and set(body) == {"type", "title", "status"}
        and not any(echo in answer.text for echo in bad_input.ECHOES)
    )


def test_what_is_only_odd_is_taken_and_flagged(phone: Phone, session: Session) -> None:
    for name, (change, flag) in bad_input.TAKEN.items():
        envelope = phone.envelope(**change)
        assert phone.put(json.dumps(envelope).encode()).status_code == 201, name
        session.rollback()
        report = session.exec(select(Report).where(Report.id == UUID(envelope["report_id"]))).one()
        assert flag is None or flag in report.flags, name
    assert count(session) == len(bad_input.TAKEN)


def test_ids_are_read_in_every_spelling_and_answered_in_one(phone: Phone, session: Session) -> None:
    for name, spelling in bad_input.SPELLINGS.items():
        answer = phone.put(phone.envelope(report_id=spelling), str(UUID(spelling)))
        assert answer.status_code == 201, name
        assert answer.json()["report_id"] == str(UUID(spelling)), name
        session.rollback()
        report = session.exec(select(Report).where(Report.id == UUID(spelling))).one()
        assert ("clock" in report.flags) == (name in bad_input.ODD_TIMES), name


def test_a_number_that_a_phone_gives_twice_is_flagged(phone: Phone, session: Session) -> None:
    for number, flagged in ((5, False), (3, False), (5, True), (0, False), (0, False)):
        envelope = phone.envelope(device_seq=number)
        assert phone.put(envelope).status_code == 201
        session.rollback()
        report = session.exec(select(Report).where(Report.id == UUID(envelope["report_id"]))).one()
        assert ("odd_number" in report.flags) == flagged, number


def test_what_is_no_envelope_changes_nothing(phone: Phone, session: Session) -> None:
    sound = phone.envelope()
    for name, change in bad_input.BENT.items():
        answer = phone.put(json.dumps(sound | change).encode())
        assert refused(answer, {400}), (name, answer.text)
    for name, missing in ((one, one) for one in sound):
        raw = json.dumps({key: value for key, value in sound.items() if key != missing})
        assert refused(phone.put(raw.encode(), sound["report_id"]), {400}), name
    for name, raw in bad_input.BODIES.items():
        assert refused(phone.put(raw, NAMED), {400}), name
    for name, raw in bad_input.OVERSIZE.items():
        assert refused(phone.put(raw, NAMED), {413}), name
    assert count(session) == 0


def test_a_batch_judges_each_for_itself(phone: Phone, session: Session) -> None:
    bent = [phone.envelope(**change) for change in list(bad_input.BENT.values())[:40]]
    answer = phone.put_batch([*bent, phone.envelope(), *bent])
    statuses = [one["status"] for one in answer.json()["results"]]
    assert statuses == [400] * len(bent) + [201] + [400] * len(bent)
    assert count(session) == 1


@pytest.mark.parametrize("envelopes", [None, [], "x", {}, [None], [1], [[]], ["A"] * 101])
def test_what_is_no_batch_is_400(phone: Phone, envelopes: Any) -> None:
    assert refused(phone.client.post("/api/reports", json={"envelopes": envelopes}), {400})


def test_coded_rubbish_in_a_batch_is_400_for_each(phone: Phone) -> None:
    odd = ["", "A", "=", "あ", "\x00", "++//", "A" * 99_999, "bnVsbA", "bnVsbA==\n", "e30"]
    results = phone.client.post("/api/reports", json={"envelopes": odd}).json()["results"]
    assert [one["status"] for one in results] == [413 if len(one) > 9999 else 400 for one in odd]
    for raw in (*bad_input.BODIES.values(), b'{"envelopes":["\\ud800"]}'):
        assert refused(phone.client.post("/api/reports", content=raw, headers=AS_JSON), {400})
    huge = b'{"envelopes":["' + b"A" * 1024 * 1024 + b'"]}'
    assert refused(phone.client.post("/api/reports", content=huge, headers=AS_JSON), {413})


def test_addresses_and_headers_nobody_expects_do_no_harm(phone: Phone, session: Session) -> None:
    client = phone.client
    for path in ("x", "%00", "..%2f..", "0" * 300, "1" * 32 + "%0d%0aSet-Cookie:a=b", "%ff", "👹"):
        answer = client.put(f"/api/reports/{path}", content=b"{}", headers=AS_JSON)
        assert answer.status_code in {400, 404, 405, 422}, path
    for method in ("GET", "HEAD", "OPTIONS", "TRACE", "DELETE", "PATCH", "BREW"):
        assert client.request(method, f"/api/reports/{NAMED}").status_code == 405, method
    for kind in ("", "text/plain", "application/jsonp", "application/x-www-form-urlencoded",
                 "multipart/form-data", "application/cbor", "application/json-seq"):  # fmt: skip
        answer = client.put(f"/api/reports/{NAMED}", content=b"{}", headers={"Content-Type": kind})
        assert refused(answer, {415, 422}), kind
    for name, value in (
        ("Nafuda-Badge", b"\xff\x00\xfe"), ("Nafuda-Badge", b"A" * 9000),
        ("Nafuda-Receipt", b"\xff" * 99), ("Nafuda-Receipt", b"e30"),
        ("Accept-Language", b"\xff,;q=nan"), ("Content-Encoding", b"gzip"),
        ("X-HTTP-Method-Override", b"DELETE"), ("X-Forwarded-For", b"' OR 1=1"),
        ("X-Forwarded-Host", b"evil.example"), ("Cookie", b"a=b; " * 2000),
    ):  # fmt: skip
        raw = json.dumps(envelope := phone.envelope()).encode()
        headers = {**AS_JSON, name: value}
        answer = client.put(f"/api/reports/{envelope['report_id']}", content=raw, headers=headers)  # type: ignore[arg-type]
        assert answer.status_code in {201, 401}, (name, value)
        assert "evil" not in answer.text
    assert count(session) == 9


def test_a_credential_changed_anywhere_is_no_credential(phone: Phone, session: Session) -> None:
    (cookie,) = list(phone.client.cookies.jar)
    token = str(cookie.value)
    stranger = Phone(phone.client.app, phone.code, phone.clock)  # type: ignore[arg-type]
    for place in range(0, len(token), 3):
        other = "A" if token[place] not in "ABCDEFGHIJKLMNOP" else "z"
        stranger.client.cookies.set(cookie.name, token[:place] + other + token[place + 1 :])
        assert refused(stranger.put(stranger.envelope()), {401}), place
    for odd in ("", ".", "..", "null", "e30.", f"{token}.", f".{token}", "A" * 9000):
        stranger.client.cookies.set(cookie.name, odd)
        assert refused(stranger.put(stranger.envelope()), {401}), odd
    assert count(session) == 0


FORM_TEXTS = ["\x00", "\x01", "\ud800", "👨‍👩‍👧" * 200, "　", "' OR 1=1", "<b hx-get=x>", "{{x}}",
              "%(n)s", "a\r\nb", "\u202e", "=1+1", "か\u3099", "null",
              "𠮷葛\U000e0100"]  # fmt: skip


def test_the_plain_form_takes_or_explains_whatever_is_typed(cast: Cast, session: Session) -> None:
    phone = cast.phone()
    names = ("report_id", "version", "item", "answer-still_here", "agreed_version", "note", "x")
    for name in names:
        for text in FORM_TEXTS:
            sendable = text.encode("utf-8", "surrogatepass")
            answer = PlainForm(phone).send(**{name: sendable})
            assert answer.status_code in {303, 422}, (name, text)
            assert answer.status_code == 303 or errors_in(answer.text), (name, text)
    assert "<b hx-get" not in PlainForm(phone).send(note="<b hx-get=x>", item=[]).text


def test_forms_that_are_none_are_refused(cast: Cast, session: Session) -> None:
    phone = cast.phone()
    path, form = f"/b/{phone.code}/reports", "application/x-www-form-urlencoded"
    parts = b"".join(b'--b\r\nContent-Disposition: form-data; name="item"\r\n\r\nCV-01\r\n'
                     for _ in range(1000))  # fmt: skip
    for kind, body, statuses in (
        (form, b"item=CV-01&" * (MOST_FIELDS + 1), {400}),
        (form, b"note=" + b"x" * 300_000, {413}),
        (form, b"&" * 200_000, {400, 422}),
        (form, b"\xff=%ff&%00=%", {422}),
        ("multipart/form-data", b"--x", {400}),
        ("multipart/form-data; boundary=b", parts + b"--b--\r\n", {422}),
        ("multipart/form-data; boundary=b", b"--b\r\n\r\nx\r\n--b--", {400}),
        ("multipart/form-data; boundary=b", b"--b\r\nContent-Disposition: form-data; name=a; "
         b"filename=a.csv\r\n\r\nx\r\n--b--\r\n", {400}),
        ("application/json", b"{}", {422}),
        ("text/plain", b"item=CV-01", {422}),
    ):  # fmt: skip
        answer = phone.client.post(path, content=body, headers={"Content-Type": kind})
        assert answer.status_code in statuses, (kind, body[:40], answer.status_code)
    assert count(session) == 0


def test_a_visit_that_a_mail_scanner_makes_changes_nothing(cast: Cast, session: Session) -> None:
    phone = cast.phone()
    for path in (f"/b/{phone.code}/reports", f"/api/reports/{uuid4()}"):
        for purpose in ({"Sec-Purpose": "prefetch"}, {"Purpose": "preview"}):
            assert phone.client.get(path, headers=purpose).status_code == 405
    assert count(session) == 0


def test_problems_come_in_the_readers_language(phone: Phone) -> None:
    titles = {
        language: phone.client.put(
            f"/api/reports/{NAMED}?lang={language}", content=b"", headers=AS_JSON
        ).json()["title"]
        for language in ("ja", "easy", "en")
    }
    assert len(set(titles.values())) == 3
    assert re.fullmatch(r"[ -~]+", titles["en"])
