"""試しのメール: does a mail server take a letter of ours? Its taking is no delivery."""

import re
from dataclasses import replace

from app.deliveries.mailing import NO_SERVER, Mailer
from app.deliveries.smtp import Letter, MailAnswer, hand_over
from app.errors import N_, Invalid
from app.ids import new_id
from app.settings import Settings

ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\]{1,64}@[A-Za-z0-9.-]{1,120}\.[A-Za-z]{2,24}")
SECONDS = 10
SUBJECT = "つなぐ名札 試しのメール"
BODY = "つなぐ名札の設定を確かめるための、試しのメールです。返事は要りません。\n"


def check_address(address: str) -> str:
    """Raises Invalid."""
    tidy = address.strip()
    if not (tidy.isascii() and ADDRESS.fullmatch(tidy)):
        raise Invalid(N_("メールアドレスの形ではありません。"))
    return tidy


def send_trial_mail(settings: Settings, address: str) -> MailAnswer:
    """Waits ten seconds at most, so no transaction may be open."""
    server = Mailer(settings).server
    if server is None:
        return MailAnswer(NO_SERVER)
    letter = Letter(new_id().hex, address, SUBJECT, BODY)
    return hand_over(replace(server, seconds=SECONDS), letter)
