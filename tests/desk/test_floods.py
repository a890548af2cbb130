"""大量に届く名札: every report is accepted; none rings, none is lost, and people are asked."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import Session, select

from app.audit.models import AuditEntry
from app.badges.models import Badge
from app.deliveries.models import OutboxItem
from app.networks.models import Network
from app.reports.many_phones import MANY
from app.reports.models import Report
from tests.cast import Cast, Desk, Phone
from tests.desk.test_intake import take_in
from tests.desk.test_rescue import number, reports

AT_ONCE, A_DAY = 10, 30
FOLDED = "から %s件(静かにしています)"
ASKED = "まちがいではありませんか"


@pytest.fixture
def phone(cast: Cast) -> Phone:
    phone = cast.phone()
    phone.pair()
    return phone


def send(phone: Phone, work: Callable[[], int], count: int, **changes: Any) -> list[UUID]:
    """Reports as fast as they come; each of them gets its receipt."""
    sent = [phone.report(**changes) for _ in range(count)]
    work()
    return sent


def badge_of(session: Session) -> Badge:
    session.rollback()
    report = session.exec(select(Report)).first()
    assert report
    return session.get_one(Badge, (report.network_id, report.badge_id))


def flood(phone: Phone, work: Callable[[], int], session: Session) -> str:
    """The address of what the desk shows of it."""
    send(phone, work, AT_ONCE + 1)
    return f"/desk/floods/{badge_of(session).id}"


def alarms(session: Session) -> int:
    rows = session.exec(select(OutboxItem.kind).where(OutboxItem.kind == "report.unclaimed"))
    return len(rows.all())


def test_as_many_as_may_come_are_no_flood_and_one_more_is(
    cast: Cast, desk: Desk, phone: Phone, session: Session, work: Callable[[], int]
) -> None:
    sent = send(phone, work, AT_ONCE, answers={})
    assert badge_of(session).quiet_since is None
    assert "静かに" not in desk.get("/desk").text
    rang = alarms(session)
    assert rang == AT_ONCE
    sent += send(phone, work, 1, answers={})
    page = desk.get("/desk").text
    assert FOLDED % (AT_ONCE + 1) in page
    assert "未対応はありません。" in page
    assert alarms(session) == rang
    assert ASKED in phone.see(sent[-1])
    assert len(reports(session)) == AT_ONCE + 1
    assert session.exec(select(AuditEntry.action)).all().count("badge.quiet") == 1


def test_what_a_round_brings_home_at_once_is_no_flood(
    cast: Cast, desk: Desk, phone: Phone, session: Session, work: Callable[[], int]
) -> None:
    start, gap = cast.clock.now, timedelta(minutes=3)
    cast.clock.advance(minutes=60)
    round_home = [(start + count * gap).isoformat() for count in range(AT_ONCE + 2)]
    for at in round_home:
        send(phone, work, 1, client_at=at)
    assert badge_of(session).quiet_since is None
    assert "静かに" not in desk.get("/desk").text


def test_a_clock_that_is_far_off_hides_no_flood(
    cast: Cast, phone: Phone, session: Session, work: Callable[[], int]
) -> None:
    for days in range(4000, 4000 + AT_ONCE + 1):
        long_ago = cast.clock.now - timedelta(days=days)
        send(phone, work, 1, client_at=long_ago.isoformat())
    assert badge_of(session).quiet_since


def test_what_comes_slowly_is_a_flood_only_beyond_a_days_number(
    cast: Cast, phone: Phone, session: Session, work: Callable[[], int]
) -> None:
    for _ in range(A_DAY):
        send(phone, work, 1)
        cast.clock.advance(minutes=2)
    assert badge_of(session).quiet_since is None
    send(phone, work, 1)
    assert badge_of(session).quiet_since


def test_an_eleventh_after_ten_minutes_rings(
    cast: Cast, phone: Phone, session: Session, work: Callable[[], int]
) -> None:
    send(phone, work, 1)
    cast.clock.advance(minutes=10)
    send(phone, work, AT_ONCE)
    assert badge_of(session).quiet_since is None


def test_nobody_is_alarmed_later_by_what_was_folded(
    cast: Cast, phone: Phone, session: Session, work: Callable[[], int]
) -> None:
    send(phone, work, AT_ONCE, answers={})
    send(phone, work, 1, answers={})
    cast.clock.advance(minutes=2)
    work()
    session.rollback()
    said = session.exec(select(OutboxItem.outcome).where(OutboxItem.kind == "report.unclaimed"))
    assert set(said.all()) == {"quiet"}


def test_an_urgent_one_and_one_with_words_are_found_among_them(
    cast: Cast, desk: Desk, phone: Phone, session: Session, work: Callable[[], int]
) -> None:
    send(phone, work, AT_ONCE + 1, items=["CV-06"], answers={})
    (urgent,) = send(phone, work, 1, items=["CV-01"])
    newest = send(phone, work, 2, items=["CV-06"], answers={})[-1]
    page = desk.get("/desk").text
    assert page.index(f"/desk/reports/{newest}") < page.index(f"/desk/reports/{urgent}")
    everything = desk.get(f"/desk/floods/{badge_of(session).id}").text
    assert all(f"/desk/reports/{one.id}" in everything for one in reports(session))


def test_what_a_counsellor_has_taken_up_stays_in_the_list(
    cast: Cast, desk: Desk, phone: Phone, session: Session, work: Callable[[], int]
) -> None:
    (mine,) = send(phone, work, 1)
    desk.post(f"/desk/reports/{mine}/claim")
    send(phone, work, AT_ONCE)
    page = desk.get("/desk").text
    assert FOLDED % AT_ONCE in page
    assert f"/desk/reports/{mine}?" in page


def test_it_ends_by_itself_when_there_are_fewer(
    cast: Cast, desk: Desk, phone: Phone, session: Session, work: Callable[[], int]
) -> None:
    flood(phone, work, session)
    cast.clock.advance(minutes=5)
    send(phone, work, AT_ONCE + 1)
    for minutes in (5, 10):
        assert badge_of(session).quiet_since
        cast.clock.advance(minutes=minutes)
        while work():
            pass
    assert badge_of(session).quiet_since is None
    (after,) = send(phone, work, 1)
    page = desk.get("/desk").text
    assert "件(静かにしていました)" in page
    assert f"/desk/reports/{after}?" in page
    assert ASKED not in phone.see(after)


def test_a_counsellor_ends_it_and_counting_begins_anew(
    cast: Cast, desk: Desk, phone: Phone, session: Session, work: Callable[[], int]
) -> None:
    address = flood(phone, work, session)
    for _ in range(2):
        assert desk.post(f"{address}/hearing").status_code == 303
    assert badge_of(session).quiet_since is None
    assert "静かに" not in desk.get("/desk").text
    assert "静かにした報告はありません。" in desk.get(address).text
    cast.clock.advance(seconds=1)
    send(phone, work, AT_ONCE)
    assert badge_of(session).quiet_since is None
    send(phone, work, 1)
    assert badge_of(session).quiet_since
    actions = session.exec(select(AuditEntry.action)).all()
    assert (actions.count("badge.quiet"), actions.count("badge.hear")) == (2, 1)


def test_the_desk_stops_a_badge_that_floods_and_no_other(
    cast: Cast, desk: Desk, phone: Phone, session: Session, work: Callable[[], int]
) -> None:
    send(phone, work, 1)
    address = f"/desk/floods/{badge_of(session).id}"
    assert desk.post(f"{address}/stopping", reason="misused").status_code == 409
    send(phone, work, AT_ONCE)
    for reason in ("", "returned", "x"):
        assert desk.post(f"{address}/stopping", reason=reason).status_code == 422
    assert not badge_of(session).is_stopped
    assert desk.post(f"{address}/stopping", reason="misused").status_code == 303
    assert badge_of(session).stop_reason == "misused"
    page = desk.get(address).text
    assert "停止した名札" in page
    assert "お店に電話" in page or "tel:" in page


def test_what_staff_type_in_is_no_flood(
    cast: Cast, desk: Desk, session: Session, work: Callable[[], int]
) -> None:
    for _ in range(AT_ONCE + 1):
        assert take_in(desk, number(cast), way="paper").status_code == 303
    work()
    assert badge_of(session).quiet_since is None


def test_the_town_next_door_and_the_office_see_nothing_of_it(
    cast: Cast, phone: Phone, session: Session, work: Callable[[], int]
) -> None:
    address = flood(phone, work, session)
    stranger = cast.stranger("counsellor")
    assert stranger.get(address).status_code == 404
    assert stranger.post(f"{address}/hearing").status_code == 404
    assert stranger.post(f"{address}/stopping", reason="misused").status_code == 404
    assert "静かに" not in stranger.get("/desk").text
    assert cast.staff("clerk").get(address).status_code == 403
    assert badge_of(session).quiet_since


def test_a_badge_on_unusually_many_phones_is_marked(
    cast: Cast, desk: Desk, work: Callable[[], int]
) -> None:
    with cast.app.state.database.writing() as writing:
        writing.get_one(Network, cast.town.here.network.id).pairing_policy = "workplace_code"
    marked = "登録していない多くの端末で使われています"
    for count in range(1, MANY + 1):
        page = desk.get(f"/desk/reports/{cast.phone().report()}").text
        assert (marked in page) is (count == MANY)
    cast.clock.advance(hours=24)
    assert marked not in desk.get(f"/desk/reports/{cast.phone().report()}").text


def test_the_office_says_how_many_are_too_many(
    cast: Cast, phone: Phone, session: Session, work: Callable[[], int]
) -> None:
    limits = {"flood_in_ten_minutes": "３", "flood_in_a_day": "30"}
    answer = cast.staff("clerk").post("/office/settings/floods", **limits)
    assert answer.status_code == 303
    send(phone, work, 3)
    assert badge_of(session).quiet_since is None
    send(phone, work, 1)
    assert badge_of(session).quiet_since
