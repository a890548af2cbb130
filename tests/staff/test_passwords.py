from collections.abc import Callable
from datetime import timedelta

import pyotp
import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, select

from app.audit.models import AuditEntry
from app.staff.passwords import hash_password, is_long_enough, password_matches, totp_step
from tests.cast import Cast, Desk
from tests.staff.passkeys import is_signed_in
from tests.towns import AFTERNOON, StandingClock, Town

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
STEP = int(AFTERNOON.timestamp()) // 30
NEW = "青波の港に船が三そう入りました"


def code(minutes: float = 0) -> str:
    return pyotp.TOTP(SECRET).at(AFTERNOON + timedelta(minutes=minutes))


def test_a_password_matches_itself_and_nobody_has_none() -> None:
    known = hash_password(NEW)
    assert password_matches(NEW, known)
    assert not password_matches(f"{NEW}。", known)
    assert not password_matches("nobody signs in with this", None)


def test_a_stolen_hash_is_slow_to_guess() -> None:
    """RFC 9106's second choice: three passes over 64 MiB. The tests' own town has quicker ones."""
    assert hash_password(NEW).startswith("$argon2id$v=19$m=65536,t=3,p=4$")


@pytest.mark.parametrize(
    ("length", "has_totp", "enough"),
    [(14, False, False), (15, False, True), (7, True, False), (8, True, True)],
)
def test_a_password_that_stands_alone_is_longer(length: int, has_totp: bool, enough: bool) -> None:
    assert is_long_enough("あ" * length, has_totp) is enough


@pytest.mark.parametrize(
    ("minutes", "step"), [(-1, None), (-0.5, STEP - 1), (0, STEP), (0.5, STEP + 1), (1, None)]
)
def test_a_code_may_be_one_step_early_or_late(minutes: float, step: int | None) -> None:
    assert totp_step(SECRET, code(minutes), AFTERNOON) == step


def test_a_code_is_taken_as_people_type_it() -> None:
    spaced = f" {code()[:3]} {code()[3:]} "
    wide = code().translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    assert [totp_step(SECRET, typed, AFTERNOON) for typed in (spaced, wide)] == [STEP, STEP]
    assert totp_step(SECRET, "", AFTERNOON) is None


def renewed(desk: Desk, old: str, new: str = NEW, again: str | None = None) -> tuple[int, str]:
    """Status and page of the answer to the form."""
    fields = {"password": old, "new_password": new, "again": new if again is None else again}
    answer = desk.post("/account/password", **fields)
    return answer.status_code, answer.text


@pytest.fixture
def old(town: Town) -> str:
    return town.person("counsellor").password


def test_a_new_password_opens_the_door_and_the_old_one_does_not(
    sato: Desk, stranger: TestClient, old: str
) -> None:
    assert renewed(sato, old)[0] == 303
    for password, status in ((old, 401), (NEW, 303)):
        answer = stranger.post("/sign-in", data={"sign_in": "sato", "password": password})
        assert answer.status_code == status


def test_a_new_password_ends_every_other_session(
    cast: Cast, sato: Desk, old: str, session: Session
) -> None:
    other, tanaka = cast.staff("counsellor"), cast.staff("counsellor", 1)
    renewed(sato, old)
    signed_in = [is_signed_in(one.client) for one in (sato, other, tanaka)]
    assert signed_in == [True, False, True]
    change = select(AuditEntry).where(AuditEntry.action == "staff.password_change")
    assert session.exec(change).one().details == {"sessions_ended": 1}


@pytest.mark.parametrize(
    ("right", "new", "again", "message"),
    [
        (False, NEW, NEW, "今のパスワードが違います。"),
        (True, NEW[:14], NEW[:14], "パスワードは15文字以上にしてください。"),
        (True, NEW, f"{NEW}。", "新しいパスワードの2回の入力が違います。"),
    ],
)
def test_a_password_that_may_not_be_changes_nothing(
    cast: Cast, sato: Desk, old: str, right: bool, new: str, again: str, message: str
) -> None:
    status, page = renewed(sato, old if right else "違うパスワードです違う", new, again)
    assert status == 422
    assert message in page
    assert is_signed_in(cast.staff("counsellor").client)


def test_with_a_second_factor_eight_characters_are_enough(
    sato: Desk, old: str, change: Callable[..., None]
) -> None:
    change("sato", totp_wrapped="sealed")
    assert renewed(sato, old, "港に船が三そ")[0] == 422
    assert renewed(sato, old, "港に船が三そう。")[0] == 303


def test_guessing_the_old_password_is_slowed_down(
    sato: Desk, old: str, clock: StandingClock
) -> None:
    assert [renewed(sato, "違う")[0] for _ in range(9)] == [422] * 8 + [429]
    assert renewed(sato, old)[0] == 429
    clock.advance(minutes=15)
    assert renewed(sato, old)[0] == 303


def test_without_a_password_there_is_none_to_change(
    sato: Desk, change: Callable[..., None]
) -> None:
    change("sato", password_hash=None)
    assert "パスキーだけでサインインします" in sato.get("/account").text
    assert renewed(sato, "nobody signs in with this")[0] == 422
