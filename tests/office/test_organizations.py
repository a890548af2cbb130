"""Organizations and workplaces by hand: added, changed, renewed, ended; never a neighbour's."""

import re
from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from fastapi import FastAPI
from sqlmodel import Session, select

from app.audit.models import AuditEntry
from app.badges.models import Badge
from app.badges.queries import find_badge
from app.organizations.models import ContactPerson, Organization, Term, Workplace
from tests.cast import Cast, Desk

BANK = {
    "name": "青波商店会",
    "kana": "あおなみしょうてんかい",
    "standing": "member",
    "commissioned_on": "2026-04-01",
    "ground": "charter",
    "ground_reference": "設置要綱 第4条",
    "term_begins_on": "2026-04-01",
    "term_ends_on": "2027-03-31",
    "approval": "approved",
    "approved_on": "2026-03-20",
    "approval_scope": "名札と掲示",
    "note": "総会は5月",
}
Add = Callable[..., UUID]


@pytest.fixture
def clerk(cast: Cast) -> Desk:
    return cast.staff("clerk")


@pytest.fixture
def add(clerk: Desk) -> Add:
    def add_one(**changes: str) -> UUID:
        answer = clerk.post("/office/organizations", **(BANK | changes))
        assert answer.status_code == 303, answer.text
        return UUID(answer.headers["location"].rsplit("/", 1)[1])

    return add_one


def place_of(cast: Cast, app: FastAPI, industry: str = "conveni") -> tuple[UUID, UUID]:
    """The workplace and the organization of the town's first badge of an industry."""
    with app.state.database.reading() as session:
        badge = find_badge(session, cast.town.code(industry))
        assert badge
        place = session.exec(select(Workplace).where(Workplace.id == badge.workplace_id)).one()
        return place.id, place.organization_id


def test_an_organization_is_added_with_its_ground_and_shown(clerk: Desk, add: Add) -> None:
    page = clerk.get(f"/office/organizations/{add()}").text
    for shown in (
        "設置要綱 第4条",
        "2026年4月1日",
        "2027年3月31日",
        "承認済み",
        "名札と掲示",
        "総会は5月",
    ):
        assert shown in page
    assert "根拠が未入力" not in page


@pytest.mark.parametrize("standing", ["member", "partner", "volunteer"])
def test_a_standing_set_by_hand_needs_its_date_and_ground(
    clerk: Desk, session: Session, standing: str
) -> None:
    fields = BANK | {"standing": standing, "commissioned_on": "", "ground": ""}
    answer = clerk.post("/office/organizations", **fields)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert 'value="青波商店会"' in answer.text
    assert 'id="commissioned_on-wrong"' in answer.text
    assert 'id="ground-wrong"' in answer.text
    assert not session.exec(select(Organization).where(Organization.name == BANK["name"])).all()


def test_an_agency_needs_no_ground(clerk: Desk, add: Add) -> None:
    added = add(standing="agency", commissioned_on="", ground="", ground_reference="")
    assert "根拠が未入力" not in clerk.get(f"/office/organizations/{added}").text


def test_a_row_of_the_roster_may_wait_for_its_ground_until_its_standing_changes(
    clerk: Desk, cast: Cast, app: FastAPI, session: Session
) -> None:
    _, organization_id = place_of(cast, app)
    path = f"/office/organizations/{organization_id}"
    assert "根拠が未入力" in clerk.get(path).text
    known = session.exec(select(Organization).where(Organization.id == organization_id)).one()
    kept = {"name": known.name, "standing": known.standing, "kana": "まるみ"}
    assert clerk.post(path, **kept).status_code == 303
    assert clerk.post(path, **(kept | {"standing": "member"})).status_code == 422
    session.rollback()
    session.refresh(known)
    assert (known.kana, known.standing) == ("まるみ", "partner")


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "あ" * 121},
        {"standing": "boss"},
        {"commissioned_on": "令和8年"},
        {"commissioned_on": "9999-12-31"},
        {"term_begins_on": "2027-04-01", "term_ends_on": "2027-03-31"},
        {"approval": "approved", "approved_on": ""},
        {"ground": "' OR 1=1"},
        {"note": "あ" * 501},
    ],
)
def test_what_is_wrong_is_said_and_changes_nothing(
    clerk: Desk, session: Session, wrong: dict[str, str]
) -> None:
    before = len(session.exec(select(Organization)).all())
    answer = clerk.post("/office/organizations", **(BANK | wrong))
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    session.rollback()
    assert len(session.exec(select(Organization)).all()) == before


def test_a_name_is_taken_once(clerk: Desk, add: Add) -> None:
    added = add()
    assert clerk.post("/office/organizations", **BANK).status_code == 422
    assert clerk.post(f"/office/organizations/{added}", **BANK).status_code == 303


