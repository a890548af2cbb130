"""通信の状態: each line names what doesn't get through, where, and what to do next."""

from collections.abc import Callable

import pytest
from sqlmodel import select

from app.deliveries.models import OutboxItem, PushCircuit
from tests.cast import Cast, Desk
from tests.deliveries.mail_server import MailRig
from tests.deliveries.phones import instruct

Work = Callable[[], int]


@pytest.fixture
def supervisor(cast: Cast) -> Desk:
    return cast.staff("supervisor")


def page(cast: Cast, role: str = "supervisor") -> str:
    answer = cast.staff(role).get("/health")
    assert answer.status_code == 200
    return str(answer.text)


@pytest.mark.parametrize("role", ["supervisor", "clerk"])
def test_when_all_is_well_it_says_so(cast: Cast, role: str) -> None:
    assert "いま、手当てが必要なことはありません。" in page(cast, role)


def test_a_counsellor_has_no_business_here(cast: Cast) -> None:
    assert cast.staff("counsellor").get("/health").status_code == 403


def test_phones_that_agreed_to_nothing_are_listed_by_workplace(cast: Cast) -> None:
    cast.phone().report()
    text = page(cast)
    assert "マルミ" in text
    assert "通知の登録がありません" in text
    assert "いま、手当てが必要なことはありません。" in text


def test_a_worker_that_stands_still_is_noticed(cast: Cast) -> None:
    cast.phone().report()
    cast.clock.advance(minutes=6)
    text = page(cast)
    assert "送る仕事が止まっています(1件)" in text
    assert "nafuda worker" in text


def test_a_refused_letter_names_the_workplace_and_its_address(
    cast: Cast, work: Work, mail: MailRig
) -> None:
    mail.answers.append("550 5.1.1 no such user")
    instruct(cast, cast.staff("counsellor"), cast.phone().report())
    for _ in range(4):
        work()
        cast.clock.advance(seconds=5)
    text = page(cast)
    assert "届かないメール(1件)" in text
    assert "tencho@marumi.example" in text
    assert "メールを断られた" in text


def test_a_mail_server_that_is_away_is_noticed_after_a_quarter_of_an_hour(
    cast: Cast, work: Work, mail: MailRig
) -> None:
    mail.answers.extend(["421 4.3.2 away"] * 100)
    instruct(cast, cast.staff("counsellor"), cast.phone().report())
    for _ in range(5):
        work()
        cast.clock.advance(minutes=4)
    assert "15分以上、受け付けられていないメール(1件)" in page(cast)


def test_a_call_that_is_owed_is_no_sign_of_health(cast: Cast, work: Work) -> None:
    instruct(cast, cast.staff("counsellor"), cast.phone().report())
    for _ in range(6):
        work()
        cast.clock.advance(seconds=10)
    text = page(cast)
    assert "電話のお願いが残っています(1件)" in text
    assert "いま、手当てが必要なことはありません。" not in text


def test_a_push_service_that_refuses_us_is_said_to_be_our_fault(cast: Cast) -> None:
    with cast.app.state.database.writing() as session:
        session.add(
            PushCircuit(
                network_id=cast.town.here.network.id, origin="https://fcm.googleapis.com",
                refusals=3, status=403, opened_at=cast.clock.now, retry_at=cast.clock.now,
            )
        )  # fmt: skip
    text = page(cast)
    assert "通知サービスに断られています" in text
    assert "NAFUDA_VAPID_CONTACT" in text
    assert cast.stranger("supervisor").get("/health").text.count("断られています") == 0


def test_the_collector_reads_the_same(cast: Cast) -> None:
    cast.phone().report()
    cast.clock.advance(minutes=6)
    text = cast.phone().client.get("/metrics").text
    assert 'nafuda_outbox_overdue{network="aonami"} 1.0' in text
    assert 'nafuda_phones_mute{network="aonami"} 1.0' in text
    with cast.app.state.database.reading() as session:
        arrived = select(OutboxItem).where(OutboxItem.kind == "report.arrived")
        assert session.exec(arrived).one().done_at is None
