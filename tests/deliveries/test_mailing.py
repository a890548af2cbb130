"""A letter to a workplace: once, without personal data, and said to be no more than it is."""

from collections.abc import Callable

import pytest
from sqlmodel import Session, select

from app.deliveries.mailing import NO_SERVER
from app.deliveries.models import Mail, OutboxItem
from tests.cast import Cast, Desk, Phone
from tests.deliveries.mail_server import MailRig
from tests.deliveries.phones import instruct

Work = Callable[[], int]


@pytest.fixture
def written(cast: Cast, work: Work, mail: MailRig) -> None:
    """さくら's phone has no notifications and the page is closed; R05 left ten seconds ago."""
    phone, desk = cast.phone(), cast.staff("counsellor")
    instruct(cast, desk, phone.report())
    work()
    cast.clock.advance(seconds=10)
    work()


def the_letter(session: Session) -> Mail:
    session.rollback()
    return session.exec(select(Mail)).one()


@pytest.mark.usefixtures("written")
def test_the_workplace_is_told_what_to_do_without_opening_the_link(
    cast: Cast, work: Work, mail: MailRig, session: Session
) -> None:
    work()
    (received,) = mail.inbox
    without_links = "\n".join(
        line for line in received.text.splitlines() if not line.startswith("http")
    )
    for word in ("マルミ", "つなぐ名札を開いて", "0000-00-1188", "K-0001", "110番"):
        assert word in without_links
    assert the_letter(session).accepted_at == cast.clock.now


@pytest.mark.usefixtures("written")
def test_a_letter_says_nothing_of_the_report_or_its_sender(
    cast: Cast, work: Work, mail: MailRig, session: Session
) -> None:
    work()
    (received,) = mail.inbox
    whole = received.text + str(received.message["Subject"])
    for secret in ("さくら", "CV-01", "電子マネー", "ギフト", cast.phone().code, "A-0"):
        assert secret not in whole
    assert "/reports/" in whole


@pytest.mark.usefixtures("written")
def test_a_grey_list_is_waited_for_and_brings_one_letter(
    cast: Cast, work: Work, mail: MailRig, session: Session
) -> None:
    mail.answers.append("450 4.2.0 try again later")
    work()
    assert the_letter(session).accepted_at is None
    cast.clock.advance(seconds=2)
    work()
    cast.clock.advance(minutes=10)
    work()
    assert len(mail.inbox) == 1
    assert the_letter(session).accepted_at


@pytest.mark.usefixtures("written")
def test_a_mailbox_that_does_not_exist_leads_to_a_call_at_once(
    cast: Cast, work: Work, mail: MailRig, session: Session
) -> None:
    mail.answers.append("550 5.1.1 no such user")
    work()
    assert the_letter(session).reason == "refused"
    cast.clock.advance(seconds=10)
    work()
    assert "電話してください 1件" in cast.staff("counsellor").get("/desk").text


@pytest.mark.usefixtures("written")
def test_without_a_mail_server_that_is_said_and_somebody_is_to_phone(
    cast: Cast, work: Work, session: Session
) -> None:
    cast.app.state.settings.smtp_host = ""
    work()
    assert the_letter(session).reason == NO_SERVER
    cast.clock.advance(seconds=10)
    work()
    assert "電話してください 1件" in cast.staff("counsellor").get("/desk").text


@pytest.mark.usefixtures("written")
def test_four_hours_of_trying_are_enough(
    cast: Cast, work: Work, mail: MailRig, session: Session
) -> None:
    mail.answers.extend(["421 4.3.2 away"] * 200)
    for _ in range(60):
        work()
        cast.clock.advance(minutes=5)
    session.rollback()
    items = session.exec(select(OutboxItem).where(OutboxItem.kind == "mail")).all()
    assert [(one.outcome, one.done_at is not None) for one in items] == [("not-needed", True)]
    assert mail.inbox == []


@pytest.mark.usefixtures("written")
def test_an_answer_in_the_meantime_makes_the_letter_needless(
    cast: Cast, work: Work, mail: MailRig, session: Session
) -> None:
    mail.answers.append("450 4.2.0 try again later")
    work()
    desk: Desk = cast.staff("counsellor")
    page = desk.get("/desk/calls").text
    assert "K-0001" not in page
    letter = the_letter(session)
    phone: Phone = reporting_phone(cast)
    phone.client.post(f"/instructions/{letter.message_id}/refusal", data={"reason": "gone"})
    cast.clock.advance(seconds=2)
    work()
    assert mail.inbox == []


def reporting_phone(cast: Cast) -> Phone:
    """Another phone of the same badge, with its inbox."""
    phone = cast.phone()
    phone.pair()
    return phone