def test_whoever_left_by_mistake_is_taken_back_without_its_badges(
    clerk: Desk, cast: Cast, app: FastAPI, session: Session
) -> None:
    place, organization = place_of(cast, app)
    path, shop = f"/office/organizations/{organization}", f"/office/workplaces/{place}"
    clerk.post(f"{path}/end")
    assert "もう一度加える" not in clerk.get(shop).text
    assert clerk.post(f"{shop}/return").status_code == 409
    assert "この団体をもう一度加える" in clerk.get(path).text
    for address in (path, path, shop, shop):
        assert clerk.post(f"{address}/return").status_code == 303
    assert "もう一度加える" not in clerk.get(path).text + clerk.get(shop).text
    assert clerk.get(f"/office/badges/new?workplace={place}").text.count("発行する") == 1
    kept = session.exec(select(Badge).where(Badge.workplace_id == place)).all()
    assert {one.state for one in kept} == {"stopped"}
    actions = session.exec(select(AuditEntry.action)).all()
    assert (actions.count("organization.return"), actions.count("workplace.return")) == (1, 1)
    assert cast.stranger("clerk").post(f"{path}/return").status_code == 404


def test_renewing_keeps_the_term_before(clerk: Desk, add: Add, session: Session) -> None:
    path = f"/office/organizations/{add()}"
    fields = {"term_begins_on": "2027-04-01", "term_ends_on": "2028-03-31"}
    assert clerk.post(f"{path}/term", term_begins_on="2027-04-01").status_code == 422
    for _ in "ab":
        assert clerk.post(f"{path}/term", **fields).status_code == 303
    page = clerk.get(path).text
    assert "2028年3月31日" in page
    assert "2027年3月31日" in page
    (before,) = session.exec(select(Term)).all()
    assert (before.begins_on, before.ends_on) == (date(2026, 4, 1), date(2027, 3, 31))


def test_terms_that_end_within_sixty_days_are_pointed_out(clerk: Desk, add: Add) -> None:
    add(name="まもなく", term_ends_on="2026-11-23")
    add(name="まだまだ", term_ends_on="2026-11-24")
    page = clerk.get("/office").text
    warned = page[page.index("まもなく任期が終わる団体") : page.index('role="search"')]
    assert "2026年11月23日" in warned
    assert "まだまだ" not in warned
    assert listed(clerk, only="ending") == ["まもなく"]


def listed(clerk: Desk, **wanted: str) -> list[str]:
    page = clerk.get("/office", params=wanted).text
    return re.findall(r'<th scope="rowgroup"[^>]*><a[^>]*>([^<]+)</a>', page)


def test_pages_show_every_organization_once(clerk: Desk, app: FastAPI, cast: Cast) -> None:
    network_id = cast.town.here.network.id
    with app.state.database.writing() as session:
        session.add_all(
            Organization(
                network_id=network_id, name=f"団体{n}", standing="agency", created_at=cast.clock.now
            )
            for n in range(120)
        )
    seen: list[str] = []
    query: dict[str, str] = {}
    while True:
        page = clerk.get("/office", params=query).text
        seen += re.findall(r'<th scope="rowgroup"[^>]*><a[^>]*>([^<]+)</a>', page)
        following = re.search(r"after=([0-9a-f-]+)", page)
        if not following:
            break
        query = {"after": following[1]}
    assert len(seen) == len(set(seen)) > 120


def test_the_list_is_narrowed(clerk: Desk, add: Add, cast: Cast, app: FastAPI) -> None:
    add()
    assert listed(clerk, text="しょうてんかい") == ["青波商店会"]
    assert listed(clerk, text="%") == []
    assert "青波商店会" in listed(clerk, only="no_badge")
    assert "マルミ" not in listed(clerk, only="no_badge")
    assert "マルミ" in listed(clerk, only="no_phone")
    cast.phone().pair()
    assert "マルミ" not in listed(clerk, only="no_phone")
    assert "青波商店会" not in listed(clerk, only="no_ground")
    assert "マルミ" in listed(clerk, only="no_ground")
    assert set(listed(clerk, standing="agency")).isdisjoint({"マルミ", "青波商店会"})


@pytest.mark.parametrize(
    "query", [{"after": "x"}, {"after": str(UUID(int=7))}, {"only": "no"}, {"standing": "\x00"}]
)
def test_an_odd_address_is_no_error(clerk: Desk, query: dict[str, str]) -> None:
    assert clerk.get("/office", params=query).status_code == 200


def test_contacts_come_main_first_and_go(clerk: Desk, add: Add, session: Session) -> None:
    path = f"/office/organizations/{add()}"
    for _ in "ab":
        clerk.post(f"{path}/contacts", name="副田", role="店長補佐")
    clerk.post(f"{path}/contacts", name="主山", telephone="0000-00-1234", is_main="yes")
    wrong = clerk.post(f"{path}/contacts", name="", email="nobody")
    assert wrong.status_code == 422
    assert 'value="nobody"' in wrong.text
    page = clerk.get(path).text
    assert page.index("主山") < page.index("副田")
    first = session.exec(select(ContactPerson).where(ContactPerson.name == "主山")).one()
    session.exec(select(ContactPerson).where(ContactPerson.name == "副田")).one()
    assert clerk.post(f"/office/contacts/{first.id}/removal").status_code == 303
    assert "主山" not in clerk.get(path).text
    assert "副田" in clerk.get(path).text
