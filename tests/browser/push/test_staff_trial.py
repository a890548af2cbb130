"""The clerk tries, in a real Firefox, whether this browser is told, and whether a letter leaves."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.deliveries.trial import TEXTS
from app.deliveries.trial_mail import SUBJECT
from tests.browser.rig.firefox import Firefox
from tests.browser.rig.push_service import PushService
from tests.browser.rig.waiting import awaited
from tests.browser.server import DemoServer, demo_server
from tests.deliveries.mail_server import MailRig

pytestmark = pytest.mark.browser
ARRIVED = "document.querySelector('[data-trial=arrived]').checkVisibility()"
STILL_WAITING = "document.querySelector('[data-trial=waiting]')?.checkVisibility() === true"
PRESS = "#trial-form .btn"


@pytest.fixture
def letters(tmp_path: Path) -> Iterator[MailRig]:
    with MailRig(tmp_path) as rig:
        yield rig


@pytest.fixture
def server(
    tmp_path: Path, service: PushService, letters: MailRig, monkeypatch: pytest.MonkeyPatch
) -> Iterator[DemoServer]:
    """Its pushes and letters stay on this machine; the mail server's certificate is checked."""
    monkeypatch.setenv("SSL_CERT_FILE", str(letters.trusted))
    settings = {
        "push_origins": f'["{service.origin}"]',
        "smtp_host": "127.0.0.1",
        "smtp_port": str(letters.port),
        "smtp_sender": "nafuda@aonami.example",
    }
    with demo_server(tmp_path, **settings) as server:
        yield server


def write(firefox: Firefox, css: str, text: str) -> None:
    firefox.wait_for(f"document.querySelector('{css}') !== null")
    firefox.evaluate(f"document.querySelector('{css}').value = {text!r}")


@pytest.fixture
def clerk(firefox: Firefox, server: DemoServer) -> Firefox:
    firefox.resize(1440, 900)
    person = server.person("clerk")
    firefox.goto(f"{server.base}/language?next=/sign-in")
    firefox.click("button[lang=ja]")
    write(firefox, "#sign-in", person["sign_in"])
    write(firefox, "#password", person["password"])
    firefox.click("footer button")
    firefox.wait_for("document.querySelector('.dk') !== null")
    return firefox


def test_the_trials_say_what_is_proven_and_no_more(
    clerk: Firefox, server: DemoServer, service: PushService, letters: MailRig
) -> None:
    clerk.goto(f"{server.base}/setup/contact")
    clerk.wait_for("!document.getElementById('trial-form').hidden")
    clerk.set_permission(server.base, "denied")
    clerk.click(PRESS)
    clerk.wait_for("document.querySelector('[data-state=denied]').checkVisibility()")
    assert service.log == []

    clerk.set_permission(server.base, "granted")
    service.offline(True)
    clerk.goto(f"{server.base}/setup/contact")
    clerk.click(PRESS)
    clerk.wait_for(STILL_WAITING)
    awaited(lambda: [post.status for post in service.log] == [201], 20, "the push service's yes")
    assert clerk.evaluate(STILL_WAITING)
    assert not clerk.evaluate(ARRIVED)

    service.offline(False)
    clerk.wait_for(ARRIVED, 20)
    shown = TEXTS["ja"]["title"], TEXTS["ja"]["body"]
    awaited(lambda: shown in clerk.notifications(), 10, "the notification")
    assert not clerk.evaluate(STILL_WAITING)
    assert clerk.evaluate("location.pathname") == "/setup/contact"

    clerk.goto(f"{server.base}/setup/mail")
    write(clerk, "[name=address]", "hayashi@aonami.example")
    clerk.click("form[action$=trial-mail] .btn")
    clerk.wait_for("location.search === '?mail=accepted'", 20)
    assert "送信サーバーが受け取りました。届いたかどうかは、受け取る人に" in clerk.evaluate(
        "document.body.innerText"
    )
    (letter,) = letters.inbox
    assert letter.recipients == ["hayashi@aonami.example"]
    assert letter.message["Subject"] == SUBJECT
