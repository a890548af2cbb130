"""After a form the list is as it was, and an address leads nowhere but to the desk."""

import re
from html import unescape
from uuid import UUID

import pytest

from tests.cast import Cast, Desk, composer_fields

NARROWED = "?q=K-0001&industry=conveni&whose=mine"


@pytest.fixture
def report_id(cast: Cast) -> UUID:
    return cast.phone().report()


def addresses(page: str, ending: str) -> list[str]:
    found = re.findall(r'(?:action|href)="(/desk/[^"]*)"', page)
    return [address for one in found if ending in (address := unescape(one))]


def test_every_form_of_the_detail_goes_on_with_the_search(desk: Desk, report_id: UUID) -> None:
    here = f"/desk/reports/{report_id}"
    for step in ("claim", "instructions/new", "handover", "release"):
        page = desk.get(here + NARROWED).text.partition('id="detail"')[2]
        ways = addresses(page, f"{here}/{step}")
        assert ways, step
        assert all("q=K-0001&industry=conveni&whose=mine" in way for way in ways), ways
        if step in {"claim", "release"}:
            assert desk.post(ways[0]).headers["location"] == here + NARROWED


def test_writing_an_instruction_comes_back_to_the_search(desk: Desk, report_id: UUID) -> None:
    here = f"/desk/reports/{report_id}"
    page = desk.get(f"{here}/instructions/new{NARROWED}&template=R02").text
    assert "?template=R05&q=K-0001" in unescape(page)
    preview = addresses(page, "/preview")[0]
    page = desk.post(preview, template="R02", **composer_fields(page)).text
    send = next(one for one in addresses(page, "/instructions") if one.endswith("whose=mine"))
    answer = desk.post(send, template="R02", **composer_fields(page))
    assert answer.headers["location"] == here + NARROWED
    detail = desk.get(here + NARROWED).text
    undo = addresses(detail, "/cancellation")[0]
    assert desk.post(undo).headers["location"] == here + NARROWED


@pytest.mark.parametrize(
    "query",
    [
        "?next=https://evil.example/",
        "?next=//evil.example",
        "?selected=x&up_to=9",
        "?q=",
        "?%0d%0aLocation:%20https://evil.example",
    ],
)
def test_nothing_else_of_an_address_is_taken_along(desk: Desk, report_id: UUID, query: str) -> None:
    here = f"/desk/reports/{report_id}"
    assert desk.post(f"{here}/claim{query}").headers["location"] == here


def test_what_was_searched_for_is_only_words(desk: Desk, report_id: UUID) -> None:
    here = f"/desk/reports/{report_id}"
    odd = "?q=%0d%0aSet-Cookie:+a%3Db%26x%3D//evil.example" + "a" * 500
    location = desk.post(f"{here}/claim{odd}").headers["location"]
    assert location.startswith(f"{here}?q=%0D%0ASet-Cookie%3A+a%3Db%26x%3D%2F%2Fevil.example")
    assert len(location) < 400
    assert desk.get(location).status_code == 200
