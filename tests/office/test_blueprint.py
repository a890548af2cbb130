"""ほかの会に渡すファイル: one town's words become drafts next door, and never more than that."""

import json
from typing import Any

import pytest
from sqlmodel import Session, select

from app.badges.models import Promise
from app.checklists.models import ChecklistVersion
from app.editions.models import Draft
from app.instructions.models import TemplateVersion
from app.networks.models import Network
from tests.cast import Cast, Desk
from tests.towns import Town

PLACE = "/office/running/blueprint"
ALL = ("checklists", "templates", "promise", "hours", "standings", "times", "phones", "retention")


@pytest.fixture
def clerk(cast: Cast) -> Desk:
    return cast.staff("clerk")


def fetched(clerk: Desk) -> dict[str, Any]:
    answer = clerk.get(f"{PLACE}/file.json")
    assert answer.headers["content-disposition"].startswith("attachment")
    found: dict[str, Any] = answer.json()
    return found


def bring(clerk: Desk, blueprint: object, parts: tuple[str, ...] = ALL) -> Any:
    content = blueprint if isinstance(blueprint, bytes) else json.dumps(blueprint).encode()
    files = {"file": ("a.json", content)}
    return clerk.client.post(PLACE, data={"part": list(parts)}, files=files)


def item(blueprint: dict[str, Any], item_id: str) -> dict[str, Any]:
    return next(one for one in blueprint["checklists"]["conveni"]["items"] if one["id"] == item_id)


def drafts(session: Session) -> list[Draft]:
    session.rollback()
    return list(session.exec(select(Draft)))


def test_nothing_in_it_says_where_it_comes_from(clerk: Desk) -> None:
    text = json.dumps(fetched(clerk), ensure_ascii=False)
    for name in ("青波", "0000-00", "林", "佐藤", "hayashi"):
        assert name not in text


def test_bringing_it_back_changes_nothing(clerk: Desk, session: Session) -> None:
    answer = bring(clerk, fetched(clerk))
    assert answer.headers["location"] == f"{PLACE}?drafts=0&settings=0&promise=0"
    assert drafts(session) == []
    assert "何も変わっていません" in clerk.get(answer.headers["location"]).text


def test_words_become_drafts_next_door_and_times_only_where_ticked(
    clerk: Desk, cast: Cast, session: Session, town: Town
) -> None:
    blueprint = fetched(clerk)
    item(blueprint, "CV-01")["text"]["ja"] = "高いカードを買おうとしている"
    own = {**item(blueprint, "CV-02"), "id": "X-07"}
    blueprint["checklists"]["conveni"]["items"].append(own)
    blueprint["templates"][1]["on"] = False
    blueprint["settings"]["times"]["quiet_from"] = "21:00"
    blueprint["settings"]["phones"]["pairing_policy"] = "workplace_code"
    blueprint["retention"]["note"] = 100
    stranger = cast.stranger("clerk")
    answer = bring(stranger, blueprint, ("checklists", "templates", "times", "retention"))
    assert answer.headers["location"] == f"{PLACE}?drafts=2&settings=2&promise=0"
    found = {one.kind: one for one in drafts(session)}
    words = {one["id"]: one for one in found["checklist"].document["items"]}
    assert words["CV-01"]["text"]["ja"] == "高いカードを買おうとしている"
    assert words["X-01"]["on"]
    assert "X-07" not in words
    assert not found["templates"].document["templates"][1]["on"]
    there = session.get_one(Network, found["checklist"].network_id)
    here = session.get_one(Network, town.here.network.id)
    assert there.id != here.id
    assert (there.quiet_from, there.retention) == ("21:00", {"note": 100})
    assert there.pairing_policy == here.pairing_policy == "open"
    assert session.exec(select(TemplateVersion)).all() == []
    versions = {one.version for one in session.exec(select(ChecklistVersion))}
    assert versions == {1}


def test_the_promise_is_a_new_version_at_once(
    clerk: Desk, cast: Cast, session: Session, town: Town
) -> None:
    blueprint = fetched(clerk)
    blueprint["promise"]["partner"]["ja"] = ["見たことを話しません。", "名前を書きません。"]
    stranger = cast.stranger("clerk")
    answer = bring(stranger, blueprint, ("promise",))
    assert answer.headers["location"] == f"{PLACE}?drafts=0&settings=0&promise=2"
    assert "お約束は第2版になりました。" in stranger.get(answer.headers["location"]).text
    (kept,) = session.exec(select(Promise)).all()
    assert kept.texts["partner"]["ja"] == "見たことを話しません。\n名前を書きません。"
    assert kept.network_id == town.neighbour.id
    again = bring(stranger, blueprint, ("promise",))
    assert again.headers["location"].endswith("promise=0")
    theirs = fetched(stranger)
    assert theirs["promise"] == blueprint["promise"]


@pytest.mark.parametrize("how", ["gone", "cut", "long"])
def test_half_a_promise_is_refused(clerk: Desk, session: Session, how: str) -> None:
    blueprint = fetched(clerk)
    if how == "gone":
        del blueprint["promise"]
    elif how == "cut":
        del blueprint["promise"]["member"]["easy"]
    else:
        blueprint["promise"]["member"]["ja"] = ["あ" * 600, "い" * 600]
    answer = bring(clerk, blueprint, ("promise",))
    assert answer.status_code == 422
    assert "ファイルのお約束の文が、足りないか長すぎます。" in answer.text
    assert session.exec(select(Promise)).all() == []


