"""Nobody gets in by guessing six digits, however patient or many they are."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from fastapi.testclient import TestClient
from sqlmodel import Session, select

from app.badges.handover_rules import FROM_EVERYBODY, FROM_ITS_NEIGHBOURS, FROM_ONE_ADDRESS
from app.badges.models import HandoverTry, Pairing
from tests.cast import Cast, Phone
from tests.home.handing_over import ask, enter, shown

LATER = "しばらく受け付けられません"


def other_than(number: str) -> str:
    """A wrong one that begins otherwise."""
    return f"{(int(number) + 1000) % 1_000_000:06d}"


def test_five_wrong_tries_at_a_number_end_it(
    safari: Phone, installed: Callable[..., TestClient]
) -> None:
    number = ask(safari)
    near = [f"{number[:3]}{n:03d}" for n in range(6) if f"{number[:3]}{n:03d}" != number][:5]
    for place, wrong in enumerate(near):
        assert enter(installed(f"10.{place}.0.1"), wrong) == 422
    assert enter(installed(), number) == 422
    assert shown(safari) == ""


def test_one_address_may_be_wrong_a_few_times_only(
    safari: Phone, cast: Cast, installed: Callable[..., TestClient]
) -> None:
    number, guesser = ask(safari), installed()
    wrong = other_than(number)
    assert {enter(guesser, wrong) for _ in range(FROM_ONE_ADDRESS)} == {422}
    answer = guesser.post("/handover/number", data={"number": number})
    assert answer.status_code == 429
    assert LATER in answer.text
    assert enter(installed("198.51.100.1"), number) == 303
    cast.clock.advance(minutes=10)
    assert enter(guesser, ask(safari)) == 303


def test_the_addresses_of_one_network_count_together(
    safari: Phone, installed: Callable[..., TestClient]
) -> None:
    number = ask(safari)
    wrong = other_than(number)
    for place in range(FROM_ITS_NEIGHBOURS):
        assert enter(installed(f"203.0.113.{place}"), wrong) == 422
    assert enter(installed("203.0.113.200"), number) == 429
    assert enter(installed("203.0.114.1"), number) == 303


def test_many_networks_at_once_are_stopped_too(
    safari: Phone, cast: Cast, installed: Callable[..., TestClient]
) -> None:
    number = ask(safari)
    wrong = other_than(number)
    for place in range(FROM_EVERYBODY):
        assert enter(installed(f"10.{place}.0.1"), wrong) == 422
    assert enter(installed("198.51.100.1"), number) == 429
    cast.clock.advance(minutes=10)
    assert enter(installed("198.51.100.1"), ask(safari)) == 303


def test_who_was_wrong_is_forgotten_after_a_day(
    cast: Cast, installed: Callable[..., TestClient], session: Session
) -> None:
    enter(installed("203.0.113.1"), "000000")
    assert "203.0.113" not in repr(session.exec(select(HandoverTry)).one())
    session.rollback()
    cast.clock.advance(seconds=timedelta(days=1).total_seconds())
    enter(installed(), "000000")
    assert len(session.exec(select(HandoverTry)).all()) == 1


def test_of_many_who_type_the_same_number_at_once_one_gets_in(
    safari: Phone, installed: Callable[..., TestClient], session: Session
) -> None:
    number = ask(safari)
    apps = [installed(f"10.{place}.0.1") for place in range(8)]
    with ThreadPoolExecutor(8) as pool:
        statuses = sorted(pool.map(lambda app: enter(app, number), apps))
    assert statuses == [303] + [422] * 7
    assert len(session.exec(select(Pairing)).all()) == 2


def test_guesses_at_once_are_counted_one_by_one(installed: Callable[..., TestClient]) -> None:
    apps = [installed() for _ in range(FROM_ONE_ADDRESS + 4)]
    with ThreadPoolExecutor(len(apps)) as pool:
        statuses = sorted(pool.map(lambda app: enter(app, "000000"), apps))
    assert statuses == [422] * FROM_ONE_ADDRESS + [429] * 4
