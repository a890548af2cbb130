"""Drafts of a town are closed to all but the 中心市 that it asked, while the link stands."""

from uuid import UUID

import pytest
from sqlmodel import Session, select

from app.editions.models import Draft
from app.links.commands import end_link
from app.links.rules import LinkKind
from tests.cast import Cast
from tests.links.around import link_towns
from tests.office.editing import Editor
from tests.office.reviewing import Center, asked, everything, refused_everywhere
from tests.towns import AFTERNOON


@pytest.fixture
def around(cast: Cast) -> Editor:
    """The only clerk of 北山町."""
    return Editor(cast.stranger("clerk"))


@pytest.fixture
def link_id(cast: Cast) -> UUID:
    return link_towns(cast)


@pytest.fixture
def center(cast: Cast, link_id: UUID) -> Center:
    return Center(cast.staff("counsellor"), link_id)


def test_an_ended_link_opens_nothing_at_once(
    cast: Cast, around: Editor, center: Center, link_id: UUID, session: Session
) -> None:
    asked(around)
    answer = around.desk.post(f"/office/settings/links/{link_id}/end")
    assert answer.status_code == 303
    refused_everywhere(center, session)
    assert "中心市はこの下書きを読めません" in around.page
    assert "/office/reviews" not in center.desk.get("/desk").text
    anew = Center(center.desk, link_towns(cast))
    assert anew.get().status_code == 409
    assert around.post("asking/end").status_code == 303
    assert "中心市(青波市)にも頼む" in around.page


def test_asking_a_center_that_is_gone_says_so(cast: Cast, around: Editor, link_id: UUID) -> None:
    around.begin().use("CV-03", "no")
    with cast.app.state.database.writing() as writing:
        end_link(writing, cast.town.here.network.id, link_id, "operator", AFTERNOON)
    answer = around.ask(center="yes")
    assert answer.status_code == 409
    assert "連携が終わっています" in answer.text


def test_the_town_reads_nothing_of_its_center(cast: Cast, link_id: UUID, session: Session) -> None:
    """The same id, the other way round."""
    here = Editor(cast.staff("clerk")).begin()
    here.use("CV-03", "no")
    here.ask()
    refused_everywhere(Center(cast.stranger("supervisor"), link_id), session)


def test_a_prefecture_reads_no_draft(cast: Cast, around: Editor, session: Session) -> None:
    link_id = link_towns(cast, LinkKind.PREFECTURE)
    around.begin().use("CV-03", "no")
    assert "中心市" not in around.page
    assert around.ask(center="yes").status_code == 409
    around.ask()
    refused_everywhere(Center(cast.staff("clerk"), link_id), session)


def test_ids_that_are_no_link_open_nothing(cast: Cast, around: Editor, session: Session) -> None:
    link_towns(cast)
    asked(around)
    draft = session.exec(select(Draft)).one()
    for wrong in (draft.id, draft.network_id, cast.town.here.network.id):
        refused_everywhere(Center(cast.staff("clerk"), wrong), session)
    clerk = cast.staff("clerk")
    assert clerk.get("/office/reviews/x/checklist/conveni").status_code == 422
    for what in ("checklist/nowhere", "letters/all"):
        assert Center(clerk, draft.asked_link_id or draft.id, what).get().status_code == 404


def test_without_a_link_or_a_session_nothing_opens(
    cast: Cast, around: Editor, link_id: UUID, session: Session
) -> None:
    asked(around)
    nobody = cast.staff("clerk")
    nobody.post("/sign-out")
    before = everything(session)
    center = Center(nobody, link_id)
    assert center.desk.post(f"{center.path}/approval", revision="2").status_code == 401
    assert center.get("/preview").status_code == 401
    assert everything(session) == before


def test_a_draft_of_ones_own_is_not_reached_by_this_way(
    cast: Cast, around: Editor, center: Center, session: Session
) -> None:
    """Staff of the 中心市 don't get around their own second pair of eyes."""
    own = Editor(cast.staff("clerk"), subject="finance").begin()
    own.use("BK-01", "no")
    assert own.ask(center="yes").status_code == 409
    own.ask()
    asked(around)
    other = Center(cast.staff("clerk"), UUID(center.path.split("/")[3]), "checklist/finance")
    assert other.approve().status_code == 409
    assert len(session.exec(select(Draft)).all()) == 2
