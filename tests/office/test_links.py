"""設定: of what the network is, and which networks it works together with."""

from typing import Any

import pytest
from sqlmodel import Session

from app.links.queries import open_links
from app.links.rules import LinkKind
from app.networks.models import Network
from tests.cast import Cast
from tests.links.around import GROUND, link_towns

WIDE = {
    "kind": "wide_area",
    "municipality": "青波広域",
    "municipalities": "青波市\r\n\r\n 北山町 \r\n青波市",
    "name": "見守りネットワーク",
}


def network(session: Session, cast: Cast) -> Network:
    session.rollback()
    session.expire_all()
    return session.get_one(Network, cast.town.here.network.id)


def save(cast: Cast, **changes: str) -> Any:
    return cast.staff("clerk").post("/office/settings/names", **(WIDE | changes))


def test_a_wide_area_network_names_its_municipalities(cast: Cast, session: Session) -> None:
    assert save(cast).status_code == 303
    found = network(session, cast)
    assert (found.kind, found.municipalities) == ("wide_area", ["青波市", "北山町"])
    assert found.area == "青波広域(青波市・北山町)"
    assert found.head == "青波市・北山町の長"
    assert "青波市\n北山町</textarea>" in cast.staff("clerk").get("/office/settings").text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"municipalities": "青波市"}, "2つ以上入れてください"),
        ({"municipalities": "\n".join(f"{n}町" for n in range(41))}, "40まで"),
        ({"municipalities": "長" * 21 + "\n北山町"}, "20字まで"),
        ({"kind": "country"}, "どれかを選んでください"),
        ({"kind": ""}, "どれかを選んでください"),
        ({"municipality": " "}, "ここを入れてください"),
    ],
)
def test_what_can_not_be_is_said_and_changes_nothing(
    cast: Cast, session: Session, changes: dict[str, str], said: str
) -> None:
    answer = save(cast, **changes)
    assert answer.status_code == 422
    assert said in answer.text
    assert "青波広域" in answer.text or "municipality" in changes
    assert network(session, cast).municipality == "青波市"


def test_a_prefecture_has_a_governor_and_no_list(cast: Cast, session: Session) -> None:
    assert save(cast, kind="prefecture", municipality="潮騒県").status_code == 303
    found = network(session, cast)
    assert (found.head, found.area, found.municipalities) == ("潮騒県知事", "潮騒県", [])


def test_the_kind_stays_while_a_link_needs_it(cast: Cast, session: Session) -> None:
    link_towns(cast)
    answer = save(cast, kind="prefecture")
    assert answer.status_code == 422
    assert "先に連携を終えてください" in answer.text
    assert network(session, cast).kind == "municipality"
    assert save(cast).status_code == 303


def test_both_sides_see_the_link_and_since_when(cast: Cast) -> None:
    link_towns(cast)
    here = cast.staff("clerk").get("/office/settings").text
    there = cast.stranger("clerk").get("/office/settings").text
    for page, name, telephone, role in (
        (here, "北山町", "0000-00-2188", "周りの市町村"),
        (there, "青波市", "0000-00-1188", "中心市"),
    ):
        panel = page.split('id="network-links"')[1].split("</section>")[0]
        for shown in (name, telephone, role, GROUND, "2026年9月24日"):
            assert shown in panel


def test_without_a_link_it_says_how_one_comes_about(cast: Cast) -> None:
    page = cast.staff("clerk").get("/office/settings").text
    assert "いま、連携しているネットワークはありません" in page


def test_a_clerk_of_either_side_ends_it(cast: Cast, session: Session) -> None:
    link_id = link_towns(cast)
    clerk = cast.stranger("clerk")
    for _ in range(2):
        answer = clerk.post(f"/office/settings/links/{link_id}/end")
        assert (answer.status_code, answer.headers["location"]) == (
            303,
            "/office/settings#links",
        )
    assert open_links(session, cast.town.here.network.id) == []
    page = cast.staff("clerk").get("/office/settings").text
    assert "終わった連携" in page
    assert "0000-00-2188" not in page
    assert "北山町" in cast.staff("clerk").get("/office/audit").text


def test_only_a_clerk_of_the_two_ends_it(cast: Cast, session: Session) -> None:
    link_id = link_towns(cast, LinkKind.PREFECTURE)
    assert cast.staff("counsellor").post(f"/office/settings/links/{link_id}/end").status_code == 403
    unknown = cast.staff("clerk").post(f"/office/settings/links/{cast.town.neighbour.id}/end")
    assert unknown.status_code == 404
    assert len(open_links(session, cast.town.here.network.id)) == 1
