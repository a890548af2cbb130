"""さがす: by number, badge, place, kind and day; the filter stays while the list goes on."""

from uuid import UUID

import pytest
from sqlmodel import Session, select

from app.reports.models import Report
from tests.cast import Cast, Desk
from tests.desk.test_listing import link, numbers

PHONES = ("conveni", "finance", "post")


@pytest.fixture
def reports(cast: Cast) -> list[UUID]:
    """K-0001 of a コンビニ (今すぐ), K-0002 of a bank and K-0003 of a post office the day after."""
    found = [cast.phone("conveni").report(items=["CV-01"])]
    cast.clock.advance(days=1)
    found += [cast.phone(kind).report(items=["CM-07"], answers={}) for kind in PHONES[1:]]
    return found


@pytest.fixture
def desk(cast: Cast, reports: list[UUID]) -> Desk:
    return cast.staff("counsellor")


def found(desk: Desk, query: str) -> list[str]:
    answer = desk.get(f"/desk?{query}")
    assert answer.status_code == 200
    return numbers(answer.text)


@pytest.mark.parametrize("typed", ["K-0002", "k2", "2", "ｋ－０００２", " 0002 "])
def test_a_receipt_number_is_found_however_it_is_typed(desk: Desk, typed: str) -> None:
    assert found(desk, f"q={typed}") == ["K-0002"]


def test_a_badge_number_finds_what_came_from_it(cast: Cast, desk: Desk) -> None:
    (number,) = {b["number"] for b in cast.town.badges if b["url"].endswith(cast.town.code("post"))}
    assert found(desk, f"q={number}") == ["K-0003"]
    assert found(desk, f"q={number.replace('-', '').lower()}") == ["K-0003"]


def test_words_of_a_place_find_it_and_all_of_them_have_to_fit(desk: Desk, session: Session) -> None:
    place = desk.get("/desk").text.split("コンビニ　")[1].split("<")[0]
    assert found(desk, f"q={place}") == ["K-0001"]
    assert found(desk, f"q={place.split()[0]}") == ["K-0001"]
    assert found(desk, f"q={place} とんでもない") == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("industry=finance", ["K-0002"]),
        ("urgency=now", ["K-0001"]),
        ("whose=nobody", ["K-0003", "K-0002", "K-0001"]),
        ("state=open", ["K-0003", "K-0002", "K-0001"]),
        ("state=closed", []),
        ("since=2026-09-25", ["K-0003", "K-0002"]),
        ("until=2026-09-24", ["K-0001"]),
        ("since=2026-09-24&until=2026-09-25&industry=post", ["K-0003"]),
        ("since=2026-09-26", []),
        ("until=2020-01-01", []),
    ],
)
def test_kinds_and_days_narrow_it(desk: Desk, query: str, expected: list[str]) -> None:
    assert found(desk, query) == expected


def test_mine_and_closed_ones_are_found_too(desk: Desk, reports: list[UUID]) -> None:
    desk.post(f"/desk/reports/{reports[0]}/claim")
    desk.post(f"/desk/reports/{reports[1]}/closure", template="R17", outcome="informed")
    assert found(desk, "whose=mine&state=open") == ["K-0001"]
    assert found(desk, "whose=mine&state=closed") == ["K-0002"]
    assert found(desk, "q=2") == ["K-0002"]


def test_nothing_found_says_so_and_leads_back(desk: Desk) -> None:
    page = desk.get("/desk?q=K-0999").text
    assert "当てはまる報告はありません" in page
    assert 'href="/desk">やめる' in page


@pytest.mark.parametrize("query", ["since=きのう", "until=2026-13-01", "industry=zoo", "urgency=x"])
def test_what_cannot_be_read_is_said_and_what_was_typed_stays(desk: Desk, query: str) -> None:
    answer = desk.get(f"/desk?{query}")
    assert answer.status_code == 200
    assert "条件を直してください" in answer.text
    name, typed = query.split("=")
    assert name in ("industry", "urgency") or f'value="{typed}"' in answer.text


@pytest.mark.parametrize(
    "typed", ["%", "_", "\x00", "a\x00b", "' OR 1=1", "あ" * 300, "K-" + "9" * 30]
)
def test_odd_words_find_nothing_and_break_nothing(desk: Desk, typed: str) -> None:
    answer = desk.client.get("/desk", params={"q": typed})
    assert answer.status_code == 200
    assert numbers(answer.text) == [] or typed == "\x00"


def test_the_filter_stays_when_the_list_goes_on_and_when_a_report_is_opened(
    desk: Desk, reports: list[UUID], cast: Cast
) -> None:
    page = desk.get("/desk?industry=conveni&q=").text
    assert 'hx-get="/desk?industry=conveni&amp;up_to=3"' in page
    opened = desk.get(link(page, "<span")).text
    assert numbers(opened) == ["K-0001"]
    assert 'aria-current="true"' in opened
    cast.phone("conveni").report()
    cast.phone("finance").report()
    later = desk.get("/desk?industry=conveni&up_to=3", headers={"HX-Request": "true"}).text
    assert numbers(later) == ["K-0001"]
    assert "新着 1件を表示" in later
    assert 'class="new" href="/desk?industry=conveni"' in later
    assert numbers(desk.get("/desk?industry=conveni").text) == ["K-0004", "K-0001"]


def test_a_long_history_is_looked_through_in_steps(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.desk.inbox.finding.LOOKED_THROUGH", 2)
    page = desk.get("/desk?urgency=now").text
    assert numbers(page) == []
    assert numbers(desk.get(link(page, "もっと前をさがす")).text) == ["K-0001"]


def test_a_search_is_read_page_by_page(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.desk.inbox.listing.PAGE", 2)
    page = desk.get("/desk?state=open").text
    assert numbers(page) == ["K-0003", "K-0002"]
    assert numbers(desk.get(link(page, "次の50件")).text) == ["K-0001"]


def test_nobody_finds_a_neighbours_reports(
    cast: Cast, reports: list[UUID], session: Session
) -> None:
    stranger = cast.stranger("counsellor")
    for query in ("q=K-0001", "industry=conveni", "state=open", "q=マルミ", "whose=nobody"):
        assert found(stranger, query) == []
    assert len(session.exec(select(Report)).all()) == 3
