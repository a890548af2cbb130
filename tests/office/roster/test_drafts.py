"""A clerk sees what a roster would change, and confirms it once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi import FastAPI
from sqlmodel import Session, func, select

from app.audit.models import AuditEntry
from app.badges.models import Badge
from app.demo.town import ROSTER
from app.office.roster.models import RosterDraft
from app.organizations.models import Organization, Workplace
from tests.cast import Cast, Desk
from tests.office.roster.steps import NEW, bring, confirm, counts, fingerprint, take_over
from tests.organizations.roster.files import LINE, line


def test_what_would_change_is_shown_before_anything_changes(
    next_door: Desk, app: FastAPI, session: Session
) -> None:
    before = session.exec(select(func.count()).select_from(Workplace)).one()
    session.rollback()
    page = next_door.get(bring(next_door, LINE, NEW, line(industry="コンビに", workplace="x"))).text
    assert counts(page) == [2, 0, 9, 1]
    assert "業種「コンビに」は一覧にありません(コンビニ ですか?)" in page
    assert "3行のうち" in page
    assert "<b>2行</b>を登録します" in page
    assert session.exec(select(func.count()).select_from(Workplace)).one() == before


def test_confirming_registers_everything_once(next_door: Desk, session: Session) -> None:
    page = take_over(next_door, LINE, NEW)
    assert "2行すべてを登録しました" in page
    assert counts(page) == [2, 0, 9, 0]
    bank = session.exec(select(Organization).where(Organization.name == "ゆり銀行")).one()
    place = session.exec(select(Workplace).where(Workplace.organization_id == bank.id)).one()
    assert (place.name, place.industry, place.contact) == ("本店", "finance", "甲")
    badges = session.exec(select(Badge).where(Badge.workplace_id == place.id)).all()
    assert [badge.number for badge in badges] == ["B-0001", "B-0002", "B-0003"]
    again = next_door.get(bring(next_door, LINE, NEW)).text
    assert counts(again) == [0, 0, 0, 0]
    assert "変わる所はありません" in again


def test_the_sample_town_taken_over_again_changes_nothing(clerk: Desk) -> None:
    page = clerk.get(bring(clerk, content=ROSTER.read_bytes())).text
    assert counts(page) == [0, 0, 0, 0]
    assert "名簿にない事業所" not in page


def test_a_changed_field_is_shown_old_and_new_and_then_registered(
    next_door: Desk, session: Session
) -> None:
    take_over(next_door, LINE)
    draft = bring(next_door, line(telephone="0000-00-2999", day="R8.5.1", contact=""))
    page = next_door.get(draft).text
    assert "<del>0885-00-2001</del> → <ins>0000-00-2999</ins>" in page
    assert "<del>2026/4/1</del> → <ins>2026/5/1</ins>" in page
    confirm(next_door, draft)
    place = session.exec(select(Workplace).where(Workplace.telephone == "0000-00-2999")).one()
    assert place.contact == "店長"


def test_more_badges_are_issued_and_fewer_are_only_told(next_door: Desk, session: Session) -> None:
    take_over(next_door, LINE)
    assert counts(take_over(next_door, line(badges=8)))[2] == 2
    draft = bring(next_door, line(badges=5))
    assert "いま3枚多い" in next_door.get(draft).text
    confirm(next_door, draft)
    assert session.exec(select(Badge).where(Badge.state == "stopped")).all() == []


def test_a_workplace_that_is_gone_ends_only_when_ticked(next_door: Desk, session: Session) -> None:
    take_over(next_door, LINE, NEW)
    draft = bring(next_door, LINE)
    page = next_door.get(draft).text
    assert "止まる名札 3枚" in page
    bank_id = session.exec(select(Workplace.id).where(Workplace.contact == "甲")).one()
    session.rollback()
    assert counts(next_door.get(draft).text)[:3] == [0, 0, 0]
    assert confirm(next_door, draft, end=str(bank_id)).status_code == 303
    assert counts(next_door.get(draft).text) == [0, 0, 0, 1]
    ended = session.exec(select(Workplace).where(Workplace.id == bank_id)).one()
    organization = session.exec(
        select(Organization).where(Organization.id == ended.organization_id)
    ).one()
    assert str(ended.ended_on) == str(organization.ended_on) == "2026-09-24"
    badges = session.exec(select(Badge).where(Badge.workplace_id == bank_id)).all()
    assert {(badge.state, badge.stop_reason) for badge in badges} == {("stopped", "ended")}
    session.rollback()
    assert "ゆり銀行" not in next_door.get(bring(next_door, LINE)).text


def test_ticks_and_the_day_come_along_to_other_rows(next_door: Desk, session: Session) -> None:
    take_over(next_door, LINE, NEW)
    draft = bring(next_door, LINE)
    bank_id = session.exec(select(Workplace.id).where(Workplace.contact == "甲")).one()
    session.rollback()
    typed = {"end": str(bank_id), "valid_until": "2027-09-30"}
    page = next_door.post(f"{draft}/rows?show=same", **typed)
    assert page.status_code == 200
    assert f'value="{bank_id}" form="import" checked' in page.text
    assert 'value="2027-09-30"' in page.text
    assert f'formaction="{draft}/rows?show=changed&amp;page=1#rows"' in page.text
    assert counts(page.text)[:3] == [0, 0, 0]
    assert next_door.post(f"{draft}/rows?show=x&page=9", end="nobody", valid_until="x").text
    confirm(next_door, draft)
    assert next_door.post(f"{draft}/rows", **typed).headers["location"] == draft


def test_an_ended_workplace_comes_back_with_new_badges(next_door: Desk, session: Session) -> None:
    take_over(next_door, LINE, NEW)
    bank_id = session.exec(select(Workplace.id).where(Workplace.contact == "甲")).one()
    session.rollback()
    take_over(next_door, LINE, end=str(bank_id))
    draft = bring(next_door, LINE, NEW)
    assert "もう一度始めます" in next_door.get(draft).text
    confirm(next_door, draft)
    back = session.exec(select(Workplace).where(Workplace.id == bank_id)).one()
    assert back.ended_on is None
    live = session.exec(
        select(Badge).where(Badge.workplace_id == bank_id, Badge.state == "issued")
    ).all()
    assert len(live) == 3


def test_a_line_that_could_not_be_read_still_lists_its_workplace(next_door: Desk) -> None:
    take_over(next_door, LINE, NEW)
    page = next_door.get(bring(next_door, LINE, [*NEW[:-2], "4月1日", 3])).text
    assert "ゆり銀行" not in page.partition("unlisted")[2]


def test_volunteers_are_each_registered(next_door: Desk, session: Session) -> None:
    person = {
        "standing": "協力員",
        "industry": "その他",
        "organization": "(個人)",
        "workplace": "—",
        "badges": 1,
    }
    pair = [line(**person, contact="甲"), line(**person, contact="乙")]
    assert counts(take_over(next_door, *pair)) == [2, 0, 2, 0]
    names = session.exec(select(Workplace.name).where(Workplace.contact.in_(["甲", "乙"]))).all()
    assert sorted(names) == ["", "協力員2"]
    session.rollback()
    assert counts(next_door.get(bring(next_door, *pair)).text) == [0, 0, 0, 0]


def test_the_same_draft_twice_doubles_nothing(
    next_door: Desk, cast: Cast, session: Session
) -> None:
    draft = bring(next_door, LINE)
    seen = fingerprint(next_door.get(draft).text)
    assert confirm(next_door, draft).status_code == 303
    twice = next_door.post(f"{draft}/import", fingerprint=seen, valid_until="2027-03-31")
    assert twice.status_code == 409
    assert "もう登録してあります" in twice.text
    shop = select(Workplace.id).where(Workplace.telephone == LINE[4])
    shop_id = session.exec(shop.where(Workplace.network_id == cast.town.neighbour.id)).one()
    assert len(session.exec(select(Badge).where(Badge.workplace_id == shop_id)).all()) == 6
    entries = session.exec(select(AuditEntry).where(AuditEntry.action == "roster.import")).all()
    assert len(entries) == 1


def test_what_changed_since_the_preview_is_shown_again(
    next_door: Desk, cast: Cast, app: FastAPI, session: Session
) -> None:
    first, second = bring(next_door, LINE), bring(next_door, LINE)
    seen = fingerprint(next_door.get(second).text)
    confirm(next_door, first)
    late = next_door.post(f"{second}/import", fingerprint=seen, valid_until="2027-03-31")
    assert late.status_code == 409
    assert "登録が変わりました" in late.text
    assert "変わる所はありません" in late.text
    shops = select(Workplace).where(Workplace.name == "青波駅前店", Workplace.telephone == LINE[4])
    network = cast.town.neighbour.id
    assert len(session.exec(shops.where(Workplace.network_id == network)).all()) == 1


@pytest.mark.parametrize("until", ["", "2026-09-24", "きのう", "2099-01-01", "0001-01-01"])
def test_a_day_that_cannot_be_is_refused_and_changes_nothing(
    next_door: Desk, session: Session, until: str
) -> None:
    draft = bring(next_door, LINE)
    answer = confirm(next_door, draft, valid_until=until)
    assert answer.status_code == 422
    assert "あすから10年後まで" in answer.text
    assert f'value="{until}"' in answer.text
    assert session.exec(select(RosterDraft)).one().taken_over_at is None


def test_a_strangers_workplace_cannot_be_ended(
    next_door: Desk, cast: Cast, app: FastAPI, session: Session
) -> None:
    theirs = session.exec(
        select(Workplace).where(Workplace.network_id == cast.town.here.network.id)
    ).first()
    assert theirs
    session.rollback()
    assert counts(take_over(next_door, LINE, end=str(theirs.id)))[3] == 0
    assert session.exec(select(Workplace).where(Workplace.ended_on.is_not(None))).all() == []


def test_the_record_counts_and_names_nobody(next_door: Desk, session: Session) -> None:
    take_over(next_door, LINE)
    entry = session.exec(select(AuditEntry).where(AuditEntry.action == "roster.import")).one()
    assert entry.details["workplaces"] == 1
    assert all(isinstance(value, int) for value in entry.details.values())


def test_two_clerks_who_confirm_at_once_register_it_once(
    next_door: Desk, cast: Cast, session: Session
) -> None:
    draft = bring(next_door, LINE)
    seen = fingerprint(next_door.get(draft).text)
    clerks = [next_door, cast.stranger("clerk")]

    def confirm_now(one: Desk) -> int:
        answer = one.post(f"{draft}/import", fingerprint=seen, valid_until="2027-03-31")
        return int(answer.status_code)

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(confirm_now, clerks)) == [303, 409]
    shop = select(Workplace.id).where(Workplace.network_id == cast.town.neighbour.id)
    shop_id = session.exec(shop.where(Workplace.telephone == LINE[4])).one()
    assert len(session.exec(select(Badge).where(Badge.workplace_id == shop_id)).all()) == 6


def test_two_drafts_confirmed_at_once_double_nothing(
    next_door: Desk, cast: Cast, session: Session
) -> None:
    take_over(next_door, LINE)
    drafts = [bring(next_door, line(badges=60)), bring(next_door, line(badges=60))]
    seen = fingerprint(next_door.get(drafts[0]).text)
    clerks = [next_door, cast.stranger("clerk")]

    def confirm_now(one: Desk, draft: str) -> int:
        answer = one.post(f"{draft}/import", fingerprint=seen, valid_until="2027-03-31")
        return int(answer.status_code)

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(confirm_now, clerks, drafts)) == [303, 409]
    shop = select(Workplace.id).where(Workplace.network_id == cast.town.neighbour.id)
    shop_id = session.exec(shop.where(Workplace.telephone == LINE[4])).one()
    assert len(session.exec(select(Badge).where(Badge.workplace_id == shop_id)).all()) == 60
