"""What is copied for PIO-NET stands in the order of typing, and names nobody."""

import re
from html import unescape

from tests.cast import Desk
from tests.instructions.scene import Scene

ORDER = (
    "受付日時:",
    "受付番号:K-0001",
    "受付経路:見守りネットワーク(名札からの報告)",
    "通報元:",
    "見たこと:",
    "質問への答え:",
    "伝えたこと:",
    "返ってきた答え:",
    "処理結果:",
)


def copied(desk: Desk, scene: Scene) -> str:
    page = desk.get(f"/desk/reports/{scene.report_id}/summary").text
    found = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.S)
    assert found
    return unescape(found[1])


def test_the_lines_stand_in_the_order_of_typing(scene: Scene) -> None:
    scene.release()
    scene.answer("acknowledgement")
    scene.answer("result", result="stopped")
    text = copied(scene.desk, scene)
    places = [text.index(line) for line in ORDER]
    assert places == sorted(places)
    assert "いますぐ110番してください" in text
    assert "お金は止まった" in text
    assert "処理結果:まだ終わっていません" in text
    assert "{" not in text


def test_how_it_ended_stands_at_the_end(scene: Scene) -> None:
    scene.release()
    scene.desk.post(
        f"/desk/reports/{scene.report_id}/closure",
        template="R18",
        outcome="advice",
        connections="police",
        stopped_yen="30000",
        grade="B",
    )
    ending = copied(scene.desk, scene).splitlines()[-4:]
    assert ending == [
        "処理結果:助言",
        "つないだ先:警察",
        "止めた金額:30,000円(B 店が確認)",
        "回復した金額:なし",
    ]


def test_no_note_and_no_title_with_a_name_is_copied(scene: Scene) -> None:
    scene.release()
    scene.answer("result", result="gone", note="花子さんは帰りました", note_is_fine="yes")
    scene.desk.post(
        f"/desk/reports/{scene.report_id}/instructions",
        template="R05",
        title="山田花子さんに伝えて",
        steps="お願い",
    )
    text = copied(scene.desk, scene)
    assert "花子" not in text
    assert "省きました" in text


def test_an_instruction_that_was_taken_back_was_not_told(scene: Scene) -> None:
    scene.take_back()
    assert "伝えたこと:なし" in copied(scene.desk, scene)
