"""A real SMTP server on loopback, with STARTTLS; it can be made to greylist, bounce or die."""

import socket
import ssl
from collections import deque
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from app.clock import system_clock
from app.deliveries.smtp import MailServer
from app.demo.authority import certify, found_authority

HOST, USER, PASSWORD = "127.0.0.1", "nafuda", "correct horse"


@dataclass(frozen=True)
class Received:
    sender: str
    recipients: list[str]
    message: EmailMessage

    @property
    def text(self) -> str:
        return str(self.message.get_content())


class MailRig:
    """`answers`: what the next recipients are told instead of 250."""

    def __init__(
        self, folder: Path, *, wants_password: bool = False, with_tls: bool = True
    ) -> None:
        self.inbox: list[Received] = []
        self.answers = deque[str]()
        self.trusted, self.wants_password = folder / "authority.pem", wants_password
        self.port = _free_port()
        self._controller = Controller(
            self,
            hostname=HOST,
            port=self.port,
            tls_context=self._tls(folder) if with_tls else None,
            require_starttls=with_tls,
            authenticator=_authenticate if wants_password else None,
            auth_required=wants_password,
        )

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._controller.stop(no_assert=True)

    def settings(self, **changes: Any) -> MailServer:
        fields: dict[str, Any] = {
            "host": HOST, "port": self.port, "sender": "nafuda@aonami.example", "seconds": 5,
        }  # fmt: skip
        if self.wants_password:
            fields |= {"user": USER, "password": PASSWORD}
        return MailServer(**(fields | changes))

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        answer = self.answers.popleft() if self.answers else "250 OK"
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        message = message_from_bytes(envelope.content, policy=default)
        assert isinstance(message, EmailMessage)
        self.inbox.append(Received(envelope.mail_from, envelope.rcpt_tos, message))
        return "250 OK"

    def _tls(self, folder: Path) -> ssl.SSLContext:
        authority = found_authority(system_clock(), HOST)
        self.trusted.write_bytes(authority.pem)
        served = folder / "mail.pem"
        served.write_bytes(certify(authority, HOST, system_clock()))
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(served)
        return context


def _free_port() -> int:
    with socket.create_server((HOST, 0)) as taken:
        return int(taken.getsockname()[1])


def _authenticate(server: Any, session: Any, envelope: Any, way: str, data: Any) -> AuthResult:
    known = isinstance(data, LoginPassword) and data == LoginPassword(
        USER.encode(), PASSWORD.encode()
    )
    return AuthResult(success=known)
