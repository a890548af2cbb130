"""Answering: once, online, by the phone that was asked; then nothing of it is left there."""

import json
from uuid import UUID

import pytest
from sqlmodel import Session, select

from app.audit.models import AuditEntry
from app.disclosures.models import Disclosure
from app.instructions.models import Answer
from app.organizations.models import Organization
from app.sealing.envelope import Context, seal
from app.sealing.models import SealingKey
from tests.cast import Cast, Desk, Phone
from tests.disclosures.asking import GIVEN, address, ask, give, of_report, open_with


@pytest.fixture
def bank(cast: Cast) -> Phone:
    return cast.phone("finance")


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return cast.staff("counsellor")


@pytest.fixture
def asked(cast: Cast, bank: Phone, desk: Desk, session: Session) -> Disclosure:
    """A bank was asked for a name and a telephone, and the request has arrived."""
    report_id = bank.report()
    ask(desk, report_id)
    cast.clock.advance(seconds=11)
    return of_report(session, cast.town.here.network.id, report_id)


def again(session: Session, asked: Disclosure) -> Disclosure:
    return of_report(session, asked.network_id, asked.report_id)


def test_the_form_has_what_was_asked_and_nothing_keeps_it(bank: Phone, asked: Disclosure) -> None:
    answer = bank.client.get(address(asked))
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert "相談員 佐藤から頼まれています" in answer.text
    assert 'name="telephone"' in answer.text
    assert 'name="address"' not in answer.text
    assert answer.text.count('autocomplete="off"') == 3


def test_its_deadline_asks_for_the_form_and_not_for_an_acknowledgement(
    bank: Phone, asked: Disclosure
) -> None:
    page = bank.see(asked.report_id)
    assert "までに、専用画面で答えてください" in page
    assert "「了解」をお願いします" not in page


def test_without_script_it_is_sealed_on_receipt_and_then_gone(
    cast: Cast, bank: Phone, desk: Desk, asked: Disclosure, session: Session
) -> None:
    answer = give(bank, asked)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/reports/{asked.report_id}")
    page = bank.see(asked.report_id)
    assert "送った内容は、この端末には残っていません" in page
    assert "海野" not in page
    kept = again(session, asked)
    assert "海野" not in json.dumps(kept.sealed, ensure_ascii=False)
    assert kept.outcome == "sent"
    opened = open_with(desk, asked).text
    assert all(text in opened for text in GIVEN.values())


def test_what_the_phone_sealed_opens_at_the_desk(
    bank: Phone, desk: Desk, asked: Disclosure, session: Session
) -> None:
    key = session.exec(select(SealingKey).where(SealingKey.network_id == asked.network_id)).one()
    context = Context(str(asked.network_id), str(asked.id), "disclosure", "answer")
    sealed = seal(json.dumps(GIVEN), key.public_key, key.kid, context).to_dict()
    sent = {"sealed": json.dumps(sealed)}
    assert bank.client.post(address(asked), data=sent).status_code == 303
    assert again(session, asked).sealed == sealed
    assert GIVEN["name"] in open_with(desk, asked).text


@pytest.mark.parametrize("sealed", ["x", "{}", '{"v":2}', "[]", "null"])
def test_what_no_script_of_ours_sealed_is_refused(
    bank: Phone, asked: Disclosure, session: Session, sealed: str
) -> None:
    assert give(bank, asked, sealed=sealed).status_code == 422
    assert again(session, asked).answered_at is None


def test_an_empty_answer_is_none_and_a_long_one_stays_on_the_screen(
    bank: Phone, asked: Disclosure, session: Session
) -> None:
    empty = give(bank, asked, name=" ", telephone="")
    assert empty.status_code == 422
    assert "分かることを1つは" in empty.text
    long = give(bank, asked, name="あ" * 201)
    assert long.status_code == 422
    assert "あ" * 201 in long.text
    assert again(session, asked).answered_at is None


def test_what_was_not_asked_is_not_taken(bank: Phone, desk: Desk, asked: Disclosure) -> None:
    give(bank, asked, address="青波市北町2")
    assert "北町2" not in open_with(desk, asked).text


def test_it_can_be_sent_once(bank: Phone, asked: Disclosure, session: Session) -> None:
    give(bank, asked)
    first = again(session, asked).sealed
    for answer in (give(bank, asked, name="ほか"), bank.client.get(address(asked))):
        assert answer.status_code == 410
        assert "もう送られています" in answer.text
    assert again(session, asked).sealed == first


