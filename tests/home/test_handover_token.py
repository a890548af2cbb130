"""The installed app's start address: one tap pairs the app, once, within seven days."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, select

from app.audit.models import AuditEntry
from app.badges.models import Badge, Device, Pairing
from app.networks.models import Network
from app.tables import metadata
from tests.badges.records import badge_id
from tests.cast import Cast, Phone
from tests.home.handing_over import SAFARI, ask, enter

REFUSED = "引き継ぎの期限が切れたか、もう使われています"
OFFERED = "ホーム画面に追加できました"


def manifest_of(client: TestClient, path: str = "/") -> str:
    found = re.search(r'<link rel="manifest" href="([^"]+)">', client.get(path).text)
    assert found
    return found[1]


def token_of(phone: Phone) -> str:
    start = phone.client.get(manifest_of(phone.client)).json()["start_url"]
    assert start.startswith("/?handover=")
    return str(start.removeprefix("/?handover="))


def offer(client: TestClient, token: str) -> str:
    answer = client.get("/", params={"handover": token})
    assert answer.status_code == 200
    return str(answer.text)


def tap(client: TestClient, token: str) -> int:
    return int(client.post("/handover", data={"token": token}).status_code)


def test_the_start_address_offers_the_badge_and_a_tap_takes_it(
    safari: Phone, installed: Callable[..., TestClient], session: Session
) -> None:
    token, app = token_of(safari), installed()
    page = offer(app, token)
    assert OFFERED in page
    assert "この名札で使う" in page
    assert safari.code not in page
    assert tap(app, token) == 303
    assert "わたしの報告" in offer(app, token)
    first, second = session.exec(select(Pairing).order_by(Pairing.paired_at, Pairing.id)).all()
    assert (first.badge_id, first.has_inbox) == (second.badge_id, second.has_inbox)
    assert (second.has_inbox, second.call_name) == (True, "早番A")
    entry = session.exec(select(AuditEntry).where(AuditEntry.action == "pairing.hand_over")).one()
    assert entry.details == {"how": "token", "from": str(first.device_id)}


def test_every_page_for_installing_names_the_phones_own_manifest(safari: Phone, cast: Cast) -> None:
    report_id = safari.report()
    other, android = cast.phone("post"), cast.phone("post", 1)
    other.client.headers |= SAFARI
    other.pair()
    android.pair()
    own = {manifest_of(safari.client, p) for p in ("/", "/notifications", f"/reports/{report_id}")}
    assert len(own) == 1
    assert own != {manifest_of(other.client)}
    assert manifest_of(other.client) == manifest_of(other.client)
    assert manifest_of(android.client) == "/manifest.webmanifest"


def test_the_app_stays_the_same_app(safari: Phone, client: TestClient) -> None:
    own = safari.client.get(manifest_of(safari.client)).json()
    general = client.get(manifest_of(client)).json()
    assert general["start_url"] == "/"
    assert own | {"start_url": "/"} == general
    assert own["id"] == "/"


@pytest.mark.parametrize("forged", ["x", "a.b", "\x00", "あ", "W10.AAAA", "x" * 5000])
def test_a_forged_token_is_nothing(
    client: TestClient, installed: Callable[..., TestClient], forged: str
) -> None:
    manifest = client.get("/manifest.webmanifest", params={"handover": forged})
    assert manifest.json()["start_url"] == "/"
    assert REFUSED in offer(installed(), forged)
    assert tap(installed(), forged) == 422


def test_a_token_changed_in_one_place_is_nothing(
    safari: Phone, installed: Callable[..., TestClient]
) -> None:
    token = token_of(safari)
    for place in range(0, len(token) - 1, 7):
        other = "A" if token[place] != "A" else "B"
        assert tap(installed(), token[:place] + other + token[place + 1 :]) == 422
    assert tap(installed(), token) == 303


def test_a_phones_cookie_is_no_token(safari: Phone, installed: Callable[..., TestClient]) -> None:
    assert tap(installed(), safari.client.cookies["nafuda_device"]) == 422


def test_a_token_is_over_after_seven_days(
    safari: Phone, cast: Cast, installed: Callable[..., TestClient]
) -> None:
    token = token_of(safari)
    cast.clock.advance(days=6)
    assert OFFERED in offer(installed(), token)
    cast.clock.advance(days=1)
    assert REFUSED in offer(installed(), token)
    assert tap(installed(), token) == 422
    assert tap(installed(), token_of(safari)) == 303


def test_a_token_is_used_once(
    safari: Phone, installed: Callable[..., TestClient], session: Session
) -> None:
    token, app = token_of(safari), installed()
    assert [tap(app, token), tap(app, token)] == [303, 303]
    assert tap(installed(), token) == 422
    assert REFUSED in offer(installed(), token)
    assert len(session.exec(select(Pairing)).all()) == 2
    assert tap(installed(), token_of(safari)) == 303


def test_of_many_taps_at_once_one_gets_in(
    safari: Phone, installed: Callable[..., TestClient], session: Session
) -> None:
    token = token_of(safari)
    apps = [installed() for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(lambda app: tap(app, token), apps)) == [303] + [422] * 7
    assert len(session.exec(select(Pairing)).all()) == 2


def test_a_number_that_was_used_ends_the_token_too(
    safari: Phone, installed: Callable[..., TestClient]
) -> None:
    token = token_of(safari)
    assert enter(installed(), ask(safari)) == 303
    assert tap(installed(), token) == 422


def test_a_stopped_badge_ends_its_tokens(
    safari: Phone, cast: Cast, installed: Callable[..., TestClient]
) -> None:
    token = token_of(safari)
    cast.staff("clerk").post(f"/office/badges/{badge_id(cast.app, safari.code)}/stop")
    assert REFUSED in offer(installed(), token)
    assert tap(installed(), token) == 422


def test_a_revoked_phone_ends_its_tokens(
    safari: Phone, cast: Cast, installed: Callable[..., TestClient]
) -> None:
    token = token_of(safari)
    with cast.app.state.database.writing() as session:
        session.exec(select(Device)).one().revoked_at = cast.clock.now
    assert REFUSED in offer(installed(), token)
    assert tap(installed(), token) == 422


def test_a_new_promise_has_to_be_made_by_a_person(
    safari: Phone, cast: Cast, installed: Callable[..., TestClient]
) -> None:
    token = token_of(safari)
    with cast.app.state.database.writing() as session:
        session.get_one(Network, cast.town.here.network.id).secrecy_version = 2
    assert tap(installed(), token) == 409


def test_an_app_of_another_network_becomes_a_phone_of_this_one(
    safari: Phone, cast: Cast, session: Session
) -> None:
    stranger = cast.stranger_phone()
    stranger.pair()
    with cast.app.state.database.writing() as writing:
        for pairing in writing.exec(select(Pairing)).all():
            if pairing.network_id != cast.town.here.network.id:
                pairing.ended_at = cast.clock.now
    assert tap(stranger.client, token_of(safari)) == 303
    badge = session.exec(select(Badge).where(Badge.code == safari.code)).one()
    mine = session.exec(select(Pairing).where(Pairing.badge_id == badge.id)).all()
    assert [one.network_id for one in mine] == [badge.network_id] * 2


def test_looking_changes_nothing(
    safari: Phone, cast: Cast, installed: Callable[..., TestClient]
) -> None:
    token, before = token_of(safari), rows(cast)
    app = installed()
    for path in ("/", "/notifications", "/handover", "/manifest.webmanifest", "/badge"):
        answer = app.get(path, params={"handover": token, "token": token})
        assert "set-cookie" not in answer.headers
    assert rows(cast) == before


def rows(cast: Cast) -> list[str]:
    with cast.app.state.database.reading() as session:
        return [
            repr(row) for table in metadata.sorted_tables for row in session.execute(table.select())
        ]
