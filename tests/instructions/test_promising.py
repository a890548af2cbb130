"""Whoever chose a time is told that the centre will be in touch then."""

import pytest

from tests.instructions.scene import Scene


def heading(page: str) -> str:
    return page.split('id="promise"')[1].split("<h2>")[1].split("</h2>")[0]


@pytest.mark.parametrize(
    ("slot", "told"),
    [("1", "センターから職場に電話します。"), ("2", "センターの相談員と会って話します。")],
)
def test_who_chose_a_time_is_told_that_the_centre_will_be_in_touch(
    offered: Scene, slot: str, told: str
) -> None:
    assert 'id="promise"' not in offered.see()
    offered.answer("slot", slot=slot)
    page = offered.see()
    assert heading(page) == {"1": "センターから電話します", "2": "会って話します"}[slot]
    assert told in page
    before = page.split('id="promise"')[1].split("お電話ください", 1)[0]
    assert "センターからのお願いと電話番号" in before
    assert page.count('id="slots"') == 1
    for language, words in (("en", "The Centre will phone you"), ("easy", "センターが ")):
        offered.phone.client.post("/language", data={"language": language})
        assert slot == "2" or words in heading(offered.see())


def test_once_the_time_has_passed_the_number_stands_open(offered: Scene) -> None:
    offered.answer("slot", slot="1")
    offered.cast.clock.advance(hours=22)
    page = offered.see()
    assert heading(page) == "約束の時間を過ぎました"
    assert "まだ連絡がないときは、センターに電話してください。" in page
    assert "<details open>" in page.split('id="promise"')[1]


def test_whoever_finds_no_time_possible_is_promised_none(offered: Scene) -> None:
    offered.answer("slot", slot="1")
    offered.answer("slot", slot="none", was="1")
    assert 'id="promise"' not in offered.see()


def test_the_page_of_calls_is_headed_by_what_it_holds(offered: Scene) -> None:
    assert "<h1>電話してください(0)</h1>" in offered.desk.get("/desk/calls").text
    offered.answer("slot", slot="1")
    calls = offered.desk.get("/desk/calls").text
    assert "<h1>話す約束の時間（1）</h1>" in calls
    assert "電話してください(0)" not in calls
    assert 'id="promised"' not in calls
