"""What a reader is told when something can't be done: the staff beside their work, others beside
the numbers to call."""

from tests.cast import Cast

NOTHING_TICKED = "名札に✓してから、押してください。"


def test_the_office_is_led_back_to_the_page_it_came_from(cast: Cast) -> None:
    clerk = cast.staff("clerk")
    came = {"referer": "http://testserver/office/badges?state=issued&text=%E9%A7%85"}
    page = clerk.client.post(
        "/office/badges/validity", data={"valid_until": "2027-03-31"}, headers=came
    )
    assert page.status_code == 422
    assert NOTHING_TICKED in page.text
    assert 'href="/office/badges?state=issued&amp;text=%E9%A7%85"' in page.text
    assert "何も変えていません" in page.text
    assert "110" not in page.text


def test_no_stranger_decides_where_back_leads(cast: Cast) -> None:
    clerk = cast.staff("clerk")
    for came in ("https://example.com/office/badges", "http://testserver//example.com", "http://["):
        page = clerk.client.post("/office/badges/sheet", headers={"referer": came})
        assert page.status_code == 422
        assert "example.com" not in page.text
        assert 'href="/office"' in page.text


def test_who_may_not_enter_is_led_to_their_account(cast: Cast) -> None:
    page = cast.staff("counsellor").get("/office/settings")
    assert page.status_code == 403
    assert 'href="/account"' in page.text


def test_the_desk_is_led_to_its_inbox(cast: Cast) -> None:
    page = cast.staff("counsellor").get("/desk/nothing-here")
    assert page.status_code == 404
    assert 'href="/desk"' in page.text


def test_workers_find_the_numbers_to_call(cast: Cast) -> None:
    page = cast.phone().client.get("/nothing-here")
    assert page.status_code == 404
    assert "110" in page.text
