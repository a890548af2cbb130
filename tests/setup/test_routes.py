"""はじめの設定: from a short name on the command line to a network that works, in the browser."""

from collections.abc import Callable

import pytest
from click.testing import Result
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlmodel import Session, select

from app.audit.commands import first_broken
from app.badges.models import Badge
from app.badges.rules import BadgeState
from app.networks.models import Network
from app.networks.retention import KINDS
from app.office.members.first_steps import FirstSteps, first_steps
from app.organizations.rules import Industry
from app.setup.steps import STEPS
from app.staff.models import Staff
from tests.cast import Cast, Desk
from tests.test_cli import run as run

PASSWORD = "a password of my own"
FIRST = {"name": "林 花", "sign_in": "hayashi.h", "new_password": PASSWORD, "again": PASSWORD}
ANSWERS: dict[str, dict[str, str]] = {
    "names": {"kind": "municipality", "municipality": "西町", "name": "西町見守りネットワーク"},
    "center": {
        "center_name": "西町センター", "center_tel": "0000-00-3188",
        "office_name": "西町役場", "office_tel": "0000-00-3000",
    },
    "hours": {f"{end}-{day}": time for day in range(5)
              for end, time in (("open", "09:00"), ("close", "17:00"))},
    "helpers": {"police_tel": "0000-00-3110"},
    "standings": {f"standing-{one.value}": "partner" for one in Industry},
    "phones": {"pairing_policy": "workplace_code"},
    "retention": {kind.code: str(kind.days) for kind in KINDS} | {"note": "180"},
    "keys": {"kept": "yes"},
}  # fmt: skip
Run = Callable[..., Result]


@pytest.fixture
def link(run: Run) -> str:
    done = run("network", "create", "nishi")
    assert done.exit_code == 0, done.output
    assert "先に nafuda serve" in done.stderr
    return done.stdout.strip().removeprefix("http://localhost:8000")


@pytest.fixture
def founder(app: FastAPI, link: str) -> TestClient:
    """林 opened the link and chose a password."""
    client = TestClient(app, follow_redirects=False)
    answer = client.post(link, data=FIRST)
    assert (answer.status_code, answer.headers["location"]) == (303, "/setup")
    return client


def nishi(session: Session) -> Network:
    session.rollback()
    return session.exec(select(Network).where(Network.slug == "nishi")).one()


def save(client: TestClient, step: str, **changes: str) -> int:
    return client.post(f"/setup/{step}", data=ANSWERS.get(step, {}) | changes).status_code


def test_the_steps_found_a_network(founder: TestClient, app: FastAPI, session: Session) -> None:
    address = founder.get("/setup").headers["location"]
    for place, step in enumerate(STEPS, 1):
        assert address == f"/setup/{step}"
        page = founder.get(address)
        assert f"<b>{place}/{len(STEPS)}</b>" in page.text
        address = founder.post(address, data=ANSWERS.get(step, {})).headers["location"]
    assert address == "/setup/end"
    assert founder.post("/setup/end").headers["location"] == "/office"
    found = nishi(session)
    assert (found.municipality, found.center_tel) == ("西町", "0000-00-3188")
    assert (found.hours["weekly"]["0"], found.police_tel) == (["09:00", "17:00"], "0000-00-3110")
    assert found.retention == {"note": 180}
    assert found.setup_ended_at is not None
    assert first_broken(session, found.id) is None
    assert "西町" in Desk(app, "hayashi.h", PASSWORD).get("/office").text


def test_one_goes_on_where_one_stopped_and_may_go_back(founder: TestClient) -> None:
    save(founder, "names")
    save(founder, "center")
    assert founder.get("/setup").headers["location"] == "/setup/hours"
    back = founder.get("/setup/names").text
    assert 'value="西町"' in back
    assert save(founder, "names", municipality="東町") == 303
    assert founder.get("/setup").headers["location"] == "/setup/hours"


def test_nothing_ends_before_every_step_was_saved(founder: TestClient, session: Session) -> None:
    assert founder.get("/setup/end").headers["location"] == "/setup/names"
    assert founder.post("/setup/end").headers["location"] == "/setup"
    assert nishi(session).setup_ended_at is None
    assert "はじめの設定を終える" in founder.get("/office").text


def test_a_mistake_stays_on_the_step(founder: TestClient, session: Session) -> None:
    answer = founder.post("/setup/center", data=ANSWERS["center"] | {"center_tel": "x"})
    assert answer.status_code == 422
    assert "電話番号の形ではありません" in answer.text
    assert nishi(session).setup_saved == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"note": "1"}, "範囲の中の日数"),
        ({"audit": "いつまでも"}, "範囲の中の日数"),
        ({"report": ""}, "範囲の中の日数"),
        ({"note": "1000", "report": "400"}, "報告より長くは残せません"),
    ],
)
def test_days_that_cant_be_kept_are_asked_for_again(
    founder: TestClient, session: Session, change: dict[str, str], said: str
) -> None:
    answer = founder.post("/setup/retention", data=ANSWERS["retention"] | change)
    assert answer.status_code == 422
    assert said in answer.text
    for typed in change.values():
        assert f'value="{typed}"' in answer.text
    assert nishi(session).retention == {}


