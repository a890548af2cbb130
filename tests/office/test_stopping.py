"""Many badges stopped at once: told in numbers first, done once, and nothing else touched."""

import re
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from sqlmodel import Session, col, select

from app.audit.models import AuditEntry
from app.badges.issuing import Order, issue_orders
from app.badges.models import Badge, Pairing
from app.office.badges.stopping import MOST
from app.organizations.rules import Industry
from tests.badges.records import badge_id
from tests.cast import Cast, Desk

PATH = "/office/badges/stopping"


@pytest.fixture
def clerk(cast: Cast) -> Desk:
    return cast.staff("clerk")


def stopped(session: Session) -> dict[UUID, str]:
    """Reasons by badge."""
    session.rollback()
    found = session.exec(select(Badge).where(Badge.state == "stopped"))
    return {one.id: one.stop_reason for one in found}


def stop(clerk: Desk, **fields: Any) -> Any:
    return clerk.post(PATH, **({"reason": "returned"} | fields))


def test_the_clerk_is_told_how_many_and_what_ends(clerk: Desk, cast: Cast, app: FastAPI) -> None:
    cast.phone("conveni").report()
    ids = [str(badge_id(app, cast.town.code(one))) for one in ("conveni", "finance")]
    page = clerk.get(PATH, params={"badge": ids}).text
    assert "名札 2枚を停止しますか" in page
    assert "<dt>そのうち使用中</dt><dd>1枚</dd>" in page
    assert "<dt>終わる端末の登録</dt><dd>1台</dd>" in page
    ours = sum(one["industry"] == "conveni" for one in cast.town.badges)
    listed = clerk.get("/office/badges", params={"industry": "conveni"}).text
    assert f"この条件の全部を停止する({ours}枚)" in listed
    told = clerk.get(PATH, params={"all": "yes", "industry": "conveni"}).text
    assert f"名札 {ours}枚を停止しますか" in told


def test_ticked_badges_and_their_phones_end_with_a_record_each(
    clerk: Desk, cast: Cast, app: FastAPI, session: Session
) -> None:
    phone = cast.phone("conveni")
    phone.pair()
    ids = [badge_id(app, cast.town.code(one)) for one in ("conveni", "finance")]
    fields = {"badge": [str(one) for one in ids], "count": "2"}
    assert stop(clerk, **fields).status_code == 303
    assert stopped(session) == dict.fromkeys(ids, "returned")
    assert session.exec(select(Pairing).where(col(Pairing.ended_at).is_(None))).all() == []
    again = stop(clerk, **fields)
    assert again.status_code == 422
    assert "停止した名札は選べません" in again.text
    records = session.exec(select(AuditEntry).where(AuditEntry.action == "badge.stop")).all()
    assert {one.object_id for one in records} == {str(one) for one in ids}
    assert len(records) == 2
    assert {one.details["reason"] for one in records} == {"returned"}


def test_all_of_a_filter_stop_and_the_rest_works_on(
    clerk: Desk, cast: Cast, app: FastAPI, session: Session
) -> None:
    lost = badge_id(app, cast.town.code("conveni"))
    clerk.post(f"/office/badges/{lost}/stop")
    ours = sum(one["industry"] == "conveni" for one in cast.town.badges) - 1
    answer = stop(clerk, all="yes", industry="conveni", count=str(ours))
    assert answer.headers["location"] == "/office/badges?industry=conveni&state=stopped"
    found = stopped(session)
    assert (len(found), found[lost]) == (ours + 1, "lost")
    assert badge_id(app, cast.town.code("finance")) not in found
    assert badge_id(app, cast.town.neighbour_code) not in found


@pytest.mark.parametrize("wrong", [{"count": "2"}, {"count": ""}, {"reason": "ended"}])
def test_another_number_than_was_told_stops_nothing(
    clerk: Desk, cast: Cast, app: FastAPI, session: Session, wrong: dict[str, str]
) -> None:
    one = str(badge_id(app, cast.town.code()))
    answer = stop(clerk, **({"badge": one, "count": "1"} | wrong))
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert f'name="badge" value="{one}"' in answer.text
    assert stopped(session) == {}


def test_more_than_one_go_can_take_is_refused(
    clerk: Desk, cast: Cast, app: FastAPI, session: Session
) -> None:
    known = session.exec(select(Badge).where(Badge.code == cast.town.code("newspaper"))).one()
    with app.state.database.writing() as writing:
        order = Order(known.workplace_id, Industry.NEWSPAPER, MOST)
        until, now = known.valid_until, known.issued_at
        issue_orders(writing, known.network_id, [order], valid_until=until, now=now)
    refused = stop(clerk, all="yes", count=str(MOST + 181))
    assert refused.status_code == 422
    assert "一度に止められるのは5000枚までです" in refused.text
    assert "枚を停止する" not in refused.text
    assert stopped(session) == {}
    fields = {"all": "yes", "workplace": str(known.workplace_id), "state": "issued"}
    told = clerk.get(PATH, params=fields).text
    count = re.findall(r'name="count" value="(\d+)"', told)
    assert count == []
    single = fields | {"text": "1"}
    (count,) = re.findall(r'name="count" value="(\d+)"', clerk.get(PATH, params=single).text)
    assert stop(clerk, count=count, **single).status_code == 303
    assert len(stopped(session)) == int(count) > 1000


def test_a_neighbours_badge_is_as_good_as_not_ticked(
    clerk: Desk, cast: Cast, app: FastAPI, session: Session
) -> None:
    theirs = str(badge_id(app, cast.town.neighbour_code))
    assert stop(clerk, badge=theirs, count="1").status_code == 422
    assert stopped(session) == {}


def test_only_who_may_stop_badges_sees_the_way(cast: Cast) -> None:
    supervisor = cast.staff("supervisor")
    assert "停止する" not in supervisor.get("/office/badges").text
    assert supervisor.get(f"{PATH}?all=yes").status_code == 403
