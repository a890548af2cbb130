"""印刷物 for the clerk: the page, the files, what is typed for them, and the numbers on slips."""

from datetime import date
from uuid import UUID

import pytest
from fastapi import FastAPI
from sqlmodel import Session, col, select

from app.audit.models import AuditEntry
from app.networks.models import Network
from app.organizations.models import Organization, Workplace
from app.printing.prints import PRINTS
from tests.cast import Cast, Desk
from tests.printing.paper import pages
from tests.towns import Town

WRITTEN = {"headline": "未納料金のSMSが急増", "script": "おはようございます。", "signs": "急ぐ"}


@pytest.fixture
def clerk(cast: Cast) -> Desk:
    return cast.staff("clerk")


def test_the_page_shows_all_there_is_and_each_file_opens(clerk: Desk) -> None:
    page = clerk.get("/office/prints").text
    for kind in PRINTS:
        assert f'href="/office/prints/{kind}.pdf"' in page
        assert f'src="/office/prints/{kind}.png"' in page
    file = clerk.get("/office/prints/check-script.pdf")
    assert file.headers["content-type"] == "application/pdf"
    assert "青波市消費生活センター" in pages(file.content)[0].text
    picture = clerk.get("/office/prints/check-script.png")
    assert picture.headers["content-type"] == "image/png"
    assert picture.headers["cache-control"].startswith("private")


@pytest.mark.parametrize("kind", ["nothing", "magnet.typ", "..%2Fstyle", "%00"])
def test_what_there_isnt_is_not_found(clerk: Desk, kind: str) -> None:
    assert clerk.get(f"/office/prints/{kind}.pdf").status_code == 404
    assert clerk.get(f"/office/prints/{kind}.png").status_code == 404


def test_neighbours_print_their_own_words(cast: Cast) -> None:
    text = pages(cast.stranger("clerk").get("/office/prints/check-script.pdf").content)[0].text
    assert "北山町消費生活センター" in text
    assert "青波市" not in text


def test_a_name_in_the_settings_that_cant_be_drawn_is_flagged(
    clerk: Desk, app: FastAPI, town: Town
) -> None:
    with app.state.database.writing() as session:
        session.get_one(Network, town.here.network.id).center_name = "青波\U0001f600センター"
    assert "書体にない字があります:\U0001f600" in clerk.get("/office/prints").text


def test_a_briefing_is_dated_and_timed(clerk: Desk) -> None:
    answer = clerk.post("/office/prints/briefing", **WRITTEN)
    (page,) = pages(answer.content)
    assert "令和8年9月24日" in page.text
    assert "約2 秒" in page.text
    assert "急ぐ" in page.text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"script": ""}, "入力してください"),
        ({"headline": "  "}, "入力してください"),
        ({"script": "あ" * 151}, "150文字までにしてください(いま151文字)"),
        ({"signs": "あ" * 41}, "40文字まで"),
        ({"source": "\U0001f600"}, "書体にない字があります"),
    ],
)
def test_a_briefing_that_doesnt_fit_is_asked_for_again_with_all_that_was_typed(
    clerk: Desk, fields: dict[str, str], words: str
) -> None:
    answer = clerk.post("/office/prints/briefing", **(WRITTEN | fields))
    assert answer.status_code == 422
    assert words in answer.text
    assert 'role="alert"' in answer.text
    for text in (WRITTEN | fields).values():
        assert text in answer.text


def test_a_briefing_out_of_all_proportion_is_no_error_of_ours(clerk: Desk) -> None:
    assert clerk.post("/office/prints/briefing", script="あ" * 3000).status_code == 422
    assert clerk.post("/office/prints/briefing", signs=["x"] * 9).status_code == 422


def give_codes(app: FastAPI, town: Town) -> list[str]:
    with app.state.database.reading() as session:
        here = select(Workplace.code).where(
            Workplace.network_id == town.here.network.id, Workplace.code != ""
        )
        return list(session.exec(here))