def test_keys_are_shown_and_their_copy_is_asked_for(founder: TestClient) -> None:
    assert "二度と開けません" in founder.get("/setup/keys").text
    answer = founder.post("/setup/keys")
    assert answer.status_code == 422
    assert "鍵の写しの置き場所" in answer.text


def test_a_contact_that_leads_nowhere_is_said(founder: TestClient) -> None:
    assert "この連絡先は使えません" in founder.get("/setup/contact").text


def test_what_the_server_lacks_is_never_called_done(founder: TestClient, app: FastAPI) -> None:
    for step in STEPS:
        save(founder, step)
    end = founder.get("/setup/end").text
    assert "NAFUDA_VAPID_CONTACT" in end
    assert "NAFUDA_SMTP_HOST" in end
    assert end.count("サーバーの設定待ち") == 2
    assert end.count("見ました") == 1
    app.state.settings.vapid_contact = "mailto:shohi@nishi.example.com"
    app.state.settings.smtp_host = "mail.nishi.example.com"
    end = founder.get("/setup/end").text
    assert "NAFUDA_" not in end
    assert (end.count("サーバーの設定待ち"), end.count("見ました")) == (0, 3)


def test_before_a_roster_nothing_is_said_of_one(founder: TestClient, cast: Cast) -> None:
    assert "名簿で違う団体" not in founder.get("/setup/standings").text
    assert "名簿で違う団体" in cast.staff("clerk").get("/office/settings").text


def test_a_sample_comes_as_a_pdf_and_issues_nothing(founder: TestClient) -> None:
    answer = founder.get("/setup/sample-sheet")
    assert answer.content.startswith(b"%PDF")
    assert "該当" not in founder.get("/office/badges").text


def test_a_trial_mail_is_tried_on_the_way(founder: TestClient) -> None:
    answer = founder.post("/setup/trial-mail", data={"address": "a@nishi.example"})
    assert answer.headers["location"] == "/setup/mail?mail=no_server"
    assert founder.post("/setup/trial-mail", data={"address": "x"}).status_code == 422


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": ""}, "名前を"),
        ({"sign_in": "sato"}, "もう使われています"),
        ({"new_password": "short", "again": "short"}, "15文字以上"),
    ],
)
def test_who_the_first_one_is_has_to_be_said(
    app: FastAPI, link: str, session: Session, change: dict[str, str], said: str
) -> None:
    client = TestClient(app, follow_redirects=False)
    answer = client.post(link, data=FIRST | change)
    assert answer.status_code == 422
    assert said in answer.text
    session.rollback()
    assert session.exec(select(Staff).where(Staff.sign_in == "nishi-jimu")).one().name == ""


def test_an_unused_link_is_made_anew_and_a_used_one_is_not(
    run: Run, link: str, app: FastAPI
) -> None:
    again = run("network", "create", "nishi").stdout.strip().removeprefix("http://localhost:8000")
    client = TestClient(app, follow_redirects=False)
    assert (client.get(link).status_code, client.get(again).status_code) == (404, 200)
    client.post(again, data=FIRST)
    refused = run("network", "create", "nishi")
    assert (refused.exit_code, "もうあります" in refused.stderr) == (1, True)


def test_half_of_the_options_is_refused(run: Run) -> None:
    refused = run("network", "create", "nishi", "--municipality=西町")
    assert refused.exit_code == 1
    assert "--center-name" in refused.stderr


def test_two_towns_never_see_each_other(founder: TestClient, cast: Cast) -> None:
    for place in ("/office", "/office/staff", "/office/settings", "/office/badges"):
        assert "青波" not in founder.get(place).text
        assert "林 花" not in cast.staff("clerk").get(place).text


def test_stopped_badges_are_no_printed_ones(cast: Cast, session: Session) -> None:
    town = cast.town.here.network
    for badge in session.exec(select(Badge).where(Badge.network_id == town.id)):
        badge.state = BadgeState.STOPPED
    assert not first_steps(session, town).printed


def test_first_steps_are_looked_up(cast: Cast, session: Session, founder: TestClient) -> None:
    new, town = first_steps(session, nishi(session)), cast.town.here.network
    assert new == FirstSteps(False, False, False, False, False)
    here = first_steps(session, town)
    assert here == FirstSteps(True, True, True, False, False)
    assert not here.are_done
    page = cast.staff("clerk").get("/office").text
    assert "はじめにすること" in page
