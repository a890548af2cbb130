"""啓発物: orders are given out of a stock that never goes below none; what hangs where is known."""

import pytest
from sqlmodel import Session, select

from app.audit.models import AuditEntry
from app.leaflets.models import Leaflet, LeafletOrder, Placement
from app.networks.scope import in_network
from app.organizations.models import Workplace
from tests.cast import Cast, Desk
from tests.statements import counted
from tests.towns import Town

GIVEN = {"given_on": "2026-09-24", "given_as": "handed"}


@pytest.fixture
def clerk(cast: Cast) -> Desk:
    return cast.staff("clerk")


@pytest.fixture
def leaflet(clerk: Desk, session: Session) -> Leaflet:
    assert clerk.post("/office/leaflets", name="188カード", stock="30").status_code == 303
    session.rollback()
    return session.exec(select(Leaflet)).one()


@pytest.fixture
def place(session: Session, town: Town) -> Workplace:
    found = session.exec(in_network(Workplace, town.here.network.id)).first()
    assert found
    return found


@pytest.fixture
def path(place: Workplace) -> str:
    return f"/office/leaflets/workplaces/{place.id}"


def order(clerk: Desk, path: str, leaflet: Leaflet, quantity: int, **fields: str) -> str:
    fields = {"leaflet": str(leaflet.id), "quantity": str(quantity)} | fields
    assert clerk.post(f"{path}/orders", **fields).status_code == 303
    page = clerk.get(path).text
    return page.split('action="/office/leaflets/orders/')[1].split("/")[0]


def stock(session: Session) -> int:
    session.rollback()
    return session.exec(select(Leaflet.stock)).one()


def test_an_order_is_open_until_it_is_given(
    clerk: Desk, session: Session, path: str, leaflet: Leaflet
) -> None:
    known = order(clerk, path, leaflet, 20, wanted_on="2026-10-01")
    page = clerk.get("/office/leaflets").text
    assert path in page
    assert "2026年10月1日" in page
    assert clerk.post(f"/office/leaflets/orders/{known}/giving", **GIVEN).status_code == 303
    assert stock(session) == 10
    assert "2026年9月24日 に手渡しました" in clerk.get(path).text
    assert path not in clerk.get("/office/leaflets").text
    assert clerk.post(f"/office/leaflets/orders/{known}/giving", **GIVEN).status_code == 409
    assert stock(session) == 10
    details = select(AuditEntry.details).where(AuditEntry.action == "leaflet.give")
    assert session.exec(details).all() == [{"quantity": 20}]


def test_more_than_there_is_cannot_be_given(
    clerk: Desk, session: Session, path: str, leaflet: Leaflet
) -> None:
    known = order(clerk, path, leaflet, 31)
    assert "足りません" in clerk.get("/office/leaflets").text
    answer = clerk.post(f"/office/leaflets/orders/{known}/giving", **GIVEN)
    assert answer.status_code == 422
    assert "在庫は30部です。31部は出せません。" in answer.text
    assert 'value="2026-09-24"' in answer.text
    assert stock(session) == 30
    clerk.post(f"/office/leaflets/{leaflet.id}", name="188カード", stock="31")
    assert clerk.post(f"/office/leaflets/orders/{known}/giving", **GIVEN).status_code == 303
    assert stock(session) == 0


def test_a_cancelled_order_takes_nothing(
    clerk: Desk, session: Session, path: str, leaflet: Leaflet
) -> None:
    known = order(clerk, path, leaflet, 5)
    assert clerk.post(f"/office/leaflets/orders/{known}/cancellation").status_code == 303
    assert clerk.post(f"/office/leaflets/orders/{known}/giving", **GIVEN).status_code == 409
    assert stock(session) == 30
    assert "取り消しました" in clerk.get(path).text