def test_it_runs_out(cast: Cast, bank: Phone, desk: Desk, asked: Disclosure) -> None:
    cast.clock.advance(hours=48)
    assert {bank.client.get(address(asked)).status_code, give(bank, asked).status_code} == {410}
    assert (
        "期限が過ぎました" in cast.staff("counsellor").get(f"/desk/reports/{asked.report_id}").text
    )


def test_a_request_that_was_taken_back_takes_nothing(
    bank: Phone, desk: Desk, asked: Disclosure
) -> None:
    desk.post(f"/desk/instructions/{asked.instruction_id}/withdrawal")
    assert give(bank, asked).status_code == 410


def test_an_organization_that_is_no_member_any_more_is_asked_no_more(
    cast: Cast, bank: Phone, asked: Disclosure
) -> None:
    with cast.app.state.database.writing() as session:
        for one in session.exec(select(Organization)):
            one.standing = "partner"
    assert give(bank, asked).status_code == 410


def test_another_phone_finds_nothing(cast: Cast, asked: Disclosure, bank: Phone) -> None:
    other, later, stranger = cast.phone("post"), cast.phone("finance"), cast.stranger_phone()
    for phone in (other, later, stranger):
        phone.pair()
        assert phone.client.get(address(asked)).status_code == 404
        assert give(phone, asked).status_code == 404


@pytest.mark.parametrize("outcome", ["unknown", "decline"])
def test_that_it_can_not_be_given_is_a_full_answer(
    bank: Phone, desk: Desk, asked: Disclosure, session: Session, outcome: str
) -> None:
    answer = bank.client.post(f"{address(asked)}/refusal", data={"outcome": outcome})
    assert answer.status_code == 303
    kept = again(session, asked)
    assert (kept.outcome, kept.sealed) == (outcome, None)
    assert session.exec(select(Answer)).one().code == outcome
    assert "送れない、と返事がありました" in desk.get(f"/desk/reports/{asked.report_id}").text
    assert open_with(desk, asked).status_code == 410


def test_a_refusal_needs_its_reason(bank: Phone, asked: Disclosure, session: Session) -> None:
    for outcome in ("", "sent", "no"):
        answer = bank.client.post(f"{address(asked)}/refusal", data={"outcome": outcome})
        assert answer.status_code == 422
    assert again(session, asked).answered_at is None


def test_asking_a_manager_first_leaves_it_open(bank: Phone, asked: Disclosure) -> None:
    path = f"/instructions/{asked.instruction_id}/asking"
    assert bank.client.post(path, data={"hours": "4"}).status_code == 303
    assert give(bank, asked).status_code == 303


def test_no_result_by_hand_stands_for_the_form(bank: Phone, asked: Disclosure) -> None:
    path = f"/instructions/{asked.instruction_id}/result"
    assert bank.client.post(path, data={"result": "sent"}).status_code == 404


def test_consent_comes_first_where_that_is_the_ground(
    cast: Cast, desk: Desk, session: Session
) -> None:
    shop = cast.phone("conveni")
    report_id: UUID = shop.report()
    ask(desk, report_id, ground="consent")
    cast.clock.advance(seconds=11)
    asked = of_report(session, cast.town.here.network.id, report_id)
    assert "口頭で同意をもらった" in shop.client.get(address(asked)).text
    assert give(shop, asked).status_code == 422
    assert give(shop, asked, consent="perhaps").status_code == 422
    assert give(shop, asked, consent="oral").status_code == 303
    assert again(session, asked).consent == "oral"
    assert "口頭" in desk.get(f"/desk/reports/{report_id}").text


def test_nothing_personal_stands_in_the_chain(
    bank: Phone, desk: Desk, asked: Disclosure, session: Session
) -> None:
    give(bank, asked)
    open_with(desk, asked)
    session.rollback()
    entries = [e for e in session.exec(select(AuditEntry)) if e.action.startswith("disclosure.")]
    assert [(e.action, e.details) for e in sorted(entries, key=lambda e: e.number)] == [
        ("disclosure.ask", {"ground": "council"}),
        ("disclosure.answer", {"outcome": "sent"}),
        ("disclosure.open", {"reason": "advice"}),
    ]
