"""担当者: the clerk adds, changes, invites and ends people; nobody else does."""

import re
from threading import Thread
from uuid import UUID

import pytest
from fastapi import FastAPI
from sqlmodel import Session, select

from app.audit.models import AuditEntry
from app.errors import Conflict
from app.networks.scope import get_row
from app.staff.commands import create_staff
from app.staff.models import Staff
from app.staff.people import end_person
from app.staff.permissions import Role
from app.staff.queries import clerks
from app.web.access import StaffActor
from tests.cast import Cast, Desk
from tests.staff.passkeys import is_signed_in
from tests.towns import AFTERNOON, StandingClock, Town

NEW = {"name": "小野", "sign_in": "ono", "role": "counsellor"}


@pytest.fixture
def clerk(cast: Cast) -> Desk:
    return cast.staff("clerk")


def person(session: Session, sign_in: str) -> Staff:
    session.rollback()
    return session.exec(select(Staff).where(Staff.sign_in == sign_in)).one()


def last_noted(session: Session) -> tuple[str, dict[str, object]]:
    session.rollback()
    entries = session.exec(select(AuditEntry).order_by(AuditEntry.at, AuditEntry.number)).all()
    return entries[-1].action, entries[-1].details


def path_of(session: Session, sign_in: str) -> str:
    return f"/office/staff/{person(session, sign_in).id}"


def test_the_list_shows_everybody_of_this_town_and_how_they_come_in(clerk: Desk) -> None:
    page = clerk.get("/office/staff").text
    assert [name in page for name in ("佐藤", "田中", "森", "林", "北川")] == [True] * 4 + [False]
    assert "サインインできる人 4人" in page
    assert "報告を読む" in page


def test_somebody_added_has_no_way_in_but_the_link_shown_once(
    clerk: Desk, session: Session
) -> None:
    answer = clerk.post("/office/staff", **NEW)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert re.search(r'value="http://localhost:8000/invitations/[\w-]{32}"', answer.text)
    assert person(session, "ono").password_hash is None
    assert last_noted(session)[0] == "staff.invite"
    listed = clerk.get("/office/staff").text
    assert "招待中" in listed
    assert "/invitations/" not in listed


def test_full_width_letters_are_meant_as_plain_ones(clerk: Desk, session: Session) -> None:
    clerk.post("/office/staff", **NEW | {"sign_in": "ＯＮＯ．ａ"})
    assert person(session, "ono.a").name == "小野"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": " "}, "名前を、40文字までで"),
        ({"name": "あ" * 41}, "名前を、40文字までで"),
        ({"sign_in": "小野"}, "半角の英数字"),
        ({"sign_in": "on"}, "半角の英数字"),
        ({"sign_in": "sato"}, "もう使われています"),
        ({"sign_in": "kitayama-clerk"}, "もう使われています"),
        ({"role": "mayor"}, "役割を選んでください"),
        ({"role": ""}, "役割を選んでください"),
    ],
)
def test_what_can_not_be_added_is_said_and_what_was_typed_stays(
    clerk: Desk, session: Session, change: dict[str, str], said: str
) -> None:
    before = len(session.exec(select(Staff)).all())
    answer = clerk.post("/office/staff", **NEW | change)
    assert answer.status_code == 422
    assert said in answer.text
    assert 'role="alert"' in answer.text
    assert 'aria-invalid="true"' in answer.text
    if change.get("name") != " ":
        assert "あ" * 41 in answer.text or 'value="小野"' in answer.text
    session.rollback()
    assert len(session.exec(select(Staff)).all()) == before


def test_a_new_role_counts_from_the_next_click(cast: Cast, clerk: Desk, session: Session) -> None:
    tanaka = cast.staff("counsellor", 1)
    assert tanaka.get("/desk").status_code == 200
    answer = clerk.post(path_of(session, "tanaka"), name="田中 花", role="clerk")
    assert answer.status_code == 303
    assert (tanaka.get("/desk").status_code, tanaka.get("/office").status_code) == (403, 200)
    noted = ("staff.change", {"renamed": True, "from": "counsellor", "to": "clerk"})
    assert last_noted(session) == noted


def test_ending_somebody_signs_them_out_at_once_for_good(
    cast: Cast, clerk: Desk, session: Session
) -> None:
    sato = cast.staff("counsellor")
    path = path_of(session, "sato")
    assert [clerk.post(f"{path}/end").status_code for _ in range(2)] == [303, 303]
    assert not is_signed_in(sato.client)
    password = cast.town.person("counsellor").password
    again = sato.post("/sign-in", sign_in="sato", password=password)
    assert again.status_code == 401
    assert last_noted(session)[0] != "staff.change"
    assert "この担当者は終えています" in clerk.get(path).text
    assert clerk.post(f"{path}/invitation").status_code == 422


