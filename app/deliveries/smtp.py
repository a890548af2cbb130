"""Handing one letter to a mail server (RFC 5321), with STARTTLS unless told otherwise."""

import smtplib
import ssl
from dataclasses import dataclass
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import SMTP

OUR_OWN_FAULT = frozenset({530, 534, 535, 538})
"""Answers about our own name and password: nothing is wrong with the letter."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """`security`: starttls, tls or none. `sender` is also where bounces go. Seconds to wait."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = ""
    security: str = "starttls"
    seconds: float = 20


@dataclass(frozen=True, slots=True)
class Letter:
    """`number` is the same whenever the letter is sent again, so that mailboxes can tell."""

    number: str
    address: str
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class MailAnswer:
    """accepted, refused (for good) or later. A server's accepting is no delivery."""

    outcome: str


ACCEPTED, REFUSED, LATER = MailAnswer("accepted"), MailAnswer("refused"), MailAnswer("later")


def hand_over(server: MailServer, letter: Letter) -> MailAnswer:
    """Blocks for as long as the server takes. Never raises for anything a server does."""
    try:
        message = _written(server, letter)
    except (ValueError, MessageError):
        return REFUSED
    try:
        with _connected(server) as connection:
            connection.send_message(message)
    except smtplib.SMTPRecipientsRefused as refused:
        return _judged(*(code for code, _ in refused.recipients.values()))
    except smtplib.SMTPDataError as error:
        return _judged(error.smtp_code)
    except (smtplib.SMTPException, OSError):
        return LATER
    return ACCEPTED


def _written(server: MailServer, letter: Letter) -> EmailMessage:
    """Raises ValueError for a line break where none may be."""
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = server.sender, letter.address
    message["Subject"] = letter.subject
    message["Message-ID"] = f"<{letter.number}@{server.sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.body, charset="utf-8", cte="base64")
    return message


def _connected(server: MailServer) -> smtplib.SMTP:
    trusted = ssl.create_default_context()
    if server.security == "tls":
        connection: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, timeout=server.seconds, context=trusted
        )
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=server.seconds)
    try:
        if server.security == "starttls":
            connection.starttls(context=trusted)
        if server.user:
            connection.login(server.user, server.password)
    except BaseException:
        connection.close()
        raise
    return connection


def _judged(*codes: int) -> MailAnswer:
    """4xx, a grey list among them, asks for patience; so does what is our own fault."""
    final = all(500 <= code < 600 and code not in OUR_OWN_FAULT for code in codes)
    return REFUSED if final else LATER
