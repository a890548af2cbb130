"""The phone's home: own reports only, and a way on for every code that was typed."""

from uuid import uuid4

import pytest
from fastapi.testclient import TestClient

from tests.badges.records import ask_for_workplace_code, badge_id, workplace_code
from tests.cast import Cast


def test_a_phone_that_is_not_paired_is_asked_for_the_badge(client: TestClient) -> None:
    answer = client.get("/")
    assert answer.status_code == 200
    assert "名札の裏を読み取ってください" in answer.text
    assert "tel:110" in answer.text


@pytest.mark.parametrize("spell", [str, str.lower, lambda c: f" {c[:4]}-{c[4:8]}-{c[8:]} "])
def test_a_code_that_was_typed_leads_to_its_checklist(cast: Cast, spell) -> None:  # type: ignore[no-untyped-def]
    code = cast.town.code()
    answer = cast.phone().client.get("/badge", params={"code": spell(code)})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/B/{code}")


@pytest.mark.parametrize(
    ("typed", "status"),
    [("22222222222", 404), ("7K3F", 422), ("", 422), ("\x00", 422), ("<script>", 422)],
)
def test_a_code_nobody_has_is_given_back_with_a_hint(
    client: TestClient, typed: str, status: int
) -> None:
    answer = client.get("/badge", params={"code": typed})
    assert answer.status_code == status
    assert "名札を確認できません" in answer.text
    assert "<script>" not in answer.text.split("</head>")[1].split("<script type")[0]


def test_home_lists_own_reports_newest_first(cast: Cast) -> None:
    phone = cast.phone()
    phone.report()
    phone.report()
    cast.phone("finance").report()
    page = phone.client.get("/").text
    assert page.index("K-0002") < page.index("K-0001")
    assert "K-0003" not in page


def test_a_waiting_instruction_stands_at_the_top(cast: Cast) -> None:
    phone = cast.phone()
    report_id = phone.report()
    cast.staff("counsellor").instruct(report_id)
    cast.clock.advance(seconds=10)
    page = phone.client.get("/").text
    assert "対応指示が1件あります" in page.split("わたしの報告")[0]


def test_a_second_phone_of_the_badge_sees_the_reports_only_with_an_inbox(cast: Cast) -> None:
    ask_for_workplace_code(cast.app, cast.town)
    first, second = cast.phone(), cast.phone()
    report_id = first.report()
    second.pair()
    assert second.client.get(f"/reports/{report_id}").status_code == 404
    second.pair(workplace_code=workplace_code(cast.app, second.code))
    assert second.client.get(f"/reports/{report_id}").status_code == 200


@pytest.mark.parametrize("stranger", ["conveni", "finance", "another network"])
def test_somebody_elses_report_is_not_there(cast: Cast, stranger: str) -> None:
    report_id = cast.phone().report()
    other = cast.stranger_phone() if stranger == "another network" else cast.phone(stranger, 1)
    other.pair()
    for wanted in (report_id, uuid4()):
        answer = other.client.get(f"/reports/{wanted}")
        assert answer.status_code == 404
        assert "この報告は見つかりません" in answer.text


def test_a_stopped_badge_leaves_the_phone_its_reports_and_asks_for_another(cast: Cast) -> None:
    phone = cast.phone()
    report_id = phone.report()
    cast.staff("clerk").post(f"/office/badges/{badge_id(cast.app, phone.code)}/stop")
    assert phone.client.get(f"/reports/{report_id}").status_code == 200
    assert "名札の裏を読み取ってください" in phone.client.get("/").text


def test_contacts_name_the_centre_of_the_phones_network(cast: Cast, client: TestClient) -> None:
    assert "青波市消費生活センター" not in client.get("/contacts").text
    phone = cast.phone()
    phone.pair()
    page = phone.client.get("/contacts").text
    assert "青波市消費生活センター" in page
    assert "青波市地域包括支援センター" in page


def test_push_is_offered_once_there_is_a_report_and_an_inbox(cast: Cast) -> None:
    ask_for_workplace_code(cast.app, cast.town)
    phone = cast.phone()
    phone.pair()
    report_id = phone.report()
    assert 'id="push-offer"' not in phone.see(report_id)
    assert "職場の番号での登録が必要です" in phone.client.get("/notifications").text
    phone.pair(workplace_code=workplace_code(cast.app, phone.code))
    assert 'id="push-offer"' in phone.see(report_id)


def test_a_language_is_kept_and_the_reader_comes_back_to_where_they_were(
    client: TestClient,
) -> None:
    answer = client.post("/language", data={"language": "en", "next_path": "/contacts"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/contacts")
    assert '<html lang="en">' in client.get("/contacts").text
    client.post("/language", data={"language": "easy"})
    assert '<html lang="ja-x-yasashii">' in client.get("/contacts").text


@pytest.mark.parametrize("language", ["fr", "EN", "'"])
def test_a_language_nobody_speaks_changes_nothing(client: TestClient, language: str) -> None:
    answer = client.post("/language", data={"language": language})
    assert answer.status_code == 303
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("path", ["https://evil.example", "//evil.example", "/\\evil.example"])
def test_coming_back_never_leads_to_another_site(client: TestClient, path: str) -> None:
    answer = client.post("/language", data={"language": "en", "next_path": path})
    assert answer.headers["location"] == "/"
    assert "evil" not in client.get("/language", params={"next": path}).text


def test_every_answer_of_the_inbox_says_epoch_and_backup(cast: Cast) -> None:
    phone = cast.phone()
    phone.pair()
    envelope = phone.envelope()
    said = phone.put(envelope).headers
    report = f"/reports/{envelope['report_id']}"
    for path, headers in [("/", {}), (report, {}), (report, {"HX-Request": "true"})]:
        answer = phone.client.get(path, headers=headers)
        for name in ("Nafuda-Epoch", "Nafuda-Backed-Up-Through"):
            assert answer.headers[name] == said[name]


def test_a_phone_that_is_not_paired_hears_of_no_epoch(client: TestClient) -> None:
    assert "Nafuda-Epoch" not in client.get("/").headers


def test_home_tells_the_phone_how_far_it_had_counted(cast: Cast) -> None:
    phone = cast.phone()
    phone.pair()
    assert 'data-last-seq="0"' in phone.client.get("/").text
    for device_seq in (4, 9, 7):
        phone.report(device_seq=device_seq)
    other = cast.phone("finance")
    other.report(device_seq=30)
    assert 'data-last-seq="9"' in phone.client.get("/").text
    assert 'data-last-seq="9"' in phone.client.get(f"/B/{phone.code}/more").text
    assert 'data-last-seq="0"' in cast.phone().client.get(f"/B/{phone.code}/more").text