@pytest.mark.parametrize("act", ["end", "counsellor"])
def test_a_network_always_keeps_a_clerk(clerk: Desk, session: Session, act: str) -> None:
    path = path_of(session, "hayashi")
    answer = clerk.post(f"{path}/end" if act == "end" else path, name="林", role=act)
    assert answer.status_code == 409
    assert 'role="alert"' in answer.text
    assert clerk.get("/office").status_code == 200


def test_nobody_ends_themselves_even_with_a_second_clerk(clerk: Desk, session: Session) -> None:
    clerk.post(path_of(session, "tanaka"), name="田中", role="clerk")
    assert clerk.post(f"{path_of(session, 'hayashi')}/end").status_code == 409
    assert person(session, "hayashi").ended_at is None


def test_all_sessions_of_a_person_are_ended(cast: Cast, clerk: Desk, session: Session) -> None:
    first, second = cast.staff("counsellor"), cast.staff("counsellor")
    assert clerk.post(f"{path_of(session, 'sato')}/sign-out").status_code == 303
    assert [is_signed_in(one.client) for one in (first, second, clerk)] == [False, False, True]
    assert last_noted(session) == ("staff.sign_out", {"sessions_ended": 2})


def test_the_history_names_who_came_in_and_who_was_refused(
    cast: Cast, clerk: Desk, session: Session
) -> None:
    cast.staff("counsellor")
    clerk.client.post("/sign-in", data={"sign_in": "sato", "password": "a guess"})
    clerk = cast.staff("clerk")
    everybody = clerk.get("/office/staff/sign-ins").text
    assert re.findall(r"<td>(佐藤|林)</td>", everybody) == ["林", "佐藤", "佐藤", "林"]
    own = clerk.get(path_of(session, "sato")).text
    assert (own.count("断った"), own.count("入った")) == (1, 1)


def test_the_history_comes_in_pages_of_fifty(cast: Cast, clerk: Desk, clock: StandingClock) -> None:
    for _ in range(60):
        clock.advance(minutes=16)
        clerk.client.post("/sign-in", data={"sign_in": "sato", "password": "a guess"})
    clerk = cast.staff("clerk")
    first = clerk.get("/office/staff/sign-ins").text
    following = re.search(r'href="\?before=(\d+)"', first)
    assert following
    second = clerk.get(f"/office/staff/sign-ins?before={following[1]}").text
    assert (first.count("<tr><td"), second.count("<tr><td")) == (50, 12)


def test_a_neighbours_people_are_not_found(cast: Cast, session: Session) -> None:
    stranger, sato = cast.stranger("clerk"), path_of(session, "sato")
    for path in (sato, f"{sato}/end", f"{sato}/sign-out", f"{sato}/invitation"):
        assert stranger.post(path, **NEW).status_code == 404
    assert stranger.get(sato).status_code == 404
    assert "佐藤" not in stranger.get("/office/staff").text


@pytest.mark.parametrize("role", ["counsellor", "supervisor"])
def test_only_the_clerk_manages_people(cast: Cast, role: str) -> None:
    desk = cast.staff(role)
    assert desk.get("/office/staff").status_code == 403
    assert desk.post("/office/staff", **NEW).status_code == 403


def test_a_person_nobody_knows_is_not_found(clerk: Desk) -> None:
    assert clerk.get(f"/office/staff/{UUID(int=5)}").status_code == 404


def test_two_clerks_who_end_each_other_leave_one(
    app: FastAPI, town: Town, session: Session
) -> None:
    """On PostgreSQL both transactions are under way at once."""
    now, network_id = AFTERNOON, town.here.network.id
    hayashi = person(session, "hayashi")
    with app.state.database.writing() as opened:
        kwargs = {"sign_in": "ono", "name": "小野", "role": Role.CLERK, "password": None}
        ono = create_staff(opened, network_id, now=now, **kwargs)
    refused: list[Exception] = []

    def end(ender: Staff, ended: Staff, opened: Session) -> None:
        actor = StaffActor(network_id, ender.id, ender.name, "clerk", frozenset(), ender.id)
        end_person(opened, actor, get_row(opened, Staff, network_id, ended.id), now)

    def end_the_other() -> None:
        try:
            with app.state.database.writing() as opened:
                end(ono, hayashi, opened)
        except Conflict as conflict:
            refused.append(conflict)

    thread = Thread(target=end_the_other)
    with app.state.database.writing() as opened:
        end(hayashi, ono, opened)
        thread.start()
        thread.join(0.5)
    thread.join()
    session.rollback()
    assert [one.sign_in for one in clerks(session, network_id)] == ["hayashi"]
    assert len(refused) == 1
