"""The back of the badge: a working checklist, and what to do at once before anything is sent."""

import re

import pytest
from fastapi.testclient import TestClient

from tests.cast import Cast
from tests.scan.plain_form import PlainForm, errors_in, hidden, note_in, ticked


def test_the_first_screen_shows_no_more_than_eight_signs(cast: Cast) -> None:
    page = PlainForm(cast.phone()).page
    assert 1 <= len(re.findall(r'name="item"', page)) <= 8
    assert cast.town.badges[0]["number"] in page


def test_each_opening_has_a_report_id_of_its_own(cast: Cast) -> None:
    phone = cast.phone()
    assert PlainForm(phone).report_id != PlainForm(phone).report_id


@pytest.mark.parametrize(
    "industry", ["conveni", "finance", "post", "delivery", "insurance", "retail"]
)
def test_every_industry_opens_its_own_checklist(cast: Cast, industry: str) -> None:
    prefix = {"conveni": "CV", "finance": "BK", "post": "PO", "delivery": "DL",
              "insurance": "IN", "retail": "SM"}[industry]  # fmt: skip
    assert f'name="item" value="{prefix}-' in PlainForm(cast.phone(industry)).page


def test_urgent_signs_carry_what_to_say_and_whom_to_call_right_below(cast: Cast) -> None:
    page = PlainForm(cast.phone()).page
    urgent = page.split('class="grp u"')[1].split("</fieldset>")[0]
    assert urgent.count("送るより先に、止める") == len(re.findall('name="item"', urgent)) > 0
    assert "110" in urgent


def test_the_whole_checklist_keeps_what_was_ticked_and_typed(cast: Cast) -> None:
    form = PlainForm(cast.phone())
    answer = form.phone.client.post(
        f"/b/{form.phone.code}/checklist", data=form.fields(note="90歳くらいの方です")
    )
    assert answer.status_code == 200
    assert errors_in(answer.text) == []
    assert ticked(answer.text) >= {"CV-01", "yes", "1"}
    assert note_in(answer.text) == "90歳くらいの方です"
    assert hidden(answer.text, "report_id") == str(form.report_id)
    assert len(re.findall(r'name="item"', answer.text)) == 26


def test_the_rest_of_the_checklist_comes_as_a_part_of_the_page(cast: Cast) -> None:
    phone = cast.phone()
    part = phone.client.get(f"/B/{phone.code}/more").text
    assert "<html" not in part
    assert len(re.findall(r'name="item"', part)) == 26 - 8


def test_guidance_for_a_sign_says_what_to_say_whom_to_call_and_what_not_to_do(cast: Cast) -> None:
    phone = cast.phone()
    page = phone.client.get(f"/B/{phone.code}/guidance/CV-01").text
    for heading in ("ひと声かける", "すること", "電話する", "しないこと"):
        assert heading in page
    assert "青波市消費生活センター" in page
    assert "{{" not in page


@pytest.mark.parametrize(
    "path", ["guidance/ZZ-99", "guidance/%00", "screens/none", "screens/%3Cb%3E"]
)
def test_guidance_and_screens_that_do_not_exist_are_not_found(cast: Cast, path: str) -> None:
    phone = cast.phone()
    answer = phone.client.get(f"/B/{phone.code}/{path}")
    assert answer.status_code == 404
    assert "見つかりません" in answer.text


def test_the_screen_for_the_customer_names_the_centre_and_leads_on(cast: Cast) -> None:
    phone = cast.phone()
    page = phone.client.get(f"/B/{phone.code}/screens/stop_atm").text
    assert "青波市消費生活センター" in page
    assert f"/B/{phone.code}/screens/" in page


@pytest.mark.parametrize(
    ("language", "tag"), [("ja", "ja"), ("easy", "ja-x-yasashii"), ("en", "en")]
)
def test_the_page_speaks_three_languages(cast: Cast, language: str, tag: str) -> None:
    phone = cast.phone()
    page = phone.client.get(f"/B/{phone.code}?lang={language}").text
    assert f'<html lang="{tag}">' in page
    assert "{{" not in page
    assert not re.search(r"\{[^{}|]+\|[^{}|]+\}", page.split("<script")[0])


def test_another_networks_phone_is_asked_for_the_promise_here(cast: Cast) -> None:
    phone = cast.stranger_phone()
    phone.pair()
    assert 'name="agreed_version"' not in PlainForm(phone).page
    phone.code = cast.town.code()
    assert 'name="agreed_version"' in PlainForm(phone).page


def test_the_page_policy_allows_only_what_is_in_the_page(cast: Cast) -> None:
    phone = cast.phone()
    policy = phone.client.get(f"/B/{phone.code}").headers["content-security-policy"]
    assert "unsafe" not in policy
    assert policy.count("'sha256-") == 2


def test_a_browser_without_brotli_reads_the_same_page(cast: Cast, client: TestClient) -> None:
    address = f"/B/{cast.town.code()}"
    plainly = client.get(address, headers={"Accept-Encoding": "identity"})
    squeezed = client.get(address, headers={"Accept-Encoding": "br"})
    assert "content-encoding" not in plainly.headers
    assert squeezed.headers["content-encoding"] == "br"
    without_id = [re.sub(r"[0-9a-f-]{36}", "", page.text) for page in (plainly, squeezed)]
    assert without_id[0] == without_id[1]
