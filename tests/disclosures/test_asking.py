"""Asking: on a ground, of a 構成員, for what the network allows, and where it is switched on."""

from typing import Any
from uuid import UUID

import pytest
from sqlmodel import Session, select

from app.audit.models import AuditEntry
from app.badges.models import Badge
from app.disclosures.models import Disclosure
from app.disclosures.rules import MEMBER, Ground, grounds_for
from app.instructions.models import Instruction
from app.networks.models import Network
from app.organizations.rules import Standing
from tests.cast import Cast, Desk, Phone
from tests.disclosures.asking import address, ask, give, of_report, open_with, send_request


@pytest.fixture
def bank(cast: Cast) -> Phone:
    return cast.phone("finance")


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return cast.staff("counsellor")


def nothing_was_asked(session: Session) -> bool:
    session.rollback()
    asked = [*session.exec(select(Disclosure)), *session.exec(select(Instruction))]
    return asked == []


def test_only_members_may_be_asked_by_the_council() -> None:
    assert Standing.MEMBER.value == MEMBER
    assert grounds_for(Standing.MEMBER) == tuple(Ground)
    others = [one for one in Standing if one is not Standing.MEMBER]
    assert {grounds_for(one) for one in others} == {(Ground.CONSENT,)}


def test_a_request_reaches_the_phone_in_its_language_and_stands_in_the_chain(
    cast: Cast, bank: Phone, desk: Desk, session: Session
) -> None:
    report_id = bank.report()
    ask(desk, report_id)
    cast.clock.advance(seconds=11)
    page = bank.see(report_id)
    assert "お客様の安全の確認のため、協議会として お名前・電話番号 の提供" in page
    assert "専用画面で答える" in page
    assert "了解しました" not in page
    assert "Name, Phone number" in bank.see(report_id, params={"lang": "en"})
    asked = of_report(session, cast.town.here.network.id, report_id)
    assert f'href="{address(asked)}"' in page
    assert (asked.expires_at - asked.asked_at).total_seconds() == 48 * 3600
    entry = session.exec(select(AuditEntry).where(AuditEntry.action == "disclosure.ask")).one()
    assert entry.details == {"ground": "council"}


def test_own_words_go_out_in_japanese_only(cast: Cast, bank: Phone, desk: Desk) -> None:
    report_id = bank.report()
    ask(desk, report_id, purpose="own", purpose_text="送金を止める相談")
    cast.clock.advance(seconds=11)
    assert 'class="tag2"' in bank.see(report_id, params={"lang": "en"})


@pytest.mark.parametrize("ground", ["council", "life", "duty"])
def test_a_partner_is_never_asked_by_the_council(
    cast: Cast, desk: Desk, session: Session, ground: str
) -> None:
    report_id = cast.phone("conveni").report()
    page = desk.get(f"/desk/reports/{report_id}/disclosures/new").text
    assert "構成員ではないので" in page
    assert f'value="{ground}"' not in page
    assert send_request(desk, report_id, ground=ground).status_code == 422
    assert nothing_was_asked(session)


def test_a_stopped_badge_is_not_asked(cast: Cast, bank: Phone, desk: Desk) -> None:
    report_id = bank.report()
    with cast.app.state.database.writing() as session:
        session.exec(select(Badge).where(Badge.code == bank.code)).one().state = "stopped"
    assert "止まっている" in desk.get(f"/desk/reports/{report_id}/disclosures/new").text
    assert send_request(desk, report_id).status_code == 422


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"ground": ""}, "根拠を1つ"),
        ({"ground": "curiosity"}, "根拠を1つ"),
        ({"asker": " "}, "だれが求めるか"),
        ({"items": []}, "求める項目を"),
        ({"items": ["account"]}, "求める項目を"),
        ({"items": ["other"]}, "そのほかの項目を"),
        ({"purpose": "gossip"}, "目的を選ぶか"),
        ({"purpose": "own"}, "目的を選ぶか"),
        ({"purpose": "own", "purpose_text": "山田太郎様の確認"}, "名前や番号のような"),
        ({"hours": "999"}, "期限を選んで"),
    ],
)
def test_what_is_not_complete_is_said_and_nothing_goes_out(
    bank: Phone, desk: Desk, session: Session, changes: dict[str, Any], said: str
) -> None:
    report_id = bank.report()
    answer = send_request(desk, report_id, **changes)
    assert answer.status_code == 422
    assert said in answer.text
    assert 'role="alert"' in answer.text
    assert nothing_was_asked(session)


