"""Handing letters to a real mail server: accepted, refused for good, or later."""

import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.deliveries.smtp import Letter, MailServer, hand_over
from tests.deliveries.mail_server import MailRig

LETTER = Letter(
    "0199abc", "tencho@marumi.example", "対応のお願い", "青波市です。\n電話してください。\n"
)


@pytest.fixture
def mail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MailRig]:
    with MailRig(tmp_path) as rig:
        monkeypatch.setenv("SSL_CERT_FILE", str(rig.trusted))
        yield rig


def test_a_letter_arrives_in_japanese_over_tls(mail: MailRig) -> None:
    assert hand_over(mail.settings(), LETTER).outcome == "accepted"
    (received,) = mail.inbox
    assert received.recipients == ["tencho@marumi.example"]
    assert received.message["Subject"] == "対応のお願い"
    assert received.text.replace("\r\n", "\n") == LETTER.body
    assert received.message["Message-ID"] == "<0199abc@aonami.example>"
    assert received.message["Auto-Submitted"] == "auto-generated"


def test_a_server_that_nobody_vouches_for_gets_nothing(
    mail: MailRig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    assert hand_over(mail.settings(), LETTER).outcome == "later"
    assert mail.inbox == []


def test_a_server_without_tls_gets_nothing_unless_told_so(tmp_path: Path) -> None:
    with MailRig(tmp_path, with_tls=False) as mail:
        assert hand_over(mail.settings(), LETTER).outcome == "later"
        assert mail.inbox == []
        assert hand_over(mail.settings(security="none"), LETTER).outcome == "accepted"


@pytest.mark.parametrize(("password", "outcome"), [("", "accepted"), ("wrong", "later")])
def test_a_wrong_password_is_our_fault_and_not_the_letters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, password: str, outcome: str
) -> None:
    with MailRig(tmp_path, wants_password=True) as mail:
        monkeypatch.setenv("SSL_CERT_FILE", str(mail.trusted))
        server = mail.settings(**({"password": password} if password else {}))
        assert hand_over(server, LETTER).outcome == outcome


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ("450 4.2.0 Greylisted, try again in five minutes", "later"),
        ("421 4.3.2 Shutting down", "later"),
        ("452 4.2.2 Mailbox full", "later"),
        ("550 5.1.1 No such user", "refused"),
        ("553 5.1.3 Bad address", "refused"),
    ],
)
def test_what_the_server_says_of_the_address_decides(
    mail: MailRig, answer: str, outcome: str
) -> None:
    mail.answers.append(answer)
    assert hand_over(mail.settings(), LETTER).outcome == outcome
    assert mail.inbox == []


def test_nobody_there_is_later(mail: MailRig) -> None:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        assert hand_over(mail.settings(port=port), LETTER).outcome == "later"


def test_a_server_that_never_answers_is_later() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        server = MailServer("127.0.0.1", silent.getsockname()[1], "a@b.example", seconds=0.3)
        assert hand_over(server, LETTER).outcome == "later"


@pytest.mark.parametrize(
    "changes",
    [
        {"subject": "お願い\r\nBcc: everybody@example.com"},
        {"address": "tencho@marumi.example\r\nBcc: everybody@example.com"},
        {"address": "tencho@marumi.example\nRCPT TO:<everybody@example.com>"},
    ],
)
def test_a_line_break_in_a_header_sends_nothing(mail: MailRig, changes: dict[str, str]) -> None:
    fields = {"number": "1", "address": "a@b.example", "subject": "s", "body": "b"} | changes
    assert hand_over(mail.settings(), Letter(**fields)).outcome == "refused"
    assert mail.inbox == []


def test_one_letter_goes_to_one_mailbox(mail: MailRig) -> None:
    """A roster's cell with two addresses is two headers' worth; both get it, nobody else."""
    letter = Letter("1", "a@marumi.example, b@marumi.example", "s", "b")
    assert hand_over(mail.settings(), letter).outcome == "accepted"
    assert mail.inbox[0].recipients == ["a@marumi.example", "b@marumi.example"]