def test_every_workplace_gets_its_number_and_it_is_recorded(
    clerk: Desk, app: FastAPI, town: Town, session: Session
) -> None:
    codes = give_codes(app, town)
    answer = clerk.post("/office/prints/slips", organization_id="")
    text = "".join(page.text for page in pages(answer.content))
    assert codes
    assert all(code in text for code in codes)
    entry = session.exec(select(AuditEntry).where(AuditEntry.action == "workplace_code.print"))
    assert entry.one().details == {"count": len(codes)}


def test_a_workplace_that_left_gets_no_slip(clerk: Desk, app: FastAPI, town: Town) -> None:
    codes = give_codes(app, town)
    with app.state.database.writing() as session:
        left = session.exec(select(Workplace).where(Workplace.code == codes[0])).one()
        organization = session.get_one(Organization, (left.network_id, left.organization_id))
        left.ended_on = organization.ended_on = date(2026, 9, 1)
    answer = clerk.post("/office/prints/slips", organization_id="")
    assert codes[0] not in "".join(page.text for page in pages(answer.content))


def test_one_organizations_slips_alone(clerk: Desk, town: Town, session: Session) -> None:
    here = select(Workplace).where(Workplace.network_id == town.here.network.id)
    one = session.exec(here.where(col(Workplace.code) != "")).first()
    assert one
    answer = clerk.post("/office/prints/slips", organization_id=str(one.organization_id))
    mine = session.exec(here.where(Workplace.organization_id == one.organization_id)).all()
    text = "".join(page.text for page in pages(answer.content))
    assert text.count("職場の番号を入れて") == len(mine)


def test_an_organizations_page_leads_to_its_own_slips(
    clerk: Desk, app: FastAPI, town: Town, session: Session
) -> None:
    """And they stay its own when something has to be asked first."""
    give_codes(app, town)
    here = select(Workplace).where(Workplace.network_id == town.here.network.id)
    with app.state.database.writing() as writing:
        shop = writing.exec(here).first()
        assert shop
        shop.name = "\U0001f600店"
        theirs = shop.organization_id
    way = f"/office/prints?organization={theirs}"
    hidden = f'name="organization_id" value="{theirs}"'
    assert f'href="{way}#slips"' in clerk.get(f"/office/organizations/{theirs}").text
    assert hidden in clerk.get(way).text
    refused = clerk.post("/office/prints/slips", organization_id=str(theirs))
    assert refused.status_code == 422
    assert hidden in refused.text
    assert hidden not in clerk.get("/office/prints").text


def test_strangers_organizations_have_no_slips(cast: Cast, town: Town, session: Session) -> None:
    ours = select(Organization).where(Organization.network_id == town.here.network.id)
    theirs = session.exec(ours).first()
    assert theirs
    stranger = cast.stranger("clerk")
    answer = stranger.post("/office/prints/slips", organization_id=str(theirs.id))
    assert answer.status_code == 422
    assert theirs.name not in answer.text
    assert theirs.name not in stranger.get(f"/office/prints?organization={theirs.id}").text


@pytest.mark.parametrize("junk", ["x", "'", "\0", str(UUID(int=0)), str(UUID(int=7))])
def test_slips_of_nothing_are_refused(clerk: Desk, junk: str) -> None:
    assert clerk.post("/office/prints/slips", organization_id=junk).status_code == 422


def test_a_workplace_that_cant_be_printed_is_named_or_left_out(
    clerk: Desk, app: FastAPI, town: Town
) -> None:
    codes = give_codes(app, town)
    with app.state.database.writing() as session:
        shop = session.exec(select(Workplace).where(Workplace.code == codes[0])).one()
        shop.name = "\U0001f600店"
    refused = clerk.post("/office/prints/slips")
    assert refused.status_code == 422
    assert "書体にない字(\U0001f600)がある職場が1か所" in refused.text
    answer = clerk.post("/office/prints/slips", skip="1")
    assert codes[0] not in "".join(page.text for page in pages(answer.content))