def test_an_item_that_the_network_does_not_allow_is_refused(
    cast: Cast, bank: Phone, desk: Desk, session: Session
) -> None:
    report_id = bank.report()
    clerk = cast.staff("clerk")
    fields = {"personal_data": "yes", "item-name": "yes"}
    assert clerk.post("/office/settings/disclosures", **fields).status_code == 303
    assert 'value="telephone"' not in desk.get(f"/desk/reports/{report_id}/disclosures/new").text
    assert send_request(desk, report_id).status_code == 422
    assert send_request(desk, report_id, items=["name"]).status_code == 303


def test_only_whoever_has_the_report_asks(cast: Cast, bank: Phone, desk: Desk) -> None:
    report_id = bank.report()
    desk.post(f"/desk/reports/{report_id}/claim")
    answer = send_request(cast.staff("counsellor", 1), report_id)
    assert answer.status_code == 409
    assert "佐藤さんが先に" in answer.text


def test_no_address_answers_where_personal_data_is_switched_off(
    cast: Cast, bank: Phone, desk: Desk, session: Session
) -> None:
    """What had come is gone, and what was asked is taken back."""
    answered, waiting = bank.report(), bank.report()
    for report_id in (answered, waiting):
        ask(desk, report_id)
    cast.clock.advance(seconds=11)
    here = cast.town.here.network.id
    one, other = (of_report(session, here, report_id) for report_id in (answered, waiting))
    give(bank, one)
    cast.staff("clerk").post("/office/settings/disclosures", **{"item-name": "yes"})
    assert {give(bank, other).status_code, bank.client.get(address(other)).status_code} == {404}
    refusal = bank.client.post(f"{address(other)}/refusal", data={"outcome": "unknown"})
    assert refusal.status_code == 404
    assert open_with(desk, one).status_code == 404
    assert desk.get(f"/desk/reports/{answered}/disclosures/new").status_code == 404
    assert send_request(desk, waiting).status_code == 404
    assert desk.get(f"/desk/disclosures/{one.id}/letter.pdf").status_code == 404
    assert desk.post(f"/desk/disclosures/{one.id}/transcription").status_code == 404
    assert 'id="disclosures"' not in desk.get(f"/desk/reports/{answered}").text
    assert "取り消されました" in bank.see(waiting)
    session.rollback()
    assert [one.sealed for one in session.exec(select(Disclosure))] == [None, None]


def test_a_new_network_begins_with_it_switched_off(cast: Cast, session: Session) -> None:
    assert not session.get_one(Network, cast.town.neighbour.id).personal_data
    phone, desk = cast.stranger_phone(), cast.stranger("counsellor")
    report_id: UUID = phone.report()
    assert send_request(desk, report_id, ground="consent").status_code == 404


def test_the_request_on_paper_names_no_customer(
    cast: Cast, bank: Phone, desk: Desk, session: Session
) -> None:
    report_id = bank.report()
    ask(desk, report_id)
    cast.clock.advance(seconds=11)
    asked = of_report(session, cast.town.here.network.id, report_id)
    give(bank, asked)
    answer = desk.get(f"/desk/disclosures/{asked.id}/letter.pdf")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["cache-control"] == "no-store"
    text = words_of(answer.content)
    assert "消費者安全法11条の4第3項" in text
    assert "お名前、電話番号" in text
    assert "海野" not in text


def words_of(pdf: bytes) -> str:
    import pypdfium2

    pages = pypdfium2.PdfDocument(pdf)
    return "".join("".join(one.get_textpage().get_text_range().split()) for one in pages)
