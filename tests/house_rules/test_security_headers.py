"""Every answer tells browsers to be strict, and nobody else's page can send a form of ours."""

import base64
import hashlib
import re
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

from app.main import create_app
from app.settings import Settings
from tests.cast import Cast
from tests.towns import StandingClock, Town

# No header depends on the kind of database.
pytestmark = pytest.mark.parametrize("copied", ["sqlite"], indirect=True)

PROMISED = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
CLOSED = {"default-src": "'none'", "base-uri": "'none'", "frame-ancestors": "'none'"}
INLINE = re.compile(r"<(script|style)\b([^>]*)>(.*?)</\1>", re.S)


def policy(answer: Response) -> dict[str, str]:
    parts = answer.headers["content-security-policy"].split(";")
    return dict(part.strip().partition(" ")[::2] for part in parts)


def runs(attributes: str) -> bool:
    """JSON is data; a script with an address has nothing between its tags."""
    return "application/json" not in attributes and "src=" not in attributes


def inline_code(answer: Response) -> list[tuple[str, str, str]]:
    return [found for found in INLINE.findall(answer.text) if runs(found[1])]


def source_of(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def allowed(answer: Response, kind: str, attributes: str, text: str) -> bool:
    """By its hash, or by the nonce of this very answer."""
    sources = policy(answer)[f"{kind}-src"].split()
    nonce = re.search(r'nonce="([^"]+)"', attributes)
    return source_of(text) in sources or (nonce is not None and f"'nonce-{nonce[1]}'" in sources)


@pytest.fixture
def answers(app: FastAPI, cast: Cast) -> dict[str, Response]:
    """One answer of every kind."""
    app.add_api_route("/broken", lambda: 1 / 0)
    client = TestClient(app, follow_redirects=False, raise_server_exceptions=False)
    phone, desk, office = cast.phone(), cast.staff("counsellor"), cast.staff("clerk")
    report = phone.report()
    return {
        "page": client.get("/sign-in"),
        "badge's page": client.get(f"/B/{phone.code}"),
        "badge's page, incomplete": client.post(f"/b/{phone.code}/reports", data={"note": "a"}),
        "phone's page": phone.client.get(f"/reports/{report}"),
        "desk": desk.get(f"/desk/reports/{report}"),
        "office": office.get("/office/badges"),
        "partial": desk.get("/desk", headers={"HX-Request": "true"}),
        "json": client.get("/readyz"),
        "no content": phone.client.delete("/api/subscription"),
        "redirect": client.post("/language", data={"language": "en"}),
        "not found": client.get("/nowhere"),
        "not signed in": client.get("/desk"),
        "forbidden": office.get("/desk"),
        "problem": client.put("/api/reports/x", json={}),
        "invalid": client.get("/office/badges", params={"text": "a" * 61}),
        "too large": client.post("/sign-in", content=b"a" * 2_000_000),
        "unexpected": client.get("/broken"),
        "forged": client.post("/sign-out", headers={"Sec-Fetch-Site": "cross-site"}),
        "static": client.get("/static/icons/app.svg"),
        "no such file": client.get("/static/nothing.svg"),
        "built": client.get(re.findall(r"/static/built/[\w.-]+css", client.get("/").text)[0]),
        "worker": client.get("/service-worker.js"),
        "manifest": client.get("/manifest.webmanifest"),
        "measurements": client.get("/metrics"),
    }


def test_every_kind_of_answer_is_strict(answers: dict[str, Response]) -> None:
    lacking = {
        kind: missing
        for kind, answer in answers.items()
        if (missing := [n for n, v in PROMISED.items() if answer.headers.get(n) != v])
        or "geolocation=()" not in answer.headers.get("permissions-policy", "")
    }
    assert lacking == {}


def test_every_kind_of_answer_has_a_closed_policy(answers: dict[str, Response]) -> None:
    for kind, answer in answers.items():
        assert "unsafe" not in answer.headers["content-security-policy"], kind
        assert policy(answer).items() >= CLOSED.items(), kind
        assert not re.search(r"https?:|\*", answer.headers["content-security-policy"]), kind


def test_the_answers_are_of_the_kinds_they_are_called(answers: dict[str, Response]) -> None:
    statuses = {kind: answer.status_code for kind, answer in answers.items()}
    assert {kind: s for kind, s in statuses.items() if s >= 300} == {
        "badge's page, incomplete": 422,
        "redirect": 303,
        "not found": 404,
        "not signed in": 401,
        "forbidden": 403,
        "problem": 401,
        "invalid": 401,
        "too large": 413,
        "unexpected": 500,
        "forged": 403,
        "no such file": 404,
    }


def test_no_nonce_is_used_twice(client: TestClient) -> None:
    seen = {policy(client.get("/sign-in"))["script-src"] for _ in range(5)}
    assert len(seen) == 5


def test_nothing_inline_runs_that_the_policy_does_not_name(answers: dict[str, Response]) -> None:
    pages = {k: a for k, a in answers.items() if "html" in a.headers.get("content-type", "")}
    assert len(pages) >= 12
    for kind, page in pages.items():
        for tag, attributes, text in inline_code(page):
            assert allowed(page, tag, attributes, text), (kind, tag, text[:60])


def test_the_badges_page_runs_its_own_script_and_style(answers: dict[str, Response]) -> None:
    """By hashes, since a service worker keeps the page together with its headers."""
    for kind in ("badge's page", "badge's page, incomplete"):
        page = answers[kind]
        assert "nonce-" not in page.headers["content-security-policy"]
        hashed = {source_of(text) for _, _, text in inline_code(page)}
        named = {s for v in policy(page).values() for s in v.split() if s.startswith("'sha256-")}
        assert hashed == named
        assert len(named) == 2


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": "http://testserver.elsewhere.example"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
    ],
)
def test_a_form_sent_from_elsewhere_is_refused(cast: Cast, headers: dict[str, str]) -> None:
    desk = cast.staff("counsellor")
    assert desk.client.post("/sign-out", headers=headers).status_code == 403
    assert desk.get("/desk").status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "http://testserver"},
    ],
)
def test_a_form_of_ours_is_taken(cast: Cast, headers: dict[str, str]) -> None:
    assert cast.staff("clerk").client.post("/sign-out", headers=headers).status_code == 303