def test_what_hangs_where_is_known_until_it_is_taken_down(
    clerk: Desk, session: Session, path: str, leaflet: Leaflet
) -> None:
    fields = {"leaflet": str(leaflet.id), "place": "レジの横", "since_on": "2026-09-01"}
    assert clerk.post(f"{path}/placements", **fields).status_code == 303
    assert "1か所" in clerk.get("/office/leaflets").text
    session.rollback()
    placement = session.exec(select(Placement)).one()
    clerk.post(f"/office/leaflets/placements/{placement.id}/end")
    assert "2026年9月24日 に外しました" in clerk.get(path).text
    assert "1か所" not in clerk.get("/office/leaflets").text


def test_what_makes_no_sense_is_said_and_stays_typed(
    clerk: Desk, session: Session, path: str, leaflet: Leaflet
) -> None:
    bad = clerk.post("/office/leaflets", name="ポスター", stock="-1")
    assert bad.status_code == 422
    assert "0〜100000の数を入れてください。" in bad.text
    assert 'value="ポスター"' in bad.text
    wrong = clerk.post(f"{path}/orders", leaflet="x", quantity="0", wanted_on="あす")
    assert wrong.status_code == 422
    assert 'value="あす"' in wrong.text
    assert clerk.post(f"{path}/placements", place="レジ").status_code == 422
    known = order(clerk, path, leaflet, 5)
    late = clerk.post(f"/office/leaflets/orders/{known}/giving", given_on="", given_as="x")
    assert late.status_code == 422
    session.rollback()
    assert session.exec(select(LeafletOrder.given_on)).all() == [None]
    assert session.exec(select(Placement)).all() == []


def test_the_first_page_says_how_to_begin(clerk: Desk, path: str) -> None:
    assert "まだ種類がありません。" in clerk.get("/office/leaflets").text
    assert "先に、啓発物の種類を加えてください。" in clerk.get(path).text


def test_the_town_next_door_has_its_own(
    cast: Cast, clerk: Desk, path: str, leaflet: Leaflet
) -> None:
    next_door = cast.stranger("clerk")
    known = order(clerk, path, leaflet, 1)
    assert next_door.get(path).status_code == 404
    assert next_door.get(f"/office/leaflets/{leaflet.id}").status_code == 404
    assert next_door.post(f"/office/leaflets/orders/{known}/giving", **GIVEN).status_code == 404
    assert "188カード" not in next_door.get("/office/leaflets").text


def test_a_form_opened_before_copies_went_out_does_not_bring_them_back(
    clerk: Desk, session: Session, path: str, leaflet: Leaflet
) -> None:
    page = f"/office/leaflets/{leaflet.id}"
    assert 'name="was" value="30"' in clerk.get(page).text
    known = order(clerk, path, leaflet, 20)
    clerk.post(f"/office/leaflets/orders/{known}/giving", **GIVEN)
    assert clerk.post(page, name="188カード 大", stock="30", was="30").status_code == 303
    assert stock(session) == 10
    assert "188カード 大" in clerk.get("/office/leaflets").text
    counted = clerk.post(page, name="188カード 大", stock="40", was="30")
    assert counted.status_code == 422
    assert "その間に在庫が30部から10部に変わりました。" in counted.text
    assert 'name="was" value="10"' in counted.text
    assert stock(session) == 10
    assert clerk.post(page, name="188カード 大", stock="40", was="10").status_code == 303
    assert stock(session) == 40


def test_many_open_orders_ask_the_database_no_more_than_one(
    clerk: Desk, cast: Cast, session: Session, town: Town, leaflet: Leaflet
) -> None:
    def asked() -> int:
        with counted(cast.app) as statements:
            assert clerk.get("/office/leaflets").status_code == 200
        return len(statements)

    places = session.exec(in_network(Workplace, town.here.network.id).limit(12)).all()
    paths = [f"/office/leaflets/workplaces/{one.id}" for one in places]
    order(clerk, paths[0], leaflet, 1)
    alone = asked()
    for path in paths[1:]:
        order(clerk, path, leaflet, 1)
    assert asked() == alone
