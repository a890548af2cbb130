"""店QR from the clerk's screens: stickers, counter cards, and on hand-over slips."""

import pytest
from fastapi import FastAPI
from sqlmodel import Session, col, select

from app.audit.models import AuditEntry
from app.badges.models import Badge
from app.badges.rules import BadgeKind, BadgeState
from app.organizations.models import Workplace
from tests.cast import Cast, Desk
from tests.printing.paper import pages
from tests.towns import Town


@pytest.fixture
def clerk(cast: Cast) -> Desk:
    return cast.staff("clerk")


@pytest.fixture
def shared(app: FastAPI, town: Town) -> Badge:
    """A badge of 青波市 that a shop shares."""
    with app.state.database.writing() as session:
        here = select(Badge).where(Badge.network_id == town.here.network.id)
        badge: Badge = session.exec(here.order_by(col(Badge.number)).limit(1)).one()
        badge.kind, badge.call_name = BadgeKind.SHARED, ""
    return badge


def personal(session: Session, shared: Badge) -> Badge:
    others = select(Badge).where(Badge.network_id == shared.network_id, Badge.kind == "personal")
    found = session.exec(others).first()
    session.rollback()
    assert found
    return found


@pytest.mark.parametrize(("article", "count"), [("sticker", 6), ("card", 4)])
def test_a_badges_page_prints_its_shop_code(
    clerk: Desk, shared: Badge, session: Session, article: str, count: int
) -> None:
    assert f'value="{article}"' in clerk.get(f"/office/badges/{shared.id}").text
    answer = clerk.post("/office/badges/shop-codes", badge=str(shared.id), article=article)
    (page,) = pages(answer.content)
    codes = [code.text for code in page.codes(150)]
    assert len(codes) == count
    assert all(code.endswith(f"/B/{shared.code}") for code in codes)
    assert session.get_one(Badge, (shared.network_id, shared.id)).state == BadgeState.PRINTED
    entry = session.exec(select(AuditEntry).where(AuditEntry.action == "badge.print")).one()
    assert entry.details == {"count": 1}


def test_the_list_of_shared_badges_prints_those_that_were_chosen(
    clerk: Desk, shared: Badge
) -> None:
    assert "shop-codes" in clerk.get("/office/badges?kind=shared").text
    assert "shop-codes" not in clerk.get("/office/badges").text
    answer = clerk.post("/office/badges/shop-codes", everything="1", kind="shared")
    assert len(pages(answer.content)) == 1


def test_a_persons_badge_is_no_shop_code(clerk: Desk, shared: Badge, session: Session) -> None:
    badge = personal(session, shared)
    assert "shop-codes" not in clerk.get(f"/office/badges/{badge.id}").text
    answer = clerk.post("/office/badges/shop-codes", badge=str(badge.id))
    assert answer.status_code == 422
    assert "店QRの名札に✓してください" in answer.text
    assert session.get_one(Badge, (badge.network_id, badge.id)).state == BadgeState.ISSUED


@pytest.mark.parametrize(
    "fields", [{}, {"badge": "x"}, {"badge": "\0", "article": "card"}, {"article": "magnet"}]
)
def test_what_cant_be_printed_is_refused(clerk: Desk, fields: dict[str, str]) -> None:
    assert clerk.post("/office/badges/shop-codes", **fields).status_code == 422


def test_neighbours_print_none_of_our_shop_codes(cast: Cast, shared: Badge) -> None:
    answer = cast.stranger("clerk").post("/office/badges/shop-codes", badge=str(shared.id))
    assert answer.status_code == 422


def test_a_stopped_one_is_not_printed(clerk: Desk, shared: Badge, app: FastAPI) -> None:
    with app.state.database.writing() as session:
        session.get_one(Badge, (shared.network_id, shared.id)).state = BadgeState.STOPPED
    assert clerk.post("/office/badges/shop-codes", badge=str(shared.id)).status_code == 422


def test_a_name_that_cant_be_drawn_is_asked_about_and_then_left_out(
    clerk: Desk, shared: Badge, app: FastAPI
) -> None:
    with app.state.database.writing() as session:
        place = session.get_one(Workplace, (shared.network_id, shared.workplace_id))
        place.name = "\U0001f600店"
    asked = clerk.post("/office/badges/shop-codes", badge=str(shared.id), article="card")
    assert asked.status_code == 422
    assert 'action="/office/badges/shop-codes"' in asked.text
    assert 'name="article" value="card"' in asked.text
    sent = {"badge": str(shared.id), "missing": "skip"}
    assert "残りませんでした" in clerk.post("/office/badges/shop-codes", **sent).text


def test_a_slip_carries_the_code_of_its_shop_and_others_carry_none(
    clerk: Desk, shared: Badge, session: Session
) -> None:
    place = session.get_one(Workplace, (shared.network_id, shared.workplace_id))
    organization = place.organization_id
    session.rollback()
    answer = clerk.post("/office/prints/slips", organization_id=str(organization))
    codes = [code.text for page in pages(answer.content) for code in page.codes(150)]
    assert [code.rpartition("/")[2] for code in codes] == [shared.code]