def test_cookies_are_out_of_reach_for_scripts_and_other_sites(
    app: FastAPI, cast: Cast, town: Town
) -> None:
    given = cookies_given(app, cast, town)
    assert sorted(name for name, _ in given) == [
        "nafuda_browser",
        "nafuda_device",
        "nafuda_device",
        "nafuda_language",
        "nafuda_staff",
        "nafuda_staff",
    ]
    for name, attributes in given:
        assert {"httponly", "samesite=lax", "path=/"} <= attributes, name
        assert "secure" not in attributes, name


def test_over_https_cookies_are_bound_to_the_host(
    settings: Settings, town: Town, clock: StandingClock
) -> None:
    """A browser takes a `__Host-` cookie, and its removal, only when it is Secure with Path=/."""
    address = {"base_url": "https://nafuda.example"}
    app = create_app(settings.model_copy(update=address), clock, with_worker=False)
    given = cookies_given(app, Cast(app, town, clock), town)
    app.state.database.close()
    assert len(given) == 6
    for name, attributes in given:
        assert name.startswith("__Host-")
        assert {"httponly", "samesite=lax", "path=/", "secure"} <= attributes, name
        assert not any(one.startswith("domain") for one in attributes), name


def test_over_https_browsers_are_told_to_stay_there(
    settings: Settings, clock: StandingClock
) -> None:
    address = {"base_url": "https://nafuda.example"}
    app = create_app(settings.model_copy(update=address), clock, with_worker=False)
    answer = TestClient(app).get("/sign-in")
    app.state.database.close()
    assert answer.headers["strict-transport-security"] == "max-age=31536000"


def cookies_given(app: FastAPI, cast: Cast, town: Town) -> list[tuple[str, set[str]]]:
    """Name and attributes of every cookie that the product gives, or takes back."""
    client = TestClient(app, base_url="https://testserver", follow_redirects=False)
    person, code = town.person("clerk"), town.code()
    sign_in: dict[str, Any] = {"sign_in": person.sign_in, "password": person.password}
    ticked = {"item": "CV-01", "agreed_version": "1"}
    answers = [
        client.post(f"/b/{code}/pairing", json={"agreed_version": 1}),
        client.post(f"/b/{code}/reports", data=ticked),
        client.post("/language", data={"language": "easy"}),
        client.post("/sign-in", data=sign_in),
        client.post("/sign-out"),
    ]
    return [read_cookie(one) for a in answers for one in a.headers.get_list("set-cookie")]


def read_cookie(header: str) -> tuple[str, set[str]]:
    first, *attributes = header.split(";")
    return first.partition("=")[0], {one.strip().lower() for one in attributes}
