"""Writing a checklist: what can be changed, what is refused, and what phones would show."""

import pytest
from sqlmodel import Session, select

from app.editions.models import Draft
from tests.cast import Cast
from tests.office.editing import Editor
from tests.scan.plain_form import PlainForm

WORDS = "**高額の商品券**を買おうとしている"


@pytest.fixture
def clerk(cast: Cast) -> Editor:
    return Editor(cast.staff("clerk"))


@pytest.fixture
def counsellor(cast: Cast) -> Editor:
    return Editor(cast.staff("counsellor"))


def test_an_own_item_is_numbered_and_shown_on_phones(
    cast: Cast, clerk: Editor, counsellor: Editor
) -> None:
    clerk.begin()
    fields = {
        "urgency": "now", "category": "kakuu", "text_ja": "**商品券**を何枚も買う",
        "short_ja": "商品券を何枚も", "say_ja": "贈り物ですか。",
        "do": ["SEAT"], "dont": ["D_ACCUSE"],
    }  # fmt: skip
    answer = clerk.desk.post(f"{clerk.home}/items", **fields)
    assert answer.headers["location"].endswith("#X-01")
    clerk.desk.post(f"{clerk.home}/items/X-01/place", direction="top")
    clerk.ask()
    counsellor.approve()
    page = PlainForm(cast.phone()).page
    assert 'value="X-01"' in page
    guidance = cast.phone().client.get(f"/B/{cast.town.code()}/guidance/X-01").text
    assert "贈り物ですか。" in guidance


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"text_ja": ""}, "日本語は必ず入れてください"),
        ({"text_ja": "あ" * 31}, "30字までです"),
        ({"text_easy": "漢字だけ"}, "読みのない漢字"),
        ({"say_ja": "必ず戻ります"}, "約束できません"),
        ({"say_en": "{{secret}}"}, "という差し込みはありません"),
        ({"urgency": "soon"}, "急ぎ具合と手口を選んでください"),
        ({"do": ["NOTHING"]}, "選び直してください"),
        ({"do": [], "urgency": "info"}, "1つ以上選んでください"),
        ({"dont": ["SEAT"]}, "選び直してください"),
    ],
)
def test_what_cannot_stay_is_said_and_what_was_typed_stays(
    clerk: Editor, session: Session, changes: dict[str, str], said: str
) -> None:
    clerk.begin()
    answer = clerk.write("items/CV-08", **changes, short_ja="払込票")
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert said in answer.text
    assert ">払込票</textarea>" in answer.text
    draft = session.exec(select(Draft)).one()
    assert draft.revision == 1


@pytest.mark.parametrize(
    "numbers",
    [{"number-C188": "いやや"}, {"number-CCENTER": "+81 90"}, {"enough": "1"}, {"enough": "x"}],
)
def test_a_number_that_is_none_is_refused(
    clerk: Editor, session: Session, numbers: dict[str, str]
) -> None:
    clerk.begin()
    answer = clerk.desk.post(f"{clerk.home}/settings", **({"enough": "3"} | numbers))
    assert answer.status_code == 422
    assert session.exec(select(Draft)).one().revision == 1


def test_the_police_and_the_ambulance_have_no_field(clerk: Editor, session: Session) -> None:
    clerk.begin()
    fields = {"enough": "2", "number-C110": "0000-00-1111", "number-CHOUKATSU": "0000-00-2222"}
    assert clerk.desk.post(f"{clerk.home}/settings", **fields).status_code == 303
    document = session.exec(select(Draft)).one().document
    assert document["enough"] == 2
    assert document["numbers"]["C110"] == "110"
    assert document["numbers"]["CHOUKATSU"] == "0000-00-2222"
    assert document["numbers"]["CCENTER"] == "{{center_tel}}"


def test_names_and_numbers_of_people_are_warned_about(clerk: Editor) -> None:
    clerk.begin()
    assert clerk.write("items/CV-08", say_ja="山田さんですか。").status_code == 303
    assert "個人の名前や番号のような文字があります:山田" in clerk.page


def test_the_last_item_cannot_go(cast: Cast, session: Session) -> None:
    clerk = Editor(cast.staff("clerk"), subject="other").begin()
    for item in session.exec(select(Draft)).one().document["items"]:
        clerk.use(item["id"], "no")
    answer = clerk.ask()
    assert answer.status_code == 422
    assert "1つ以上の項目" in answer.text


def test_the_sample_is_the_draft_and_cannot_be_sent(clerk: Editor, session: Session) -> None:
    clerk.begin().write("items/CV-01", text_ja=WORDS)
    answer = clerk.desk.get(f"{clerk.home}/preview")
    assert "高額の商品券" in answer.text
    assert "見本です。ここからは送れません。" in answer.text
    assert 'method="post"' not in answer.text
    assert "<script" not in answer.text
    policy = answer.headers["content-security-policy"]
    assert "form-action 'none'" in policy
    assert "script-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy
    guidance = clerk.desk.get(f"{clerk.home}/preview/guidance/CV-01")
    assert "見本です" in guidance.text
    assert f"{clerk.home}/preview" in guidance.text
    assert clerk.desk.get(f"{clerk.home}/preview/guidance/ZZ-1").status_code == 404


def test_a_standard_item_goes_back_to_its_words(clerk: Editor, session: Session) -> None:
    clerk.begin().write("items/CV-01", text_ja=WORDS)
    clerk.desk.post(f"{clerk.home}/items/CV-01/reset")
    assert "違いはありません" in clerk.desk.get(f"{clerk.base}/differences").text


@pytest.mark.parametrize("path", ["checklists/shop", "editions/checklist/shop/history",
                                  "editions/checklist/conveni/history/9",
                                  "checklists/conveni/items/ZZ-99"])  # fmt: skip
def test_what_does_not_exist_is_not_found(clerk: Editor, path: str) -> None:
    assert clerk.desk.get(f"/office/{path}").status_code == 404
