"""The 中心市 is the second pair of eyes for a town around it that asks."""

import re
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import Session, select

from app.audit.commands import first_broken
from app.audit.models import AuditEntry
from app.editions.models import Publication
from tests.cast import Cast
from tests.links.around import link_towns
from tests.office.editing import Editor
from tests.office.reviewing import Center, asked, everything
from tests.scan.plain_form import PlainForm, hidden


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


def said(session: Session, action: str) -> dict[UUID, tuple[str, dict[str, Any]]]:
    session.rollback()
    found = session.exec(select(AuditEntry).where(AuditEntry.action == action)).all()
    return {one.network_id: (one.actor, one.details) for one in found}


def test_the_center_publishes_what_it_was_asked_to_read(
    cast: Cast, around: Editor, center: Center, session: Session
) -> None:
    asked(around)
    page = center.get()
    assert page.status_code == 200
    assert "北山町" in page.text
    assert "使わなくなった" in page.text
    assert "北川" not in page.text
    sample = center.get("/preview")
    assert 'value="CV-03"' not in sample.text
    assert "0000-00-2188" in sample.text
    assert center.approve().headers["location"] == "/office/reviews?done=published"
    assert hidden(PlainForm(cast.stranger_phone()).page, "version") == "2"
    assert hidden(PlainForm(cast.phone()).page, "version") == "1"
    published = session.exec(select(Publication)).one()
    assert published.network_id == cast.town.neighbour.id
    assert published.approved_by_id is None
    assert "青波市(中心市)" in around.desk.get(f"{around.base}/history").text
    assert "青波市(中心市)" in around.desk.get("/office/checklists").text


def test_both_records_name_the_network_that_approved(
    cast: Cast, around: Editor, center: Center, session: Session
) -> None:
    asked(around)
    center.approve()
    here, there = cast.town.here.network.id, cast.town.neighbour.id
    actor, details = said(session, "edition.publish")[there]
    assert (actor, details["version"], details["own"]) == (f"network:{here}", 2, False)
    actor, details = said(session, "review.publish")[here]
    assert actor.startswith("staff:")
    assert (details["peer"], details["subject"], details["version"]) == ("北山町", "conveni", 2)
    assert first_broken(session, here) is first_broken(session, there) is None
    assert "<td>青波市</td>" in around.desk.get("/office/audit").text


def test_it_can_be_returned_with_a_remark(around: Editor, center: Center, session: Session) -> None:
    asked(around)
    assert center.give_back(" ").status_code == 422
    assert center.give_back("CV-03は残してください").status_code == 303
    assert "青波市(中心市)から戻りました" in around.page
    assert "CV-03は残してください" in around.page
    assert center.get().status_code == 409
    assert len(said(session, "review.return")) == len(said(session, "edition.return")) == 1
    assert around.use("CV-03", "yes").status_code == 303
    assert around.ask(center="yes").status_code == 303
    assert center.approve().status_code == 303


def test_templates_are_read_as_words(cast: Cast, around: Editor, link_id: UUID) -> None:
    editor = Editor(around.desk, "templates", "all").begin()
    assert editor.write("R17", title_ja="北山の言葉").status_code == 303
    assert editor.ask(center="yes").status_code == 303
    center = Center(cast.staff("supervisor"), link_id, "templates/all")
    assert "北山の言葉" in center.get().text
    assert "iframe" not in center.get().text
    assert center.approve().status_code == 303


def test_the_menu_counts_what_waits_and_only_a_center_has_it(
    cast: Cast, around: Editor, center: Center
) -> None:
    assert "/office/reviews" in center.desk.get("/desk").text
    assert "確認待ちの下書きはありません" in center.desk.get("/office/reviews").text
    asked(around)
    for desk in (center.desk, cast.staff("clerk")):
        page = desk.get("/office/checklists").text
        assert re.search(r'href="/office/reviews".*?>1<span class="vh">件の確認待ち', page, re.S)
    assert "北山町" in center.desk.get("/office/reviews").text
    assert "/office/reviews" not in around.desk.get("/office").text


def test_the_town_chooses_who_reads(around: Editor, center: Center, session: Session) -> None:
    """Without a tick in that box the draft stays at home."""
    assert "中心市(青波市)にも頼む" in around.begin().page
    around.use("CV-03", "no")
    around.ask()
    before = everything(session)
    assert center.get().status_code == 409
    assert center.approve().status_code == 409
    assert center.give_back("直して").status_code == 409
    assert everything(session) == before


def test_what_is_no_more_asked_is_no_more_read(around: Editor, center: Center) -> None:
    asked(around)
    assert "青波市にも確認を頼んでいます" in around.page
    assert around.post("asking/end").status_code == 303
    assert center.get().status_code == center.get("/preview").status_code == 409
    around.ask()
    assert center.get().status_code == 409


def test_what_changed_since_it_was_read_is_not_published(
    around: Editor, center: Center, session: Session
) -> None:
    asked(around)
    around.post("asking/end")
    around.use("CV-04", "no")
    around.ask(center="yes")
    before = everything(session)
    assert center.approve(revision=2).status_code == 409
    assert everything(session) == before
    assert center.approve().status_code == 303
    assert center.approve(revision=3).status_code == 409
