"""What somebody typed, made harmless where it is shown, written down or led to."""

import pytest
from fastapi.testclient import TestClient
from starlette.datastructures import Headers

from app.web.resumption import local_path
from app.web.security import is_forged
from app.web.spreadsheets import for_csv
from app.web.text import one_line


@pytest.mark.parametrize(
    "odd",
    [*"\x00\x1b\x7f\x85\u2028\u202e\u2066\ufeff\ufffe\uffff\ud800"],
)
def test_no_name_holds_what_cannot_be_seen_or_written(odd: str) -> None:
    assert one_line(f"青{odd}波") == "青波"


@pytest.mark.parametrize(
    "name", ["渡邉\U000e0102", "か\u3099", "👨\u200d👩", "𠮷田", "\ue000", "a b"]
)
def test_names_stay_as_they_are_written(name: str) -> None:
    assert one_line(name) == name


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "/\x0b/evil.example",
        "/ /x",
        "x",
        "https://evil.example",
        "/a\nb",
        "/a\\b",
        "",
        "/\r/evil.example",
    ],
)
def test_no_address_leads_abroad(path: str) -> None:
    assert local_path(path) == "/"


@pytest.mark.parametrize("path", ["/", "/desk?state=open", "/office/badges?text=%E9%9D%92#top"])
def test_our_own_addresses_stay(path: str) -> None:
    assert local_path(path) == path


def test_the_way_back_from_the_languages_stays_here(client: TestClient) -> None:
    page = client.get("/language", params={"next": "/\t/evil.example"})
    assert page.status_code == 200
    assert "evil.example" not in page.text


@pytest.mark.parametrize("mark", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"])
def test_nothing_in_a_csv_is_calculated(mark: str) -> None:
    assert for_csv(f"{mark}1+1") == f"'{mark}1+1"


@pytest.mark.parametrize(
    "origin", ["http://[", "http://[::1", "null", "http://]", "https://a.example"]
)
def test_an_origin_that_is_none_of_ours_is_forged(origin: str) -> None:
    assert is_forged("POST", Headers({"origin": origin, "host": "a.test"}))
    assert is_forged("POST", Headers({"origin": origin}))