def test_a_file_without_a_promise_still_brings_the_rest(clerk: Desk) -> None:
    blueprint = fetched(clerk)
    del blueprint["promise"]
    rest = tuple(part for part in ALL if part != "promise")
    assert bring(clerk, blueprint, rest).status_code == 303


def test_nobody_can_take_110_away(clerk: Desk, session: Session) -> None:
    blueprint = fetched(clerk)
    item(blueprint, "CV-01")["do"] = ["NO_CODE"]
    item(blueprint, "CV-01")["text"]["ja"] = "高いカードを買おうとしている"
    assert bring(clerk, blueprint).status_code == 303
    (draft,) = drafts(session)
    changed = next(one for one in draft.document["items"] if one["id"] == "CV-01")
    assert "C110" in changed["do"]


def test_an_open_draft_is_never_written_over(clerk: Desk, session: Session) -> None:
    blueprint = fetched(clerk)
    clerk.post("/office/editions/templates/all/draft")
    item(blueprint, "CV-01")["text"]["ja"] = "高いカードを買おうとしている"
    blueprint["templates"][1]["on"] = False
    answer = bring(clerk, blueprint)
    assert answer.status_code == 422
    assert "下書きがあります。" in answer.text
    assert [one.kind for one in drafts(session)] == ["templates"]


DEEP = b'{"format":' + b"[" * 50_000 + b"]" * 50_000 + b"}"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04", "こわれています"),
        (DEEP, "こわれています"),
        (b"{}", "こわれています"),
        (b"[" * 1000, "こわれています"),
        (b" " * 1024 * 1025, "ファイルは1MBまでです。"),
        (b"", "ファイルを選んでください。"),
    ],
    ids=["zip", "deep", "empty object", "cut", "large", "none"],
)
def test_another_file_is_refused_with_a_sentence(
    clerk: Desk, session: Session, content: bytes, said: str
) -> None:
    answer = bring(clerk, content)
    assert answer.status_code == 422
    assert said in answer.text
    assert drafts(session) == []


def broken(blueprint: dict[str, Any], how: str) -> str:
    first = item(blueprint, "CV-01")
    if how == "version":
        blueprint["version"] = 2
        return "このファイルの版(2)は、ここでは読めません。"
    if how == "key":
        blueprint["staff"] = []
        return "知らない項目があるので、読めません:staff"
    if how == "type":
        first["on"] = "yes"
        return "正しくない値があるので、読めません:checklists/conveni/items/0/on"
    if how == "item":
        first["id"] = "ZZ-01"
        return "知らない項目があるので、読めません:ZZ-01"
    if how == "twice":
        blueprint["checklists"]["conveni"]["items"].append(dict(first))
        return "同じ番号の項目が2つあります:CV-01"
    if how == "template":
        blueprint["templates"][0]["id"] = "R99"
        return "知らない項目があるので、読めません:R99"
    if how == "always":
        next(one for one in blueprint["templates"] if one["id"] == "R01")["on"] = False
        return "受付・完了・閉庁中・お知らせのひな形は、いつも使います。"
    if how == "word":
        first["text"]["ja"] = ""
        return "日本語は必ず入れてください。"
    if how == "time":
        blueprint["settings"]["times"]["urgent-again"] = "999"
        return "1分から120分までにしてください。"
    blueprint["retention"]["note"] = 9999
    return "30日から1095日までの数字を入れてください。"


@pytest.mark.parametrize(
    "how",
    ["version", "key", "type", "item", "twice", "template", "always", "word", "time", "days"],
)
def test_what_cannot_be_used_is_named_and_nothing_changes(
    clerk: Desk, session: Session, how: str
) -> None:
    blueprint = fetched(clerk)
    item(blueprint, "CV-02")["text"]["ja"] = "べつの言葉"
    said = broken(blueprint, how)
    answer = bring(clerk, blueprint)
    assert answer.status_code == 422
    assert said in answer.text
    assert drafts(session) == []


def test_nothing_ticked_is_said(clerk: Desk) -> None:
    assert "取り入れるものに✓してください。" in bring(clerk, fetched(clerk), ()).text


def unused(blueprint: dict[str, Any], how: str) -> None:
    """Something that isn't used, and that no page could show."""
    off, template = item(blueprint, "CV-02"), blueprint["templates"][1]
    off["on"] = template["on"] = False
    if how == "urgency":
        off["urgency"] = "soon"
    if how == "steps":
        off["do"] = ["NO_SUCH_STEP"]
    if how == "markup":
        template["title"]["ja"] = "{{nobody}} **"


@pytest.mark.parametrize("how", ["urgency", "steps", "markup"])
def test_what_is_not_used_has_to_be_right_as_well(clerk: Desk, session: Session, how: str) -> None:
    blueprint = fetched(clerk)
    unused(blueprint, how)
    assert bring(clerk, blueprint).status_code == 422
    assert drafts(session) == []
    assert clerk.get("/office/checklists/conveni").status_code == 200
