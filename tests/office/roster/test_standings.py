"""A blank 区分 takes the network's usual standing for the industry, and says so beforehand."""

import pytest
from fastapi import FastAPI
from sqlmodel import Session, col, select

from app.networks.models import Network
from app.organizations.models import Organization
from tests.cast import Desk
from tests.office.roster.steps import bring, confirm, take_over
from tests.organizations.roster.files import HEADINGS, line, xlsx
from tests.towns import Town

SHOP = "みどり商店"
TOLD = line(organization=SHOP)
BLANK = line(organization=SHOP, standing="")
NORTH = line(organization=SHOP, standing="構成員", workplace="北青波店")


def standing_of(session: Session, name: str) -> str:
    """Of the organization that was registered last."""
    named = select(Organization.standing).where(Organization.name == name)
    standing = session.exec(named.order_by(col(Organization.id).desc()).limit(1)).one()
    session.rollback()
    return standing


@pytest.mark.parametrize(
    ("industry", "standing", "label"),
    [("コンビニ", "partner", "協力団体"), ("金融機関", "member", "構成員")],
)
def test_the_preview_says_which_standing_the_industry_gives(
    next_door: Desk, session: Session, industry: str, standing: str, label: str
) -> None:
    draft = bring(next_door, line(organization=SHOP, standing="", industry=industry))
    page = next_door.get(draft).text
    assert f"区分が空欄のため、業種から「{label}」としました" in page
    assert "<b>1団体</b>は区分が空欄です" in page
    assert confirm(next_door, draft).status_code == 303
    assert standing_of(session, SHOP) == standing


def test_a_roster_without_the_column_is_taken_over_whole(next_door: Desk, session: Session) -> None:
    draft = bring(next_door, content=xlsx({"名簿": [HEADINGS[1:], TOLD[1:]]}))
    assert confirm(next_door, draft).status_code == 303
    assert standing_of(session, SHOP) == "partner"


def test_what_the_network_has_said_of_the_industry_goes_first(
    next_door: Desk, session: Session, app: FastAPI, town: Town
) -> None:
    with app.state.database.writing() as writing:
        writing.get_one(Network, town.neighbour.id).standings = {"conveni": "member"}
    take_over(next_door, BLANK)
    assert standing_of(session, SHOP) == "member"


def test_a_rule_changed_after_the_preview_has_to_be_seen_first(
    next_door: Desk, session: Session, app: FastAPI, town: Town
) -> None:
    draft = bring(next_door, BLANK)
    seen = next_door.get(draft).text.partition('name="fingerprint" value="')[2].partition('"')[0]
    with app.state.database.writing() as writing:
        writing.get_one(Network, town.neighbour.id).standings = {"conveni": "member"}
    answer = confirm(next_door, draft, fingerprint=seen)
    assert answer.status_code == 409
    assert "もう一度確かめてください" in answer.text
    assert session.exec(select(Organization).where(Organization.name == SHOP)).all() == []


def test_what_a_later_line_of_the_organization_says_goes_first(
    next_door: Desk, session: Session
) -> None:
    draft = bring(next_door, BLANK, NORTH)
    assert "区分が空欄" not in next_door.get(draft).text
    confirm(next_door, draft)
    assert standing_of(session, SHOP) == "member"


def test_a_blank_leaves_a_registered_standing_as_it_is(next_door: Desk, session: Session) -> None:
    take_over(next_door, line(organization=SHOP, standing="構成員"))
    draft = bring(next_door, BLANK)
    page = next_door.get(draft).text
    assert "区分が空欄" not in page
    assert "変わる所はありません" in page
    confirm(next_door, draft)
    assert standing_of(session, SHOP) == "member"


def test_a_standing_said_in_a_later_line_changes_a_registered_one(
    next_door: Desk, session: Session
) -> None:
    take_over(next_door, TOLD, line(organization=SHOP, workplace="北青波店"))
    draft = bring(next_door, BLANK, NORTH)
    assert "<del>協力団体</del> → <ins>構成員</ins>" in next_door.get(draft).text
    confirm(next_door, draft)
    assert standing_of(session, SHOP) == "member"


def test_a_person_without_a_standing_is_a_volunteer(next_door: Desk, session: Session) -> None:
    draft = bring(
        next_door, line(standing="", industry="その他", organization="(個人)", workplace="—")
    )
    assert "個人なので「協力員」としました" in next_door.get(draft).text
    confirm(next_door, draft)
    assert standing_of(session, "(個人)") == "volunteer"
